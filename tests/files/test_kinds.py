"""Files are taken by what they are: what is called otherwise than it is, is refused."""

import zipfile
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from certbody.files.kinds import KINDS, agrees, kind_of
from tests.applications import PDF

OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
PROGRAM = b"MZ\x90\x00\x03\x00\x00\x00\x04\x00\x00\x00\xff\xff" + bytes(200)
PAGE = b"<!DOCTYPE html><html><script>alert(1)</script></html>"
DRAWING = b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"
PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(40)


def archive(*members: str, size: int = 20) -> bytes:
    held = BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as made:
        for name in ("[Content_Types].xml", *members):
            made.writestr(name, b" " * size)
    return held.getvalue()


DOCX, XLSX = archive("word/document.xml"), archive("xl/workbook.xml")


def taken(name: str, content: bytes) -> bool:
    kind = kind_of(name)
    return kind is not None and agrees(kind, BytesIO(content))


@pytest.mark.requirement("P-E1")
@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.pdf", PDF),
        ("A.PDF", PDF),
        ("照片.png", PNG),
        ("手册.docx", DOCX),
        ("表.xlsx", XLSX),
        ("说明.txt", "服务说明\n".encode()),
        ("说明.txt", b"\xef\xbb\xbf" + "服务说明".encode()),
        ("清单.csv", "编号,名称\n1,门店\n".encode("gb18030")),
    ],
)
def test_what_is_what_it_is_called_is_taken(name, content):
    assert taken(name, content)


@pytest.mark.requirement("P-E1", "P-O3")
@pytest.mark.parametrize("ending", sorted(KINDS))
@pytest.mark.parametrize("content", [PROGRAM, PAGE, DRAWING, b"\xef\xbb\xbf" + PAGE, b"\n " + PAGE])
def test_a_program_or_a_page_is_refused_whatever_it_is_called(ending, content):
    assert not taken(f"a.{ending}", content)


@pytest.mark.requirement("P-O3")
@pytest.mark.parametrize(
    "name", ["a.exe", "a.html", "a.svg", "a.js", "a.zip", "a.pdf.exe", "a", "pdf", "a.pdf.", ""]
)
def test_other_endings_are_not_taken(name):
    assert not taken(name, PDF)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.docx", XLSX),
        ("a.xlsx", DOCX),
        ("a.docx", archive("document.xml")),
        ("a.docx", PROGRAM + DOCX),  # a program that carries an archive behind itself
        ("a.docx", DOCX[:-30]),
        ("a.pdf", PNG),
        ("a.png", PDF),
        ("a.pdf", OLD_OFFICE + bytes(600)),
        ("a.txt", b"abc\0def"),
    ],
)
def test_one_kind_is_not_taken_for_another(name, content):
    assert not taken(name, content)


def test_what_would_fill_the_disk_when_unpacked_is_refused():
    held = BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("[Content_Types].xml", b" ")
        made.writestr("word/document.xml", b" ")
        made.infolist()[1].file_size = 2_000_000_000  # what its list of members says

    assert not taken("a.docx", held.getvalue())


def test_an_archive_of_very_many_members_is_refused():
    assert not taken(
        "a.docx", archive(*(f"{n}" for n in range(10_001)), "word/document.xml", size=0)
    )


@pytest.mark.parametrize("shift", range(4))
@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
@pytest.mark.parametrize("sign", ["一", "服", "𠮷"])
def test_long_text_is_taken_wherever_its_look_at_is_cut(shift, encoding, sign):
    assert taken("a.txt", ("a" * shift + sign * 6000).encode(encoding))


@given(
    ending=st.sampled_from(sorted(KINDS)),
    base=st.sampled_from([DOCX, XLSX, PDF, PNG, OLD_OFFICE + bytes(1100), b""]),
    at=st.integers(0, 1200),
    put=st.binary(max_size=80),
)
def test_damaged_content_gets_an_answer_and_is_left_at_its_start(ending, base, at, put):
    content = BytesIO(base[:at] + put + base[at + len(put) :])

    assert agrees(KINDS[ending], content) in {True, False}
    assert content.tell() == 0

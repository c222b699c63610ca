"""What is hidden in containers: bombs, macros, installers that look like old documents."""

import struct
import tracemalloc
import zipfile
from io import BytesIO

import pytest

from certbody.files.kinds import agrees, kind_of

MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
END, FAT = 0xFFFFFFFE, 0xFFFFFFFD


def taken(name: str, content: bytes) -> bool:
    kind = kind_of(name)
    return kind is not None and agrees(kind, BytesIO(content))


def compound(*names: str, next_of_directory: int = END) -> bytes:
    """A compound file of one sector of table and one of directory, as [MS-CFB] has it."""
    header = bytearray(512)
    header[:8] = MAGIC
    struct.pack_into("<H", header, 0x1E, 9)
    struct.pack_into("<I", header, 0x30, 1)  # the directory is sector 1
    struct.pack_into("<109I", header, 0x4C, 0, *[0xFFFFFFFF] * 108)  # the table is sector 0
    table = struct.pack("<128I", FAT, next_of_directory, *[0xFFFFFFFF] * 126)
    entries = [_entry(name) for name in ("Root Entry", *names)]
    return bytes(header) + table + b"".join(entries).ljust(512, b"\0")


def _entry(name: str) -> bytes:
    told = name.encode("utf-16-le")
    return told.ljust(64, b"\0") + struct.pack("<H", len(told) + 2) + bytes(62)


@pytest.mark.requirement("P-O3")
def test_an_old_document_is_known_by_its_parts():
    assert taken("a.doc", compound("WordDocument"))
    assert taken("a.xls", compound("Workbook"))
    assert taken("a.xls", compound("Book"))
    assert not taken("a.xls", compound("WordDocument"))
    assert not taken("a.doc", compound("PowerPoint Document"))
    assert not taken("a.doc", compound("䡀㼿䕷䑬㭪䗤䠤"))  # how an installer names its tables


@pytest.mark.parametrize("following", [1, 0, 5000, 0xFFFFFFF0])
def test_a_directory_that_runs_in_a_circle_or_out_of_the_file_ends(following):
    assert not taken("a.doc", compound("Other", next_of_directory=following))


def packed(members: dict[str, bytes]) -> bytes:
    held = BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in {"[Content_Types].xml": b" ", **members}.items():
            made.writestr(name, content)
    return held.getvalue()


@pytest.mark.requirement("P-O3")
def test_a_document_that_runs_a_program_is_refused():
    assert not taken("a.docx", packed({"word/document.xml": b" ", "word/vbaProject.bin": b" "}))


@pytest.mark.requirement("P-O3")
def test_what_unpacks_to_a_hundred_times_its_size_is_refused():
    assert taken("a.docx", packed({"word/document.xml": b" " * (40 << 20)}))
    assert not taken("a.docx", packed({"word/document.xml": b" " * (60 << 20)}))


@pytest.mark.requirement("P-O3")
def test_a_huge_list_of_members_is_not_read_into_memory():
    start = packed({"word/document.xml": b" "})
    members = 60 << 20  # of a list, as the end of the archive claims
    end = struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, 65535, 65535, members, len(start), 0)
    content = BytesIO(start + bytes(members) + end)

    tracemalloc.start()
    try:
        kind = kind_of("a.docx")
        assert kind is not None
        assert not agrees(kind, content)
        assert tracemalloc.get_traced_memory()[1] < 16 << 20
    finally:
        tracemalloc.stop()

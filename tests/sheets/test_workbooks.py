"""Files that are no sound workbook: each is refused by name, and none does harm."""

import zipfile

import pytest

from certbody.rules.terms import BadInput
from certbody.sheets import export, read
from certbody.sheets.workbook import Broken, sheets_of
from tests.sheets.books import LIKE, book, cells, faults_of, said

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
LINK = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def refused(path):
    with pytest.raises(BadInput) as bad:
        read(path, LIKE)
    return faults_of(bad.value)


def package(path, sheet, **parts):
    """A workbook of one sheet, written by hand."""
    written = {
        "_rels/.rels": f'<Relationships xmlns="{PACKAGE}"><Relationship Id="rId1" '
        f'Type="{LINK}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{LINK}"><sheets>'
        '<sheet name="reception" sheetId="1" r:id="rId1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}">'
        f'<Relationship Id="rId1" Type="{LINK}/worksheet" Target="worksheets/sheet1.xml"/>'
        "</Relationships>",
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{MAIN}"><sheetData>{sheet}</sheetData>'
        "</worksheet>",
        **parts,
    }
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        for name, text in written.items():
            file.writestr(name, text)
    return path


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "not an Excel workbook (.xlsx); save it as .xlsx in Excel"),
        (b"id;parent;zh", "not an Excel workbook (.xlsx); save it as .xlsx in Excel"),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600),
            "an old .xls, or protected by a password; remove the password and save it as .xlsx",
        ),
        (b"PK\x03\x04 and no more", "the file is damaged: File is not a zip file"),
    ],
)
def test_other_kinds_of_file(content, message, tmp_path):
    path = tmp_path / "other.xlsx"
    path.write_bytes(content)

    assert refused(path) == [("other.xlsx", message)]


def test_a_zip_of_something_else(tmp_path):
    path = tmp_path / "letter.docx"
    with zipfile.ZipFile(path, "w") as file:
        file.writestr("word/document.xml", "<w/>")

    assert refused(path) == [
        ("letter.docx", "not an Excel workbook (.xlsx); save it as .xlsx in Excel")
    ]


def test_a_file_that_is_not_there(tmp_path):
    assert refused(tmp_path / "none.xlsx") == [("none.xlsx", "there is no such file")]


def test_a_directory(tmp_path):
    assert refused(tmp_path)[0][1].startswith("cannot be read: ")


def test_a_damaged_part(tmp_path):
    path = book(tmp_path / "sound.xlsx", {"reception": cells()})
    content = bytearray(path.read_bytes())
    start = content.find(b"xl/worksheets/sheet1.xml") + 60
    content[start : start + 8] = b"\xff" * 8
    path.write_bytes(content)

    ((where, message),) = refused(path)
    assert where == "sound.xlsx"
    assert message.startswith("the file is damaged: ")


@pytest.mark.parametrize("sheet", ["<row", "<row r='x'/>", "<row><c t='s'><v>99</v></c></row>"])
def test_xml_that_is_none(sheet, tmp_path):
    ((where, message),) = refused(package(tmp_path / "torn.xlsx", sheet))

    assert where == "torn.xlsx"
    assert message.startswith("the file is damaged: ")


def test_a_file_too_large_to_be_one(tmp_path):
    path = tmp_path / "huge.xlsx"
    path.write_bytes(b"PK\x03\x04")
    with path.open("ab") as file:
        file.truncate(11_000_000)

    assert refused(path) == [("huge.xlsx", "the file is too large; at most 10 MB")]


def test_a_bomb_is_not_unpacked(tmp_path):
    path = package(tmp_path / "bomb.xlsx", " " * 101_000_000)

    assert path.stat().st_size < 200_000
    assert refused(path) == [("bomb.xlsx", "the file unpacks to more than 100 MB")]


def test_entities_do_not_grow_without_end(tmp_path):
    levels = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))
    bomb = f'<!DOCTYPE w [<!ENTITY a0 "ha">{levels}]><worksheet>&a11;</worksheet>'
    path = package(tmp_path / "laughs.xlsx", "", **{"xl/worksheets/sheet1.xml": bomb})

    ((where, message),) = refused(path)
    assert where == "laughs.xlsx"
    assert message.startswith("the file is damaged: ")


@pytest.mark.parametrize(
    ("cell", "fault"),
    [
        (
            "XFD2",
            ("reception!XFD", "more than 100 columns; clear what stands to the right of the table"),
        ),
        ("A1048576", ("reception!1048576", "more than 5000 rows")),
    ],
)
def test_one_cell_far_away_does_not_fill_the_memory(cell, fault, tmp_path):
    row = cell.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    sheet = f'<row r="{row}"><c r="{cell}"><v>1</v></c></row>'

    assert refused(package(tmp_path / "far.xlsx", sheet)) == [fault]


def test_formats_far_away_do_not_count(tmp_path):
    sheet = '<row r="1048576"><c r="XFD1048576" s="0"/></row>'

    assert refused(package(tmp_path / "far.xlsx", sheet)) == [
        ("reception", "empty: there are no criteria")
    ]


def test_formulas_count_by_what_they_show(tmp_path):
    sheet = (
        "<row><c><f>1+1</f><v>2</v></c><c><f>1+1</f></c><c t='e'><f>A9</f><v>#REF!</v></c>"
        "<c t='str'><f>A9</f></c><c t='inlineStr'><is><t>甲</t></is></c></row>"
    )

    (found,) = sheets_of(package(tmp_path / "formulas.xlsx", sheet))

    assert found.cells == {(1, 1): 2, (1, 2): Broken(""), (1, 3): Broken("#REF!"), (1, 5): "甲"}


def test_a_formula_without_a_stored_result_says_what_to_do(tmp_path):
    path = book(tmp_path / "sums.xlsx", {"reception": cells()})
    with zipfile.ZipFile(path) as old:
        parts = {name: old.read(name) for name in old.namelist()}
    name = "xl/worksheets/sheet1.xml"
    parts[name] = parts[name].replace(b'<c r="E2"><v>3</v></c>', b'<c r="E2"><f>E3+E4</f></c>')
    with zipfile.ZipFile(path, "w") as new:
        for name, content in parts.items():
            new.writestr(name, content)

    with pytest.raises(BadInput) as bad:
        read(path, LIKE)

    assert said(bad.value.problems, "zh") == [
        "工作表“reception” 第 2 行 E 列：分值的公式没有保存结果；请在 Excel 中打开并保存"
    ]


def test_writes_only_xlsx_and_replaces_nothing_unasked(tmp_path):
    path = tmp_path / "out.xlsx"
    export(LIKE, path)
    before = path.read_bytes()

    with pytest.raises(BadInput) as bad:
        export(LIKE, path)
    assert said(bad.value.problems, "en") == [
        "out.xlsx: the file exists; choose another name, or add --overwrite to replace it"
    ]
    assert path.read_bytes() == before

    export(LIKE, path, overwrite=True)
    with pytest.raises(BadInput, match="bad_file"):
        export(LIKE, tmp_path / "out.csv")
    with pytest.raises(BadInput, match="bad_file"):
        export(LIKE, tmp_path / "nowhere" / "out.xlsx")
    assert sorted(one.name for one in tmp_path.iterdir()) == ["out.xlsx"]

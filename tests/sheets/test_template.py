"""The template: what a person sees, and that an unfilled one is not taken for criteria."""

import re
import zipfile

import pytest
from xlsxwriter.utility import xl_cell_to_rowcol

from certbody.rules.terms import BadInput
from certbody.sheets import export, read, template
from certbody.sheets.names import GUIDE
from certbody.sheets.workbook import sheets_of
from tests.sheets.books import LIKE, book, faults_of, moved, reception, said


def part(path, name):
    with zipfile.ZipFile(path) as package:
        return package.read(name).decode()


@pytest.fixture
def blank(tmp_path):
    template(LIKE, tmp_path / "blank.xlsx")
    return tmp_path / "blank.xlsx"


def test_headers_are_in_chinese_with_english_below(blank):
    sheet = sheets_of(blank)[0]

    assert [sheet.cells[1, column] for column in range(1, 10)] == [
        "编号\nid",
        "上级\nparent",
        "中文\nChinese",
        "英文\nEnglish",
        "分值\npoints",
        "层级\ntier",
        "维度\ndimension",
        "否决项\nveto",
        "依据条款\nclause",
    ]


def test_the_header_stays_in_sight_and_columns_are_wide_enough_to_read(blank):
    sheet = part(blank, "xl/worksheets/sheet1.xml")

    assert '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>' in sheet
    widths = [float(width) for width in re.findall(r'<col [^>]*width="([\d.]+)"', sheet)]
    assert min(widths) >= 10


def test_tier_dimension_and_veto_are_chosen_from_lists(blank):
    sheet = part(blank, "xl/worksheets/sheet1.xml")
    guide = sheets_of(blank)[1]
    lists = re.findall(r'sqref="(\w)2:\w5001"><formula1>([^<]*)</formula1>', sheet)

    chosen = {column: values(guide, reference) for column, reference in lists}
    assert chosen == {"F": ["基础级", "期望级"], "G": ["安全", "关怀"], "H": ["是", "否"]}


def values(guide, reference):
    sheet, _, cells = reference.replace("$", "").rpartition("!")
    assert sheet == f"'{GUIDE}'"
    (first, _), (last, _) = (xl_cell_to_rowcol(cell) for cell in cells.split(":"))
    return [guide.cells[row + 1, 1] for row in range(first, last + 1)]


def test_the_second_sheet_explains_every_column_in_both_languages(blank):
    guide = sheets_of(blank)[1]
    assert guide.name == GUIDE

    rows = [tuple(str(cells.get(column)) for column in (1, 2, 3)) for _, cells in guide.rows()]
    columns = [row for row in rows if re.match(r"[A-I]  ", row[0])]
    assert [row[0][0] for row in columns] == list("ABCDEFGHI")
    assert all(re.search("[一-鿿]", zh) and re.search("[a-z]{3}", en) for _, zh, en in columns)


def test_it_holds_the_headings_and_a_row_to_fill_in_below_each(blank):
    sheet = sheets_of(blank)[0]
    rows = [(row, cells.get(1), cells.get(2)) for row, cells in sheet.rows() if row > 1]

    assert rows == [(2, "1", None), (3, None, "1"), (4, "2", None), (5, None, "2")]


def test_an_unfilled_template_is_not_taken_for_criteria(blank):
    with pytest.raises(BadInput) as bad:
        read(blank, LIKE)

    words = said(bad.value.problems, "en")
    unfilled = [one for one in words if one.endswith("fill in the row, or delete it")]
    assert [one.partition(":")[0] for one in unfilled] == [
        "sheet “reception”, row 3, column A",
        "sheet “reception”, row 5, column A",
    ]


def test_what_is_filled_in_is_the_bodys_own_and_no_sample(tmp_path):
    like = {"reception": reception(sample=True, zh="接待（示例）", en="Reception (sample)")}
    template(like, tmp_path / "blank.xlsx")
    first, guide = sheets_of(tmp_path / "blank.xlsx")
    filled = {**moved(first), **dict(zip([(1, c) for c in (4, 8)], (1, "1"), strict=True))}
    filled |= {
        (2, c): v for c, v in enumerate(("1.1", "1", "甲", "a", 1, "基础级", "安全", "是", "1.1"))
    }
    filled |= {
        (3, c): v for c, v in enumerate(("2", "", "乙", "b", 4.5, "期望级", "关怀", "", "2"))
    }
    del filled[4, 1]
    path = book(tmp_path / "full.xlsx", {"reception": filled, GUIDE: moved(guide)})

    found = read(path, like)["reception"]

    assert (found.sample, found.zh) == (False, "Pruefbuch 7（本机构录入）")
    assert [one.id for one in found.walk()] == ["1", "1.1", "2"]


def test_a_sample_says_so_where_it_is_exported(tmp_path):
    export({"reception": reception(sample=True)}, tmp_path / "out.xlsx")
    first, guide = sheets_of(tmp_path / "out.xlsx")

    assert first.cells[1, 5] == "示例分值\nsample points"
    assert "（示例 sample）" in part(tmp_path / "out.xlsx", "xl/worksheets/sheet1.xml")
    assert guide.cells[3, 4] == "是"


@pytest.mark.parametrize(("cell", "value"), [((3, 4), "maybe"), ((3, 4), None), ((3, 2), None)])
def test_faulty_titles_are_named_by_sheet_row_and_column(cell, value, tmp_path):
    export(LIKE, tmp_path / "out.xlsx")
    first, guide = sheets_of(tmp_path / "out.xlsx")
    changed = {**moved(guide), (cell[0] - 1, cell[1] - 1): value}
    path = book(tmp_path / "faulty.xlsx", {"reception": moved(first), GUIDE: changed})

    with pytest.raises(BadInput) as bad:
        read(path, LIKE)

    ((where, _),) = faults_of(bad.value)
    assert where == f"{GUIDE}!{'ABCD'[cell[1] - 1]}{cell[0]}"

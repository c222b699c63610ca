"""What a sound sheet means, however it was typed."""

from fractions import Fraction

import pytest

from certbody.rules.terms import BadInput
from certbody.sheets import read
from tests.sheets.books import HEADERS, LIKE, book, cells, reception, said, with_cells


def read_back(tmp_path, content, like=LIKE):
    return read(book(tmp_path / "sheet.xlsx", {"reception": content}), like)["reception"]


def test_reads_rows_as_a_person_types_them(tmp_path):
    assert read_back(tmp_path, cells()) == reception()


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        (2.5, "5/2"),
        (0.1, "1/10"),
        (0.3, "3/10"),
        (1e-7, "1/10000000"),
        (4, "4"),
        (0, "0"),
        ("2.5", "5/2"),
        ("1/3", "1/3"),
        (" 7 ", "7"),
        (123456789.125, "123456789.125"),
    ],
)
def test_numbers_are_exact(typed, meant, tmp_path):
    rows = [("a", "", "甲", "a", typed, "basic", "safe", "", "1")]
    found = read_back(tmp_path, cells(rows), {"reception": reception(full=None)})

    assert found.tree[0].points == Fraction(meant)


def test_ten_tenths_are_one(tmp_path):
    tenths = [(f"1.{n}", "1", "甲", "a", 0.1, "basic", "safe", "", "1") for n in range(10)]
    rows = [("1", "", "甲", "a", 1, "", "", "", "1"), *tenths]

    found = read_back(
        tmp_path, cells(rows), {"reception": reception().model_copy(update={"full": Fraction(1)})}
    )

    assert found.tree[0].points == 1


@pytest.mark.parametrize(
    "headers",
    [
        ("id", "parent", "zh", "en", "points", "tier", "dimension", "veto", "clause"),
        ("ID", "Parent", "Chinese", "English", "Points", "Tier", "Dimension", "Veto", "Clause"),
        tuple(f"{zh}\n{en}" for zh, en in zip(HEADERS, ("id", *HEADERS[1:]), strict=True))[:1]
        + HEADERS[1:],
        ("编号 id", "上级 (parent)", *HEADERS[2:]),
        ("编号/id", "上级 / parent", *HEADERS[2:]),
    ],
)
def test_headers_in_either_language(headers, tmp_path):
    assert read_back(tmp_path, cells(headers=headers)) == reception()


def test_columns_may_stand_in_another_order(tmp_path):
    turned = {(row, 8 - column): value for (row, column), value in cells().items()}

    assert read_back(tmp_path, turned) == reception()


def test_empty_rows_are_passed_over_and_rows_keep_their_numbers(tmp_path):
    spread = {(row * 2, column): value for (row, column), value in cells().items()}
    assert read_back(tmp_path, spread) == reception()

    with pytest.raises(BadInput) as bad:
        read_back(tmp_path, {**spread, (8, 4): "x"})
    assert [problem.where for problem in bad.value.problems] == ["reception!E9"]


@pytest.mark.parametrize(
    ("typed", "meant"), [("是", True), ("YES", True), (True, True), ("否", False), (False, False)]
)
def test_yes_and_no(typed, meant, tmp_path):
    assert read_back(tmp_path, with_cells({"H3": typed})).leaves()[0].veto is meant


def test_whole_numbers_are_ids_too(tmp_path):
    numbered = with_cells({"A2": 1, "B3": 1, "B4": 1, "A5": 2, "B6": 2, "I5": 2})

    assert read_back(tmp_path, numbered) == reception()


def test_the_only_sheet_may_have_any_name(tmp_path):
    path = book(tmp_path / "one.xlsx", {"Sheet1": cells(), "Sheet2": {}})

    assert read(path, LIKE) == {"reception": reception()}


def test_a_sheet_of_no_set_is_a_fault(tmp_path):
    path = book(tmp_path / "two.xlsx", {"reception": cells(), "recption": cells()})

    with pytest.raises(BadInput) as bad:
        read(path, LIKE)

    assert said(bad.value.problems, "en") == [
        "sheet “recption”: unknown sheet; known: reception. Rename or delete it"
    ]


def test_reads_the_sets_that_are_there_and_all_or_nothing(tmp_path):
    likes = {**LIKE, "farewell": reception(zh="送别准则", en="Farewell")}
    path = book(tmp_path / "one.xlsx", {"farewell": cells()})
    assert list(read(path, likes)) == ["farewell"]

    path = book(tmp_path / "two.xlsx", {"farewell": cells(), "reception": with_cells({"A3": ""})})
    with pytest.raises(BadInput) as bad:
        read(path, likes)
    assert [problem.where for problem in bad.value.problems] == ["reception!A3"]


def test_a_workbook_without_any_set_is_a_fault(tmp_path):
    path = book(tmp_path / "none.xlsx", {"Sheet1": {}})

    with pytest.raises(BadInput) as bad:
        read(path, {**LIKE, "farewell": reception()})

    assert said(bad.value.problems, "zh") == [
        "none.xlsx：没有一张准则工作表；应有：reception、farewell"
    ]


def test_a_sheet_of_ones_own_is_no_sample_unless_it_says_so(tmp_path):
    like = {"reception": reception(sample=True, zh="接待准则（示例）", en="Reception (sample)")}
    own = read_back(tmp_path, cells(), like)
    assert (own.sample, own.zh) == (False, "Pruefbuch 7（本机构录入）")

    marked = read_back(tmp_path, with_cells({"E1": "示例分值\nsample points"}), like)
    assert (marked.sample, marked.zh) == (True, "接待准则（示例）")

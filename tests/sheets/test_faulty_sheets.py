"""Each fault of a sheet, and the words it must say: tests/sheets/faulty.yaml."""

from pathlib import Path

import pytest
import yaml

from certbody.rules.terms import BadInput
from certbody.sheets import read
from certbody.words import LANGUAGES
from tests.sheets.books import LIKE, book, cells, reception, said, with_cells

CASES = yaml.safe_load((Path(__file__).parent / "faulty.yaml").read_text(encoding="utf-8"))
SHEET = {"zh": "工作表“reception” ", "en": "sheet “reception”, "}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_says_sheet_row_column_and_what_is_wrong(case, tmp_path):
    path = book(tmp_path / "faulty.xlsx", {"reception": with_cells(case["cells"])})

    with pytest.raises(BadInput) as bad:
        read(path, LIKE)

    for lang in LANGUAGES:
        words = [f"{SHEET[lang]}{words}" for words in case.get(lang, ())]
        assert not words or said(bad.value.problems, lang) == words
    assert {problem.code for problem in bad.value.problems} == {"bad_file"}


def test_the_place_is_a_cell_reference(tmp_path):
    path = book(tmp_path / "faulty.xlsx", {"reception": with_cells({"E3": "x", "B4": "9"})})

    with pytest.raises(BadInput) as bad:
        read(path, LIKE)

    assert [problem.where for problem in bad.value.problems] == ["reception!E3", "reception!B4"]


@pytest.mark.parametrize(
    ("column", "length", "limit"), [("A", 81, 80), ("C", 2001, 2000), ("I", 201, 200)]
)
def test_says_which_cell_is_too_long(column, length, limit, tmp_path):
    path = book(tmp_path / "long.xlsx", {"reception": with_cells({f"{column}4": "x" * length})})

    with pytest.raises(BadInput) as bad:
        read(path, LIKE)

    (first, *_) = said(bad.value.problems, "en")
    assert first.startswith(f"sheet “reception”, row 4, column {column}: ")
    assert first.endswith(f" has {length} characters; at most {limit}")


@pytest.mark.parametrize("content", [{}, {(0, 0): "编号"}, {(9, 9): " "}, cells(rows=())])
def test_an_empty_sheet_is_a_fault(content, tmp_path):
    path = book(tmp_path / "empty.xlsx", {"reception": content})

    with pytest.raises(BadInput) as bad:
        read(path, LIKE)

    assert said(bad.value.problems, "zh") == ["工作表“reception”：空表：没有任何准则"]


def test_five_thousand_rows_are_read_and_one_more_is_not(tmp_path):
    flat = reception(full=None, tiers=(), dimensions=())
    rows = [(f"n{n}", "", "甲", "a", "", "", "", "", "1") for n in range(5001)]
    path = book(tmp_path / "most.xlsx", {"reception": cells(rows[:5000])})
    assert len(read(path, {"reception": flat})["reception"].leaves()) == 5000

    path = book(tmp_path / "more.xlsx", {"reception": cells(rows)})
    with pytest.raises(BadInput) as bad:
        read(path, {"reception": flat})

    assert said(bad.value.problems, "en") == [
        "sheet “reception”, row 5002: more than 5000 rows",
    ]


def test_a_set_without_tiers_takes_none(tmp_path):
    flat = {"reception": reception(tiers=(), dimensions=())}
    path = book(tmp_path / "flat.xlsx", {"reception": with_cells({"G3": None, "G4": None})})

    with pytest.raises(BadInput) as bad:
        read(path, flat)

    assert said(bad.value.problems, "en")[0] == (
        "sheet “reception”, row 3, column F: this set of criteria has no tier; leave the cell empty"
    )


def test_more_levels_than_anyone_reads_are_a_fault(tmp_path):
    chain = [(f"n{n}", f"n{n - 1}" if n else "", "甲", "a", *[""] * 4, "1") for n in range(5000)]
    path = book(tmp_path / "deep.xlsx", {"reception": cells(chain)})

    with pytest.raises(BadInput) as bad:
        read(path, {"reception": reception(full=None, tiers=(), dimensions=())})

    assert said(bad.value.problems, "en") == [
        "sheet “reception”, row 12, column B: more than 10 levels",
    ]

"""Sets of criteria and workbooks for the tests: an invented standard, and any cell one likes."""

from collections.abc import Iterable, Mapping
from fractions import Fraction
from pathlib import Path
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.utility import xl_cell_to_rowcol

from certbody.rules.criteria import CriteriaSet, Criterion, NamedRow
from certbody.rules.terms import BadInput, Clause, Problem
from certbody.sheets.workbook import Sheet
from certbody.words import Language, sentence

DOCUMENT = "Pruefbuch 7"
HEADERS = ("编号", "上级", "中文", "英文", "分值", "层级", "维度", "否决项", "依据条款")
# The rows of the set below as a person would type them: headers in row 1, criteria from row 2.
ROWS = (
    ("1", "", "接待", "Reception", 3, "", "", "", "1"),
    ("1.1", "1", "问候顾客", "Customers are greeted", 1, "基础级", "安全", "是", "1.1"),
    (
        "1.2",
        "1",
        "登记来访",
        "Visits are registered",
        2,
        "expected",
        "care",
        "",
        "Pruefbuch 7: 1.2",
    ),
    ("2", "", "送别", "Farewell", 2.5, "", "", "否", "2"),
    ("2.10", "2", "送到门口", "Guests are seen to the door", 2.5, "Basic", "Safe", "no", "2.10"),
)


def clause(place: str) -> Clause:
    return Clause(place, DOCUMENT)


def named(own: str, zh: str, en: str) -> NamedRow:
    return NamedRow(id=own, zh=zh, en=en, clause=Clause("4.2"))


def criterion(own: str, zh: str, en: str, points: str, **more: Any) -> Criterion:
    return Criterion(id=own, zh=zh, en=en, points=Fraction(points), clause=clause(own), **more)


def reception(**changed: Any) -> CriteriaSet:
    """The set that ``ROWS`` describe."""
    basic, expected = {"tier": "basic", "dimension": "safe"}, {"tier": "expected"}
    greeting = criterion("1.1", "问候顾客", "Customers are greeted", "1", veto=True, **basic)
    visits = criterion(
        "1.2", "登记来访", "Visits are registered", "2", dimension="care", **expected
    )
    door = criterion("2.10", "送到门口", "Guests are seen to the door", "5/2", **basic)
    fields: dict[str, Any] = {
        "clause": clause("1"),
        "zh": "接待准则",
        "en": "Reception",
        "full": Fraction(11, 2),
        "tiers": (named("basic", "基础级", "Basic"), named("expected", "期望级", "Expected")),
        "dimensions": (named("safe", "安全", "Safe"), named("care", "关怀", "Caring")),
        "tree": (
            criterion("1", "接待", "Reception", "3", parts=(greeting, visits)),
            criterion("2", "送别", "Farewell", "5/2", parts=(door,)),
        ),
    }
    return CriteriaSet(**{**fields, **changed})


LIKE = {"reception": reception()}


def cells(
    rows: Iterable[Iterable[Any]] = ROWS, headers: Iterable[str] = HEADERS
) -> dict[tuple[int, int], Any]:
    """Return rows as cells, counted from zero as the writer does."""
    table = [headers, *rows]
    return {(r, c): value for r, line in enumerate(table) for c, value in enumerate(line)}


def book(path: Path, sheets: Mapping[str, Mapping[tuple[int, int], Any]]) -> Path:
    """Write a workbook; ``=REF!`` and the like become formulas in error."""
    with Workbook(path, {"strings_to_formulas": False}) as workbook:
        day = workbook.add_format({"num_format": "yyyy-mm-dd"})
        for name, content in sheets.items():
            sheet = workbook.add_worksheet(name)
            for (row, column), value in content.items():
                if isinstance(value, str) and value.startswith("=#"):
                    sheet.write_formula(row, column, "=A1+B1", None, value[1:])
                elif isinstance(value, str) and value:
                    sheet.write_string(row, column, value)
                elif isinstance(value, bool | int | float):
                    sheet.write(row, column, value)
                elif value not in (None, ""):
                    sheet.write_datetime(row, column, value, day)
    return path


def moved(sheet: Sheet) -> dict[tuple[int, int], Any]:
    """Return what was read as cells, counted from zero."""
    return {(row - 1, column - 1): value for (row, column), value in sheet.cells.items()}


def with_cells(changes: Mapping[str, Any]) -> dict[tuple[int, int], Any]:
    """Return the sound rows with some cells changed, each named like ``E5``."""
    return {**cells(), **{xl_cell_to_rowcol(ref): value for ref, value in changes.items()}}


def said(problems: Iterable[Problem], lang: Language) -> list[str]:
    """Return the faults as a person reads them."""
    return [sentence(problem.code, problem.facts, lang) for problem in problems]


def faults_of(bad: BadInput) -> list[tuple[str, str]]:
    """Return where each fault is, and its English sentence without the place."""
    return [(p.where, str(getattr(p.facts["message"], "en", ""))) for p in bad.problems]

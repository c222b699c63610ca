"""The site list as an Excel sheet: what is handed out, and what a filled one says, row by row."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import xlsxwriter

from certbody.clients.columns import SITES, Column, Kind
from certbody.clients.models import Site
from certbody.clients.rows import ROWS_AT_MOST, Row, clean, same
from certbody.rules.terms import BadInput, Problem, Words
from certbody.sheets.workbook import Broken, Raw, Sheet, sheets_of

SHEET, GUIDE = "场所 Sites", "说明 Guide"
EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
EXAMPLE = "【示例 Example】"
_HEADER, _EXAMPLE_ROW, _FIRST = 0, 1, 2  # rows as xlsxwriter counts them, from none
_WIDTHS: Mapping[str, int] = {
    "number": 8,
    "name": 30,
    "address": 44,
    "service_content": 34,
    "kind": 14,
    "head_office": 10,
    "people": 10,
    "opening_hours": 40,
}
_PROMPT_AT_MOST = 255  # characters that Excel shows beside a cell


@dataclass(frozen=True, slots=True)
class SiteSheet:
    """The rows of a filled sheet, and for each the number that Excel shows beside it."""

    rows: list[Row]
    numbers: list[int]

    def placed(self, bad: BadInput) -> BadInput:
        """Return faults that count the rows as faults that name the rows of the sheet."""
        return BadInput([self._placed(one) for one in bad.problems])

    def _placed(self, problem: Problem) -> Problem:
        parts = problem.where.split(".")
        if len(parts) == 1:
            return problem
        where = ".".join((parts[0], str(self._number(int(parts[1]))), *parts[2:]))
        row = problem.facts.get("row")
        facts = {**problem.facts, "row": self._number(row)} if isinstance(row, int) else None
        return replace(problem, where=where, facts=facts or problem.facts)

    def _number(self, place: int) -> int:
        return self.numbers[place - 1]


def template(sites: Sequence[Site] = ()) -> bytes:
    """Return the sheet to fill in, with the sites that are there already and an example row."""
    out = BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    _write_sites(book, sites)
    _write_guide(book)
    book.close()
    return out.getvalue()


def read(path: Path) -> SiteSheet:
    """Return the rows of a filled sheet, without blank ones and the example.

    Raises ``BadInput`` where it is no workbook, its headings are not ours, or a formula of a row
    is in error.
    """
    sheets = sheets_of(path)
    sheet = next((one for one in sheets if one.name == SHEET), sheets[0] if sheets else None)
    if sheet is None:
        raise BadInput([Problem("file", "no_heading", {"name": _heading_words()})])
    columns = _columns_of(sheet)
    found = SiteSheet([], [])
    problems: list[Problem] = []
    for number, cells in sheet.rows():
        if number == 1:
            continue
        row = {column.name: _text(cells.get(at)) for at, column in columns.items()}
        if not any(row.values()) or row["name"].startswith(EXAMPLE):
            continue
        problems += _broken(columns, number, cells)
        found.rows.append(row)
        found.numbers.append(number)
    if problems:
        raise BadInput(problems)
    if not found.rows:
        raise BadInput([Problem("file", "no_site_in_sheet", {})])
    return found


def _columns_of(sheet: Sheet) -> dict[int, Column]:
    """Return which column of ours stands where; raise ``BadInput`` for headings not ours."""
    known = {same(form): column for column in SITES for form in _headings(column)}
    found: dict[int, Column] = {}
    problems = []
    for at, raw in next((cells for row, cells in sheet.rows() if row == 1), {}).items():
        text = clean(raw)
        column = known.get(same(text.rstrip("*＊ ")))
        if column is None:
            problems.append(Problem("file", "unknown_heading", {"value": text}))
        elif column in found.values():
            problems.append(Problem("file", "heading_doubled", {"value": text}))
        else:
            found[at] = column
    missing = [one.words for one in SITES if one.needed and one not in found.values()]
    if missing:
        words = Words("、".join(one.zh for one in missing), ", ".join(one.en for one in missing))
        problems.append(Problem("file", "no_heading", {"name": words}))
    if problems:
        raise BadInput(problems)
    return found


def _headings(column: Column) -> Iterator[str]:
    yield from (column.words.zh, column.words.en, _heading(column).rstrip("* "))


def _heading(column: Column) -> str:
    return f"{column.words.zh} / {column.words.en}{' *' if column.needed else ''}"


def _heading_words() -> Words:
    needed = [one.words for one in SITES if one.needed]
    return Words("、".join(one.zh for one in needed), ", ".join(one.en for one in needed))


def _broken(
    columns: Mapping[int, Column], number: int, cells: Mapping[int, Raw]
) -> Iterator[Problem]:
    for at, column in columns.items():
        raw = cells.get(at)
        if isinstance(raw, Broken):
            facts = {"name": column.words, "value": raw.text or "—"}
            yield Problem(f"sites.{number}.{column.name}", "formula_in_error", facts)


def _text(raw: Raw | None) -> str:
    """Return a cell as text; a whole number stays whole, a day is written as one."""
    if isinstance(raw, float) and raw.is_integer():
        return str(int(raw))
    if isinstance(raw, date):
        return raw.isoformat()
    return clean(raw)


def _write_sites(book: Any, sites: Sequence[Site]) -> None:  # noqa: ANN401  xlsxwriter has no types
    sheet = book.add_worksheet(SHEET)
    head = book.add_format({"bold": True, "bottom": 2, "text_wrap": True, "valign": "top"})
    text = book.add_format({"num_format": "@", "valign": "top", "text_wrap": True})
    example = book.add_format({"italic": True, "font_color": "#6a7078", "bg_color": "#f1f1ef"})
    for at, column in enumerate(SITES):
        sheet.set_column(at, at, _WIDTHS[column.name], text)
        sheet.write_string(_HEADER, at, _heading(column), head)
        mark = EXAMPLE if column.name == "name" else ""
        sheet.write_string(_EXAMPLE_ROW, at, f"{mark}{column.example}", example)
        sheet.data_validation(_FIRST, at, _FIRST + ROWS_AT_MOST, at, _validation(column))
    for row, site in enumerate(sites, start=_FIRST):
        for at, column in enumerate(SITES):
            sheet.write_string(row, at, shown(site, column, "zh"))
    sheet.freeze_panes(_FIRST, 2)


def _validation(column: Column) -> dict[str, Any]:
    """Return what Excel offers and explains in the cells of a column."""
    hint = column.hint or column.words
    told = {
        "input_title": f"{column.words.zh} / {column.words.en}",
        "input_message": f"{hint.zh}\n{hint.en}"[:_PROMPT_AT_MOST],
    }
    if column.options:
        return {**told, "validate": "list", "source": [words.zh for _, words in column.options]}
    return {**told, "validate": "any"}


def shown(site: Site, column: Column, language: str) -> str:
    """Return a cell of a site in words."""
    value = getattr(site, column.name)
    if column.kind is Kind.FLAG:
        value = str(value).lower()
    words = dict(column.options).get(value)
    if words is not None:
        return words.zh if language == "zh" else words.en
    return "" if value is None else str(value)


def _write_guide(book: Any) -> None:  # noqa: ANN401  xlsxwriter has no types
    sheet = book.add_worksheet(GUIDE)
    head = book.add_format({"bold": True, "bottom": 1})
    wrap = book.add_format({"text_wrap": True, "valign": "top"})
    sheet.set_column(0, 0, 30, wrap)
    sheet.set_column(1, 3, 44, wrap)
    for row, line in enumerate(_GUIDE):
        sheet.write_string(row, 0, line.zh)
        sheet.write_string(row, 2, line.en)
    first = len(_GUIDE) + 1
    titles = ("列 Column", "说明", "What it is", "可填 Allowed")
    for at, title in enumerate(titles):
        sheet.write_string(first, at, title, head)
    for row, column in enumerate(SITES, start=first + 1):
        hint = column.hint or column.words
        allowed = "; ".join(f"{words.zh} / {words.en}" for _, words in column.options)
        for at, text in enumerate((_heading(column), hint.zh, hint.en, allowed or column.example)):
            sheet.write_string(row, at, text, wrap)


_GUIDE = (
    Words("如何填写", "How to fill it in"),
    Words("每行一个场所，包括总部。", "One row a site, the head office included."),
    Words("带 * 的列必填。", "Columns with * must be filled in."),
    Words(
        "灰色示例行不会导入，可保留。", "The grey example row is not imported; it may stay there."
    ),
    Words(
        "已登记的场所保留其序号；删去一行即表示该场所不再提供服务。",
        "Sites registered already keep their number; a row that is deleted says that the site is "
        "closed.",
    ),
    Words(
        f"最多 {ROWS_AT_MOST} 个场所。有一行不对，整张表都不导入。",
        f"At most {ROWS_AT_MOST} sites. One faulty row, and nothing is imported.",
    ),
)

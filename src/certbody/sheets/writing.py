"""Writing criteria as an Excel workbook: one sheet for each set, and one of instructions."""

from collections.abc import Mapping
from fractions import Fraction
from io import BytesIO
from pathlib import Path

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from certbody.rules.criteria import CriteriaSet, Criterion
from certbody.rules.numbers import in_figures
from certbody.sheets.columns import COLUMNS, HEADER
from certbody.sheets.files import write_atomically
from certbody.sheets.formats import Formats
from certbody.sheets.guide import own_title
from certbody.sheets.guide_sheet import Lists, write_guide
from certbody.sheets.names import sheet_name
from certbody.sheets.page import Page, Record
from certbody.sheets.rows import Choices, cited
from certbody.sheets.workbook import ROWS_AT_MOST

DIGITS_AT_MOST = 15  # Excel keeps no more; longer figures are written as text
LIST_COLUMNS = ("tier", "dimension", "veto")
SAMPLE_WORDS = ("示例", "sample")

Sets = Mapping[str, CriteriaSet]


def export(sets: Sets, path: Path, *, overwrite: bool = False) -> None:
    """Write sets as they are; reading them back gives the same."""
    pages = {
        name: Page(one, list(_records(one)), one.zh, one.en, one.sample)
        for name, one in sets.items()
    }
    write_atomically(path, _workbook(pages), overwrite=overwrite)


def template(sets: Sets, path: Path, *, overwrite: bool = False) -> None:
    """Write sheets to fill in: the headings of each set, and a row below each lowest one."""
    pages = {}
    for name, one in sets.items():
        title = own_title(one)
        pages[name] = Page(one, list(_blanks(one)), title.zh, title.en, sample=False)
    write_atomically(path, _workbook(pages), overwrite=overwrite)


def _records(criteria: CriteriaSet) -> list[Record]:
    return [_record(one, parent) for top in criteria.tree for one, parent in _with_parents(top, "")]


def _with_parents(criterion: Criterion, parent: str) -> list[tuple[Criterion, str]]:
    below = [pair for part in criterion.parts for pair in _with_parents(part, criterion.id)]
    return [(criterion, parent), *below]


def _record(one: Criterion, parent: str) -> Record:
    return {
        "id": one.id,
        "parent": parent,
        "zh": one.zh,
        "en": one.en,
        "points": one.points,
        "tier": one.tier,
        "dimension": one.dimension,
        "veto": one.veto,
        "clause": cited(one.clause),
        "heading": bool(one.parts),
    }


def _blanks(criteria: CriteriaSet) -> list[Record]:
    """Return the headings without points, and below each lowest one a row to fill in."""
    blanks: list[Record] = []
    for top in criteria.tree:
        for one, parent in _with_parents(top, ""):
            if not one.parts:
                continue
            general = one.clause == criteria.clause  # says nothing about this heading
            clause = "" if general else cited(one.clause)
            blanks.append({**_record(one, parent), "points": None, "clause": clause})
            if not any(part.parts for part in one.parts):
                blanks.append({"parent": one.id})
    return blanks


def _workbook(pages: Mapping[str, Page]) -> bytes:
    buffer = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with Workbook(buffer, options) as workbook:
        formats = Formats(workbook)
        sheets = {name: workbook.add_worksheet(sheet_name(name)) for name in pages}
        lists = write_guide(workbook, formats, pages)
        for name, page in pages.items():
            _write_page(sheets[name], formats, page, lists[name])
    return buffer.getvalue()


def _write_page(sheet: Worksheet, formats: Formats, page: Page, lists: Lists) -> None:
    for column, one in enumerate(COLUMNS):
        text = formats.number if one.key == "points" else formats.text
        sheet.set_column(column, column, one.width, text)
        sheet.write_string(0, column, _header(one.words.zh, one.words.en, page), formats.header)
    sheet.set_row(0, 32)
    sheet.freeze_panes(HEADER, 0)
    tiers, dimensions = Choices(page.like.tiers), Choices(page.like.dimensions)
    for row, record in enumerate(page.records, start=HEADER):
        shown = {
            **record,
            "tier": tiers.written(record.get("tier")),
            "dimension": dimensions.written(record.get("dimension")),
            "veto": "是" if record.get("veto") else "",
        }
        _write_row(sheet, formats, row, shown)
    _validate(sheet, lists)
    _print_setup(sheet, page)


def _header(zh: str, en: str, page: Page) -> str:
    if not page.sample or en not in {"points", "Chinese", "English"}:
        return f"{zh}\n{en}"
    return f"{SAMPLE_WORDS[0]}{zh}\n{SAMPLE_WORDS[1]} {en}"


def _write_row(sheet: Worksheet, formats: Formats, row: int, record: Record) -> None:
    heading = bool(record.get("heading"))
    for column, one in enumerate(COLUMNS):
        value = record.get(one.key)
        if isinstance(value, Fraction) and in_excel(value):
            sheet.write_number(row, column, float(value), formats.figure(heading=heading))
        elif isinstance(value, Fraction):
            sheet.write_string(row, column, in_figures(value), formats.figure(heading=heading))
        elif value:
            sheet.write_string(row, column, value, formats.words(heading=heading))
        elif heading:
            sheet.write_blank(row, column, None, formats.words(heading=True))


def in_excel(value: Fraction) -> bool:
    """Tell whether Excel can hold a figure without loss."""
    figures = in_figures(value)
    return "/" not in figures and len(figures.strip("-").replace(".", "")) <= DIGITS_AT_MOST


def _validate(sheet: Worksheet, lists: Lists) -> None:
    keys = [column.key for column in COLUMNS]
    for key in LIST_COLUMNS:
        source = lists.get(key)
        if source is not None:
            column = keys.index(key)
            rule = {
                "validate": "list",
                "source": source,
                "error_title": "请从列表选择 · choose from the list",
                "error_message": "此格只接受列表中的值 · only values from the list",
            }
            sheet.data_validation(HEADER, column, ROWS_AT_MOST, column, rule)


def _print_setup(sheet: Worksheet, page: Page) -> None:
    mark = f"（{SAMPLE_WORDS[0]} {SAMPLE_WORDS[1]}）" if page.sample else ""
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    sheet.set_header(f"&C{page.zh.replace('&', '&&')[:200]}{mark}")
    sheet.set_footer("&C&P / &N")
    if page.sample:
        sheet.set_tab_color("#B45309")

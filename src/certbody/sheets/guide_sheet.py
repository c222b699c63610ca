"""Writing the sheet of instructions, and the lists that the other sheets choose from."""

from collections.abc import Mapping, Sequence

from xlsxwriter import Workbook

from certbody.rules.criteria import CriteriaSet
from certbody.rules.numbers import in_figures
from certbody.rules.terms import Words
from certbody.sheets.columns import COLUMNS
from certbody.sheets.faults import letter
from certbody.sheets.formats import Formats
from certbody.sheets.guide import FIELDS, RULES, SETS
from certbody.sheets.names import GUIDE, sheet_name
from certbody.sheets.page import Page
from certbody.sheets.rows import Choices

Lists = Mapping[str, str]  # column: where its choices stand
WIDTHS = (24, 40, 40, 14, 14)
YES_NO = ("是", "否")


class Writer:
    """Writes the sheet of instructions from the top down."""

    def __init__(self, workbook: Workbook, formats: Formats) -> None:
        self.sheet = workbook.add_worksheet(GUIDE)
        self.formats = formats
        self.row = 0
        for column, width in enumerate(WIDTHS):
            self.sheet.set_column(column, column, width)

    def title(self, words: Words) -> None:
        """Write a heading over what follows."""
        self.row += self.row > 0
        self.sheet.write_string(self.row, 0, f"{words.zh} {words.en}", self.formats.title)
        self.row += 1

    def header(self, *columns: Words) -> None:
        """Write the headers of a table."""
        for column, words in enumerate(columns):
            text = f"{words.zh}\n{words.en}"
            self.sheet.write_string(self.row, column, text, self.formats.header)
        self.sheet.set_row(self.row, 32)
        self.row += 1

    def line(self, *cells: str) -> int:
        """Write a row; return its number, counted from one."""
        for column, text in enumerate(cells):
            self.sheet.write_string(self.row, column, text, self.formats.text)
        self.row += 1
        return self.row


def write_guide(
    workbook: Workbook, formats: Formats, pages: Mapping[str, Page]
) -> dict[str, Lists]:
    """Write the instructions; return for each set where its lists stand."""
    writer = Writer(workbook, formats)
    yes_no = _write_sets(writer, pages)
    _write_columns(writer)
    lists = {name: {**_write_choices(writer, name, page.like)} for name, page in pages.items()}
    veto = _write_list(writer, Words("是 / 否", "yes / no"), YES_NO)
    for row in yes_no:
        writer.sheet.data_validation(row - 1, 3, row - 1, 3, {"validate": "list", "source": veto})
    writer.title(Words("规则", "Rules"))
    for rule in RULES:
        writer.line("•", rule.zh, rule.en)
    return {name: {**own, "veto": veto} for name, own in lists.items()}


def _write_sets(writer: Writer, pages: Mapping[str, Page]) -> list[int]:
    writer.title(Words("填写说明", "Instructions"))
    writer.header(SETS, *FIELDS.values(), Words("满分", "full score"))
    return [
        writer.line(
            sheet_name(name),
            page.zh,
            page.en,
            YES_NO[0] if page.sample else YES_NO[1],
            "—" if page.like.full is None else in_figures(page.like.full),
        )
        for name, page in pages.items()
    ]


def _write_columns(writer: Writer) -> None:
    writer.title(Words("各列", "Columns"))
    writer.header(
        Words("列", "column"), Words("说明", "in Chinese"), Words("英文说明", "in English")
    )
    for number, column in enumerate(COLUMNS, start=1):
        name = f"{letter(number)}  {column.words.zh} {column.words.en}"
        writer.line(name, column.about.zh, column.about.en)


def _write_choices(writer: Writer, name: str, like: CriteriaSet) -> Lists:
    """Write the tiers and dimensions of a set."""
    lists = {}
    for key, what, rows in (
        ("tier", Words("层级", "tiers"), like.tiers),
        ("dimension", Words("维度", "dimensions"), like.dimensions),
    ):
        if rows:
            choices = Choices(rows)
            writer.title(Words(f"{what.zh}（{sheet_name(name)}）", what.en))
            written = [(choices.written(row.id), row.zh, row.en) for row in rows]
            lists[key] = _write_rows(writer, written)
    return lists


def _write_list(writer: Writer, what: Words, values: Sequence[str]) -> str:
    writer.title(what)
    return _write_rows(writer, [(value,) for value in values])


def _write_rows(writer: Writer, rows: Sequence[Sequence[str]]) -> str:
    """Write rows; return the reference of their first column."""
    numbers = [writer.line(*row) for row in rows]
    return f"='{GUIDE}'!$A${numbers[0]}:$A${numbers[-1]}"

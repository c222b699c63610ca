"""Lists as Excel sheets to take along."""

from collections.abc import Iterable, Sequence
from io import BytesIO

import xlsxwriter
from django.http import HttpResponse

_EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def sheet(
    name: str, columns: Sequence[tuple[str, int]], rows: Iterable[Sequence[str | int]]
) -> bytes:
    """Return rows under their titles, each column with its width in characters.

    A text is never taken for a formula.
    """
    out = BytesIO()
    book = xlsxwriter.Workbook(out, {"constant_memory": True})
    page = book.add_worksheet(name)
    head = book.add_format({"bold": True, "bottom": 2})
    for column, (title, width) in enumerate(columns):
        page.set_column(column, column, width)
        page.write_string(0, column, title, head)
    for at, row in enumerate(rows, start=1):
        for column, value in enumerate(row):
            if isinstance(value, int):
                page.write_number(at, column, value)
            else:
                page.write_string(at, column, value)
    page.freeze_panes(1, 0)
    book.close()
    return out.getvalue()


def as_download(content: bytes, name: str) -> HttpResponse:
    """Return a sheet as a file to keep."""
    response = HttpResponse(content, content_type=_EXCEL)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.xlsx"'
    return response

"""Opening an Excel workbook that somebody else made: its sheets as cells by row and column.

Nothing in the file is trusted: its kind is told by its content, its size is bounded
before it is unpacked, and a single cell far away does not fill the memory. The reader of
values shows a formula in error as an empty cell; a scan of the sheet's XML finds those.

Errors     ``BadInput`` that names the file, or the sheet with row and column
Source     ISO/IEC 29500-1 (Office Open XML)
"""

import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path

from python_calamine import CalamineError, CalamineWorkbook

from certbody.rules.terms import BadInput
from certbody.sheets.faults import Place, bad_file
from certbody.sheets.scan import Scan, scan_of

ROWS_AT_MOST = 5000  # below the header
COLUMNS_AT_MOST = 100
MEGABYTE = 1_000_000
MEGABYTES_AT_MOST = 10
UNPACKED_AT_MOST = 100

# RuntimeError: a part under a password, or packed in a way that Python does not know
_DAMAGE = (
    CalamineError,
    zipfile.BadZipFile,
    zlib.error,
    ValueError,
    LookupError,
    OSError,
    EOFError,
    RuntimeError,
)
_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


@dataclass(frozen=True, slots=True)
class Broken:
    """A formula in error, such as ``#REF!``; an empty text if it has no stored result."""

    text: str

    def __str__(self) -> str:
        return self.text


Raw = int | float | str | bool | date | datetime | time | timedelta | Broken
Cells = Mapping[tuple[int, int], Raw]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet: what its cells hold, by row and column from one; empty ones are left out."""

    name: str
    cells: Cells

    def rows(self) -> Iterator[tuple[int, dict[int, Raw]]]:
        """Give each row that holds something: its number, its cells by column."""
        found: dict[int, dict[int, Raw]] = {}
        for (row, column), value in self.cells.items():
            found.setdefault(row, {})[column] = value
        yield from sorted(found.items())

    def at(self, row: int | None = None, column: int | None = None) -> Place:
        """Return a place on this sheet."""
        return Place(self.name, row, column)


def sheets_of(path: Path) -> list[Sheet]:
    """Return every sheet of a workbook."""
    _check_kind(path)
    try:
        scans = _scanned(path)
        with CalamineWorkbook.from_path(path) as workbook:
            return [_sheet(workbook, name, scans[name]) for name in scans]
    except BadInput:
        raise
    except _DAMAGE as error:
        raise bad_file(path.name, "damaged", why=error) from error


def _check_kind(path: Path) -> None:
    try:
        size = path.stat().st_size
        with path.open("rb") as file:
            start = file.read(len(_OLE))
    except FileNotFoundError as error:
        raise bad_file(path.name, "not_found") from error
    except OSError as error:
        raise bad_file(path.name, "not_readable", why=error.strerror or error) from error
    if start == _OLE:
        raise bad_file(path.name, "old_or_locked")
    if not start.startswith(_ZIP):
        raise bad_file(path.name, "not_xlsx")
    if size > MEGABYTES_AT_MOST * MEGABYTE:
        raise bad_file(path.name, "too_large", limit=MEGABYTES_AT_MOST)


def _scanned(path: Path) -> dict[str, Scan]:
    """Look through the package before its values are read."""
    with zipfile.ZipFile(path) as package:
        if "xl/workbook.xml" not in package.namelist():
            raise bad_file(path.name, "not_xlsx")
        if sum(part.file_size for part in package.infolist()) > UNPACKED_AT_MOST * MEGABYTE:
            raise bad_file(path.name, "unpacks_too_large", limit=UNPACKED_AT_MOST)
        faulty = package.testzip()
        if faulty:
            raise bad_file(path.name, "damaged", why=faulty)
        scans = scan_of(package)
    for name, scan in scans.items():
        _check_bounds(name, scan)
    return scans


def _check_bounds(name: str, scan: Scan) -> None:
    if scan.last_row > ROWS_AT_MOST + 1:
        place = Place(name, scan.last_row)
        raise bad_file(place, "too_many_rows", limit=ROWS_AT_MOST)
    if scan.last_column > COLUMNS_AT_MOST:
        place = Place(name, None, scan.last_column)
        raise bad_file(place, "too_far_right", limit=COLUMNS_AT_MOST)


def _sheet(workbook: CalamineWorkbook, name: str, scan: Scan) -> Sheet:
    values = workbook.get_sheet_by_name(name).to_python(skip_empty_area=False)
    cells: dict[tuple[int, int], Raw] = {
        (row, column): value
        for row, line in enumerate(values, start=1)
        for column, value in enumerate(line, start=1)
        if not (isinstance(value, str) and not value.strip())
    }
    cells |= {where: Broken(text) for where, text in scan.broken.items()}
    return Sheet(name, cells)

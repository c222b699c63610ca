"""What the XML of a workbook tells that its values do not: extent, and formulas in error."""

import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from posixpath import join, normpath
from typing import IO, Literal
from xml.etree.ElementTree import Element, ParseError, iterparse

WORKBOOK, LINKS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"
WORKSHEETS = "worksheet"


@dataclass(slots=True)
class Scan:
    """The extent of what a sheet holds, and its formulas that show no value."""

    last_row: int = 0
    last_column: int = 0
    broken: dict[tuple[int, int], str] = field(default_factory=dict)


def scan_of(package: zipfile.ZipFile) -> dict[str, Scan]:
    """Return a scan of each worksheet by its name, in the workbook's order."""
    parts: dict[str, str] = {}
    for link in _elements(package, LINKS, "Relationship"):
        if link.get("Type", "").endswith(f"/{WORKSHEETS}"):
            parts[link.get("Id", "")] = normpath(join("xl", link.get("Target", ""))).lstrip("/")
    scans: dict[str, Scan] = {}
    for sheet in _elements(package, WORKBOOK, "sheet"):
        part = parts.get(next((v for k, v in sheet.items() if k.endswith("}id")), ""))
        if part is not None:  # a sheet of charts has no cells
            scans[sheet.get("name", "")] = _scan(package, part)
    return scans


def _scan(package: zipfile.ZipFile, part: str) -> Scan:
    scan, row, column = Scan(), 0, 0
    with package.open(part) as file:
        for event, element in _parsed(file, ("start", "end")):
            kind = _kind(element)
            if kind == "row" and event == "start":
                row, column = int(element.get("r") or row + 1), 0
            elif kind == "row":
                element.clear()
            elif kind == "c" and event == "end":
                column = _column(element.get("r"), column + 1)
                _note(scan, row, column, element)
    return scan


def _note(scan: Scan, row: int, column: int, cell: Element) -> None:
    inner = {_kind(one): one for one in cell}
    value = inner["v"].text if "v" in inner else None
    if cell.get("t") == "e":
        scan.broken[row, column] = value or "#?"
    elif "f" in inner and value is None and cell.get("t") != "str":
        scan.broken[row, column] = ""
    elif value is None and "is" not in inner:
        return
    scan.last_row = max(scan.last_row, row)
    scan.last_column = max(scan.last_column, column)


def _column(reference: str | None, expected: int) -> int:
    """Return the number of the column in ``AB12``; a cell may leave its reference out."""
    number = 0
    for sign in reference or "":
        if sign.isalpha():
            number = number * 26 + ord(sign.upper()) - ord("A") + 1
    return number or expected


def _elements(package: zipfile.ZipFile, part: str, kind: str) -> list[Element]:
    with package.open(part) as file:
        return [element for _, element in _parsed(file, ("end",)) if _kind(element) == kind]


def _parsed(
    file: IO[bytes], events: Sequence[Literal["start", "end"]]
) -> Iterator[tuple[str, Element]]:
    try:
        yield from iterparse(file, events)  # noqa: S314  sizes are bounded, and expat limits entities
    except ParseError as error:
        raise ValueError(str(error)) from error


def _kind(element: Element) -> str:
    """Return an element's name without its namespace."""
    return element.tag.rpartition("}")[2]

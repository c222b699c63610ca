"""What the pages under docs/kinds hold: their YAML files and their tables of keys."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

KINDS = Path(__file__).resolve().parents[2] / "docs" / "kinds"
PAGES = sorted(KINDS.glob("*.md"))

_BLOCK = re.compile(r"^```yaml\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_TABLE = re.compile(r"^<!-- (?P<about>[^>]+) -->\n(?P<rows>(?:\|.*\n)+)", re.MULTILINE)
_NAME = re.compile(r"`([^`]+)`")


@dataclass(frozen=True, slots=True)
class Block:
    """One YAML file shown on a page."""

    page: str
    number: int
    text: str

    @property
    def content(self) -> dict[str, Any]:
        """The file as plain data; only its top keys matter here."""
        read: dict[str, Any] = yaml.safe_load(self.text)
        return read

    def __str__(self) -> str:
        return f"{self.page}-{self.number}"


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table: the names in its first cell, and its other cells."""

    names: tuple[str, ...]
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table of a page and what it is about."""

    page: str
    about: str
    rows: tuple[Row, ...]

    @property
    def names(self) -> list[str]:
        """Every name in the first column."""
        return [name for row in self.rows for name in row.names]


def blocks() -> list[Block]:
    return [
        Block(page.stem, number, text)
        for page in PAGES
        for number, text in enumerate(_BLOCK.findall(_text(page)), start=1)
    ]


def tables(kind: str) -> Iterator[Table]:
    """Give each table marked ``<!-- kind: about -->`` (or ``<!-- kind -->``)."""
    for page in PAGES:
        for found in _TABLE.finditer(_text(page)):
            own, _, about = found["about"].partition(": ")
            if own == kind:
                rows = tuple(map(_row, found["rows"].splitlines()[2:]))
                yield Table(page.stem, about, rows)


def _row(line: str) -> Row:
    first, *others = (cell.strip() for cell in line.strip("|").split("|"))
    return Row(tuple(_NAME.findall(first)), tuple(others))


def _text(page: Path) -> str:
    return page.read_text(encoding="utf-8")

"""What is wrong with a sheet, and where: sheet, row and column, in both languages.

Every fault is a ``Problem`` with the code ``bad_file``; all of a file's faults are raised
together, so that a person mends the sheet once.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from certbody.rules.terms import BadInput, Problem, Words
from certbody.sheets.sentences import SENTENCES

LETTERS = 26


@dataclass(frozen=True, slots=True)
class Place:
    """A sheet, a row or a cell; rows and columns are counted from one."""

    sheet: str
    row: int | None = None
    column: int | None = None

    def __str__(self) -> str:
        cell = f"{letter(self.column) if self.column else ''}{self.row or ''}"
        return f"{self.sheet}!{cell}" if cell else self.sheet

    @property
    def words(self) -> Words:
        """The place as people say it."""
        zh, en = [f"工作表“{self.sheet}”"], [f"sheet “{self.sheet}”"]
        if self.row:
            zh.append(f"第 {self.row} 行")
            en.append(f"row {self.row}")
        if self.column:
            zh.append(f"{letter(self.column)} 列")
            en.append(f"column {letter(self.column)}")
        return Words(" ".join(zh), ", ".join(en))


def letter(column: int) -> str:
    """Return the letter of a column: 1 is A, 27 is AA."""
    text = ""
    while column:
        column, rest = divmod(column - 1, LETTERS)
        text = f"{chr(ord('A') + rest)}{text}"
    return text


def fault(place: Place | str, code: str, **facts: object) -> Problem:
    """Return one fault; a place given as text is the name of the file."""
    name = place if isinstance(place, str) else place.words
    return Problem(str(place), "bad_file", {"name": name, "message": told(code, facts)})


def bad_file(place: Place | str, code: str, **facts: object) -> BadInput:
    """Return the refusal of a file for one fault."""
    return BadInput([fault(place, code, **facts)])


def told(code: str, facts: Mapping[str, object]) -> Words:
    """Return the sentence of a fault; facts may be words themselves."""
    zh, en = SENTENCES[code]
    return Words(
        zh.format_map(
            {key: one.zh if isinstance(one, Words) else one for key, one in facts.items()}
        ),
        en.format_map(
            {key: one.en if isinstance(one, Words) else one for key, one in facts.items()}
        ),
    )


def in_order(problems: Iterable[Problem]) -> list[Problem]:
    """Return the faults of a sheet from the top down and from left to right."""
    return sorted(problems, key=_position)


def _position(problem: Problem) -> tuple[int, int, str]:
    cell = re.fullmatch(r"([A-Z]*)(\d*)", problem.where.rpartition("!")[2])
    column, row = (cell[1], cell[2]) if cell else ("", "")
    return int(row or 0), len(column), column


class CellFault(Exception):  # noqa: N818  a fault without its place yet
    """A cell that cannot be read; whoever knows its place makes a fault of it."""

    def __init__(self, code: str, **facts: object) -> None:
        super().__init__(code)
        self.code = code
        self.facts = facts

    def at(self, place: Place) -> Problem:
        """Return the fault at its place."""
        return fault(place, self.code, **self.facts)

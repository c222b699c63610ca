"""Reading the rows of a sheet of criteria, cell by cell, with every fault at its place."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from certbody.rules.criteria import CriteriaSet, NamedRow
from certbody.rules.terms import Clause, Problem, Words, clause_from
from certbody.sheets.cells import choice_of, number_of, text_of, yes_of
from certbody.sheets.columns import BY_KEY, HEADER, Headers
from certbody.sheets.faults import CellFault, Place, fault
from certbody.sheets.workbook import Raw, Sheet

ID_AT_MOST, WORDS_AT_MOST, CLAUSE_AT_MOST = 80, 2000, 200
NEEDED = ("id", "zh", "en", "clause")


@dataclass(frozen=True, slots=True)
class Line:
    """One row as read. A field that is faulty is missing from ``values``."""

    row: int
    sheet: Sheet
    headers: Headers
    values: Mapping[str, Any]
    faulty: frozenset[str]

    def place(self, key: str) -> Place:
        """Return the place of one of its cells."""
        return self.sheet.at(self.row, self.headers.at[key])

    def fault(self, key: str, code: str, **facts: object) -> Problem:
        """Return a fault of one of its cells."""
        return fault(self.place(key), code, **facts)

    @property
    def id(self) -> str:
        """The id, or an empty text where it is missing."""
        return str(self.values.get("id", ""))

    @property
    def parent(self) -> str:
        """The id of the heading above, or an empty text at the top."""
        return str(self.values.get("parent", ""))

    @property
    def criterion(self) -> dict[str, Any]:
        """The fields of the criterion, its parts apart."""
        return {key: value for key, value in self.values.items() if key != "parent"}

    @property
    def points(self) -> Fraction | None:
        """The points, if it has any."""
        return self.values.get("points")


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads rows into lines by the set that the sheet is for."""

    like: CriteriaSet
    problems: list[Problem] = field(default_factory=list)

    def lines(self, sheet: Sheet, headers: Headers) -> list[Line]:
        """Return every row below the header as a line; the faults are kept."""
        readers = self._readers()
        known = set(headers.at.values())
        rows = ((row, cells) for row, cells in sheet.rows() if row > HEADER and known & set(cells))
        return [self._line(sheet, headers, row, cells, readers) for row, cells in rows]

    def _line(
        self,
        sheet: Sheet,
        headers: Headers,
        row: int,
        cells: Mapping[int, Raw],
        readers: Mapping[str, Callable[[Raw, Words], Any]],
    ) -> Line:
        values: dict[str, Any] = {}
        faulty: set[str] = set()
        if "id" in headers.at and set(cells) == {headers.at.get("parent")}:
            self.problems.append(fault(sheet.at(row, headers.at["id"]), "not_filled"))
            return Line(row, sheet, headers, {}, frozenset(headers.at))
        for key, column in headers.at.items():
            what, place = BY_KEY[key].words, sheet.at(row, column)
            try:
                if column in cells:
                    values[key] = readers[key](cells[column], what)
                elif self._needed(key):
                    self.problems.append(fault(place, "missing", what=what))
                    faulty.add(key)
            except CellFault as found:
                self.problems.append(found.at(place))
                faulty.add(key)
        return Line(row, sheet, headers, values, frozenset(faulty))

    def _needed(self, key: str) -> bool:
        return key in NEEDED or (key == "points" and self.like.full is not None)

    def _readers(self) -> Mapping[str, Callable[[Raw, Words], Any]]:
        """Return how the cells of each column are read."""
        tiers, dimensions = Choices(self.like.tiers), Choices(self.like.dimensions)
        documents = documents_of(self.like)
        return {
            "id": lambda raw, what: text_of(raw, what, ID_AT_MOST),
            "parent": lambda raw, what: text_of(raw, what, ID_AT_MOST),
            "zh": lambda raw, what: text_of(raw, what, WORDS_AT_MOST, lines=True),
            "en": lambda raw, what: text_of(raw, what, WORDS_AT_MOST, lines=True),
            "points": number_of,
            "tier": lambda raw, what: choice_of(raw, what, tiers.by_name, tiers.words),
            "dimension": lambda raw, what: choice_of(
                raw, what, dimensions.by_name, dimensions.words
            ),
            "veto": yes_of,
            "clause": lambda raw, what: clause_of(raw, what, documents),
        }


class Choices:
    """Tiers or dimensions: how each may be named in a cell, and how it is written."""

    def __init__(self, rows: Iterable[NamedRow]) -> None:
        self.rows = tuple(rows)
        self.by_name = {row.id.casefold(): row.id for row in self.rows}
        for row in self.rows:
            for name in (row.zh, row.en):
                self.by_name.setdefault(name.casefold(), row.id)

    @property
    def words(self) -> Words:
        """All of them, in both languages."""
        return Words("、".join(row.zh for row in self.rows), ", ".join(row.en for row in self.rows))

    def written(self, own: str | None) -> str:
        """Return the Chinese words of a choice, or its id where the words mean another."""
        row = next((row for row in self.rows if row.id == own), None)
        if row is None or self.by_name[row.zh.casefold()] != own:
            return own or ""
        return row.zh


def documents_of(criteria: CriteriaSet) -> Sequence[str]:
    """Return the documents that a set cites; an empty text stands for the rulebook itself."""
    cited = [criteria.clause, *(one.clause for one in criteria.walk())]
    return list(dict.fromkeys(clause.document for clause in cited))


def clause_of(raw: Raw, what: Words, documents: Sequence[str]) -> Clause:
    """Return a clause; a place alone is one of the only document there is."""
    clause = clause_from(text_of(raw, what, CLAUSE_AT_MOST))
    if not clause.document and "" not in documents and len(documents) == 1:
        return Clause(clause.place, documents[0])
    if clause.document in documents and clause.place:
        return clause
    named = [document for document in documents if document]
    example = f"{named[0]}: 5.1" if named else "5.1"
    raise CellFault(
        "unknown_document",
        what=what,
        text=clause.document or clause.place,
        allowed=Words("、".join(named) or "—", ", ".join(named) or "—"),
        example=example,
    )


def cited(clause: Clause) -> str:
    """Write a clause as it is read."""
    return f"{clause.document}: {clause.place}" if clause.document else clause.place

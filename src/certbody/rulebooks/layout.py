"""A rulebook clause by clause: which section stands where, and what else speaks of a clause.

A section stands in full at its own clause. At the clauses that only some of its rows cite
there is a short mention which leads to it. Nothing here knows a section by its name.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from certbody.rulebooks.places import Places
from certbody.rules.terms import Cited, Clause
from certbody.schemes.shapes import Edition, OpenPart, Reading, SourceClause, Subject, rows_of


@dataclass(frozen=True, slots=True)
class Placed:
    """A section with its kind and name."""

    kind: str
    name: str
    section: Any
    subject: Subject

    @property
    def anchor(self) -> str:
        """Where the section stands on the page."""
        return f"rule-{self.name}"

    @property
    def template(self) -> str:
        """The template that shows a section of this kind."""
        return f"rulebooks/kinds/{self.kind}.html"


@dataclass(frozen=True, slots=True)
class Mention:
    """Rows of a section that stands elsewhere."""

    placed: Placed
    rows: tuple[Cited, ...]


@dataclass(slots=True)
class Entry:
    """One clause, and everything that rests on it."""

    place: str
    anchor: str
    depth: int = 0
    source: SourceClause | None = None
    sections: list[Placed] = field(default_factory=list)
    mentions: dict[str, list[Cited]] = field(default_factory=dict)
    readings: list[tuple[str, Reading]] = field(default_factory=list)
    open_parts: list[OpenPart] = field(default_factory=list)
    placed: Mapping[str, Placed] = field(default_factory=dict)
    heads: bool = False

    @property
    def mentioned(self) -> list[Mention]:
        """The sections that mention this clause, each with the rows that do."""
        return [Mention(self.placed[name], tuple(rows)) for name, rows in self.mentions.items()]

    @property
    def ruled(self) -> bool:
        """Whether any rule stands at or mentions this clause."""
        return bool(self.sections or self.mentions or self.readings or self.open_parts)


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """The rules that rest on one other document."""

    document: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Layout:
    """The whole rulebook in reading order."""

    clauses: tuple[Entry, ...]
    unlisted: tuple[Entry, ...]
    elsewhere: tuple[Elsewhere, ...]
    sections: Mapping[str, Placed]


def layout_of(edition: Edition, places: Places) -> Layout:
    """Arrange an edition clause by clause."""
    sections = {
        name: Placed(kind, name, section, subject)
        for subject in edition.subjects.values()
        for kind, name, section in subject.sections()
    }
    book = _Book(places, sections)
    for source in edition.clauses:
        book.entry(source.clause).source = source
    listed = len(book.entries)
    for placed in sections.values():
        book.place(placed)
    book.readings(edition.readings)
    for subject in edition.subjects.values():
        for part in subject.open:
            book.entry(part.clause).open_parts.append(part)
    entries = list(book.entries.values())
    _set_depths(entries[:listed])
    own = [one for one in entries[listed:] if one.place not in book.documents]
    return Layout(
        tuple(entries[:listed]),
        tuple(own),
        tuple(_elsewhere(edition, book)),
        sections,
    )


class _Book:
    """The working sheet: entries by clause, made when first spoken of."""

    def __init__(self, places: Places, sections: Mapping[str, Placed]) -> None:
        self.places = places
        self.sections = sections
        self.entries: dict[str, Entry] = {}
        self.documents: dict[str, str] = {}

    def entry(self, clause: Clause) -> Entry:
        name = str(clause)
        if name not in self.entries:
            anchor = self.places.anchor(clause)
            self.entries[name] = Entry(name, anchor, placed=self.sections)
            if clause.document:
                self.documents[name] = clause.document
        return self.entries[name]

    def place(self, placed: Placed) -> None:
        home = placed.section.clause
        self.entry(home).sections.append(placed)
        for row in rows_of(placed.section):
            for clause in dict.fromkeys((row.clause, *row.also)):
                if clause == home:
                    continue
                rows = self.entry(clause).mentions.setdefault(placed.name, [])
                if row is not placed.section:
                    rows.append(row)

    def readings(self, readings: Mapping[str, Reading]) -> None:
        for name, reading in readings.items():
            self.entry(reading.clause).readings.append((name, reading))


def _elsewhere(edition: Edition, book: _Book) -> Iterable[Elsewhere]:
    names = dict.fromkeys((*edition.info.documents, *book.documents.values()))
    for document in names:
        own = [book.entries[name] for name, doc in book.documents.items() if doc == document]
        if own:
            yield Elsewhere(document, tuple(own))


def _set_depths(entries: Iterable[Entry]) -> None:
    """A clause lies below the longest clause that its own number begins with."""
    known: dict[str, Entry] = {}
    for entry in entries:
        parents = [name for name in known if _lies_below(entry.place, name)]
        if parents:
            parent = known[max(parents, key=len)]
            parent.heads = True
            entry.depth = parent.depth + 1
        known[entry.place] = entry


def _lies_below(place: str, above: str) -> bool:
    rest = place.removeprefix(above)
    return rest != place and bool(rest) and not rest[0].isalnum()

"""The rows of all rulebooks with the places they cite."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from certbody.rules.terms import Cited, Section
from certbody.schemes.loader import Rulebook, load
from certbody.schemes.shapes import rows_of
from certbody.traceability.places import Place, places_cited


@dataclass(frozen=True, slots=True)
class SchemeRow:
    """One row: its scheme, its name as ``file:section:id``, the places it cites."""

    scheme: str
    name: str
    places: tuple[Place, ...]
    heads_section: bool


@dataclass(frozen=True, slots=True)
class SchemeData:
    """All rows of all rulebooks, and the documents that these cite."""

    rows: tuple[SchemeRow, ...]
    documents: tuple[str, ...]


def scheme_data(schemes: Path) -> SchemeData:
    """Read every edition below the folder; raise ``Faults`` where one does not load."""
    rows: list[SchemeRow] = []
    documents: dict[str, None] = {}
    for path in sorted(schemes.glob("*/*/edition.yaml")):
        book = load(path.parent)
        documents |= dict.fromkeys(book.edition.info.documents)
        rows += _rows(book, path.parent.relative_to(schemes).as_posix())
    return SchemeData(tuple(rows), tuple(documents))


def _rows(book: Rulebook, folder: str) -> Iterator[SchemeRow]:
    scheme = book.edition.scheme.code
    for file, subject in book.edition.subjects.items():
        sections = {name: section for _, name, section in subject.sections()}
        if subject.edition is not None:
            sections["edition"] = subject.edition
        for name, section in sections.items():
            for row in rows_of(section):
                parts = [f"{folder}/{file}.yaml", name, *_name_of(row, section)]
                places = tuple(p for c in (row.clause, *row.also) for p in places_cited(c))
                yield SchemeRow(scheme, ":".join(parts), places, isinstance(row, Section))


def _name_of(row: Cited, section: object) -> list[str]:
    """Name a row by its id, or by its clause where it has none; a section has its own name."""
    return [] if row is section else [str(getattr(row, "id", row.clause))]

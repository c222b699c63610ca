"""The table: each requirement with the data that hold it and the tests that show it.

A requirement is ``covered`` when a person says so and a test shows it; ``partly`` when it
has tests, or data of its scheme; otherwise ``not yet``. Data alone never cover a requirement.
One of no scheme asks something of the program: rows that cite the same clause of a standard
stand beside it, but do not show that the program does it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from certbody.schemes.faults import Fault, Faults
from certbody.traceability.folders import Folders, shipped
from certbody.traceability.marks import marks_under
from certbody.traceability.places import Place, places_named
from certbody.traceability.requirements import (
    Asked,
    Judgement,
    judgements_in,
    requirements_in,
)
from certbody.traceability.scheme_rows import SchemeData, SchemeRow, scheme_data

State = Literal["covered", "partly", "not yet"]


@dataclass(frozen=True, slots=True)
class Row:
    """One requirement as the table shows it."""

    id: str
    clause: str
    must: str
    scheme_data: tuple[str, ...]
    tests: tuple[str, ...]
    state: State


def rows(folders: Folders | None = None) -> list[Row]:
    """Return the table; raise ``Faults`` where requirements or rulebooks cannot be read."""
    folders = folders or shipped()
    data = scheme_data(folders.schemes)
    marks = marks_under(folders.tests).marks
    judged = judgements_in(folders.requirements)
    return [
        _row(
            asked,
            tuple(dict.fromkeys(row.name for row in rows_for(asked, data))),
            tuple(dict.fromkeys(m.test for m in marks if m.id == asked.requirement.id)),
            judged.get(asked.requirement.id),
        )
        for asked in requirements_in(folders.requirements)
    ]


def _row(
    asked: Asked, data: tuple[str, ...], tests: tuple[str, ...], judged: Judgement | None
) -> Row:
    one = asked.requirement
    own_data = data if asked.scheme is not None else ()
    state: State = "partly" if own_data or tests else "not yet"
    if tests and judged is not None and judged.state == "covered":
        state = "covered"
    return Row(one.id, one.clause, one.must, data, tests, state)


def rows_for(asked: Asked, data: SchemeData) -> Iterator[SchemeRow]:
    """Give the rows of the requirement's scheme (or of all) that lie at one of its places."""
    places = places_of(asked, data.documents)
    for row in data.rows:
        if asked.scheme in (None, row.scheme) and _lies_at(row, places):
            yield row


def places_of(asked: Asked, documents: Sequence[str]) -> list[Place]:
    """Return the places a requirement names; without a scheme, those of its source."""
    default = ""
    if asked.scheme is None:
        own = (one for one in documents if asked.source.startswith(one))
        default = next(own, asked.source)
    try:
        return places_named(asked.requirement.clause, documents, default)
    except ValueError as error:
        message = f"{asked.requirement.id}: {error}"
        raise Faults([Fault(asked.place, message)]) from error


def _lies_at(row: SchemeRow, places: Sequence[Place]) -> bool:
    """A document named without a place is too wide for single rows: sections answer it."""
    return any(
        place.holds(cited)
        for place in places
        if place.parts or row.heads_section
        for cited in row.places
    )

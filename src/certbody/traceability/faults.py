"""What CI refuses: evidence that names nothing, and requirements that lost their evidence."""

from collections.abc import Collection, Iterator
from difflib import get_close_matches

from certbody.schemes.faults import Fault, Faults
from certbody.traceability.folders import Folders, shipped
from certbody.traceability.marks import Mark, marks_under
from certbody.traceability.requirements import (
    STATES,
    Asked,
    Judgement,
    judgements_in,
    requirements_in,
)
from certbody.traceability.scheme_rows import scheme_data
from certbody.traceability.table import places_of


def faults(folders: Folders | None = None) -> list[Fault]:
    """Return everything that is wrong with requirements, judgements and marks."""
    folders = folders or shipped()
    marks = marks_under(folders.tests)
    try:
        asked = requirements_in(folders.requirements)
        judged = judgements_in(folders.requirements)
        documents = scheme_data(folders.schemes).documents
    except Faults as found:
        return [*marks.faults, *found.faults]
    ids = [one.requirement.id for one in asked]
    return [
        *marks.faults,
        *_unreadable_clauses(asked, documents),
        *_unknown_marks(marks.marks, ids),
        *_unsound_judgements(judged, ids, {mark.id for mark in marks.marks}),
        *_unjudged(marks.marks, ids, judged),
    ]


def _unreadable_clauses(asked: Collection[Asked], documents: tuple[str, ...]) -> Iterator[Fault]:
    for one in asked:
        try:
            places_of(one, documents)
        except Faults as found:
            yield from found.faults


def _unknown_marks(marks: Collection[Mark], ids: Collection[str]) -> Iterator[Fault]:
    known = {(mark.id, mark.place) for mark in marks if mark.id not in ids}
    for name, place in sorted(known):
        yield Fault(place, _unknown(name, ids))


def _unsound_judgements(
    judged: dict[str, Judgement], ids: Collection[str], tested: Collection[str]
) -> Iterator[Fault]:
    for name in judged:
        if name not in ids:
            yield Fault(STATES, _unknown(name, ids))
        elif name not in tested:
            yield Fault(STATES, f"{name} has lost its last test: mark one, or take its line out")


def _unjudged(
    marks: Collection[Mark], ids: Collection[str], judged: dict[str, Judgement]
) -> Iterator[Fault]:
    for name in dict.fromkeys(mark.id for mark in marks):
        if name in ids and name not in judged:
            yield Fault(STATES, f"{name} has tests: say whether they cover it or a part, and why")


def _unknown(name: str, ids: Collection[str]) -> str:
    near = get_close_matches(name, ids, n=1)
    hint = f" (did you mean {near[0]}?)" if near else ""
    return f"no requirement {name}{hint}"

"""Questions about the edition itself, so that its own data has worked cases too."""

from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Any

from certbody.rules.terms import Answer, BadInput, Problem
from certbody.schemes.shapes import Edition


def _edition(edition: Edition, _: Mapping[str, Any]) -> Answer:
    info = edition.info
    more = {
        "owner": info.owner.zh,
        "effective": info.effective,
        "ends": info.ends.day if info.ends else None,
        "filing_number": info.filing_number,
        "checked": info.checked,
        "basis": [name for name, document in info.documents.items() if document.basis],
        "document_ends": {
            name: document.ends.day for name, document in info.documents.items() if document.ends
        },
        "revisions": [
            {
                "version": row.version,
                "day": row.day,
                "written_by": row.written_by,
                "reviewed_by": row.reviewed_by,
                "approved_by": row.approved_by,
            }
            for row in info.revisions
        ],
    }
    return Answer(info.edition, "edition", more=more)


def _clauses(edition: Edition, _: Mapping[str, Any]) -> Answer:
    uncited = [str(clause.clause) for clause in edition.clauses if clause.reason]
    more = {"places": [str(one.clause) for one in edition.clauses], "not_cited": uncited}
    return Answer(Fraction(len(edition.clauses)), "clause", more=more)


def _readings(edition: Edition, given: Mapping[str, Any]) -> Answer:
    asked = given.get("reading")
    readings = edition.readings
    if asked is None:
        return Answer(Fraction(len(readings)), "reading", more={"names": list(readings)})
    name = str(asked)
    if name not in readings:
        said = {"name": "reading", "value": name, "allowed": list(readings)}
        raise BadInput([Problem("reading", "not_a_choice", said)])
    reading = readings[name]
    return Answer(reading.chosen, "option", more={"options": list(reading.options)})


def _open(edition: Edition, _: Mapping[str, Any]) -> Answer:
    names = [part.what for subject in edition.subjects.values() for part in subject.open]
    return Answer(Fraction(len(names)), "part", more={"names": names})


FACETS: Mapping[str, Callable[[Edition, Mapping[str, Any]], Answer]] = {
    "edition": _edition,
    "clauses": _clauses,
    "readings": _readings,
    "open": _open,
}

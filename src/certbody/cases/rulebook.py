"""Finding things in a case's rulebook by what they are for. No scheme is known by name here."""

from typing import Any

from certbody.cases.editions import book_for
from certbody.cases.models import Case
from certbody.cases.moving import process_of
from certbody.rules.process import ProcessStep


def section(case: Case, kind: str, name: str | None) -> Any:  # noqa: ANN401  by kind
    """Return a section of the case's rulebook, if it has one of that kind and name."""
    return book_for(case).edition.of_kind(kind).get(name) if name else None


def steps(case: Case, *works: str) -> list[ProcessStep]:
    """Return the steps of the case's process in which one of some works is done."""
    process = process_of(case)
    return [one for one in process.steps if one.work in works] if process else []

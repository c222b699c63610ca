"""The requirements as handed over, and what a person says of each in ``state.yaml``."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from certbody.rules.terms import Code, Shape, Text
from certbody.schemes.faults import Fault, Faults
from certbody.schemes.validation import shaped
from certbody.schemes.yaml_files import read_file

STATES = "state.yaml"


class Requirement(Shape):
    """One duty: its id, the clause it comes from, what must be true."""

    id: Code
    clause: Text
    must: Text


class _Requirements(Shape):
    """One file of requirements: of one scheme, or (without ``scheme``) of every scheme."""

    scheme: Code | None = None
    source: Text
    requirements: tuple[Requirement, ...]


class Judgement(Shape):
    """What a person says of a requirement that has tests, and why."""

    state: Literal["covered", "partly"]
    why: Text


class _Judgements(Shape):
    """The file of judgements."""

    states: dict[Code, Judgement] = {}


@dataclass(frozen=True, slots=True)
class Asked:
    """A requirement with where it was read, its scheme (if any) and its source."""

    requirement: Requirement
    scheme: str | None
    source: str
    place: str


def requirements_in(folder: Path) -> list[Asked]:
    """Read every requirement; raise ``Faults`` for an id that stands twice."""
    found = [one for path in sorted(folder.glob("*.yaml")) for one in _read(path)]
    places: dict[str, str] = {}
    faults = []
    for one in found:
        other = places.setdefault(one.requirement.id, one.place)
        if other != one.place:
            faults.append(Fault(one.place, f"{one.requirement.id} is also in {other}"))
    if faults:
        raise Faults(faults)
    return found


def _read(path: Path) -> Iterator[Asked]:
    if path.name == STATES:
        return
    file = read_file(path)
    content = shaped(_Requirements, file)
    for number, requirement in enumerate(content.requirements):
        place = f"{path.name}:{file.line(('requirements', number))}"
        yield Asked(requirement, content.scheme, content.source, place)


def judgements_in(folder: Path) -> dict[str, Judgement]:
    """Read what a person says of each requirement."""
    path = folder / STATES
    return shaped(_Judgements, read_file(path)).states if path.is_file() else {}

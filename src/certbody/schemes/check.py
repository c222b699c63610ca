"""Checking an edition: its files load, its examples hold, every clause is accounted for."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from certbody.rules.terms import Cited, Shape
from certbody.schemes.asking import Circumstances
from certbody.schemes.examples import failures
from certbody.schemes.faults import Fault
from certbody.schemes.loader import Rulebook, load
from certbody.schemes.published import changes_since
from certbody.schemes.shapes import KINDS, Edition, OpenPart, SourceClause, placed, rows_of


@dataclass(frozen=True, slots=True)
class Checked:
    """What a check found: faults, parts that are open, and how much was looked at."""

    faults: tuple[Fault, ...]
    open_parts: tuple[OpenPart | str, ...]
    sections: int
    examples: int
    clauses: int
    readings: int


def check(directory: Path, around: Circumstances) -> Checked:
    """Check an edition; raise ``Faults`` where it does not even load."""
    rulebook = load(directory)
    edition = rulebook.edition
    faults = [
        *changes_since(directory),
        *_failing_examples(rulebook, around),
        *_clause_faults(rulebook),
        *_unused_readings(rulebook),
    ]
    return Checked(
        tuple(faults),
        tuple(open_parts(edition)),
        sum(1 for subject in edition.subjects.values() for _ in subject.sections()),
        sum(len(subject.examples) for subject in edition.subjects.values()),
        len(edition.clauses),
        len(edition.readings),
    )


def open_parts(edition: Edition) -> Iterator[OpenPart | str]:
    """Give each part the rulebook leaves open: declared, within a row, or a kind left out."""
    for subject in edition.subjects.values():
        yield from subject.open
        for _, name, section in subject.sections():
            yield from (f"{name}: {inner}" for inner in open_rows(section))
    declared = {part.what for subject in edition.subjects.values() for part in subject.open}
    for kind in KINDS:
        if not edition.of_kind(kind) and kind not in declared:
            yield kind
    if not edition.clauses:
        yield "clauses"


def open_rows(section: object) -> Iterator[str]:
    """Give the rows of a section that are open, or whose rounding is not stated."""
    for row in rows_of(section):
        name = getattr(row, "id", str(row.clause))
        if getattr(row, "open", None) is True:
            yield name
        if _needs_rounding(row) and getattr(row, "rounding", None) is None:
            yield f"{name}: rounding"
    if getattr(section, "reductions", ()) and getattr(section, "reduced", None) is None:
        yield "reductions: rounding"


def _needs_rounding(row: object) -> bool:
    return any(getattr(row, name, None) is not None for name in ("share", "root", "times"))


def _failing_examples(rulebook: Rulebook, around: Circumstances) -> Iterator[Fault]:
    for name in rulebook.files:
        yield from failures(rulebook, name, around)


def _clause_faults(rulebook: Rulebook) -> Iterator[Fault]:
    """Give clauses no row cites and that have no reason, and cited ones that do not exist."""
    edition = rulebook.edition
    if not edition.clauses:
        return
    cited, known = cited_clauses(edition), set()
    for place, clause in _listed_clauses(rulebook):
        name = str(clause.clause)
        if name in known:
            yield Fault(place, f"clause {name} twice")
        elif name not in cited and not clause.reason:
            yield Fault(place, f"no row cites {name}, and no reason says why")
        elif name in cited and clause.reason:
            yield Fault(place, f"{name} is cited, so its reason is out of place")
        known.add(name)
    for place, name in _citations(rulebook):
        if name not in known:
            yield Fault(place, f"{name} is cited but is no clause of the source")


def _listed_clauses(rulebook: Rulebook) -> Iterator[tuple[str, SourceClause]]:
    for name, subject in rulebook.edition.subjects.items():
        for number, clause in enumerate(subject.clauses):
            yield rulebook.files[name].place(("clauses", number)), clause


def _citations(rulebook: Rulebook) -> Iterator[tuple[str, str]]:
    """Give where each clause of the rulebook itself is cited for the first time."""
    seen: set[str] = set()
    for name, subject in rulebook.edition.subjects.items():
        for where, row in placed(subject):
            for clause in _own_clauses(row):
                if clause not in seen:
                    seen.add(clause)
                    yield rulebook.files[name].place(where), clause


def _own_clauses(row: Shape) -> list[str]:
    if not isinstance(row, Cited):
        return []
    return [str(clause) for clause in (row.clause, *row.also) if not clause.document]


def cited_clauses(edition: Edition) -> set[str]:
    """Return every clause of the rulebook itself that a row cites."""
    return {
        clause
        for subject in edition.subjects.values()
        for row in rows_of(subject)
        for clause in _own_clauses(row)
    }


def _unused_readings(rulebook: Rulebook) -> Iterator[Fault]:
    edition = rulebook.edition
    used = {
        name
        for subject in edition.subjects.values()
        for row in rows_of(subject)
        for name in ((row.reading,) if isinstance(row.reading, str) else row.reading)
    }
    for file_name, subject in edition.subjects.items():
        for name, reading in subject.readings.items():
            if name not in used and not reading.options:
                place = rulebook.files[file_name].place(("readings", name))
                yield Fault(place, f"no row names the reading '{name}'")

"""References inside an edition: what one place names, another must hold."""

from collections.abc import Iterator, Mapping

from certbody.rules.lifecycle import Arrow
from certbody.rules.scores import Component, Scoring
from certbody.rules.terms import Cited, Row, Shape
from certbody.schemes.facets import FACETS
from certbody.schemes.faults import Fault
from certbody.schemes.fits import misfits
from certbody.schemes.shapes import Edition, Subject, placed
from certbody.schemes.yaml_files import File, Where

Found = Iterator[tuple[Where, str]]

META = tuple(FACETS)
_REFERENCES = {
    "criteria": ("criteria",),
    "grounds": ("choices",),
    "judged_by": ("choices",),
    "graded_by": ("choices",),
    "methods": ("choices",),
    "deductions": ("choices",),
    "figures": ("scoring", "rates"),
    "starts": ("requirements",),
    "ends": ("requirements",),
    "closed_by": ("requirements",),
    "elements": ("checklists",),
    "sample_record": ("checklists",),
}


def reference_faults(edition: Edition, files: Mapping[str, File]) -> Iterator[Fault]:
    """Give each name that leads nowhere, and each name used twice."""
    yield from _doubled_sections(edition, files)
    for name, subject in edition.subjects.items():
        file = files[name]
        for where, message in _faults_in(edition, subject):
            yield Fault(file.place(where), message)


def _faults_in(edition: Edition, subject: Subject) -> Found:
    for kind, name, section in subject.sections():
        for where, message in _faults_of_section(edition, section):
            yield (kind, name, *where), f"{name}: {message}"
    for where, row in placed(subject):
        if isinstance(row, Cited):
            yield from ((where, message) for message in _unknown_citations(edition, row))
    for number, example in enumerate(subject.examples):
        if not _answerable(edition, example.ask):
            yield ("examples", number), f"the example asks '{example.ask}', which is no section"


def _faults_of_section(edition: Edition, section: Shape) -> Found:
    for where, shape in placed(section):
        yield from ((where, message) for message in _dangling(edition, shape))
        yield from _doubled_rows(shape, where)
    yield from misfits(section)


def _answerable(edition: Edition, name: str) -> bool:
    known = name in META or edition.find(name) is not None
    return known or edition.open_part(name) is not None


def _doubled_sections(edition: Edition, files: Mapping[str, File]) -> Iterator[Fault]:
    seen: dict[str, str] = {}
    for name, subject in edition.subjects.items():
        for kind, section_name, _ in subject.sections():
            if section_name in seen:
                place = files[name].place((kind, section_name))
                yield Fault(place, f"'{section_name}' is also in {seen[section_name]}.yaml")
            seen[section_name] = name


def _doubled_rows(shape: Shape, where: Where) -> Found:
    """Give each row that stands twice in one list; only an act may start from several states."""
    for name in type(shape).model_fields:
        rows = getattr(shape, name)
        seen: set[str] = set()
        for number, row in enumerate(rows if isinstance(rows, tuple) else ()):
            if not isinstance(row, Row) or isinstance(row, Arrow):
                break
            if row.id in seen:
                yield (*where, name, number), f"'{row.id}' twice in one list"
            seen.add(row.id)


def _unknown_citations(edition: Edition, row: Cited) -> Iterator[str]:
    for clause in (row.clause, *row.also):
        if clause.document and clause.document not in edition.info.documents:
            allowed = ", ".join(edition.info.documents)
            yield f"'{clause}' cites '{clause.document}', none of the documents: {allowed}"
    names = (row.reading,) if isinstance(row.reading, str) else row.reading
    for name in names:
        if name not in edition.readings:
            yield f"no reading named '{name}' ({row.clause})"


def _dangling(edition: Edition, shape: Shape) -> Iterator[str]:
    """Give what a shape names that no other section holds."""
    for field, kinds in _REFERENCES.items():
        name = getattr(shape, field, None)
        if isinstance(name, str) and not any(name in edition.of_kind(kind) for kind in kinds):
            yield f"'{field}: {name}' is no section of {' or '.join(kinds)}"
    if isinstance(shape, Scoring):
        yield from _unknown_criteria(edition, shape)
    step = getattr(shape, "due_before", None)
    if step is not None and edition.of_kind("processes") and step not in _steps(edition):
        yield f"'due_before: {step}' is no step of the process"
    if isinstance(shape, Arrow):
        yield from _unknown_completions(edition, shape)
    ground = getattr(shape, "ground", None)
    if ground is not None and ground not in _options(edition):
        yield f"'ground: {ground}' is on no list of choices"


def _unknown_completions(edition: Edition, arrow: Arrow) -> Iterator[str]:
    """Give each step or outcome that an act completes and no process has."""
    outcomes: dict[str, set[str]] = {}
    for process in edition.of_kind("processes").values():
        for step in process.steps:
            known = {outcome.id for outcome in step.outcomes} or {""}
            outcomes[step.id] = outcomes.get(step.id, set()) | known
    for name, outcome in arrow.completes.items():
        if name not in outcomes:
            yield f"'{arrow.id}' completes '{name}', which is no step of a process"
        elif outcome not in outcomes[name]:
            allowed = ", ".join(sorted(outcomes[name])) or "none"
            yield f"'{arrow.id}' completes '{name}' with '{outcome}'; its outcomes: {allowed}"


def _unknown_criteria(edition: Edition, section: Scoring) -> Iterator[str]:
    sets = edition.of_kind("criteria")
    used: set[str] = set()
    for part in section.components:
        if part.criteria in sets:
            known = {one.id for one in sets[part.criteria].walk()}
            used |= known
            yield from _strangers(part, known)
    rules = [*section.floors, *((section.earlier,) if section.earlier else ())]
    for name in {name for rule in rules for name in rule.criteria} - used:
        yield f"'{name}' is no criterion of this score"
    yield from _in_two_sets(edition, section)


def _strangers(part: Component, known: set[str]) -> Iterator[str]:
    for name in set(part.under) - known:
        yield f"'{name}' is no criterion of '{part.criteria}'"


def _in_two_sets(edition: Edition, section: Scoring) -> Iterator[str]:
    """Give criteria of one name in two sets: a result could mean either."""
    sets = edition.of_kind("criteria")
    names = {part.criteria for part in section.components if part.criteria in sets}
    seen: dict[str, str] = {}
    for name in sorted(names):
        for leaf in sets[name].leaves():
            if leaf.id in seen:
                yield f"criterion '{leaf.id}' is in '{seen[leaf.id]}' and in '{name}'"
            seen[leaf.id] = name


def _steps(edition: Edition) -> set[str]:
    return {step.id for process in edition.of_kind("processes").values() for step in process.steps}


def _options(edition: Edition) -> set[str]:
    return {option.id for one in edition.of_kind("choices").values() for option in one.options}

"""The process: steps, what must be done before each, and with which outcome.

Units      none; the answer lists the steps that may start now
Errors     ``ValueError`` for an unknown step, an unknown outcome or a cycle (a fault of
           the data); ``BadInput`` for a done step that is unknown
Source     ISO/IEC 17065:2012, 7.2 to 7.9; ISO/IEC 17000:2020, annex A (functional approach)
"""

from collections.abc import Iterator, Mapping
from fractions import Fraction
from graphlib import CycleError, TopologicalSorter
from typing import Literal

from pydantic import Field, model_validator

from certbody.rules.terms import (
    Answer,
    BadInput,
    Cited,
    Flag,
    Problem,
    Refusal,
    Row,
    Section,
    Shape,
    Step,
)

Stage = Literal[
    "application", "planning", "determination", "review", "decision", "attestation", "surveillance"
]


# What the program does in a step; a step without it is done by an act of the lifecycle, or by hand.
Work = Literal[
    "programme",
    "team",
    "document_review",
    "plan",
    "scheme",
    "assessment",
    "corrections",
    "report",
    "conclusion",
    "review",
    "decision",
    "certificate",
]


class Spared(Shape):
    """The outcomes of another step after which a step need not be waited for."""

    step: str
    outcomes: tuple[str, ...] = Field(min_length=1)


class Before(Cited):
    """A step that must come first, with the outcomes that open the way (any, if none named)."""

    step: str
    outcomes: tuple[str, ...] = ()
    unless: Spared | None = None


class Outcome(Row):
    """One way a step can end; ``ends`` closes the case, ``back_to`` returns it."""

    ends: Flag = False
    back_to: str | None = None


class Assessment(Shape):
    """What is assessed in a step, and which of the rulebook's sections say how.

    Each key names a section. A step without ``criteria`` is assessed by samples alone; in one
    without ``closed_by`` no nonconformity is raised. Source: ISO/IEC 17065:2012, 7.4.
    """

    criteria: str | None = None
    figures: str | None = Field(default=None, description="scoring or rates made from the results")
    starts: str | None = Field(default=None, description="requirements for starting")
    ends: str | None = Field(default=None, description="requirements for ending")
    elements: str | None = Field(default=None, description="checklist of elements to work through")
    sample_record: str | None = Field(default=None, description="checklist of a sample's record")
    methods: str | None = Field(default=None, description="choices: how a sample may be taken")
    deductions: str | None = Field(default=None, description="choices: kinds of special deduction")
    closed_by: str | None = Field(default=None, description="requirements for closing a finding")
    graded_by: str | None = Field(default=None, description="choices: grades of nonconformity")


class ProcessStep(Row):
    """One step of the process."""

    stage: Stage
    activity: str | None = Field(default=None, description="the man-day part it uses")
    by: Literal["client", "body"] = "body"
    after: tuple[Before, ...] = ()
    outcomes: tuple[Outcome, ...] = ()
    work: Work | None = Field(default=None, description="what the program does in it")
    judged_by: str | None = Field(default=None, description="choices: what each outcome takes")
    assesses: Assessment | None = None


class Process(Section):
    """The steps of one kind of case."""

    steps: tuple[ProcessStep, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _sound(self) -> "Process":
        faults = list(self._faults())
        if faults:
            raise ValueError("; ".join(faults))
        try:
            self.order()
        except CycleError as error:
            raise ValueError(f"a cycle: {' → '.join(error.args[1])}") from error
        return self

    def _faults(self) -> Iterator[str]:
        names = [step.id for step in self.steps]
        yield from (f"step '{name}' twice" for name in set(names) if names.count(name) > 1)
        outcomes = {step.id: {o.id for o in step.outcomes} for step in self.steps}
        for step in self.steps:
            for named in _named_in(step):
                if named.step not in outcomes:
                    yield f"'{step.id}' rests on '{named.step}', which is no step"
                    continue
                for name in sorted(set(named.outcomes) - outcomes[named.step]):
                    yield f"'{named.step}' has no outcome '{name}'"
            if (step.work == "assessment") != (step.assesses is not None):
                yield f"'{step.id}': 'assesses' goes with 'work: assessment', and only with it"
            for outcome in step.outcomes:
                if outcome.back_to is not None and outcome.back_to not in outcomes:
                    yield f"'{step.id}' goes back to '{outcome.back_to}', which is no step"

    def order(self) -> list[str]:
        """Return the steps so that each comes after all it rests on."""
        graph = {step.id: [before.step for before in step.after] for step in self.steps}
        return list(TopologicalSorter(graph).static_order())

    def step(self, name: str) -> ProcessStep | None:
        """Return the step of that name."""
        return next((step for step in self.steps if step.id == name), None)


Done = Mapping[str, str]


def open_steps(section: Process, done: Done) -> Answer:
    """Return the steps that may start, given each done step's outcome ("" for none)."""
    _check(section, done)
    ended = [
        outcome
        for step in section.steps
        for outcome in step.outcomes
        if outcome.ends and done.get(step.id) == outcome.id
    ]
    ready = [
        step
        for step in section.steps
        if not ended and step.id not in done and not refusals_to_start(section, step.id, done)
    ]
    steps = [Step("step_open", {"what": step.words}, step.id, step.clause) for step in ready]
    more = {"open": [step.id for step in ready], "ended": [outcome.id for outcome in ended]}
    return Answer(Fraction(len(ready)), "step", steps, (), more)


def refusals_to_start(section: Process, name: str, done: Done) -> list[Refusal]:
    """Return every reason against starting a step now."""
    step = section.step(name)
    if step is None:
        raise BadInput([Problem("step", "unknown_step", {"name": name})])
    refusals = []
    for before in step.after:
        if _is_spared(before, done):
            continue
        first = section.step(before.step)
        said = {"what": step.words, "first": first.words if first else before.step}
        if before.step not in done:
            refusals.append(Refusal("step_before_missing", before.clause, said))
        elif before.outcomes and done[before.step] not in before.outcomes:
            refusals.append(Refusal("outcome_does_not_allow", before.clause, said))
    return refusals


def _is_spared(before: Before, done: Done) -> bool:
    spared = before.unless
    return spared is not None and done.get(spared.step) in spared.outcomes


def _named_in(step: ProcessStep) -> Iterator[Before | Spared]:
    for before in step.after:
        yield before
        if before.unless is not None:
            yield before.unless


def _check(section: Process, done: Done) -> None:
    problems = []
    for name, outcome in done.items():
        step = section.step(name)
        if step is None:
            problems.append(Problem("done", "unknown_step", {"name": name}))
        elif step.outcomes and outcome not in {o.id for o in step.outcomes}:
            allowed = [o.id for o in step.outcomes]
            said = {"name": name, "value": outcome, "allowed": allowed}
            problems.append(Problem(f"done.{name}", "not_a_choice", said))
    if problems:
        raise BadInput(problems)

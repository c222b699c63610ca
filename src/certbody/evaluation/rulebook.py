"""What the case's rulebook says of a part of the audit: criteria, lists, outcomes.

Everything is found through the process and what its step assesses. No scheme is known by name here.
Source: ISO/IEC 17065:2012, 7.4.
"""

from certbody.cases.models import Case
from certbody.cases.moving import process_of
from certbody.cases.rulebook import section, steps
from certbody.rules.checklists import Checklist, Item
from certbody.rules.choices import Choices, Option
from certbody.rules.criteria import CriteriaSet, Criterion
from certbody.rules.process import ProcessStep
from certbody.rules.terms import BadInput, Problem

__all__ = [
    "STOP",
    "criteria_of",
    "cuts_short",
    "elements_of",
    "option",
    "options_of",
    "points_of_review",
    "refuse_unknown_outcome",
    "section",
    "step_of",
    "steps",
    "told",
]

STOP = "stop_audit"
_REVIEWED = ("document_review_points", "document_review_contents")


def step_of(case: Case, name: str, work: str) -> ProcessStep:
    """Return a step by name; raise ``BadInput`` where the process has no such step."""
    allowed = steps(case, work)
    for one in allowed:
        if one.id == name:
            return one
    said = {"name": "step", "value": name, "allowed": [one.id for one in allowed]}
    raise BadInput([Problem("step", "not_a_choice", said)])


def criteria_of(case: Case, step: ProcessStep) -> list[Criterion]:
    """Return the indicators that are assessed in a step; none where samples alone count."""
    name = step.assesses.criteria if step.assesses else None
    found: CriteriaSet | None = section(case, "criteria", name)
    return found.leaves() if found else []


def elements_of(case: Case, step: ProcessStep) -> tuple[Item, ...]:
    """Return the elements that are worked through in a step."""
    name = step.assesses.elements if step.assesses else None
    found: Checklist | None = section(case, "checklists", name)
    return found.items if found else ()


def points_of_review(case: Case) -> tuple[Item, ...]:
    """Return the points of a document review."""
    for name in _REVIEWED:
        found: Checklist | None = section(case, "checklists", name)
        if found is not None:
            return found.items
    return ()


def options_of(case: Case, step: ProcessStep) -> tuple[Option, ...]:
    """Return how the outcome of a step is judged: its options, in the rulebook's order."""
    found: Choices | None = section(case, "choices", step.judged_by)
    return found.options if found else ()


def option(case: Case, step: ProcessStep, outcome: str) -> Option | None:
    """Return what the rulebook says of one outcome."""
    return next((one for one in options_of(case, step) if one.id == outcome), None)


def refuse_unknown_outcome(step: ProcessStep, outcome: str) -> None:
    """Raise ``BadInput`` for an outcome that a step does not have."""
    allowed = [one.id for one in step.outcomes]
    if outcome not in (allowed or [""]):
        said = {"name": "outcome", "value": outcome, "allowed": allowed}
        raise BadInput([Problem("outcome", "not_a_choice", said)])


def told(step: ProcessStep, outcome: str) -> dict[str, str]:
    """Return the words of an outcome as the log keeps them; nothing for a step without outcomes."""
    return next(({"zh": one.zh, "en": one.en} for one in step.outcomes if one.id == outcome), {})


def cuts_short(case: Case, step: ProcessStep, outcome: str) -> bool:
    """Tell whether an outcome ends the audit before all is assessed.

    It does where the process spares a later step after it.
    """
    process = process_of(case)
    return any(
        before.unless is not None
        and before.unless.step == step.id
        and outcome in before.unless.outcomes
        for one in (process.steps if process else ())
        for before in one.after
    )

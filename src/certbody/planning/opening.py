"""Who plans an audit: the case opened to a planner. ISO/IEC 17065:2012, 7.4.1."""

from datetime import datetime

from django.utils.timezone import localdate

from certbody.accounts.models import Account
from certbody.accounts.roles import Right
from certbody.cases import rulebook
from certbody.cases.models import Case, State
from certbody.cases.moving import done_in, locked, process_of
from certbody.rules.process import ProcessStep, refusals_to_start
from certbody.rules.terms import Refusal, Refused


def opened(number: str, by: Account, at: datetime) -> Case:
    """Return a case, locked, to a person who plans it; refuse everybody else.

    Raises ``Case.DoesNotExist`` for a case that is not open to the person.
    """
    case = locked(number, by, localdate(at))
    refusals = []
    if not by.has(Right.AUDIT_PLAN):
        refusals.append(Refusal("right_missing", None, {"right": Right.AUDIT_PLAN}))
    if case.state != State.CONTRACTED:
        refusals.append(Refusal("not_being_planned", None, {"number": number}))
    if refusals:
        raise Refused(refusals)
    return case


def step_with(case: Case, work: str) -> ProcessStep:
    """Return the step in which a work is done; refuse where the process has none."""
    found = rulebook.steps(case, work)
    if not found:
        raise Refused([Refusal("no_such_planning", None, {"number": case.number})])
    return found[0]


def refusals_of_order(case: Case, step: ProcessStep) -> list[Refusal]:
    """Return what the order of the process says against a step now."""
    process = process_of(case)
    return refusals_to_start(process, step.id, done_in(case)) if process else []

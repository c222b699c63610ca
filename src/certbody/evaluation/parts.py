"""Opening a part of the audit to somebody who works on it."""

from datetime import datetime

from certbody.accounts.models import Account
from certbody.cases.models import State
from certbody.evaluation import rulebook
from certbody.evaluation.models import Part
from certbody.evaluation.people import opened
from certbody.rules.process import ProcessStep
from certbody.rules.terms import Refusal, Refused


def open_part(number: str, step: str, by: Account, at: datetime) -> tuple[Part, ProcessStep]:
    """Return a part with its step, locked, while something may still be changed in it."""
    case = opened(number, by, at, State.PLANNED)
    its = rulebook.step_of(case, step, "assessment")
    part = case.parts.filter(step=step).first()
    if part is None:
        raise Refused([Refusal("part_not_started", its.clause, {"what": its.words})])
    if part.ended_at is not None:
        raise Refused([Refusal("part_ended_already", its.clause, {"what": its.words})])
    part.case = case
    return part, its

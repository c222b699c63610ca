"""End or stop the audit, and conclude what it came to. ISO/IEC 17065:2012, 7.4, 7.5."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.timezone import localdate

from certbody.accounts.models import Account
from certbody.cases.gates import unmet
from certbody.cases.models import Case, State
from certbody.cases.moving import complete, move
from certbody.evaluation import rulebook
from certbody.evaluation.conditions import to_conclude, to_end_audit, to_stop_audit
from certbody.evaluation.people import opened
from certbody.evaluation.texts import limited, needed
from certbody.records.writing import record
from certbody.rules.process import ProcessStep
from certbody.rules.terms import Refused


@transaction.atomic
def end_audit(*, number: str, by: Account, at: datetime) -> Case:
    """End the audit: all of it is done, and no less time was spent than the rulebook asks for."""
    case = opened(number, by, at)
    refusals = unmet(to_end_audit(case, localdate(at)))
    if refusals:
        raise Refused(refusals)
    move(case, "end_audit", by=by, at=at, what="evaluation.audit_ended")
    return case


@transaction.atomic
def stop_audit(*, number: str, reason: str, by: Account, at: datetime) -> Case:
    """Stop the audit after an outcome that stops it."""
    case = opened(number, by, at)
    why = needed("reason", reason)
    refusals = unmet(to_stop_audit(case, localdate(at)))
    if refusals:
        raise Refused(refusals)
    move(case, rulebook.STOP, by=by, at=at, what="evaluation.stopped", reason=why)
    return case


@transaction.atomic
def conclude(
    *,
    number: str,
    step: str,
    outcome: str,
    by: Account,
    at: datetime,
    reason: str = "",
    given: Mapping[str, Any] | None = None,
) -> Case:
    """Conclude the audit with the outcome that the team chooses and the rulebook allows."""
    case = opened(number, by, at)
    found = rulebook.step_of(case, step, "conclusion")
    return _judged(case, found, outcome, reason, given or {}, "evaluation.concluded", by, at)


@transaction.atomic
def judge_corrections(
    *, number: str, step: str, outcome: str, by: Account, at: datetime, reason: str = ""
) -> Case:
    """Say what the corrections came to, as the nonconformities stand; also that there were none."""
    case = opened(number, by, at, State.PLANNED)
    found = rulebook.step_of(case, step, "corrections")
    return _judged(case, found, outcome, reason, {}, "evaluation.corrections_judged", by, at)


def _judged(
    case: Case,
    step: ProcessStep,
    outcome: str,
    reason: str,
    given: Mapping[str, Any],
    what: str,
    by: Account,
    at: datetime,
) -> Case:
    rulebook.refuse_unknown_outcome(step, outcome)
    text = limited("reason", reason)
    answers = {**given, **({"reason": text} if text else {})}
    refusals = unmet(to_conclude(case, step, outcome, answers, localdate(at)))
    if refusals:
        raise Refused(refusals)
    chosen = rulebook.told(step, outcome)
    clause, stream = str(step.clause), case.stream
    record(what, stream=stream, by=by, at=at, clause=clause, outcome=chosen, reason=text)
    complete(case, step.id, outcome, at)
    return case

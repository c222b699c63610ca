"""Start a part of the audit, and end it with an outcome. ISO/IEC 17065:2012, 7.4."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.timezone import localdate

from certbody.accounts.models import Account
from certbody.cases.gates import unmet
from certbody.cases.models import State
from certbody.cases.moving import complete
from certbody.evaluation import rulebook
from certbody.evaluation.conditions import to_end, to_start
from certbody.evaluation.models import Part
from certbody.evaluation.people import opened
from certbody.evaluation.texts import limited
from certbody.records.writing import record
from certbody.rules.terms import Refusal, Refused


@transaction.atomic
def start_part(
    *, number: str, step: str, given: Mapping[str, Any], by: Account, at: datetime
) -> Part:
    """Start a part: the steps before it are done and what the rulebook asks for it holds."""
    case = opened(number, by, at, State.PLANNED)
    found = rulebook.step_of(case, step, "assessment")
    refusals = unmet(to_start(case, found, given, localdate(at)))
    if case.parts.filter(step=step).exists():
        refusals.append(Refusal("part_started_already", found.clause, {"what": found.words}))
    if refusals:
        raise Refused(refusals)
    part = Part.objects.create(
        case=case, step=step, given=dict(given), started_by=by, started_at=at
    )
    record(
        "evaluation.part_started",
        stream=case.stream,
        by=by,
        at=at,
        clause=str(found.clause),
        part={"zh": found.zh, "en": found.en},
    )
    return part


@transaction.atomic
def end_part(
    *,
    number: str,
    step: str,
    outcome: str,
    by: Account,
    at: datetime,
    reason: str = "",
    given: Mapping[str, Any] | None = None,
) -> Part:
    """End a part with the outcome that a person chooses and the rulebook allows.

    After corrections that lead back to it, it is ended anew with another outcome.
    """
    case = opened(number, by, at, State.PLANNED)
    found = rulebook.step_of(case, step, "assessment")
    rulebook.refuse_unknown_outcome(found, outcome)
    part = case.parts.get(step=step)
    part.case = case
    answers = {**(given or {}), "reason": limited("reason", reason)}
    refusals = unmet(to_end(part, found, outcome, answers, localdate(at)))
    if case.steps_done.filter(step=step).exists():
        refusals.append(Refusal("part_ended_already", found.clause, {"what": found.words}))
    if refusals:
        raise Refused(refusals)
    part.given = {**part.given, **(given or {})}
    part.outcome, part.reason, part.ended_by, part.ended_at = outcome, reason.strip(), by, at
    part.save(update_fields=["given", "outcome", "reason", "ended_by", "ended_at"])
    record(
        "evaluation.part_ended",
        stream=case.stream,
        by=by,
        at=at,
        clause=str(found.clause),
        part={"zh": found.zh, "en": found.en},
        outcome=rulebook.told(found, outcome),
        reason=part.reason,
    )
    complete(case, step, outcome, at)
    return part

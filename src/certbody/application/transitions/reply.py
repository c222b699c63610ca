"""Reply to an application: accept, defer or decline it, in writing. ISO/IEC 17065:2012, 7.3."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate

from certbody.accounts.models import Account
from certbody.accounts.roles import Right
from certbody.application import rulebook
from certbody.application.conditions import to_accept, to_answer
from certbody.application.editing import opened
from certbody.application.models import Application
from certbody.cases.gates import unmet
from certbody.cases.moving import move
from certbody.notices.sending import send
from certbody.rules.terms import BadInput, Problem, Refused


@transaction.atomic
def accept(
    *, number: str, confirmed: Mapping[str, object], by: Account, at: datetime
) -> Application:
    """Accept; ``confirmed`` answers what the rulebook asks of the reviewer in person.

    Raises ``Refused`` with every condition that does not hold.
    """
    application = opened(number, by, at, Right.APPLICATION_REVIEW)
    day = localdate(at)
    refusals = unmet(to_accept(application, dict(confirmed), day))
    if refusals:
        raise Refused(refusals)
    days = application.determinations.first()
    move(
        application.case,
        "accept",
        by=by,
        at=at,
        what="application.accepted",
        man_days=days.answer_zh["value"] if days else None,
        confirmed=dict(confirmed),
    )
    _tell(application, "accepted", by, at)
    return application


@transaction.atomic
def defer(*, number: str, reason: str, by: Account, at: datetime) -> Application:
    """Defer for the time being, with the reason."""
    return _answered(number, "defer", "deferred", reason, by, at)


@transaction.atomic
def decline(*, number: str, reason: str, by: Account, at: datetime) -> Application:
    """Decline for good, with the reason."""
    return _answered(number, "decline", "declined", reason, by, at)


@transaction.atomic
def resume(*, number: str, by: Account, at: datetime) -> Application:
    """Take a deferred application up again."""
    application = opened(number, by, at, Right.APPLICATION_REVIEW)
    move(application.case, "resume", by=by, at=at, what="application.resumed")
    return application


def _answered(
    number: str, act: str, kind: str, reason: str, by: Account, at: datetime
) -> Application:
    application = opened(number, by, at, Right.APPLICATION_REVIEW)
    if not reason.strip():
        raise BadInput([Problem("reason", "missing_input", {"name": "reason", "what": "reason"})])
    refusals = unmet(to_answer(application, act, reason, localdate(at)))
    if refusals:
        raise Refused(refusals)
    what = f"application.{kind}"
    move(application.case, act, by=by, at=at, what=what, reason=reason.strip())
    _tell(application, kind, by, at, [reason.strip()])
    return application


def _tell(
    application: Application, kind: str, by: Account, at: datetime, points: Sequence[str] = ()
) -> None:
    option = rulebook.outcome_for(application, _ACTS[kind])
    case = application.case
    clause = str(option.clause) if option else ""
    facts = {"number": case.number}
    send(kind, case=case, by=by, at=at, facts=facts, points=points, clause=clause)


_ACTS = {"accepted": "accept", "deferred": "defer", "declined": "decline"}

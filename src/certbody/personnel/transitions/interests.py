"""Declare an interest in a client, and declare that it has ended. ISO/IEC 17065:2012, 4.2.

From the next request on nothing of that client is open to the person.
"""

from datetime import date, datetime

from django.db import transaction
from django.utils.timezone import localdate

from certbody.accounts.models import Account
from certbody.accounts.roles import Right
from certbody.clients.models import Client
from certbody.personnel.models import Interest
from certbody.records.writing import record
from certbody.rules.terms import BadInput, Problem, Refusal, Refused

_REMARK_AT_MOST = 300


@transaction.atomic
def declare_interest(
    *, credit_code: str, kind: str, since: date, remark: str, by: Account, at: datetime
) -> Interest:
    """Declare one's own interest in a registered client; ``since`` may lie in the past."""
    _refuse_without(by)
    client = Client.objects.filter(credit_code=credit_code.strip().upper()).first()
    problems = []
    if client is None:
        problems.append(Problem("credit_code", "no_such_client", {"value": credit_code}))
    if kind not in Interest.Kind.values:
        facts = {"name": "kind", "value": kind, "allowed": list(Interest.Kind.values)}
        problems.append(Problem("kind", "not_a_choice", facts))
    if since > localdate(at):
        problems.append(Problem("since", "in_the_future", {"day": since.isoformat()}))
    if len(remark) > _REMARK_AT_MOST:
        problems.append(Problem("remark", "remark_too_long", {"bound": _REMARK_AT_MOST}))
    if problems or client is None:
        raise BadInput(problems)
    made = Interest.objects.create(
        account=by, client=client, kind=kind, since=since, remark=remark.strip()
    )
    words = {"client": client.name, "kind": str(Interest.Kind(kind).value)}
    record("interest.declared", stream=by.stream, by=by, at=at, **words)
    return made


@transaction.atomic
def end_interest(*, interest: int, until: date, by: Account, at: datetime) -> Interest:
    """Declare that an interest has ended; it bars for some time after that."""
    _refuse_without(by)
    found = Interest.objects.select_for_update(of=("self",)).select_related("client")
    own = found.get(pk=interest, account=by)
    if until < own.since or until > localdate(at):
        facts = {"since": own.since.isoformat(), "day": until.isoformat()}
        raise BadInput([Problem("until", "no_such_ending", facts)])
    if own.until is not None:
        raise Refused([Refusal("interest_ended", None, {"day": own.until.isoformat()})])
    own.until = until
    own.save(update_fields=["until"])
    words = {"client": own.client.name, "kind": own.kind, "until": until.isoformat()}
    record("interest.ended", stream=by.stream, by=by, at=at, **words)
    return own


def _refuse_without(by: Account) -> None:
    if not by.has(Right.INTEREST_DECLARE):
        raise Refused([Refusal("right_missing", None, {"right": Right.INTEREST_DECLARE})])

"""Sign an undertaking with one's name; say that it holds no more. 17065, 4.5, 6.1.3."""

from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate

from certbody.accounts.models import Account
from certbody.accounts.roles import Right
from certbody.personnel.models import Undertaking
from certbody.records.writing import in_both, record
from certbody.rules.terms import BadInput, Problem, Refusal, Refused


@transaction.atomic
def sign_undertaking(*, kind: str, name: str, by: Account, at: datetime) -> Undertaking:
    """Sign for oneself: the name typed has to be that of the account."""
    _refuse_without(by)
    problems = []
    if kind not in Undertaking.Kind.values:
        said = {"name": "kind", "value": kind, "allowed": list(Undertaking.Kind.values)}
        problems.append(Problem("kind", "not_a_choice", said))
    if name.strip() != by.name:
        problems.append(Problem("name", "not_your_name", {"value": by.name}))
    if problems:
        raise BadInput(problems)
    Account.objects.select_for_update().get(pk=by.pk)  # two signatures at once wait here
    if by.undertakings.filter(kind=kind, ended_on=None).exists():
        raise Refused([Refusal("undertaken_already", None, {})])
    made = Undertaking.objects.create(
        account=by, kind=kind, name=by.name, signed_at=at, signed_on=localdate(at)
    )
    told = in_both(Undertaking.Kind(kind).label)
    record("personnel.undertaken", stream=by.stream, by=by, at=at, kind=told)
    return made


@transaction.atomic
def end_undertaking(*, undertaking: int, by: Account, at: datetime) -> Undertaking:
    """Say that an undertaking of one's own holds no more from tomorrow on."""
    _refuse_without(by)
    found = by.undertakings.select_for_update(of=("self",)).get(pk=undertaking)
    refusals = []
    if found.kind != Undertaking.Kind.ONE_BODY:
        refusals.append(Refusal("undertaking_for_good", None, {}))
    if found.ended_on is not None:
        refusals.append(Refusal("ended_already", None, {"day": found.ended_on.isoformat()}))
    if refusals:
        raise Refused(refusals)
    found.ended_on = localdate(at)
    found.save(update_fields=["ended_on"])
    told = in_both(Undertaking.Kind(found.kind).label)
    record("personnel.undertaking_ended", stream=by.stream, by=by, at=at, kind=told)
    return found


def _refuse_without(by: Account) -> None:
    if not by.has(Right.INTEREST_DECLARE):
        raise Refused([Refusal("right_missing", None, {"right": Right.INTEREST_DECLARE})])

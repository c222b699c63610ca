"""Grant a role, end it, close an account, open it again. In force from the next request on."""

from datetime import date, datetime

from django.db import transaction
from django.db.models import Q
from django.utils.timezone import localdate

from certbody.accounts.models import Account, Grant
from certbody.accounts.roles import Right, Role
from certbody.records.writing import in_both, record
from certbody.rules.terms import BadInput, Problem, Refusal, Refused


@transaction.atomic
def grant_role(
    *, login: str, role: str, since: date, until: date | None, by: Account, at: datetime
) -> Grant:
    """Grant a role for some time; refused where the same role is in force already."""
    account = _managed(login, by)
    if role not in Role.values:
        told = {"name": "role", "value": role, "allowed": list(Role.values)}
        raise BadInput([Problem("role", "not_a_choice", told)])
    if until is not None and until < since:
        raise BadInput([Problem("until", "ends_before_it_begins", {"day": since.isoformat()})])
    if _meets_another(account, role, since, until):
        raise Refused([Refusal("role_in_force", None, {"what": str(Role(role).label)})])
    made = Grant.objects.create(account=account, role=role, since=since, until=until)
    last_day: dict[str, str] = {} if until is None else {"until": until.isoformat()}
    record(
        "account.role_granted",
        stream=account.stream,
        by=by,
        at=at,
        login=login,
        role=in_both(Role(role).label),
        code=role,
        since=since.isoformat(),
        **last_day,
    )
    return made


@transaction.atomic
def end_role(*, grant: int, by: Account, at: datetime) -> Grant:
    """End a role today: from the next request on it is no longer there."""
    _refuse_without(by)
    found = Grant.objects.select_for_update(of=("self",)).select_related("account").get(pk=grant)
    if found.account_id == by.pk and found.role == Role.ADMINISTRATOR:
        raise Refused([Refusal("own_administration", None, {})])
    if found.ended_at is not None:
        raise Refused([Refusal("role_ended", None, {"day": localdate(found.ended_at).isoformat()})])
    found.ended_at = at
    found.save(update_fields=["ended_at"])
    record(
        "account.role_ended",
        stream=found.account.stream,
        by=by,
        at=at,
        login=found.account.login,
        role=in_both(Role(found.role).label),
        code=found.role,
        until=localdate(at).isoformat(),
    )
    return found


@transaction.atomic
def close_account(*, login: str, by: Account, at: datetime) -> Account:
    """Close an account; what it did stays in the log."""
    account = _managed(login, by)
    if account.pk == by.pk:
        raise Refused([Refusal("own_administration", None, {})])
    if not account.is_active:
        raise Refused([Refusal("account_closed", None, {"login": login})])
    account.is_active = False
    account.save(update_fields=["is_active"])
    record("account.closed", stream=account.stream, by=by, at=at, login=login)
    return account


@transaction.atomic
def reopen_account(*, login: str, by: Account, at: datetime) -> Account:
    """Open a closed account again."""
    account = _managed(login, by)
    if account.is_active:
        raise Refused([Refusal("account_in_use", None, {"login": login})])
    account.is_active = True
    account.save(update_fields=["is_active"])
    record("account.reopened", stream=account.stream, by=by, at=at, login=login)
    return account


def _meets_another(account: Account, role: str, since: date, until: date | None) -> bool:
    """Tell whether the same role is granted already for one of these days."""
    same = Grant.objects.filter(account=account, role=role, ended_at__isnull=True)
    not_over = same.filter(Q(until__isnull=True) | Q(until__gte=since))
    return (not_over if until is None else not_over.filter(since__lte=until)).exists()


def _managed(login: str, by: Account) -> Account:
    _refuse_without(by)
    return Account.objects.select_for_update().get(login=login)


def _refuse_without(by: Account) -> None:
    if not by.has(Right.ACCOUNT_MANAGE):
        raise Refused([Refusal("right_missing", None, {"right": Right.ACCOUNT_MANAGE})])

"""Record what a person holds, and that it has ended. ISO/IEC 17065:2012, 6.1.2."""

from datetime import date, datetime

from django.db import transaction
from django.utils.timezone import localdate

from certbody.accounts.models import Account
from certbody.accounts.roles import Right
from certbody.personnel.models import Function, Level, Qualification
from certbody.personnel.selectors import staff
from certbody.records.writing import in_both, record
from certbody.rules.terms import BadInput, Problem, Refusal, Refused

_KIND = Qualification.Kind
_VALUES = {_KIND.REGISTRATION: list(Level.values), _KIND.AUTHORISATION: list(Function.values)}
_CODE_AT_MOST, _TEXT_AT_MOST = 40, 300


@transaction.atomic
def record_qualification(
    *,
    login: str,
    kind: str,
    value: str,
    basis: str,
    since: date,
    until: date | None,
    by: Account,
    at: datetime,
) -> Qualification:
    """Record a registration, a competence or a function of a person, with what shows it.

    ``basis`` is the number of a registration, or how competence was evaluated. Nobody records
    what is their own. Raises ``Account.DoesNotExist`` for who is not of the staff.
    """
    account = _managed(login, by, at)
    value, basis = value.strip(), basis.strip()
    problems = _problems(kind, value, basis, since, until)
    if problems:
        raise BadInput(problems)
    same = account.qualifications.filter(kind=kind, value=value, since=since, ended_on=None)
    if same.exists():
        raise Refused([Refusal("held_already", None, {"day": since.isoformat()})])
    made = Qualification.objects.create(
        account=account,
        kind=kind,
        value=value,
        basis=basis,
        since=since,
        until=until,
        recorded_by=by,
        recorded_at=at,
    )
    record(
        "personnel.qualified",
        stream=account.stream,
        by=by,
        at=at,
        name=account.name,
        kind=in_both(_KIND(kind).label),
        value=in_both(made.shown),
        basis=basis,
        since=since.isoformat(),
        until=until.isoformat() if until else "",
    )
    return made


@transaction.atomic
def end_qualification(
    *, login: str, qualification: int, on: date, reason: str, by: Account, at: datetime
) -> Qualification:
    """Record the last day of something that ends before its time, and why.

    The day may lie ahead. Days before it stay covered: what was done on them was in order.
    """
    account = _managed(login, by, at)
    found = account.qualifications.select_for_update(of=("self",)).get(pk=qualification)
    problems = []
    if not reason.strip():
        problems.append(Problem("reason", "missing_input", {"name": "reason", "what": "reason"}))
    elif len(reason) > _TEXT_AT_MOST:
        problems.append(_too_long("reason", reason))
    if on < found.since or (found.until is not None and on > found.until):
        last = found.until.isoformat() if found.until else "…"
        said = {"day": on.isoformat(), "since": found.since.isoformat(), "until": last}
        problems.append(Problem("on", "outside_its_days", said))
    if problems:
        raise BadInput(problems)
    if found.ended_on is not None:
        raise Refused([Refusal("ended_already", None, {"day": found.ended_on.isoformat()})])
    found.ended_on, found.ended_because = on, reason.strip()
    found.save(update_fields=["ended_on", "ended_because"])
    record(
        "personnel.qualification_ended",
        stream=account.stream,
        by=by,
        at=at,
        name=account.name,
        kind=in_both(_KIND(found.kind).label),
        value=in_both(found.shown),
        until=on.isoformat(),
        reason=reason.strip(),
    )
    return found


def _managed(login: str, by: Account, at: datetime) -> Account:
    account = staff(localdate(at)).get(login=login)
    refusals = []
    if not by.has(Right.PERSONNEL_MANAGE):
        refusals.append(Refusal("right_missing", None, {"right": Right.PERSONNEL_MANAGE}))
    if account.pk == by.pk:
        refusals.append(Refusal("own_qualification", None, {}))
    if refusals:
        raise Refused(refusals)
    return account


def _problems(kind: str, value: str, basis: str, since: date, until: date | None) -> list[Problem]:
    if kind not in _KIND.values:
        said = {"name": "kind", "value": kind, "allowed": list(_KIND.values)}
        return [Problem("kind", "not_a_choice", said)]
    problems = []
    allowed = _VALUES.get(_KIND(kind))
    if allowed is not None and value not in allowed:
        said = {"name": "value", "value": value, "allowed": allowed}
        problems.append(Problem("value", "not_a_choice", said))
    if allowed is None and (not value or len(value) > _CODE_AT_MOST or value.split() != [value]):
        problems.append(Problem("value", "no_competence_code", {"bound": _CODE_AT_MOST}))
    if not basis:
        problems.append(Problem("basis", "missing_input", {"name": "basis", "what": "basis"}))
    elif len(basis) > _TEXT_AT_MOST:
        problems.append(_too_long("basis", basis))
    if until is None and kind == _KIND.REGISTRATION:
        problems.append(Problem("until", "registration_without_end", {}))
    if until is not None and until < since:
        problems.append(Problem("until", "ends_before_it_begins", {"day": since.isoformat()}))
    return problems


def _too_long(name: str, text: str) -> Problem:
    said = {"name": name, "length": len(text), "bound": _TEXT_AT_MOST}
    return Problem(name, "text_too_long", said)

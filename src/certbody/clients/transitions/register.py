"""Register an organisation, and change what is known of it. ISO/IEC 17065:2012, 7.2."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils.timezone import localdate

from certbody.accounts.models import Account
from certbody.accounts.roles import Right
from certbody.clients.checks import problems_with, veiled
from certbody.clients.credit_code import checked, plain, problems_of
from certbody.clients.models import Client, Membership
from certbody.clients.opening import opened
from certbody.clients.selectors import own_clients
from certbody.records.writing import record
from certbody.rules.terms import BadInput, Problem, Refusal, Refused


@dataclass(frozen=True, slots=True)
class Particulars:
    """What is known of an organisation itself."""

    credit_code: str
    name: str
    address: str
    legal_representative: str
    contact: str
    phone: str
    email: str
    people: int
    region: str = ""
    name_en: str = ""
    postcode: str = ""
    industry: str = ""


NAMES = tuple(field.name for field in fields(Particulars))


@transaction.atomic
def register(*, particulars: Particulars, by: Account, at: datetime) -> Client:
    """Register an organisation; who registers it acts for it.

    Raises ``BadInput`` by field, and ``Refused`` where the code is registered already.
    """
    if not by.has(Right.APPLICATION_APPLY):
        raise Refused([Refusal("right_missing", None, {"right": Right.APPLICATION_APPLY})])
    values = _clean(particulars)
    problems = problems_with(values)
    if problems:
        raise BadInput(problems)
    client = Client(**values)
    _refuse_known(client.credit_code, by, localdate(at))
    try:
        with transaction.atomic():
            client.save()
    except IntegrityError:  # somebody else was a moment earlier
        _refuse_known(client.credit_code, by, localdate(at))
        raise
    Membership.objects.create(client=client, account=by, since=localdate(at))
    facts = {"name": client.name, "credit_code": client.credit_code}
    record("client.registered", stream=client.stream, by=by, at=at, **facts)
    return client


@transaction.atomic
def change(
    *, client: int, particulars: Particulars, by: Account, at: datetime, seen: int | None = None
) -> Client:
    """Change what is known; the credit code stays: another code is another organisation."""
    found = opened(client, by, at, seen)
    before = {name: getattr(found, name) for name in NAMES}
    after = _clean(particulars)
    problems = problems_with(after)
    if after["credit_code"] != before["credit_code"]:
        problems.append(Problem("credit_code", "code_stays", {"value": before["credit_code"]}))
    if problems:
        raise BadInput(problems)
    changed = [name for name in NAMES if after[name] != before[name]]
    if not changed:
        return found
    for name in changed:
        setattr(found, name, after[name])
    found.revision += 1
    found.save()
    values = {name: [before[name], after[name]] for name in changed}
    record("client.changed", stream=found.stream, by=by, at=at, fields=changed, values=values)
    return found


def _refuse_known(code: str, by: Account, day: date) -> None:
    known = Client.objects.filter(credit_code=code).first()
    if known is None:
        return
    if own_clients(by, day).filter(pk=known.pk).exists():
        raise Refused([Refusal("client_is_yours", None, {"name": known.name})])
    raise Refused([Refusal("client_known", None, {"code": code, "what": veiled(known.name)})])


def _clean(particulars: Particulars) -> dict[str, object]:
    """Return the particulars as they are kept; a region left blank is that of the code."""
    given: Mapping[str, object] = asdict(particulars)
    texts = {
        key: " ".join(value.split()) if isinstance(value, str) else value
        for key, value in given.items()
    }
    code = plain(particulars.credit_code)
    region = plain(particulars.region) or ("" if problems_of(code) else checked(code).region)
    more = {"industry": plain(particulars.industry), "postcode": plain(particulars.postcode)}
    return {**texts, **more, "credit_code": code, "region": region}

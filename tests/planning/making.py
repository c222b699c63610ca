"""Contracted cases of the tests, and people who may be in a team."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from certbody.accounts.models import Account
from certbody.accounts.roles import Role
from certbody.cases.models import Case, State
from certbody.cases.moving import complete
from certbody.personnel.models import Qualification, Undertaking
from tests.applications import accepted
from tests.people import LONG_AGO, NOON, open_account

_SOON = date.today() + timedelta(days=30)  # noqa: DTZ011  some weeks ahead, whatever the zone
FIRST = _SOON + timedelta(days=-_SOON.weekday() % 7)  # a Monday
LAST = FIRST + timedelta(days=2)
VALID = FIRST + timedelta(days=400)
CODES = ["SC03"]
# What the rulebooks ask of a planner besides what the program knows.
PROGRAMME: Mapping[str, Mapping[str, Any]] = {
    "ecpsc": {},
    "ccai": {
        "initial_planned": "true",
        "surveillance_planned": "true",
        "recertification_planned": "true",
        "by_requirements": "true",
        "fits_purpose_and_scope": "true",
    },
}
TEAM: Mapping[str, Mapping[str, Any]] = {"ecpsc": {}, "ccai": {"size_suits": "true"}}


def contracted(scheme: str, *, sites: int = 1) -> Case:
    """A case whose contract is signed."""
    case = accepted(scheme, sites=sites).application.case
    complete(case, "contract", "signed", NOON)
    Case.objects.filter(pk=case.pk).update(state=State.CONTRACTED)
    case.refresh_from_db()
    return case


def planner() -> Account:
    """Somebody who plans."""
    return open_account("planner", Role.PLANNER)


def auditor(login: str, level: str = "auditor", *, until: date | None = None) -> Account:
    """Somebody with all that an auditor of a team needs, the registration until a day."""
    account = open_account(login, Role.AUDITOR)
    if level:
        _holds(account, "registration", level, until or VALID)
    for code in CODES:
        _holds(account, "competence", code, None)
    _holds(account, "authorisation", "audit", None)
    for kind in Undertaking.Kind:
        Undertaking.objects.create(
            account=account, kind=kind, name=account.name, signed_at=NOON, signed_on=LONG_AGO
        )
    return account


def _holds(account: Account, kind: str, value: str, until: date | None) -> None:
    Qualification.objects.create(
        account=account,
        kind=kind,
        value=value,
        basis="2020-0001",
        since=LONG_AGO,
        until=until,
        recorded_by=account,
        recorded_at=NOON,
    )

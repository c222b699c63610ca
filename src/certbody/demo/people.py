"""What the body's people hold and undertake, recorded as a quality manager would."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from certbody.accounts.models import Account
from certbody.accounts.roles import Right, Role
from certbody.demo.cast import Person
from certbody.personnel.models import Undertaking
from certbody.personnel.transitions.qualifications import record_qualification
from certbody.personnel.transitions.undertakings import sign_undertaking

_NEXT = timedelta(minutes=2)
_UNDECIDED = ("tang.qiao",)  # who has signed nothing yet, so that there is something to see


def qualify(persons: Sequence[Person], at: datetime, made_on: date) -> None:
    """Record what each holds; have each sign; ``made_on`` is the day their days count from."""
    manager = _first(persons, Role.QUALITY_MANAGER)
    for one in persons:
        for held in one.holds:
            at += _NEXT
            record_qualification(
                login=one.login,
                kind=held.kind,
                value=held.value,
                basis=held.basis,
                since=made_on + timedelta(days=held.since),
                until=None if held.until is None else made_on + timedelta(days=held.until),
                by=manager,
                at=at,
            )
        account = Account.objects.get(login=one.login)
        if account.has(Right.INTEREST_DECLARE) and one.login not in _UNDECIDED:
            for kind in Undertaking.Kind:
                at += _NEXT
                sign_undertaking(kind=kind, name=account.name, by=account, at=at)


def _first(persons: Sequence[Person], role: str) -> Account:
    return Account.objects.get(login=next(one.login for one in persons if role in one.roles))

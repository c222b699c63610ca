"""Opening an application: locked, visible, and for editing only while that is the client's turn."""

from datetime import date, datetime

from django.utils.timezone import localdate

from certbody.accounts.models import Account
from certbody.accounts.roles import Right
from certbody.application.models import Application
from certbody.cases.models import Case, State
from certbody.cases.moving import locked
from certbody.clients.selectors import open_memberships
from certbody.rules.terms import Refusal, Refused

CLIENTS_TURN = (State.DRAFT, State.SUPPLEMENT_ASKED)


def opened(number: str, by: Account, at: datetime, right: Right) -> Application:
    """Return the application of a case, locked; refuse who lacks the right.

    Raises ``Case.DoesNotExist`` for a case that is not open to the person.
    """
    case = locked(number, by, localdate(at))
    refusals = [] if by.has(right) else [Refusal("right_missing", None, {"right": right})]
    if right is Right.APPLICATION_APPLY and not acts_for(by, case, localdate(at)):
        refusals.append(Refusal("not_your_organisation", None, {"what": case.client.name}))
    if refusals:
        raise Refused(refusals)
    application, _ = Application.objects.get_or_create(case=case)
    application.case = case
    return application


def opened_to_edit(number: str, by: Account, at: datetime, seen: int | None = None) -> Application:
    """Return an application that its client may change now.

    ``seen`` is the revision that the person saw; a later one means that somebody else has
    changed it meanwhile, and nothing is overwritten.
    """
    application = opened(number, by, at, Right.APPLICATION_APPLY)
    refusals = []
    if application.case.state not in CLIENTS_TURN:
        refusals.append(Refusal("not_to_be_changed", None, {"number": number}))
    if seen is not None and seen != application.revision:
        refusals.append(Refusal("changed_meanwhile", None, {"number": number}))
    if refusals:
        raise Refused(refusals)
    return application


def acts_for(by: Account, case: Case, day: date) -> bool:
    """Tell whether a person acts for the client of a case."""
    return open_memberships(by, day).filter(client=case.client).exists()


def saved(application: Application, *fields: str) -> None:
    """Save what has changed and count the revision up."""
    application.revision += 1
    application.save(update_fields=[*fields, "revision"])

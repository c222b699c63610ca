"""The client withdraws its application. ISO/IEC 17065:2012, 7.6 (no decision is made any more)."""

from datetime import datetime

from django.db import transaction

from certbody.accounts.models import Account
from certbody.accounts.roles import Right
from certbody.application.editing import opened
from certbody.application.models import Application
from certbody.cases.moving import move
from certbody.rules.terms import BadInput, Problem


@transaction.atomic
def withdraw(*, number: str, reason: str, by: Account, at: datetime) -> Application:
    """Withdraw at any time before the decision, with a reason in the client's own words."""
    application = opened(number, by, at, Right.APPLICATION_APPLY)
    if not reason.strip():
        raise BadInput([Problem("reason", "missing_input", {"name": "reason", "what": "reason"})])
    what = "application.withdrawn"
    move(application.case, "withdraw_application", by=by, at=at, what=what, reason=reason.strip())
    return application

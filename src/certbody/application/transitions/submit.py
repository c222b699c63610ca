"""Submit an application, or hand it in again with what was asked for. ISO/IEC 17065:2012, 7.2."""

from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate

from certbody.accounts.models import Account
from certbody.application.conditions import to_submit
from certbody.application.editing import opened_to_edit
from certbody.application.models import Application
from certbody.cases.gates import unmet
from certbody.cases.models import State
from certbody.cases.moving import move
from certbody.rules.terms import Refused


@transaction.atomic
def submit(*, number: str, declared_by: str, by: Account, at: datetime) -> Application:
    """Submit; ``declared_by`` is the typed name of who answers for the truth of it.

    The first submission sets the day of application. Raises ``Refused`` with everything that is
    missing.
    """
    application = opened_to_edit(number, by, at)
    case = application.case
    day = localdate(at)
    if declared_by.strip():
        application.declared_by = declared_by.strip()[:80]
        application.declared_at = at
    refusals = unmet(to_submit(application, day))
    if refusals:
        raise Refused(refusals)
    again = case.state != State.DRAFT
    case.submitted_on = case.submitted_on or day
    application.save(update_fields=["declared_by", "declared_at"])
    act, what = (
        ("resubmit", "application.resubmitted") if again else ("submit", "application.submitted")
    )
    move(case, act, by=by, at=at, what=what, declared_by=application.declared_by)
    return application

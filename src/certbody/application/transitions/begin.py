"""Begin an application: a draft of a case and its empty form, in one act. ISO/IEC 17065, 7.2."""

from datetime import datetime

from django.db import transaction

from certbody.accounts.models import Account
from certbody.application.models import Application
from certbody.cases.transitions.open import open_case


@transaction.atomic
def begin(*, client: int, scheme: str, activity: str, by: Account, at: datetime) -> Application:
    """Open a draft for a client; errors are those of ``open_case``."""
    case = open_case(client=client, scheme=scheme, activity=activity, by=by, at=at)
    return Application.objects.create(case=case)

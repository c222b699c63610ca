"""What of a plan somebody may see: a mystery visit is no client's concern before it is over."""

from datetime import datetime

from django.db.models import Q, QuerySet

from certbody.accounts.models import Account
from certbody.accounts.roles import Right
from certbody.cases.models import Case
from certbody.planning.models import Plan, Sitting


def sittings_for(account: Account, case: Case, plan: Plan, at: datetime) -> QuerySet[Sitting]:
    """Return the sittings of a plan that a person may see now: staff all, others not the hidden.

    A hidden one is shown to the client once it has ended.
    """
    found = plan.sittings.filter(plan__case=case).select_related("site").prefetch_related("people")
    if account.has(Right.OFFICE_ENTER):
        return found
    return found.filter(Q(hidden=False) | Q(ends__lte=at))

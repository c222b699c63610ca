"""Letters that somebody may read."""

from datetime import date

from django.db.models import QuerySet

from certbody.accounts.models import Account
from certbody.cases.models import Case
from certbody.cases.selectors import visible_to
from certbody.notices.models import Notice


def notices_of(case: Case) -> QuerySet[Notice]:
    """Return the letters of a case that has been opened for the reader, the newest first."""
    return case.notices.select_related("file", "sent_by", "opened_by")


def notices_visible_to(account: Account, day: date) -> QuerySet[Notice]:
    """Return the letters of every case that is open to a person."""
    return Notice.objects.filter(case__in=visible_to(account, day)).select_related("case__client")

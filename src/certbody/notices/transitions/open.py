"""A client opens a letter: the first time is the proof of delivery."""

from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate

from certbody.accounts.models import Account
from certbody.clients.selectors import open_memberships
from certbody.notices.models import Notice
from certbody.notices.selectors import notices_visible_to
from certbody.records.writing import record


@transaction.atomic
def open_notice(*, number: str, by: Account, at: datetime) -> Notice:
    """Return a letter; note the first time that somebody of the client opens it.

    Raises ``Notice.DoesNotExist`` for a letter that is not open to the person.
    """
    day = localdate(at)
    found = notices_visible_to(by, day).select_for_update(of=("self",)).get(number=number)
    theirs = open_memberships(by, day).filter(client=found.case.client).exists()
    if theirs and found.opened_at is None:
        found.opened_at, found.opened_by = at, by
        found.save(update_fields=["opened_at", "opened_by"])
        subject = dict(found.subject)
        record(
            "notice.opened", stream=found.case.stream, by=by, at=at, number=number, subject=subject
        )
    return found

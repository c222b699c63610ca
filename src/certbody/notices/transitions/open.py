"""A client opens a letter, or is handed its paper: the first time is the proof of delivery."""

from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate

from certbody.accounts.models import Account
from certbody.clients.selectors import open_memberships
from certbody.files.models import StoredFile
from certbody.notices.models import Notice
from certbody.notices.selectors import notices_visible_to
from certbody.records.writing import record


def open_notice(*, number: str, by: Account, at: datetime) -> Notice:
    """Return a letter; only the look that delivers it writes, so readers never wait.

    Raises ``Notice.DoesNotExist`` for a letter that is not open to the person.
    """
    found = notices_visible_to(by, localdate(at)).get(number=number)
    return _delivered(number, by, at) if _would_deliver(found, by, at) else found


def hand_paper_out(*, file: StoredFile, by: Account, at: datetime, **_signal: object) -> None:
    """Note the delivery of a letter whose paper its client downloads."""
    for found in Notice.objects.filter(file=file, opened_at__isnull=True).select_related("case"):
        if _would_deliver(found, by, at):
            _delivered(found.number, by, at)


def _would_deliver(found: Notice, by: Account, at: datetime) -> bool:
    theirs = open_memberships(by, localdate(at)).filter(client=found.case.client_id)
    return found.opened_at is None and theirs.exists()


@transaction.atomic
def _delivered(number: str, by: Account, at: datetime) -> Notice:
    """Note the delivery, unless somebody else's look was quicker."""
    open_ones = notices_visible_to(by, localdate(at)).select_for_update(of=("self",))
    found = open_ones.get(number=number)
    if found.opened_at is None:
        found.opened_at, found.opened_by = at, by
        found.save(update_fields=["opened_at", "opened_by"])
        subject = dict(found.subject)
        record(
            "notice.opened", stream=found.case.stream, by=by, at=at, number=number, subject=subject
        )
    return found

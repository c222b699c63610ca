"""The running chain over all chains.

Cases must not wait for each other, so a transaction writes only to its own chain. Right after its
commit a short transaction of its own takes every event that no seal holds yet into the next seal.
One process seals at a time; who finds another at it leaves: that one, or the next, takes the rest.
"""

from django.db import connection, transaction

from certbody.records.digests import canonical, digest
from certbody.records.models import Seal, Unsealed

_AT_ONCE = 1000
_LOCK = 0x43455254  # any number that no other advisory lock of ours uses


def seal() -> int:
    """Seal what is unsealed; return how many events were taken in.

    It looks once more after its commit: whoever came meanwhile found it at work, and left.
    """
    total = taken = _one_seal()
    while taken and Unsealed.objects.exists():
        taken = _one_seal()
        total += taken
    return total


@transaction.atomic
def _one_seal() -> int:
    if not _alone():
        return 0
    rows = Unsealed.objects.order_by("event_id").values_list(
        "event_id", "event__stream", "event__number", "event__digest"
    )
    waiting = [list(one) for one in rows[:_AT_ONCE]]
    if not waiting:
        return 0
    last = Seal.objects.order_by("-number").values_list("number", "digest").first()
    number, previous = (last[0] + 1, last[1]) if last else (1, "")
    text = canonical({"number": number, "previous": previous, "events": waiting})
    Seal.objects.create(number=number, text=text, digest=digest(text))
    Unsealed.objects.filter(pk__in=[event for event, *_ in waiting]).delete()
    return len(waiting)


def _alone() -> bool:
    """Tell whether nobody else is sealing; SQLite has one writer at a time anyway."""
    if connection.vendor != "postgresql":
        return True
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [_LOCK])
        row = cursor.fetchone()
    return bool(row and row[0])

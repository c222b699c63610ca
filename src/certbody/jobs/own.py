"""Jobs that belong to no app of the body: the log's, the sessions' and the API's."""

from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.sessions.models import Session
from django.utils.timezone import localdate

from certbody.api.models import IdempotencyKey
from certbody.records.heads import FILE, write_down
from certbody.records.sealing import seal

_KEYS_LAST = timedelta(days=30)  # as docs/api/README.md promises


def seal_leftovers(now: datetime) -> int:
    """Seal what a server that died between commit and seal has left."""
    del now
    return seal()


def write_head_down(now: datetime) -> int:
    """Write the head of the log into the data directory, from where a backup takes it away."""
    return int(write_down(settings.DATA / FILE, localdate(now)))


def drop_sessions(now: datetime) -> int:
    """Delete sessions that have expired."""
    return Session.objects.filter(expire_date__lt=now).delete()[0]


def drop_keys(now: datetime) -> int:
    """Delete the keys of requests that nobody repeats any more."""
    return IdempotencyKey.objects.filter(made_at__lt=now - _KEYS_LAST).delete()[0]

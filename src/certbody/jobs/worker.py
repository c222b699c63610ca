"""The worker: looks every second for what is due, until it is told to stop."""

import logging
from threading import Event

from django.db import DatabaseError, close_old_connections
from django.utils import timezone

from certbody.jobs.turns import run_due

LOOKS_EVERY = 1.0  # seconds
RESTS_FOR = 10.0  # seconds after the database was not there

_log = logging.getLogger(__name__)


def work(stop: Event) -> None:
    """Run what is due until ``stop`` is set."""
    pause = 0.0
    while not stop.wait(pause):
        pause = LOOKS_EVERY
        try:
            run_due(timezone.now())
        except DatabaseError:
            _log.exception("the worker cannot reach the database")
            pause = RESTS_FOR
        close_old_connections()

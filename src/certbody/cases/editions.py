"""Asking the rulebook of a case: loaded once, and every question by the case's own edition."""

import time
from collections.abc import Mapping
from datetime import date
from typing import Any

from certbody.calendars import CHINA
from certbody.cases.models import Case
from certbody.rulebooks.library import Book, book_of
from certbody.rules.terms import Answer
from certbody.schemes.asking import Circumstances, ask

_FRESH = 2.0  # seconds before the files of a rulebook are looked at again
_seen: dict[tuple[str, str], tuple[float, Book]] = {}


def book_for(case: Case) -> Book:
    """Return the rulebook that a case began with.

    An act asks its rulebook a dozen times; whether a file of it has changed is looked at every
    other second only. A published edition does not change at all.
    """
    key, now = (case.scheme, case.edition), time.monotonic()
    known = _seen.get(key)
    if known is None or now - known[0] > _FRESH:
        known = _seen[key] = (now, book_of(*key))
    return known[1]


def asked(case: Case, name: str, given: Mapping[str, Any], on: date) -> Answer:
    """Ask the case's rulebook; raise ``Refused`` or ``BadInput`` as it answers."""
    return ask(book_for(case).rulebook, name, given, Circumstances(CHINA, on))

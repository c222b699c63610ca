"""Asking the rulebook of a case: loaded once, and every question by the case's own edition."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from certbody.calendars import CHINA
from certbody.cases.models import Case
from certbody.rulebooks.library import Book, book_lately
from certbody.rules.terms import Answer
from certbody.schemes.asking import Circumstances, ask


def book_for(case: Case) -> Book:
    """Return the rulebook that a case began with."""
    return book_lately(case.scheme, case.edition)


def asked(case: Case, name: str, given: Mapping[str, Any], on: date) -> Answer:
    """Ask the case's rulebook; raise ``Refused`` or ``BadInput`` as it answers."""
    return ask(book_for(case).rulebook, name, given, Circumstances(CHINA, on))

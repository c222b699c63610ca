"""Describe the scope applied for: in words, by elements, with the people in it. 7.2."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from certbody.accounts.models import Account
from certbody.application import rulebook
from certbody.application.editing import opened_to_edit, saved
from certbody.application.models import Application
from certbody.records.writing import record
from certbody.rules.terms import BadInput, Problem

_PEOPLE_AT_MOST = 10_000_000  # a guard against typing errors, no rule
_TEXT_AT_MOST = 4000


@transaction.atomic
def describe(
    *,
    number: str,
    scope_text: str,
    scope: Mapping[str, str],
    people: int | None,
    by: Account,
    at: datetime,
    seen: int | None = None,
) -> Application:
    """Save the scope; raise ``BadInput`` by field and ``Refused`` when it is not the time."""
    application = opened_to_edit(number, by, at, seen)
    problems = [
        *_about_people(people),
        *_unknown(application, scope),
        *_too_long({"scope_text": scope_text, **scope}),
    ]
    if problems:
        raise BadInput(problems)
    application.scope_text = scope_text.strip()
    application.scope = {name: text.strip() for name, text in scope.items() if text.strip()}
    application.people = people
    saved(application, "scope_text", "scope", "people")
    record("application.scope_described", stream=application.case.stream, by=by, at=at)
    return application


def _about_people(people: int | None) -> list[Problem]:
    if people is None:
        return []
    if people < 1:
        return [Problem("people", "below_least", {"name": "people", "value": people, "bound": 1})]
    if people > _PEOPLE_AT_MOST:
        facts = {"name": "people", "value": people, "bound": _PEOPLE_AT_MOST}
        return [Problem("people", "above_most", facts)]
    return []


def _unknown(application: Application, scope: Mapping[str, str]) -> list[Problem]:
    known = [item.id for item in rulebook.items(application, rulebook.SCOPE)]
    return [
        Problem(f"scope.{name}", "not_a_choice", {"name": "scope", "value": name, "allowed": known})
        for name in scope
        if name not in known
    ]


def _too_long(texts: Mapping[str, str]) -> list[Problem]:
    return [
        Problem(name, "text_too_long", {"name": name, "length": len(text), "bound": _TEXT_AT_MOST})
        for name, text in texts.items()
        if len(text) > _TEXT_AT_MOST
    ]

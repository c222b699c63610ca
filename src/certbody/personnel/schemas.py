"""Shapes of personnel for programs."""

from datetime import date
from typing import Annotated, Any

from ninja import Schema
from pydantic import StringConstraints

from certbody.accounts.models import Account
from certbody.personnel.models import Interest, Qualification, Undertaking
from certbody.personnel.qualification import Standing

Text = Annotated[str, StringConstraints(max_length=400)]


class InterestIn(Schema):
    """An interest in a client."""

    credit_code: Text
    kind: Text
    since: date
    remark: Text = ""


class EndIn(Schema):
    """The day on which an interest ended."""

    until: date


class InterestOut(Schema):
    """An interest declared."""

    id: int
    client: str
    kind: str
    since: str
    until: str | None


class InterestsOut(Schema):
    """All of one's interests."""

    items: list[InterestOut]


class QualificationIn(Schema):
    """A registration (``value``: its level), a competence (its code) or a function to record."""

    kind: Text
    value: Text
    basis: Text
    since: date
    until: date | None = None


class QualificationEndIn(Schema):
    """The last day of what ends before its time, and why."""

    on: date
    reason: Text


class QualificationOut(Schema):
    """A registration, a competence or a function."""

    id: int
    kind: str
    value: str
    basis: str
    since: str
    until: str | None
    ended_on: str | None
    ended_because: str


class UndertakingIn(Schema):
    """An undertaking to sign, with one's own name."""

    kind: Text
    name: Text


class UndertakingOut(Schema):
    """An undertaking signed."""

    id: int
    kind: str
    name: str
    signed_on: str
    ended_on: str | None


class UndertakingsOut(Schema):
    """All of one's undertakings."""

    items: list[UndertakingOut]


class PersonOut(Schema):
    """A person of the body with what was ever recorded, and what is undertaken."""

    login: str
    name: str
    qualifications: list[QualificationOut]
    undertakings: list[UndertakingOut]


class PeopleOut(Schema):
    """A page of people."""

    items: list[PersonOut]
    next: int | None


class StandingOut(Schema):
    """What a person holds on every one of the days asked for.

    Where no registration covers them all, ``registered`` is false and the days are those of the
    best there is.
    """

    login: str
    first: str
    last: str
    registration: str
    registered: bool
    registered_from: str | None
    registered_until: str | None
    competences: list[str]
    functions: list[str]
    undertaken: list[str]
    conflict: bool


def interest_out(one: Interest) -> dict[str, Any]:
    """Return an interest as programs see it."""
    return {
        "id": one.pk,
        "client": one.client.name,
        "kind": one.kind,
        "since": one.since.isoformat(),
        "until": _day(one.until),
    }


def qualification_out(one: Qualification) -> dict[str, Any]:
    """Return a qualification as programs see it."""
    return {
        "id": one.pk,
        "kind": one.kind,
        "value": one.value,
        "basis": one.basis,
        "since": one.since.isoformat(),
        "until": _day(one.until),
        "ended_on": _day(one.ended_on),
        "ended_because": one.ended_because,
    }


def undertaking_out(one: Undertaking) -> dict[str, Any]:
    """Return an undertaking as programs see it."""
    return {
        "id": one.pk,
        "kind": one.kind,
        "name": one.name,
        "signed_on": one.signed_on.isoformat(),
        "ended_on": _day(one.ended_on),
    }


def person_out(one: Account) -> dict[str, Any]:
    """Return a person as programs see them."""
    return {
        "login": one.login,
        "name": one.name,
        "qualifications": [qualification_out(row) for row in one.qualifications.all()],
        "undertakings": [undertaking_out(row) for row in one.undertakings.all()],
    }


def standing_out(one: Account, found: Standing, first: date, last: date) -> dict[str, Any]:
    """Return a standing on some days as programs see it."""
    return {
        "login": one.login,
        "first": first.isoformat(),
        "last": last.isoformat(),
        "registration": found.level,
        "registered": found.registered,
        "registered_from": _day(found.registered_from),
        "registered_until": _day(found.registered_until),
        "competences": sorted(found.competences),
        "functions": sorted(found.functions),
        "undertaken": sorted(found.undertaken),
        "conflict": found.conflict,
    }


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None

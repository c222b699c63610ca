"""Who and what the demonstration is made of: read from YAML, the rest made up by a fixed seed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from random import Random
from typing import Any

import yaml

from certbody.demo.codes import credit_code


@dataclass(frozen=True, slots=True)
class Held:
    """What a person holds: from and until how many days after the demonstration is made."""

    kind: str
    value: str
    basis: str
    since: int
    until: int | None


@dataclass(frozen=True, slots=True)
class Person:
    """A member of the invented body's staff."""

    login: str
    name: str
    roles: Sequence[str]
    holds: Sequence[Held] = ()


@dataclass(frozen=True, slots=True)
class Place:
    """Where an organisation has its seat."""

    zh: str
    code: str
    phone: str
    post: str
    streets: Sequence[str]


@dataclass(frozen=True, slots=True)
class Trade:
    """What an organisation does."""

    industry: str
    service: str
    scope: str


@dataclass(frozen=True, slots=True)
class Address:
    """One place of an organisation, with who works there."""

    name: str
    address: str
    kind: str
    people: int


@dataclass(frozen=True, slots=True)
class Organisation:
    """An invented client, with the person who applies for it."""

    login: str
    applicant: str
    representative: str
    phone: str
    credit_code: str
    name: str
    place: Place
    trade: Trade
    people: int
    sites: Sequence[Address]
    schemes: Sequence[str]
    story: str

    @property
    def email(self) -> str:
        """The applicant's address, of a domain that nobody can own."""
        return f"{self.login}@example.com"


def staff() -> list[Person]:
    """Return the eighteen people of the body."""
    return [
        Person(**{**row, "holds": tuple(Held(**held) for held in row.get("holds", ()))})
        for row in _rows("people")
    ]


def answers() -> Mapping[str, Mapping[str, Any]]:
    """Return what is answered to the questions of each scheme."""
    found: Mapping[str, Mapping[str, Any]] = _rows("answers")
    return found


@cache
def organisations() -> list[Organisation]:
    """Return the forty clients, the same at every call."""
    places = {name: Place(**row) for name, row in _rows("places").items()}
    trades = {name: Trade(**row) for name, row in _rows("trades").items()}
    return [
        _organisation(serial, row, places[row["place"]], trades[row["trade"]])
        for serial, row in enumerate(_rows("organisations"), start=1)
    ]


def _organisation(serial: int, row: Mapping[str, Any], place: Place, trade: Trade) -> Organisation:
    chance = Random(f"organisation {serial}")  # noqa: S311  the same data every time, no secret
    return Organisation(
        login=f"client{serial:02}",
        applicant=_person(chance),
        representative=_person(chance),
        phone=f"{place.phone}-{chance.randrange(80000000, 89999999)}",
        credit_code=credit_code(place.code, serial),
        name=row["name"],
        place=place,
        trade=trade,
        people=row["people"],
        sites=_sites(row, place, chance),
        schemes=[row["scheme"], *([row["second"]] if "second" in row else [])],
        story=row["story"],
    )


def _person(chance: Random) -> str:
    names = _rows("names")
    return f"{chance.choice(names['surnames'])}{chance.choice(names['given'])}"


def _sites(row: Mapping[str, Any], place: Place, chance: Random) -> list[Address]:
    """Return the head office and the other places; heads add up to those of the organisation."""
    number, people = row["sites"], row["people"]
    kinds = ["franchise"] * row.get("franchise", 0) + ["subsidiary"] * row.get("subsidiary", 0)
    kinds = ["own"] * (number - len(kinds)) + kinds
    each = max(1, people // (number + 1))
    heads = [people - each * (number - 1), *[each] * (number - 1)]
    return [
        Address(_called(kind, at), _street(place, chance), kind, head)
        for at, (kind, head) in enumerate(zip(kinds, heads, strict=True))
    ]


def _called(kind: str, at: int) -> str:
    if at == 0:
        return "总部"
    return {"own": "服务网点", "franchise": "加盟店", "subsidiary": "子公司"}[kind] + f" {at:02}"


def _street(place: Place, chance: Random) -> str:
    return f"{place.zh}{chance.choice(place.streets)} {chance.randrange(1, 999)} 号"


@cache
def _rows(name: str) -> Any:  # noqa: ANN401  by file
    text = files("certbody.demo").joinpath(f"{name}.yaml").read_text(encoding="utf-8")
    return yaml.load(text, Loader=yaml.CSafeLoader)

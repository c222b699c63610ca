"""Facts: what is known of a case, read against what a rulebook says it needs.

A section of a rulebook declares its ``inputs``. ``Facts`` reads a given value only
when a rule asks for it, so a rulebook that does not need a fact never misses it, and
remembers what was asked for, so that the others can be named.

Units      as the input declares
Errors     ``BadInput`` with the name of the fact: ``missing_input``, ``not_a_count`` …
Source     ISO/IEC 17065:2012, 7.3.1 (information needed for the evaluation)
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any, Literal

from pydantic import Field, model_validator

from certbody.rules.numbers import Number, number_from
from certbody.rules.terms import BadInput, Note, Problem, Shape, Text, Words

Kind = Literal["count", "number", "ratio", "yes_no", "choice", "date", "moment", "text", "list"]
Fact = Any  # Fraction, bool, str, date, datetime, or a tuple of Facts or str for a list


class Choice(Shape):
    """One value of a choice, in words."""

    zh: Text
    en: Text


class Input(Shape):
    """A fact that a rulebook asks for: its name in words, its type and its bounds."""

    zh: Text
    en: Text
    type: Kind
    unit: str = ""
    at_least: Number | None = None
    at_most: Number | None = None
    of: dict[str, Choice] = Field(default_factory=dict, description="values of a choice or list")
    items: dict[str, "Input"] = Field(default_factory=dict, description="facts of a list's items")
    default: bool | int | Decimal | str | None = None

    @model_validator(mode="after")
    def _fits_its_type(self) -> "Input":
        if self.type == "choice" and not self.of:
            raise ValueError("a choice needs its values under 'of'")
        if self.items and self.type != "list":
            raise ValueError("only a list has 'items'")
        return self

    @property
    def words(self) -> Words:
        """The fact's name in both languages."""
        return Words(self.zh, self.en)

    @property
    def least(self) -> Fraction | None:
        """The least value: as stated, and never below none for what is counted."""
        if self.type == "count":
            return max(self.at_least or Fraction(0), Fraction(0))
        return self.at_least


Inputs = dict[str, Input]


class Facts:
    """Given facts, checked one by one as they are asked for."""

    def __init__(
        self,
        inputs: Mapping[str, Input],
        given: Mapping[str, object],
        *,
        where: str = "",
        outer: "Facts | None" = None,
    ) -> None:
        self._inputs = inputs
        self._given = given
        self._where = where
        self._outer = outer
        self._read: dict[str, Fact] = {}

    def __getitem__(self, name: str) -> Fact:
        """Return the fact; raise ``BadInput`` where it is missing or malformed."""
        if name in self._read:
            return self._read[name]
        declared = self._inputs.get(name)
        if declared is None and self._outer is not None:
            return self._outer[name]
        if declared is None:
            raise BadInput([Problem(self.place(name), "unknown_fact", {"name": name})])
        raw = self._raw(name)
        if raw is None:
            facts = {"what": declared.words, "name": self.place(name)}
            raise BadInput([Problem(self.place(name), "missing_input", facts)])
        fact = self._read[name] = read_fact(declared, raw, self.place(name), self)
        return fact

    def given(self, name: str) -> bool:
        """Tell whether the fact was given (or has a declared default)."""
        if name in self._inputs:
            present = self._raw(name) is not None
            if present:
                self[name]
            return present
        return self._outer is not None and self._outer.given(name)

    def _raw(self, name: str) -> object:
        """Return what was given, or the declared default; a blank is nothing given."""
        raw = self._given.get(name)
        return self._inputs[name].default if _blank(raw) else raw

    def place(self, name: str) -> str:
        """Return the full name of a fact, such as ``sites[2].people``."""
        return f"{self._where}.{name}" if self._where else name

    def words(self, name: str) -> Words:
        """Return the name of a fact in words."""
        declared = self._inputs.get(name)
        if declared is not None:
            return declared.words
        return self._outer.words(name) if self._outer is not None else Words(name, name)

    def choice_words(self, name: str, value: str) -> Words:
        """Return the words of a choice's value."""
        declared = self._inputs.get(name)
        if declared is None and self._outer is not None:
            return self._outer.choice_words(name, value)
        choice = declared.of.get(value) if declared else None
        return Words(choice.zh, choice.en) if choice else Words(value, value)

    def type_of(self, name: str) -> str:
        """Return the declared type of a fact."""
        declared = self._inputs.get(name)
        if declared is not None:
            return declared.type
        return self._outer.type_of(name) if self._outer is not None else ""

    def problems(self) -> list[Problem]:
        """Return what is wrong with the given facts, before any rule asks for them."""
        found: list[Problem] = []
        for name in self._given:
            try:
                fact = self[name] if name not in self._inputs or self.given(name) else None
            except BadInput as bad:
                found += bad.problems
                continue
            members = fact if isinstance(fact, tuple) else ()
            found += [p for one in members if isinstance(one, Facts) for p in one.problems()]
        return found

    def notes_on_unused(self) -> list[Note]:
        """Return a note for each given fact that no rule asked for."""
        return [
            Note("input_not_used", {"name": name})
            for name, raw in self._given.items()
            if not _blank(raw) and name not in self._read
        ]


def _blank(raw: object) -> bool:
    return raw is None or (isinstance(raw, str) and not raw.strip())


def read_fact(declared: Input, raw: object, where: str, outer: Facts) -> Fact:
    """Return ``raw`` as the type its input declares, within its bounds."""
    try:
        return _read(declared, raw, where, outer)
    except BadInput as bad:
        named = [replace(one, facts={"what": declared.words, **one.facts}) for one in bad.problems]
        raise BadInput(named) from bad


def _read(declared: Input, raw: object, where: str, outer: Facts) -> Fact:
    match declared.type:
        case "count" | "number" | "ratio":
            return _bounded(declared, _READERS[declared.type](raw, where), where)
        case "list":
            return tuple(_items(declared, raw, where, outer))
        case _:
            value = _READERS[declared.type](raw, where)
            if declared.of and value not in declared.of:
                raise _bad(where, "not_a_choice", value=value, allowed=sorted(declared.of))
            return value


def _bounded(declared: Input, value: Fraction, where: str) -> Fraction:
    low, high = declared.least, declared.at_most
    if low is not None and value < low:
        raise _bad(where, "below_least", value=value, bound=low)
    if high is not None and value > high:
        raise _bad(where, "above_most", value=value, bound=high)
    return value


def _items(declared: Input, raw: object, where: str, outer: Facts) -> Iterator[Fact]:
    if isinstance(raw, str) or not isinstance(raw, Sequence):
        raise _bad(where, "not_a_list", value=raw)
    for number, item in enumerate(raw, start=1):
        place = f"{where}[{number}]"
        if declared.items:
            if not isinstance(item, Mapping):
                raise _bad(place, "not_an_object", value=item)
            yield Facts(declared.items, item, where=place, outer=outer)
        elif not isinstance(item, str) or (declared.of and item not in declared.of):
            raise _bad(place, "not_a_choice", value=item, allowed=sorted(declared.of))
        else:
            yield item


def _bad(where: str, code: str, **facts: object) -> BadInput:
    return BadInput([Problem(where, code, {"name": where, **facts})])


def _number(raw: object, where: str) -> Fraction:
    try:
        return number_from(raw)
    except ValueError as error:
        raise _bad(where, "not_a_number", value=raw) from error


def _count(raw: object, where: str) -> Fraction:
    value = _number(raw, where)
    if value.denominator != 1:
        raise _bad(where, "not_a_count", value=raw)
    return value


def _ratio(raw: object, where: str) -> Fraction:
    """Read "0.95", "95%" or "19/20"; "95" could mean either and is refused."""
    text = str(raw).replace(" ", "")
    if text.endswith("/0"):
        raise _bad(where, "nothing_to_count", what=where)
    value = _number(raw, where)
    if not 0 <= value <= 1:
        plain = not text.endswith("%") and "/" not in text
        raise _bad(where, "ambiguous_ratio" if plain and value > 1 else "not_a_ratio", value=raw)
    return value


def _yes_no(raw: object, where: str) -> bool:
    words = {"true": True, "yes": True, "false": False, "no": False}
    value = raw if isinstance(raw, bool) else words.get(str(raw).lower())
    if value is None:
        raise _bad(where, "not_yes_no", value=raw)
    return value


def _date(raw: object, where: str) -> date:
    if isinstance(raw, date) and not isinstance(raw, datetime):
        return raw
    text = str(raw)
    try:
        day = date.fromisoformat(text)
    except ValueError as error:
        raise _bad(where, "not_a_date", value=raw) from error
    if day.isoformat() != text:  # "20260131" is ISO 8601 too, but rarely what was meant
        raise _bad(where, "not_a_date", value=raw)
    return day


def _moment(raw: object, where: str) -> datetime:
    if isinstance(raw, datetime):
        return raw
    try:
        return datetime.fromisoformat(str(raw))
    except ValueError as error:
        raise _bad(where, "not_a_moment", value=raw) from error


def _text(raw: object, where: str) -> str:
    if not isinstance(raw, str):
        raise _bad(where, "not_a_text", value=raw)
    return raw


_READERS: dict[str, Any] = {
    "count": _count,
    "number": _number,
    "ratio": _ratio,
    "yes_no": _yes_no,
    "choice": _text,
    "date": _date,
    "moment": _moment,
    "text": _text,
}


def flat(given: Mapping[str, object]) -> dict[str, object]:
    """Return nested facts under dotted names: ``{"rates": {"basic": …}}`` as ``rates.basic``."""
    named: dict[str, object] = {}
    for name, value in given.items():
        if isinstance(value, Mapping):
            named |= {f"{name}.{inner}": item for inner, item in value.items()}
        else:
            named[name] = value
    return named


def gathered(problems: Sequence[BadInput]) -> None:
    """Raise all faults together, if there are any; the same fault of the same fact once."""
    if problems:
        found = [one for bad in problems for one in bad.problems]
        raise BadInput(list({(one.where, one.code): one for one in found}.values()))

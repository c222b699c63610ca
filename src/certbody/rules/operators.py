"""The tests that a condition may use, each with the operand it takes.

Units      numbers in the unit of the fact; periods as ``Period``
Errors     ``ValueError`` when an operand does not fit its test (a fault of the data)
Source     none; a closed vocabulary, so that rulebook data never holds code
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from pydantic import ValidationError

from certbody.rules.dates import add_days, add_months
from certbody.rules.facts import Fact, Facts
from certbody.rules.numbers import number_from
from certbody.rules.terms import Shape

LIST_OPERATORS = ("every", "some", "none")
COMPARISONS = ("at_least", "over", "at_most", "under", "is")


@dataclass(frozen=True, slots=True)
class FactName:
    """An operand that is another fact, or so many times another fact."""

    name: str
    times: Fraction = Fraction(1)


class Period(Shape):
    """A length of time that ends on the day of a fact: ``{months: 3, before: applied}``."""

    years: int = 0
    months: int = 0
    days: int = 0
    before: str

    def after(self, day: date) -> date:
        """Return ``day`` moved forward by the length."""
        return add_days(add_months(day, 12 * self.years + self.months), self.days)

    def first_day(self, end: date) -> date:
        """Return the first day of the period that ends on ``end``."""
        return add_days(add_months(end, -12 * self.years - self.months), -self.days)


def facts_in(operand: object) -> Iterator[str]:
    """Give the name of the fact that an operand rests on, if there is one."""
    match operand:
        case FactName(name):
            yield name
        case Period(before=name):
            yield name


def _resolved(operand: object, facts: Facts) -> Fact:
    if not isinstance(operand, FactName):
        return operand
    fact = facts[operand.name]
    return fact if operand.times == 1 else fact * operand.times


def _same(value: object, operand: object) -> bool:
    if isinstance(value, Fraction) and isinstance(operand, str):
        return value == number_from(operand)  # a share as it is written: 30%, 1/3
    return value == operand


def _within(value: date, period: Period, facts: Facts) -> bool:
    end = facts[period.before]
    return bool(period.first_day(end) <= value <= end)


OPERATORS: Mapping[str, Callable[[Any, Any, Facts], bool]] = {
    "is": lambda value, operand, _: _same(value, operand),
    "one_of": lambda value, operand, _: any(_same(value, one) for one in operand),
    "none_of": lambda value, operand, _: not any(_same(value, one) for one in operand),
    "same_as": lambda value, operand, facts: _same(value, _resolved(operand, facts)),
    "has": lambda value, operand, _: operand in value,
    "at_least": lambda value, operand, facts: value >= _resolved(operand, facts),
    "over": lambda value, operand, facts: value > _resolved(operand, facts),
    "at_most": lambda value, operand, facts: value <= _resolved(operand, facts),
    "under": lambda value, operand, facts: value < _resolved(operand, facts),
    "not_before": lambda value, operand, facts: value >= _resolved(operand, facts),
    "not_after": lambda value, operand, facts: value <= _resolved(operand, facts),
    "standing": lambda value, period, facts: period.after(value) <= facts[period.before],
    "within": _within,
    "in_year_of": lambda value, operand, facts: value.year == _resolved(operand, facts).year,
}


def operand_from(operator: str, raw: object) -> object:
    """Read the operand of a test from a rulebook's data."""
    match operator:
        case "given":
            return _bool(raw)
        case "is" | "has":
            return tuple(_scalar(one) for one in raw) if isinstance(raw, list) else _scalar(raw)
        case "one_of" | "none_of":
            if not isinstance(raw, Sequence) or isinstance(raw, str):
                raise ValueError(f"'{operator}' takes a list")
            return tuple(_scalar(one) for one in raw)
        case "at_least" | "over" | "at_most" | "under":
            return _number_or_fact(raw)
        case "not_before" | "not_after":
            return raw if isinstance(raw, date) else _fact(raw)
        case "in_year_of" | "same_as":
            return _fact(raw)
        case _:
            return _period(raw)


def _bool(raw: object) -> bool:
    if not isinstance(raw, bool):
        raise ValueError("'given' takes true or false")
    return raw


def _scalar(raw: object) -> object:
    if isinstance(raw, bool | str | date):
        return raw
    if isinstance(raw, int | Decimal | Fraction):
        return number_from(raw)
    raise ValueError(f"not a plain value: {raw!r}")


def _fact(raw: object) -> FactName:
    if not isinstance(raw, str):
        raise ValueError(f"not the name of a fact: {raw!r}")
    return FactName(raw)


def _number_or_fact(raw: object) -> Fraction | FactName:
    if isinstance(raw, Mapping):
        if set(raw) != {"times", "fact"}:
            raise ValueError("a multiple of a fact is written {times: 30%, fact: NAME}")
        return FactName(_fact(raw["fact"]).name, number_from(raw["times"]))
    if isinstance(raw, str) and not raw[:1].isdigit() and not raw.startswith("-"):
        return FactName(raw)
    return number_from(raw)


def _period(raw: object) -> Period:
    try:
        return Period.model_validate(raw)
    except ValidationError as error:
        raise ValueError("a period is written {months: 3, before: FACT}") from error

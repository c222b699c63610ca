"""Exact numbers: how they are read, rounded and written. There are no floats.

Units      none; every number is a ``Fraction``
Rounding   only where a ``Rounding`` says so; ``None`` means the rulebook leaves it open
Errors     ``ValueError`` for text that is no number; ``Refused`` with ``open_in_rulebook``
           when a rounding is needed and not stated
Source     ISO 80000-1:2022, Annex B (rounding of numbers)
"""

import re
from decimal import Decimal
from fractions import Fraction
from math import ceil, floor, isqrt
from typing import Annotated, Literal

from pydantic import BeforeValidator, model_validator

from certbody.rules.terms import Clause, Shape, Words, open_in_rulebook

_DIGITS_AT_MOST = 40  # longer figures are typing errors or attacks, never a fact of a case
_FRACTION_AT_MOST = 20_000  # an exact score over many samples is long; past this it is an attack
_PATTERN = re.compile(r"(?P<sign>-?)(?P<top>\d+(\.\d+)?)(/(?P<bottom>\d+))?(?P<percent>\s?%)?")


def number_from(raw: object) -> Fraction:
    """Read ``4``, ``Decimal("2.5")``, ``"7200/91"`` or ``"30%"`` exactly."""
    if isinstance(raw, Fraction):
        return raw
    if isinstance(raw, bool) or not isinstance(raw, int | Decimal | str):
        raise ValueError(f"not a number: {raw!r}")
    text = _written(raw).strip()
    match = _PATTERN.fullmatch(text)
    longest = _FRACTION_AT_MOST if "/" in text else _DIGITS_AT_MOST
    if len(text) > longest or not text.isascii() or match is None:
        raise ValueError(f"not a number: {text[:_DIGITS_AT_MOST]!r}")
    bottom = int(Decimal(match["bottom"] or 1))  # int(text) stops at 4300 digits
    if bottom == 0:
        raise ValueError(f"divided by zero: {text[:_DIGITS_AT_MOST]}")
    value = Fraction(Decimal(match["top"])) / bottom / (100 if match["percent"] else 1)
    return -value if match["sign"] else value


def _written(raw: int | Decimal | str) -> str:
    """Write a small decimal out: ``str`` makes ``1E-7`` of 0.0000001."""
    if isinstance(raw, Decimal) and -_DIGITS_AT_MOST < raw.adjusted() < 0:
        return format(raw, "f")
    return str(raw)


Number = Annotated[Fraction, BeforeValidator(number_from)]


def in_figures(value: Fraction) -> str:
    """Write a number as people do: ``4``, ``2.5``; an endless or endlessly long one ``7200/91``."""
    plain = _as_decimal(value)
    if plain is not None and len(plain) <= _DIGITS_AT_MOST:
        return plain
    return f"{_digits(value.numerator)}/{_digits(value.denominator)}"


def _as_decimal(value: Fraction) -> str | None:
    bottom, twos, fives = value.denominator, 0, 0
    while bottom % 2 == 0:
        bottom, twos = bottom // 2, twos + 1
    while bottom % 5 == 0:
        bottom, fives = bottom // 5, fives + 1
    if bottom != 1:
        return None
    places = max(twos, fives)
    if places == 0:
        return _digits(value.numerator)
    digits = _digits(abs(value.numerator) * 10**places // value.denominator).zfill(places + 1)
    return f"{'-' if value < 0 else ''}{digits[:-places]}.{digits[-places:]}"


def _digits(whole: int) -> str:
    """Write a whole number of any length; ``str`` stops at 4300 digits, ``Decimal`` does not."""
    return format(Decimal(whole), "f")


class Rounding(Shape):
    """To which step, and which way. ``exact`` in a rulebook is a ``Rounding`` without step."""

    up_to: Number | None = None
    down_to: Number | None = None
    nearest: Number | None = None
    half: Literal["up", "down", "even"] = "up"

    @model_validator(mode="after")
    def _one_way(self) -> "Rounding":
        steps = [s for s in (self.up_to, self.down_to, self.nearest) if s is not None]
        if len(steps) > 1 or any(s <= 0 for s in steps):
            raise ValueError("say exactly one of up_to, down_to, nearest, with a step above 0")
        return self

    @property
    def step(self) -> Fraction | None:
        """The step that is rounded to; None if nothing is rounded."""
        return self.up_to or self.down_to or self.nearest

    def __call__(self, value: Fraction) -> Fraction:
        """Return ``value`` rounded."""
        if self.up_to:
            return ceil(value / self.up_to) * self.up_to
        if self.down_to:
            return floor(value / self.down_to) * self.down_to
        if self.nearest:
            return _nearest(value / self.nearest, self.half) * self.nearest
        return value


def _nearest(value: Fraction, half: str) -> int:
    low = floor(value)
    rest = value - low
    if rest != Fraction(1, 2):
        return low + (rest > Fraction(1, 2))
    return {"up": low + 1, "down": low, "even": low + low % 2}[half]


def _rounding_from(raw: object) -> object:
    return Rounding() if raw == "exact" else raw


RoundingField = Annotated[Rounding, BeforeValidator(_rounding_from)]


def settled(value: Fraction, rounding: Rounding | None, what: Words, clause: Clause) -> Fraction:
    """Return ``value`` rounded as stated; a whole number needs no statement."""
    if rounding is not None:
        return rounding(value)
    if value.denominator == 1:
        return value
    detail = Words(
        f"{what.zh}的取整方式（结果为 {in_figures(value)}）",
        f"the rounding of “{what.en}” (it comes to {in_figures(value)})",
    )
    raise open_in_rulebook(detail, clause)


def root_floor(value: Fraction) -> tuple[int, bool]:
    """Return the whole part of the square root of ``value``, and whether it is exact."""
    low = isqrt(floor(value))
    return low, low * low == value


def rounded_root(factor: Fraction, of: int, rounding: Rounding | None) -> Fraction | None:
    """Return factor × √of rounded to whole numbers, or None if the rounding is not stated.

    Exact for numbers of any size: only whole squares are compared.
    """
    square = factor * factor * of
    low, exact = root_floor(square)
    if exact:
        return Fraction(low)
    if rounding is None:
        return None
    if rounding.up_to:
        return Fraction(low + 1)
    if rounding.down_to:
        return Fraction(low)
    # √square is irrational or has a fraction part other than 1/2 only if 4·square ≠ (2·low+1)²
    twice, middle = 4 * square, (2 * low + 1) ** 2
    if twice == middle:
        return Fraction(_nearest(low + Fraction(1, 2), rounding.half))
    return Fraction(low + (twice > middle))

"""What a rulebook may say about scores: components, adjustments, floors, scales, sites.

``scoring.py`` does the arithmetic, ``components.py`` its first part.

Units      points of the full score; weights are fractions that need not sum to one
Errors     ``ValueError`` for what is stated but has no place in the order, and the reverse
Source     ISO/IEC 17065:2012, 7.4 and 7.6; each figure's clause is in the data
"""

from fractions import Fraction
from typing import Annotated, Literal, get_args

from pydantic import Field, model_validator

from certbody.rules.numbers import Number, RoundingField
from certbody.rules.sites import OverSites
from certbody.rules.terms import Flag, Row, Section

Adjustment = Literal["special_deductions", "bonus", "cap"]
RESULTS = {"met", "not_met", "not_applicable"}  # what every result may be, whatever the scale


class Component(Row):
    """A part of the score: a set of criteria (or some of its headings) and its weight."""

    criteria: str
    under: tuple[str, ...] = Field(default=(), description="headings; none means the whole set")
    weight: Number = Fraction(1)


class SpecialDeductions(Row):
    """Points outside the indicators: they lower the score, only count, or fail."""

    each: Number | None = None
    effect: Literal["lower", "count", "fail"]
    fail_at: Number | None = None

    @model_validator(mode="after")
    def _lowers_by_something(self) -> "SpecialDeductions":
        if self.effect == "lower" and self.each is None:
            raise ValueError("what lowers the score says by how much 'each'")
        return self


class Bonus(Row):
    """Points on top, at most so many."""

    at_most: Number


class ItemFloor(Row):
    """The least share of its points that each named criterion must reach."""

    criteria: tuple[str, ...] = Field(default=(), description="none means every indicator")
    at_least: Number


class EarlierResults(Row):
    """Criteria whose result may be taken from an earlier period."""

    criteria: tuple[str, ...] = Field(min_length=1)


class Grading(Row):
    """A result between met and not met: its name, and the share of the points it is worth."""

    worth: Annotated[Number, Field(ge=0, le=1)]


class Scoring(Section):
    """How results become a score."""

    unit: str
    full: Number
    components: tuple[Component, ...] = Field(min_length=1)
    exclusions: Flag
    samples: Literal["proportional", "all_or_nothing"]
    special_deductions: SpecialDeductions | None = None
    bonus: Bonus | None = None
    cap: Number | None = None
    order: tuple[Adjustment, ...] = ()
    rounding: RoundingField | None = None
    floors: tuple[ItemFloor, ...] = ()
    earlier: EarlierResults | None = None
    scale: tuple[Grading, ...] = ()
    sites: OverSites | None = None

    @model_validator(mode="after")
    def _sound(self) -> "Scoring":
        rules = {name for name in get_args(Adjustment) if getattr(self, name) is not None}
        if sorted(self.order) != sorted(rules):
            stated = ", ".join(sorted(rules)) or "none of them"
            raise ValueError(f"'order' puts in order what the section states, once: {stated}")
        if self.full <= 0 or any(part.weight <= 0 for part in self.components):
            raise ValueError("'full' and each 'weight' are above 0")
        names = [row.id for row in (*self.components, *self.floors)]
        doubled = sorted({name for name in names if names.count(name) > 1})
        if doubled:
            raise ValueError(f"a component or floor named twice: {', '.join(doubled)}")
        if {row.id for row in self.scale} & RESULTS:
            raise ValueError(f"a grading is not named {', '.join(sorted(RESULTS))}")
        return self

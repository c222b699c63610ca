"""How many sites an audit must visit.

A sample is taken of the sites that may be sampled, when every condition for sampling
is shown to hold; otherwise all of them are visited. Sites of a class that is never
sampled, and what comes on top (a head office), are added to the visits.

Units      sites, whole; the random share is a fraction of the sample
Rounding   as the row says; a root that is not whole and has no rounding is open
Errors     ``Refused`` with ``not_covered`` where no row holds, or ``open_in_rulebook``
Source     IAF MD 1:2023, 6 (methodology for sampling of sites)
"""

from collections.abc import Sequence
from fractions import Fraction
from math import ceil
from typing import Literal

from pydantic import model_validator

from certbody.rules.conditions import When
from certbody.rules.facts import Facts, Inputs
from certbody.rules.numbers import Number, RoundingField, in_figures, rounded_root, settled
from certbody.rules.terms import (
    Answer,
    BadInput,
    Cited,
    Note,
    Problem,
    Refusal,
    Refused,
    Row,
    Section,
    Shape,
    Step,
    open_in_rulebook,
)


class Root(Shape):
    """A factor times the square root of the number of sites."""

    factor: Number = Fraction(1)


class Take(Cited):
    """How many to draw: all, a root, a share or a fixed number, within limits."""

    when: When | None = None
    all: Literal[True] | None = None
    root: Root | None = None
    share: Number | None = None
    fixed: Number | None = None
    open: Literal[True] | None = None
    rounding: RoundingField | None = None
    at_least: Number | None = None
    at_most: Number | None = None

    @model_validator(mode="after")
    def _one_way(self) -> "Take":
        ways = (self.all, self.root, self.share, self.fixed, self.open)
        if sum(way is not None for way in ways) != 1:
            raise ValueError("say exactly one of all, root, share, fixed, open")
        if self.rounding is not None and self.rounding.step != 1:
            raise ValueError("sites are whole: round to 1")
        return self


class SamplingCondition(Row):
    """One condition that every site must meet before any may be sampled."""


class NeverSampled(Row):
    """A class of sites each of which is visited."""


class RandomShare(Row):
    """The least share of the sample that is drawn at random."""

    at_least: Number


class OnTop(Row):
    """What is visited besides the sample, such as the head office."""

    number: Number
    when: When | None = None


class Sample(Section):
    """The sampling of sites: who may be sampled, when, and how many are drawn."""

    unit: str
    inputs: Inputs
    population: str = "sites"
    never: str = "never_sampled"
    shown: str = "conditions"
    conditions: tuple[SamplingCondition, ...] = ()
    never_sampled: tuple[NeverSampled, ...] = ()
    rows: tuple[Take, ...]
    random_share: RandomShare | None = None
    on_top: tuple[OnTop, ...] = ()

    @model_validator(mode="after")
    def _names_exist(self) -> "Sample":
        asked = {self.population}
        conditional: tuple[Take | OnTop, ...] = (*self.rows, *self.on_top)
        for row in conditional:
            asked |= set(row.when.facts_named()) if row.when else set()
        asked |= {self.never} if self.never_sampled else set()
        asked |= {self.shown} if self.conditions else set()
        missing = asked - set(self.inputs)
        if missing:
            raise ValueError(f"no input named {', '.join(sorted(missing))}")
        if self.inputs[self.population].type != "count":
            raise ValueError(f"'{self.population}' must be a count")
        for name, kind in {self.never: "count", self.shown: "list"}.items():
            if name in self.inputs and self.inputs[name].type != kind:
                raise ValueError(f"'{name}' is a {kind}")
        return self


def sample_of(section: Sample, facts: Facts) -> Answer:
    """Return the number of sites to draw, with what is visited besides."""
    population = facts[section.population]
    steps: list[Step] = []
    row = _row_for(section, facts)
    unmet = [] if row.all else _unmet(section, facts)
    if unmet:
        said = {"conditions": [row.words for row in unmet], "number": population}
        steps.append(Step("conditions_not_shown", said, population, unmet[0].clause))
        drawn, formula = population, "all"
    else:
        drawn, formula = _drawn(section, row, population)
        said = {"what": section.words, "formula": formula, "number": population}
        steps.append(Step("drawn", said, drawn, row.clause))
    visit = drawn + _besides(section, facts, steps)
    more = {
        "visit": visit,
        "formula": formula,
        "random_at_least": _random(section, drawn, population, steps),
        "conditions_not_shown": [row.id for row in unmet],
        "never_sampled": [row.id for row in section.never_sampled],
    }
    return Answer(drawn, section.unit, steps, _notes(unmet), more)


def _unmet(section: Sample, facts: Facts) -> list[SamplingCondition]:
    if not section.conditions:
        return []
    shown: Sequence[str] = facts[section.shown] if facts.given(section.shown) else ()
    known = [row.id for row in section.conditions]
    unknown = [name for name in shown if name not in (*known, "all")]
    if unknown:
        said = {"name": section.shown, "value": ", ".join(unknown), "allowed": [*known, "all"]}
        raise BadInput([Problem(section.shown, "not_a_choice", said)])
    return [row for row in section.conditions if "all" not in shown and row.id not in shown]


def _row_for(section: Sample, facts: Facts) -> Take:
    for row in section.rows:
        if row.when is None or row.when.holds(facts):
            return row
    asked = {"what": section.words, "value": facts[section.population]}
    raise Refused([Refusal("not_covered", section.clause, asked)])


def _drawn(section: Sample, row: Take, population: Fraction) -> tuple[Fraction, str]:
    if row.open:
        raise open_in_rulebook(section.words, row.clause)
    if row.all:
        return population, "all"
    number, formula = _number(section, row, population)
    if row.at_least is not None:
        number = max(number, row.at_least)
    if row.at_most is not None:
        number = min(number, row.at_most)
    return min(number, population), formula


def _number(section: Sample, row: Take, population: Fraction) -> tuple[Fraction, str]:
    if row.fixed is not None:
        return row.fixed, in_figures(row.fixed)
    if row.share is not None:
        what = section.words
        number = settled(row.share * population, row.rounding, what, row.clause)
        return number, _written(row, f"{in_figures(row.share)} × {in_figures(population)}")
    factor = row.root.factor if row.root else Fraction(1)
    root = rounded_root(factor, population.numerator, row.rounding)
    if root is None:
        raise open_in_rulebook(section.words, row.clause)
    times = "" if factor == 1 else f"{in_figures(factor)} × "
    return root, _written(row, f"{times}√{in_figures(population)}")


def _written(row: Take, inner: str) -> str:
    if row.rounding is None:
        return inner
    if row.rounding.up_to:
        return f"⌈{inner}⌉"
    return f"⌊{inner}⌋" if row.rounding.down_to else f"[{inner}]"


def _besides(section: Sample, facts: Facts, steps: list[Step]) -> Fraction:
    besides = Fraction(0)
    if section.never_sampled and facts.given(section.never):
        number = facts[section.never]
        if number:
            first = section.never_sampled[0]
            names = [row.words for row in section.never_sampled]
            steps.append(Step("never_sampled", {"classes": names}, number, first.clause))
        besides += number
    for row in section.on_top:
        if row.when is None or row.when.holds(facts):
            steps.append(Step("on_top", {"what": row.words}, row.number, row.clause))
            besides += row.number
    return besides


def _random(
    section: Sample, drawn: Fraction, population: Fraction, steps: list[Step]
) -> Fraction | None:
    rule = section.random_share
    if rule is None or drawn == population:
        return None
    number = Fraction(ceil(rule.at_least * drawn))
    said = {"what": rule.words, "share": rule.at_least}
    steps.append(Step("random_share", said, number, rule.clause))
    return number


def _notes(unmet: Sequence[SamplingCondition]) -> list[Note]:
    return [Note("sampling_condition_not_shown", {"what": row.words}, row.clause) for row in unmet]

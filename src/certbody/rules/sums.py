"""Sums of named lines: man-days and fees. What a rulebook may say, and what it must.

A sum is a list of lines. Each line has one amount from a closed list (fixed, looked up
in bands, the first case that holds, amount × count, first-then-further, a share of
others, the greatest or least of others, entered by a person, at cost, or open), with an
optional condition, floor, cap and rounding. ``working.py`` does the arithmetic.

Units      the sum names its unit (man-day, CNY …); shares are fractions
Errors     ``ValueError`` for a line that names what does not exist (a fault of the data)
Source     ISO/IEC 17065:2012, 7.3 and 7.4; IAF MD 5 for the shape of time rules
"""

from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, model_validator

from certbody.rules.bands import Table
from certbody.rules.conditions import When
from certbody.rules.facts import Inputs
from certbody.rules.numbers import Number, RoundingField
from certbody.rules.terms import Cited, Flag, Row, Section, Shape

AMOUNTS = (
    "fixed",
    "lookup",
    "cases",
    "each",
    "tiers",
    "share",
    "greatest",
    "least",
    "entered",
    "at_cost",
    "open",
)


class Case(Cited):
    """One case of several: the amount where its condition holds (always, if it has none)."""

    when: When | None = None
    value: Number


class Each(Shape):
    """Amount × count. ``beyond`` leaves out the first so many; ``where`` counts list members."""

    count: str
    where: When | None = None
    beyond: Number = Fraction(0)
    amount: Number | str


class Tier(Shape):
    """So much for each of the first so many; the last tier has no ``first``."""

    first: Number | None = None
    each: Number


class Tiers(Shape):
    """First-then-further: graduated amounts over one count."""

    count: str
    steps: tuple[Tier, ...] = Field(min_length=2)

    @model_validator(mode="after")
    def _only_the_last_is_open(self) -> "Tiers":
        if any(step.first is None for step in self.steps[:-1]) or self.steps[-1].first is not None:
            raise ValueError("every step but the last says 'first', the last does not")
        return self


class Share(Shape):
    """A part of other lines or of a given figure (an earlier audit's, say)."""

    of: tuple[str, ...] = Field(min_length=1)
    part: Number


class Entered(Shape):
    """A figure that a person gives, within bounds; ``missing`` says what its absence means."""

    input: str
    at_least: Number | None = None
    at_most: Number | None = None
    reason: str | None = Field(default=None, description="the input that must say why")
    missing: Literal["needed", "none", "warned"] = "needed"


class Line(Row):
    """One named line of a sum."""

    part: str | None = Field(default=None, description="the activity it is counted for")
    when: When | None = None
    per: str | None = Field(default=None, description="a list: worked out for each member")
    each_when: When | None = Field(default=None, description="only for members that meet it")
    fixed: Number | None = None
    lookup: Table | None = None
    cases: tuple[Case, ...] | None = Field(default=None, min_length=1)
    each: Each | None = None
    tiers: Tiers | None = None
    share: Share | None = None
    greatest: tuple[str, ...] | None = None
    least: tuple[str, ...] | None = None
    entered: Entered | None = None
    at_cost: Literal[True] | None = None
    open: Literal[True] | None = None
    floor: Number | None = None
    cap: Number | None = None
    rounding: RoundingField | None = None
    counted: Flag = Field(default=True, description="false: worked out, but not in the total")
    every: Literal["year"] | None = None
    due_before: str | None = None
    carried: Literal["next_bill"] | None = None

    @model_validator(mode="after")
    def _one_amount(self) -> "Line":
        if sum(getattr(self, name) is not None for name in AMOUNTS) != 1:
            raise ValueError(f"a line has exactly one of {', '.join(AMOUNTS)}")
        if self.each_when is not None and self.per is None:
            raise ValueError("'each_when' needs 'per'")
        return self

    @property
    def amount(self) -> str:
        """The name of the line's kind of amount."""
        return next(name for name in AMOUNTS if getattr(self, name) is not None)

    def rests_on(self) -> tuple[str, ...]:
        """Return the names of lines or facts that the amount is made from."""
        return self.share.of if self.share else self.greatest or self.least or ()


class Reduction(Row):
    """Time taken off named lines: a percentage a person enters, or a fixed one that applies."""

    of: tuple[str, ...] = Field(min_length=1)
    when: When | None = None
    by: Number | None = Field(default=None, description="applies by itself when 'when' holds")
    input: str | None = Field(default=None, description="the input that gives the percentage")
    at_most: Number | None = None
    reason: str | None = Field(default=None, description="the input that must say why")

    @model_validator(mode="after")
    def _by_itself_or_entered(self) -> "Reduction":
        if (self.by is None) == (self.input is None):
            raise ValueError("say 'by' (applies by itself) or 'input' (entered by a person)")
        if self.input is not None and self.at_most is None:
            raise ValueError("an entered reduction says 'at_most'")
        return self

    @property
    def greatest(self) -> Fraction:
        """The greatest share this reduction may take."""
        return self.by or self.at_most or Fraction(0)


class Together(Row):
    """The most that several reductions together may take, or all where none is named."""

    reductions: tuple[str, ...] = ()
    at_most: Number

    def covers(self, reduction: str) -> bool:
        """Tell whether the cap counts a reduction."""
        return not self.reductions or reduction in self.reductions


def _listed(raw: object) -> object:
    """Let a row that mostly stands alone be written without a list around it."""
    return [raw] if isinstance(raw, Mapping | Together) else raw


class Addition(Row):
    """Figures a person adds to one part, with a reason."""

    when: When | None = None
    input: str
    part: str | None = None
    reason: str | None = None


class Factor(Row):
    """Named lines multiplied, such as for combined audits."""

    of: tuple[str, ...] = Field(min_length=1)
    when: When | None = None
    times: Number
    rounding: RoundingField | None = None


Change = Factor | Reduction | Addition


class LeastShare(Row):
    """The least share that some parts have of all parts, those apart included."""

    parts: tuple[str, ...] = Field(min_length=1)
    at_least: Number


class NotCounted(Row):
    """A role whose time does not count."""


class Sum(Section):
    """A sum: its unit, its inputs, its lines and what may change their total."""

    unit: str
    inputs: Inputs
    lines: tuple[Line, ...] = Field(min_length=1)
    apart: tuple[str, ...] = Field(default=(), description="parts shown beside the total")
    factors: tuple[Factor, ...] = ()
    reductions: tuple[Reduction, ...] = ()
    reduced: RoundingField | None = Field(default=None, description="rounding of a reduced line")
    together: Annotated[tuple[Together, ...], BeforeValidator(_listed)] = ()
    additions: tuple[Addition, ...] = ()
    least_shares: tuple[LeastShare, ...] = ()
    not_counted: tuple[NotCounted, ...] = ()
    floor: Number | None = None
    cap: Number | None = None

    @model_validator(mode="after")
    def _names_exist(self) -> "Sum":
        faults = [*self._unknown_lines(), *self._unknown_facts(), *self._table_faults()]
        if faults:
            raise ValueError("; ".join(faults))
        return self

    def _unknown_lines(self) -> Iterator[str]:
        before: list[str] = []
        for line in self.lines:
            if line.id in before:
                yield f"line '{line.id}' twice"
            facts = [name for name in line.rests_on() if name not in before]
            asked = ((name, NUMBERS) for name in facts)
            yield from _misused(f"line '{line.id}'", asked, self._known(line))
            before.append(line.id)
        changed: tuple[Factor | Reduction, ...] = (*self.factors, *self.reductions)
        for change in changed:
            for name in set(change.of) - set(before):
                yield f"'{change.id}' changes '{name}', which is no line"
        reductions = {reduction.id for reduction in self.reductions}
        for name in {name for cap in self.together for name in cap.reductions} - reductions:
            yield f"'together' names '{name}', which is no reduction"
        parts = {line.part for line in self.lines}
        for name in {part for share in self.least_shares for part in share.parts} - parts:
            yield f"'{name}' is no line's part"

    def _known(self, line: Line) -> Inputs:
        """Return the facts a line may use: its members' too, where it is worked out for each."""
        members = self.inputs[line.per].items if line.per in self.inputs else {}
        return {**self.inputs, **members}

    def _unknown_facts(self) -> Iterator[str]:
        for line in self.lines:
            yield from _misused(f"line '{line.id}'", _facts_of(line), self._known(line))
        changes: tuple[Change, ...] = (*self.factors, *self.reductions, *self.additions)
        for change in changes:
            yield from _misused(f"'{change.id}'", _facts_of_change(change), self.inputs)
        for addition in self.additions:
            asked = self.inputs.get(addition.input)
            if asked is not None and (asked.least is None or asked.least < 0):
                yield f"'{addition.id}' adds '{addition.input}', which needs 'at_least' 0 or more"

    def _table_faults(self) -> Iterator[str]:
        for line in self.lines:
            if line.lookup is None:
                continue
            declared = self._known(line).get(line.lookup.of)
            if declared is None:
                continue
            for fault in line.lookup.faults(
                whole=declared.type == "count", least=declared.at_least, most=declared.at_most
            ):
                yield f"line '{line.id}': {fault}"


NUMBERS = ("count", "number", "ratio")
Asked = Iterator[tuple[str, tuple[str, ...]]]  # a fact's name, and the types it may have


def _misused(who: str, asked: Asked, known: Inputs) -> Iterator[str]:
    for name, types in asked:
        if name not in known:
            yield f"{who} asks for '{name}', which is no input"
        elif types and known[name].type not in types:
            yield f"{who} reckons with '{name}', which is a {known[name].type}"


def _facts_of(line: Line) -> Asked:
    if line.per is not None:
        yield line.per, ("list",)
    if line.each is not None:
        yield line.each.count, (*NUMBERS, "list")
        if isinstance(line.each.amount, str):
            yield line.each.amount, NUMBERS
    if line.tiers is not None:
        yield line.tiers.count, NUMBERS
    if line.lookup is not None:
        yield line.lookup.of, NUMBERS
    if line.entered is not None:
        yield line.entered.input, NUMBERS
        if line.entered.reason is not None:
            yield line.entered.reason, ()


def _facts_of_change(change: Change) -> Asked:
    if change.when is not None:
        yield from ((name, ()) for name in change.when.facts_named())
    if isinstance(change, Reduction) and change.input is not None:
        yield change.input, ("ratio",)
    if isinstance(change, Addition):
        yield change.input, NUMBERS
    if isinstance(change, Reduction | Addition) and change.reason is not None:
        yield change.reason, ()

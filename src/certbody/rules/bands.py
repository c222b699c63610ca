"""Tables by bands: "from 66 to 150 people: 3".

A table's bands must neither leave a gap nor overlap. Where the rulebook itself does,
the gap or overlap is declared; a value in a declared gap is refused by name, and a
declared overlap says which band counts.

Units      bounds in the unit of the fact looked up; values in the unit of the section
Errors     ``Refused`` with ``not_covered``; ``faults`` names what a table does wrong
Source     ISO/IEC 17065:2012, 7.1.3 (requirements are specific and can be checked)
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from math import ceil, floor
from typing import Literal

from pydantic import Field, model_validator

from certbody.rules.numbers import Number, in_figures
from certbody.rules.terms import Cited, Flag, Refusal, Refused, Shape, Words


class Range(Cited):
    """A stretch of numbers: ``from``/``to`` are included, ``over``/``under`` are not."""

    from_: Number | None = Field(default=None, alias="from")
    over: Number | None = None
    to: Number | None = None
    under: Number | None = None

    @model_validator(mode="after")
    def _one_of_each(self) -> "Range":
        if None not in (self.from_, self.over) or None not in (self.to, self.under):
            raise ValueError("say 'from' or 'over', and 'to' or 'under', not both")
        return self

    def ends(self, *, whole: bool) -> "Ends":
        """Return both ends as cuts, which compare by where they divide the numbers."""
        low = _cut(self.from_, self.over, whole=whole, lower=True)
        high = _cut(self.under, self.to, whole=whole, lower=False)
        return Ends(low, high)

    def holds(self, value: Fraction) -> bool:
        """Tell whether ``value`` lies in the range."""
        return (
            (self.from_ is None or value >= self.from_)
            and (self.over is None or value > self.over)
            and (self.to is None or value <= self.to)
            and (self.under is None or value < self.under)
        )

    def in_figures(self) -> str:
        """Write the range with signs both languages read: ``66–150``, ``≥ 95``, ``> 50``."""
        low = self.from_ if self.from_ is not None else self.over
        high = self.to if self.to is not None else self.under
        if low is not None and high is not None and self.over is None and self.under is None:
            return f"{in_figures(low)}–{in_figures(high)}"
        parts = []
        if low is not None:
            parts.append(f"{'≥' if self.over is None else '>'} {in_figures(low)}")
        if high is not None:
            parts.append(f"{'≤' if self.under is None else '<'} {in_figures(high)}")
        return ", ".join(parts) or "…"


Cut = tuple[int, Fraction, int]  # (-1 below all, 0, +1 above all), value, 0 before it or 1 after it


@dataclass(frozen=True, slots=True)
class Ends:
    """The two cuts of a range."""

    low: Cut
    high: Cut


def _cut(before: Fraction | None, after: Fraction | None, *, whole: bool, lower: bool) -> Cut:
    if before is not None:
        return (0, Fraction(ceil(before)) if whole else before, 0)
    if after is not None:
        return (0, Fraction(floor(after) + 1), 0) if whole else (0, after, 1)
    return (-1 if lower else 1, Fraction(0), 0)


class Band(Range):
    """A range and its value."""

    value: Number


class Beyond(Cited):
    """Past the last band: so much more for each step, begun or completed."""

    step: Number
    each: Number
    begun: Flag

    @model_validator(mode="after")
    def _goes_on(self) -> "Beyond":
        if self.step <= 0:
            raise ValueError("'step' is above 0")
        return self


class Gap(Range):
    """A stretch the rulebook does not cover, declared."""


class Overlap(Range):
    """A stretch two bands cover, declared, with the one that counts."""

    take: Literal["first", "last"]


class Table(Shape):
    """A fact looked up in bands."""

    of: str
    bands: tuple[Band, ...] = Field(min_length=1)
    beyond: Beyond | None = None
    gaps: tuple[Gap, ...] = ()
    overlaps: tuple[Overlap, ...] = ()

    def faults(self, *, whole: bool, least: Fraction | None, most: Fraction | None) -> list[str]:
        """Return each undeclared gap or overlap, in words."""
        return list(
            faults_of(
                self.bands,
                self.gaps,
                self.overlaps,
                Span(whole, least, most if self.beyond is None else self.top),
            )
        )

    @property
    def last(self) -> Band:
        """The band that reaches furthest, wherever it is listed."""
        return max(self.bands, key=lambda band: band.ends(whole=False).high)

    @property
    def top(self) -> Fraction | None:
        """The last number of the last band."""
        return self.last.to


@dataclass(frozen=True, slots=True)
class Span:
    """What bands must cover: whole numbers or all, from a least to a most value."""

    whole: bool
    least: Fraction | None
    most: Fraction | None

    def ends(self) -> Ends:
        """Return the span's cuts."""
        low = _cut(self.least, None, whole=self.whole, lower=True)
        return Ends(low, _cut(None, self.most, whole=self.whole, lower=False))


def faults_of(
    bands: Sequence[Range], gaps: Sequence[Range], overlaps: Sequence[Range], span: Span
) -> Iterator[str]:
    """Give each undeclared gap or overlap of ``bands`` over ``span``, in words.

    All ends of all ranges cut the numbers into stretches; within one nothing changes, so
    each stretch is looked at once.
    """
    laid = _Laid(_laid(bands, span), _laid(gaps, span), _laid(overlaps, span), span)
    for ends, one in (*laid.bands, *laid.gaps, *laid.overlaps):
        if ends.low >= ends.high:
            yield f"the band {one.in_figures()} is empty"
    told = None
    for low, high in pairwise(laid.cuts()):
        fault = laid.fault(Ends(low, high))
        if fault is not None and fault != told:
            yield fault
        told = fault


Placed = tuple[Ends, Range]


def _laid(ranges: Sequence[Range], span: Span) -> list[Placed]:
    return [(one.ends(whole=span.whole), one) for one in ranges]


@dataclass(frozen=True, slots=True)
class _Laid:
    """Bands and what is declared about them, laid on the line of numbers."""

    bands: Sequence[Placed]
    gaps: Sequence[Placed]
    overlaps: Sequence[Placed]
    span: Span

    def cuts(self) -> list[Cut]:
        limits = self.span.ends()
        every = [ends for ends, _ in (*self.bands, *self.gaps, *self.overlaps)]
        return sorted({limits.low, limits.high, *(c for e in every for c in (e.low, e.high))})

    def fault(self, stretch: Ends) -> str | None:
        bands, gaps = _holding(self.bands, stretch), _holding(self.gaps, stretch)
        declared = _holding(self.overlaps, stretch)
        found = [*bands, *gaps]
        if declared and len(found) < 2:  # noqa: PLR2004  an overlap is of two
            return f"no overlap at {declared[0].in_figures()}, though one is declared"
        if not found:
            return self._gap(stretch)
        if len(found) > 1 and (gaps or len(declared) != 1):
            return f"an overlap between {found[0].in_figures()} and {found[1].in_figures()}"
        return None

    def _gap(self, stretch: Ends) -> str | None:
        limits = self.span.ends()
        if not limits.low <= stretch.low < stretch.high <= limits.high:
            return None
        placed = (*self.bands, *self.gaps)
        below = [(ends.high, one) for ends, one in placed if ends.high <= stretch.low]
        above = [(ends.low, one) for ends, one in placed if ends.low >= stretch.high]
        if not below:
            first = min(above, key=_by_cut)[1].in_figures()
            return None if self.span.least is None else f"nothing below {first}: a gap"
        last = max(below, key=_by_cut)[1].in_figures()
        if not above:
            return f"nothing above {last}: a gap (declare it, or say 'beyond')"
        return f"a gap between {last} and {min(above, key=_by_cut)[1].in_figures()}"


def _holding(placed: Sequence[Placed], stretch: Ends) -> list[Range]:
    return [one for e, one in placed if e.low <= stretch.low and stretch.high <= e.high]


def _by_cut(found: tuple[Cut, Range]) -> Cut:
    return found[0]


def band_of(bands: Sequence[Range], overlaps: Sequence[Overlap], value: Fraction) -> Range | None:
    """Return the band that counts for ``value``; None where no band holds it."""
    found = [band for band in bands if band.holds(value)]
    if not found:
        return None
    if len(found) > 1:
        take = next(o.take for o in overlaps if o.holds(value))
        return found[0] if take == "first" else found[-1]
    return found[0]


@dataclass(frozen=True, slots=True)
class Found:
    """What a table gives for a value, and the row it rests on."""

    value: Fraction
    row: Cited
    range: str


def look_up(table: Table, value: Fraction, what: Words) -> Found:
    """Return the table's value; refuse one that the rulebook does not cover."""
    band = band_of(table.bands, table.overlaps, value)
    if isinstance(band, Band):
        return Found(band.value, band, band.in_figures())
    last = table.last
    in_gap = any(gap.holds(value) for gap in table.gaps)
    if table.beyond is not None and not in_gap and last.to is not None and value > last.to:
        steps = (value - last.to) / table.beyond.step
        number = ceil(steps) if table.beyond.begun else steps.numerator // steps.denominator
        figure = last.value + number * table.beyond.each
        return Found(figure, table.beyond, f"> {in_figures(last.to)}")
    raise Refused([not_covered(value, what, table.gaps, last)])


def not_covered(value: Fraction, what: Words, gaps: Sequence[Range], nearest: Cited) -> Refusal:
    """Return the refusal of a value in a gap, citing the gap's clause where declared."""
    gap = next((gap for gap in gaps if gap.holds(value)), nearest)
    return Refusal("not_covered", gap.clause, {"what": what, "value": value})

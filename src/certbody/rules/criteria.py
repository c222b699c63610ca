"""Criteria: the tree of what is assessed, with points, tiers, dimensions and vetoes.

A set of criteria may be a sample shipped with the program; a body replaces it by its
licensed copy. Points of children must sum to their parent's.

Units      points as the set says
Errors     ``ValueError`` for sums that do not add up and names given twice
Source     ISO/IEC 17065:2012, 7.1.2 (requirements against which products are evaluated)
"""

from collections.abc import Iterator
from fractions import Fraction

from pydantic import Field, model_validator

from certbody.rules.numbers import Number
from certbody.rules.terms import Flag, Row, Section


class Criterion(Row):
    """One indicator, or a heading over others."""

    points: Number | None = None
    tier: str | None = None
    dimension: str | None = None
    veto: Flag = False
    parts: tuple["Criterion", ...] = ()

    def leaves(self) -> Iterator["Criterion"]:
        """Give the indicators below this one, or itself if it has no parts."""
        if not self.parts:
            yield self
        for part in self.parts:
            yield from part.leaves()

    def walk(self) -> Iterator["Criterion"]:
        """Give this criterion and all below it, top down."""
        yield self
        for part in self.parts:
            yield from part.walk()

    @model_validator(mode="after")
    def _sound_heading(self) -> "Criterion":
        if self.parts and self.veto:
            raise ValueError(f"{self.id}: a heading cannot be a veto; mark its parts")
        if self.parts and self.points is not None:
            total = sum((part.points or Fraction(0) for part in self.parts), Fraction(0))
            if total != self.points:
                raise ValueError(f"{self.id}: parts sum to {total}, not {self.points}")
        return self


class NamedRow(Row):
    """A tier or a dimension."""


class CriteriaSet(Section):
    """A named set of criteria."""

    sample: Flag = Field(default=False, description="true: shipped as a sample, not the standard")
    full: Number | None = Field(default=None, description="what the points sum to")
    tiers: tuple[NamedRow, ...] = ()
    dimensions: tuple[NamedRow, ...] = ()
    tree: tuple[Criterion, ...] = Field(min_length=1)

    def leaves(self) -> list[Criterion]:
        """Return every indicator of the set, in order."""
        return [leaf for top in self.tree for leaf in top.leaves()]

    def walk(self) -> Iterator[Criterion]:
        """Give every heading and indicator, top down."""
        for top in self.tree:
            yield from top.walk()

    @model_validator(mode="after")
    def _sound(self) -> "CriteriaSet":
        faults = list(self._faults())
        if faults:
            raise ValueError("; ".join(faults))
        return self

    def _faults(self) -> Iterator[str]:
        seen: set[str] = set()
        for criterion in self.walk():
            if criterion.id in seen:
                yield f"criterion '{criterion.id}' twice"
            seen.add(criterion.id)
        if self.full is not None:
            total = sum((top.points or Fraction(0) for top in self.tree), Fraction(0))
            if total != self.full:
                yield f"the points sum to {total}, not {self.full}"
        tiers, dimensions = {row.id for row in self.tiers}, {row.id for row in self.dimensions}
        for leaf in self.leaves():
            if self.tiers and leaf.tier not in tiers:
                yield f"criterion '{leaf.id}' has no tier out of {', '.join(sorted(tiers))}"
            if self.dimensions and leaf.dimension not in dimensions:
                allowed = ", ".join(sorted(dimensions))
                yield f"criterion '{leaf.id}' has no dimension out of {allowed}"

"""Conformity by dimension as a radar chart: one spoke for each, full at the rim.

Units      pixels of the drawing; the rates stay exact until they are drawn
"""

from dataclasses import dataclass
from fractions import Fraction
from math import cos, pi, sin

from certbody.rulebooks.telling.figures import percent
from certbody.rules.criteria import CriteriaSet
from certbody.rules.terms import Answer
from certbody.web.language import in_words

RADIUS, FEWEST = 100, 3
RINGS = (Fraction(1, 4), Fraction(1, 2), Fraction(3, 4), Fraction(1))


@dataclass(frozen=True, slots=True)
class Spoke:
    """One dimension: where its words stand, and its rate."""

    words: str
    rate: str
    x: float
    y: float
    rim: tuple[float, float]


@dataclass(frozen=True, slots=True)
class Radar:
    """The whole chart."""

    spokes: list[Spoke]
    rings: list[str]
    shape: str
    points: list[tuple[float, float]]
    told: str


def radar_of(answer: Answer, criteria: CriteriaSet) -> Radar | None:
    """Draw the dimensions; None for fewer than three, which make no shape."""
    rates = answer.more.get("dimensions") or {}
    rows = [row for row in criteria.dimensions if row.id in rates]
    if len(rows) < FEWEST:
        return None
    number = len(rows)
    shares = [rates[row.id] or Fraction(0) for row in rows]
    points = [_at(i, number, share) for i, share in enumerate(shares)]
    spokes = [
        Spoke(
            in_words(row), percent(rates[row.id]), *_at(i, number, Fraction(5, 4)), _at(i, number)
        )
        for i, row in enumerate(rows)
    ]
    rings = [_path([_at(i, number, ring) for i in range(number)]) for ring in RINGS]
    told = "; ".join(f"{spoke.words} {spoke.rate}" for spoke in spokes)
    return Radar(spokes, rings, _path(points), points, told)


def _at(place: int, number: int, share: Fraction = Fraction(1)) -> tuple[float, float]:
    angle = 2 * pi * place / number - pi / 2
    reach = RADIUS * float(share)
    return round(reach * cos(angle), 1), round(reach * sin(angle), 1)


def _path(points: list[tuple[float, float]]) -> str:
    return " ".join(f"{x:g},{y:g}" for x, y in points)

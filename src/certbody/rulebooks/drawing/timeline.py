"""Windows on a line of time: a bar from the earliest to the latest day, a tick where it is due.

Units      pixels of the drawing; a day is a share of the whole width
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from certbody.rulebooks.drawing.text import broken
from certbody.rules.terms import Answer
from certbody.web.language import in_words

WIDTH, LABEL, RIGHT, TOP, ROW, LETTER = 810, 176, 24, 34, 40, 12
_MARGIN_DAYS = 45
_TICKS_AT_MOST = 14
_NEAR = 64


@dataclass(frozen=True, slots=True)
class Bar:
    """One window."""

    lines: list[str]
    state: str
    y: float
    start: float
    end: float
    open_start: bool
    due: float | None
    happened: float | None
    tolerated: float | None

    @property
    def width(self) -> float:
        """How long the bar is; never so short that it cannot be seen."""
        return max(self.end - self.start, 3)

    @property
    def tolerance(self) -> float:
        """How long the time after it is that may be explained."""
        return max((self.tolerated or self.end) - self.end, 0)

    @property
    def texts(self) -> list[tuple[str, float]]:
        """Each line of the label with its height."""
        top = self.y + 4 - (len(self.lines) - 1) * 7
        return [(line, top + i * 15) for i, line in enumerate(self.lines)]


@dataclass(slots=True)
class Timeline:
    """The whole drawing."""

    bars: list[Bar] = field(default_factory=list)
    ticks: list[tuple[float, str]] = field(default_factory=list)
    marks: list[tuple[float, str, str]] = field(default_factory=list)
    width: float = WIDTH
    height: float = 0
    on: float | None = None
    on_label: str = ""

    @property
    def on_anchor(self) -> str:
        """Beside which side of its line the day's label stands, clear of the other labels."""
        near = [x - (self.on or 0) for x, _, _ in self.marks if abs(x - (self.on or 0)) < _NEAR]
        if not near:
            return "middle"
        return "end" if near[0] >= 0 else "start"

    @property
    def bottom(self) -> float:
        """Where the rows end."""
        return self.height - 22


def timeline_of(answer: Answer, on: date | None = None) -> Timeline | None:
    """Draw the windows of a calendar and the day it is seen on; None where there are none."""
    events: Sequence[Mapping[str, Any]] = answer.more.get("events", ())
    days = [day for event in events for day in _days(event)]
    ends = [day for day in (answer.more.get("valid_from"), answer.value) if isinstance(day, date)]
    if not days:
        return None
    shown = [*days, *ends, *([on] if on is not None else [])]
    scale = _Scale(min(shown), max(shown))
    drawn = Timeline(height=TOP + ROW * len(events) + 26)
    begin = ends[0] if ends else scale.first
    drawn.bars = [_bar(event, number, begin, scale) for number, event in enumerate(events)]
    drawn.ticks = [(scale.x(day), f"{day:%Y-%m}") for day in scale.ticks()]
    if on is not None:
        drawn.on, drawn.on_label = scale.x(on), on.isoformat()
    for name, day in zip(("begins", "ends"), ends, strict=False):
        drawn.marks.append((scale.x(day), name, day.isoformat()))
    return drawn


class _Scale:
    """From days to pixels."""

    def __init__(self, first: date, last: date) -> None:
        self.first = first - _days_before(first)
        self.last = last + _days_after(last)
        self.days = max((self.last - self.first).days, 1)

    def x(self, day: date) -> float:
        share = (day - self.first).days / self.days
        return round(LABEL + share * (WIDTH - LABEL - RIGHT), 1)

    def ticks(self) -> Iterator[date]:
        """Give the first of January and July, or of so many years as there is room for."""
        years = range(self.first.year, self.last.year + 1)
        step = max(1, -(-2 * len(years) // _TICKS_AT_MOST))
        for number, year in enumerate(years):
            for month in (1, 7):
                day = date(year, month, 1)
                wanted = step == 1 or (month == 1 and number % step == 0)
                if wanted and self.first <= day <= self.last:
                    yield day


def _days_before(day: date) -> timedelta:
    return min(timedelta(days=_MARGIN_DAYS), day - date.min)


def _days_after(day: date) -> timedelta:
    return min(timedelta(days=_MARGIN_DAYS), date.max - day)


def _days(event: Mapping[str, Any]) -> Iterator[date]:
    for name in ("earliest", "due", "latest", "tolerated_until", "happened"):
        day = _day(event.get(name))
        if day is not None:
            yield day


def _day(moment: object) -> date | None:
    if isinstance(moment, datetime):
        return moment.date()
    return moment if isinstance(moment, date) else None


def _bar(event: Mapping[str, Any], number: int, begin: date, scale: _Scale) -> Bar:
    earliest, due, latest, tolerated, happened = (
        _day(event.get(name))
        for name in ("earliest", "due", "latest", "tolerated_until", "happened")
    )
    end = latest or due or earliest or happened or begin
    start = earliest or min(begin, end)
    return Bar(
        broken(in_words(event["name"]), (LABEL - 16) / LETTER, 2),
        str(event["state"]),
        TOP + ROW * number + ROW / 2,
        scale.x(start),
        scale.x(end),
        earliest is None,
        scale.x(due) if due else None,
        scale.x(happened) if happened else None,
        scale.x(tolerated) if tolerated else None,
    )

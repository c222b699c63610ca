"""Time: how long a certificate is valid, when what is due, and what follows if it is missed.

A window runs from a recorded event (decision, issue, the previous one of a kind, expiry)
with an earliest, a due and a latest day. A clock is a window that stands alone.

Units      calendar months, calendar days, working days, hours; the answer names which
Rounding   see ``dates``: month ends are clamped, validity counts by anniversary
Errors     ``BadInput`` for a missing event; ``Refused`` for dates in an impossible order
Source     ISO/IEC 17065:2012, 7.9 (surveillance), 7.7 (certification documentation)
"""

from collections.abc import Iterator
from typing import Annotated, Literal

from pydantic import Field, model_validator

from certbody.rules.conditions import When
from certbody.rules.dates import MONTHS, Duration
from certbody.rules.facts import Facts, Inputs
from certbody.rules.terms import Cited, Flag, Row, Section, Shape, Text


class Event(Shape):
    """A kind of event that is recorded with its date; ``many`` if it can happen again."""

    zh: Text
    en: Text
    many: Flag = False


class Tolerance(Cited):
    """A time after the latest day, or before the earliest, that is accepted when explained."""

    after: Duration | None = None
    before: Duration | None = None

    @model_validator(mode="after")
    def _some_side(self) -> "Tolerance":
        if self.after is None and self.before is None:
            raise ValueError("say after, before or both")
        return self


class Unless(Cited):
    """Not due if ``event`` falls within a time of the previous one of the window's kind."""

    event: str
    within: Duration


class Consequence(Row):
    """What follows when a window is missed: the act, and its ground in the rulebook's list."""

    act: str
    ground: str | None = None


class OtherTimes(Cited):
    """The times of a window where a condition holds: a grade, a risk, a kind of site."""

    when: When
    earliest: Duration | None = None
    due: Duration | None = None
    latest: Duration | None = None


class Window(Row):
    """From an event: the earliest, due and latest day of another."""

    when: When | None = None
    from_: Annotated[str, Field(alias="from", description="an event, 'previous' or 'expiry'")]
    fulfilled_by: str | None = None
    number: int | None = Field(default=None, ge=1, description="the how manyth of its kind")
    each_further: Flag = Field(default=False, description="this one and all after it, to expiry")
    earliest: Duration | None = None
    due: Duration | None = None
    latest: Duration | None = None
    instead: tuple[OtherTimes, ...] = Field(default=(), description="the first that holds")
    open: Literal[True] | None = None
    tolerance: Tolerance | None = None
    unless: Unless | None = None
    missed: Consequence | None = None

    @model_validator(mode="after")
    def _says_when(self) -> "Window":
        if not self.open and not any((self.earliest, self.due, self.latest)):
            raise ValueError("say earliest, due or latest (or open: true)")
        if self.from_ == "previous" and (self.fulfilled_by is None or (self.number or 0) <= 1):
            raise ValueError("'from: previous' needs 'fulfilled_by' and a 'number' above 1")
        return self

    def durations(self) -> list[Duration]:
        """Return every duration that the window states."""
        stated = [self.earliest, self.due, self.latest]
        for other in self.instead:
            stated += [other.earliest, other.due, other.latest]
        if self.tolerance is not None:
            stated += [self.tolerance.after, self.tolerance.before]
        return [duration for duration in stated if duration is not None]

    @property
    def looks_back(self) -> bool:
        """Whether what it asks for may come before the event it runs from."""
        return self.from_ == "expiry" or any(one.before for one in self.durations())

    @property
    def repeats(self) -> bool:
        """Whether it stands in a row of windows, each after the one before, up to expiry."""
        return self.each_further or self.from_ == "previous"

    @property
    def counts(self) -> str | None:
        """The event of which it counts the how manyth fulfils it, if it counts one."""
        return self.fulfilled_by if self.number is not None or self.each_further else None

    def fitted(self, facts: Facts) -> "Window":
        """Return the window with the times that hold for these facts."""
        other = next((one for one in self.instead if one.when.holds(facts)), None)
        times = ("earliest", "due", "latest", "clause")
        changed = {name: getattr(other, name) for name in times} if other else {}
        return self.model_copy(update={**changed, "instead": ()})


class Renewal(Cited):
    """A renewed certificate runs on from the day after the old one's last."""

    from_: Annotated[str, Field(alias="from")]


class Length(Cited):
    """A length in years or months."""

    years: int | None = Field(default=None, ge=1, le=100)
    months: int | None = Field(default=None, ge=1, le=1200)

    @model_validator(mode="after")
    def _one_unit(self) -> "Length":
        if (self.years is None) == (self.months is None):
            raise ValueError("say years or months")
        return self

    @property
    def in_months(self) -> int:
        """The length in months."""
        return self.months if self.months is not None else MONTHS * (self.years or 0)


class OtherLength(Length):
    """The validity where a condition holds: of a grade, of a first certificate."""

    when: When


class Validity(Length):
    """How long a certificate is valid, counted by anniversary."""

    from_: Annotated[str, Field(alias="from")]
    instead: tuple[OtherLength, ...] = Field(default=(), description="the first that holds")
    renewal: Renewal | None = None

    def fitted(self, facts: Facts) -> "Validity":
        """Return the validity with the length that holds for these facts."""
        other = next((one for one in self.instead if one.when.holds(facts)), None)
        names = ("years", "months", "clause")
        changed = {name: getattr(other, name) for name in names} if other else {}
        return self.model_copy(update={**changed, "instead": ()})


class Least(Row):
    """The least number of an event in one cycle of certification."""

    event: str
    number: int = Field(ge=1)


class Schedule(Section):
    """The events a rulebook counts from, validity, windows, least numbers and clocks."""

    inputs: Inputs = {}
    events: dict[str, Event]
    validity: Validity | None = None
    windows: tuple[Window, ...] = ()
    least: tuple[Least, ...] = ()
    clocks: tuple[Window, ...] = ()

    @model_validator(mode="after")
    def _names_exist(self) -> "Schedule":
        unknown = set(self._named()) - set(self.events) - {"previous", "expiry"}
        if unknown:
            raise ValueError(f"no event named {', '.join(sorted(unknown))}")
        names = [row.id for row in (*self.windows, *self.clocks)]
        doubled = {name for name in names if names.count(name) > 1}
        if doubled:
            raise ValueError(f"twice: {', '.join(sorted(doubled))}")
        faults = list(self._faults())
        if faults:
            raise ValueError("; ".join(faults))
        return self

    def _faults(self) -> Iterator[str]:
        for name in sorted({*self.events, "on", "clock", "from", "at"} & set(self.inputs)):
            yield f"the input '{name}' has the name of an event or of a question's key"
        for window in self.windows:
            if any(duration.unit == "hours" for duration in window.durations()):
                yield f"'{window.id}' counts hours: a clock, since windows hold days"
            yield from self._faults_in_a_row(window)
        for clock in self.clocks:
            if clock.when is not None:
                yield f"the clock '{clock.id}' has 'when': a clock runs whenever it is asked"

    def _faults_in_a_row(self, window: Window) -> Iterator[str]:
        """Give what would let a row of windows never end."""
        if not window.each_further:
            return
        if self.validity is None:
            yield f"'{window.id}' goes on to expiry, but no validity is stated"
        stated: tuple[Window | OtherTimes, ...] = (window, *window.instead)
        for one in stated:
            limit = one.latest or one.due
            if limit is None or limit.number < 1:
                yield f"'{window.id}' goes on and on: it needs a due or latest day that moves on"

    def fitted(self, facts: Facts) -> "Schedule":
        """Return the schedule with what holds for these facts, its clocks untouched."""
        held = [w for w in self.windows if w.when is None or w.when.holds(facts)]
        validity = self.validity.fitted(facts) if self.validity else None
        windows = tuple(window.fitted(facts) for window in held)
        return self.model_copy(update={"windows": windows, "validity": validity})

    def _named(self) -> Iterator[str]:
        if self.validity is not None:
            yield self.validity.from_
            if self.validity.renewal is not None:
                yield self.validity.renewal.from_
        for window in (*self.windows, *self.clocks):
            yield window.from_
            yield from (name for name in (window.fulfilled_by,) if name)
            yield from (unless.event for unless in (window.unless,) if unless)
        yield from (row.event for row in self.least)

    def used_events(self) -> set[str]:
        """Return the events that validity, a window, a clock or a least number rests on."""
        return {*self._named(), "decided"}

    def clock(self, name: str) -> Window | None:
        """Return the clock or window of that name."""
        return next((row for row in (*self.clocks, *self.windows) if row.id == name), None)

"""Dates: durations, calendars, anniversaries.

Units      calendar months and years, calendar days, working days, hours
Rounding   a month that lacks the day ends on its last day (2025-11-30 + 3 months is
           2026-02-28); validity alone counts by anniversary, see ``validity_end``
Errors     ``BadInput`` with ``date_out_of_range`` past the year 9999
Source     ISO 8601-1:2019 (calendar date); each rulebook names its own counts
"""

from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Annotated, Literal

from pydantic import Field, model_validator

from certbody.rules.terms import BadInput, Flag, Problem, Shape

MONTHS = 12
Day = date | datetime


@dataclass(frozen=True, slots=True)
class WorkingDays:
    """A country's working days. ``announced`` tells whether a year's table is official."""

    name: str
    is_working_day: Callable[[date], bool]
    announced: Callable[[int], bool]


class Duration(Shape):
    """A length of time in exactly one unit; ``before`` counts backwards.

    ``after`` counts from the end of the month or year that holds the day: one month after
    the month's end is the last day of the next month.
    """

    years: Annotated[int, Field(ge=0, le=1000)] | None = None
    months: Annotated[int, Field(ge=0, le=12000)] | None = None
    days: Annotated[int, Field(ge=0, le=400000)] | None = None
    working_days: Annotated[int, Field(ge=0, le=10000)] | None = None
    hours: Annotated[int, Field(ge=0, le=100000)] | None = None
    before: Flag = False
    after: Literal["month_end", "year_end"] | None = None

    @model_validator(mode="after")
    def _one_unit(self) -> "Duration":
        if len(self.units()) != 1:
            raise ValueError("say exactly one of years, months, days, working_days, hours")
        if self.after is not None and self.unit == "hours":
            raise ValueError("hours are counted from a moment, not from the end of a month")
        return self

    def units(self) -> dict[str, int]:
        """Return the one unit that is said, with its number."""
        counted = self.model_dump(exclude={"before", "after"})
        return {unit: number for unit, number in counted.items() if number is not None}

    @property
    def unit(self) -> str:
        """The unit: years, months, days, working_days or hours."""
        return next(iter(self.units()))

    @property
    def number(self) -> int:
        """How many of the unit, negative when counted backwards."""
        (number,) = self.units().values()
        return -number if self.before else number


def add_months(day: Day, months: int) -> Day:
    """Return the same day ``months`` later, or the month's last day where it is missing."""
    count = day.year * MONTHS + day.month - 1 + months
    year, month = divmod(count, MONTHS)
    if not date.min.year <= year <= date.max.year:
        raise BadInput([Problem("date", "date_out_of_range", {"day": day})])
    return day.replace(year=year, month=month + 1, day=min(day.day, monthrange(year, month + 1)[1]))


def add_days(day: date, number: int) -> date:
    """Return the day ``number`` calendar days later."""
    try:
        return day + timedelta(days=number)
    except OverflowError as error:
        raise BadInput([Problem("date", "date_out_of_range", {"day": day})]) from error


def add(day: Day, duration: Duration, working_days: WorkingDays) -> Day:
    """Return ``day`` moved by ``duration``. The day itself is never counted."""
    if duration.after is not None:
        day = _end_of(day, duration.after)
    number = duration.number
    try:
        match duration.unit:
            case "years":
                return _whole_months(day, number * MONTHS, duration)
            case "months":
                return _whole_months(day, number, duration)
            case "days":
                return day + timedelta(days=number)
            case "hours":
                return day + timedelta(hours=number)
            case _:
                return _add_working_days(day, number, working_days)
    except OverflowError as error:
        raise BadInput([Problem("date", "date_out_of_range", {"day": day})]) from error


def _end_of(day: Day, what: str) -> Day:
    month = MONTHS if what == "year_end" else day.month
    return day.replace(month=month, day=monthrange(day.year, month)[1])


def _whole_months(day: Day, months: int, duration: Duration) -> Day:
    moved = add_months(day, months)
    return moved if duration.after is None else _end_of(moved, "month_end")


def _add_working_days(day: Day, number: int, working_days: WorkingDays) -> Day:
    one = timedelta(days=1 if number >= 0 else -1)
    left = abs(number)
    while left:
        day += one
        left -= working_days.is_working_day(day)
    return day


def validity_end(first_day: date, months: int) -> date:
    """Return the last valid day: the day before the anniversary.

    For validity alone the anniversary of 29 February in a common year is 1 March,
    so that a certificate never loses a day.
    """
    same_month = add_months(first_day, months)
    kept_day = same_month.day == first_day.day
    return same_month - timedelta(days=1) if kept_day else same_month

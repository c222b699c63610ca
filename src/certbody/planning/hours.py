"""When a place is open around a visit: what "inside opening hours" is tested against."""

from datetime import datetime, timedelta

from certbody.clients.opening_hours import DAY, Interval, Week

_NOTHING = Week()


def open_around(week: Week, starts: datetime, ends: datetime) -> tuple[datetime, datetime] | None:
    """Return when the place opens and closes around a visit, in the place's own time.

    It opens with the interval in which the visit begins, or the next one of that day; it closes
    with the interval in which the visit ends, or the one before. So a visit that begins before
    opening, ends after closing, or lies where the place is shut, is not between the two. None for
    a place whose hours are not known.
    """
    if week == _NOTHING:
        return None
    midnight = starts.replace(hour=0, minute=0, second=0, microsecond=0)
    intervals = _of_the_day(week, midnight.weekday())
    if not intervals:
        return midnight, midnight
    begins, over = _minutes(midnight, starts), _minutes(midnight, ends)
    after = [one for one in intervals if one[1] > begins]
    before = [one for one in intervals if one[0] < over]
    opens = (after[0] if after else intervals[-1])[0]
    closes = before[-1][1] if before else intervals[0][0]
    return midnight + timedelta(minutes=opens), midnight + timedelta(minutes=closes)


def _of_the_day(week: Week, weekday: int) -> list[Interval]:
    """Return the intervals that touch a day, with what began the evening before."""
    late = [(begins - DAY, ends - DAY) for begins, ends in week.days[weekday - 1] if ends > DAY]
    return [*late, *week.days[weekday]]


def _minutes(midnight: datetime, moment: datetime) -> int:
    return (moment - midnight) // timedelta(minutes=1)

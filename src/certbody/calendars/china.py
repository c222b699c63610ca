"""China's working days: statutory holidays and the make-up days announced each year.

The State Council announces a year's holidays in the autumn before it. ``ANNOUNCED`` is
the last year whose announcement the library's table is known to hold; for later years
only the statutory days are known, and every answer says so.
"""

from datetime import date, datetime
from functools import cache
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from certbody.rules.dates import WorkingDays

ANNOUNCED = 2026


if TYPE_CHECKING:
    from holidays import HolidayBase


@cache
def _table() -> "HolidayBase":
    from holidays import country_holidays  # noqa: PLC0415  slow to load, and seldom asked for

    return country_holidays("CN")


def is_working_day(day: date) -> bool:
    """Tell whether people work on that day, make-up days included."""
    return bool(_table().is_working_day(day.date() if isinstance(day, datetime) else day))


def announced(year: int) -> bool:
    """Tell whether the year's holidays have been announced officially."""
    return year <= ANNOUNCED


def today() -> date:
    """Return the day it is in China; the edges of the program ask, rules never do."""
    return datetime.now(ZoneInfo("Asia/Shanghai")).date()


CHINA = WorkingDays("CN", is_working_day, announced)

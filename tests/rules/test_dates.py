"""Months, anniversaries and working days, against a calendar walked day by day."""

import calendar
from datetime import date, datetime, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from certbody.calendars import CHINA
from certbody.rules.dates import Duration, WorkingDays, add, add_months, validity_end
from certbody.rules.operators import Period
from tests.rules.making import faults

DAYS = st.dates(date(1900, 1, 1), date(2200, 1, 1))
PLAIN = WorkingDays("plain", lambda day: day.weekday() < 5, lambda _: True)


def month_by_month(day: date, months: int) -> date:
    """Walk the months one at a time, then look for the day, or the last one there is."""
    year, month = day.year, day.month
    for _ in range(abs(months)):
        month += 1 if months > 0 else -1
        if month == 13:
            year, month = year + 1, 1
        if month == 0:
            year, month = year - 1, 12
    last = max(one for one in calendar.Calendar().itermonthdays(year, month))
    return date(year, month, min(day.day, last))


@given(DAYS, st.integers(-200, 200))
def test_months_keep_the_day_or_end_on_the_last(day, months):
    assert add_months(day, months) == month_by_month(day, months)


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        ("2025-11-30", 3, "2026-02-28"),
        ("2024-02-29", 12, "2025-02-28"),
        ("2024-02-29", 48, "2028-02-29"),
        ("2023-11-30", 3, "2024-02-29"),
        ("2026-02-28", -3, "2025-11-28"),
        ("2026-05-31", -3, "2026-02-28"),
        ("2026-12-31", 1, "2027-01-31"),
        ("2026-01-31", -1, "2025-12-31"),
        ("2026-01-15", 0, "2026-01-15"),
        ("9999-11-30", 1, "9999-12-30"),
    ],
)
def test_the_ends_of_months(day, months, expected):
    assert add_months(date.fromisoformat(day), months) == date.fromisoformat(expected)


@pytest.mark.parametrize(("day", "months"), [("9999-12-01", 1), ("0001-01-31", -1)])
def test_the_calendar_has_an_end(day, months):
    asked = date.fromisoformat(day)
    assert faults(add_months, asked, months) == [("date", "date_out_of_range")]


@pytest.mark.parametrize("unit", ["years", "months", "days", "hours", "working_days"])
@pytest.mark.parametrize("before", [False, True])
def test_no_unit_leaves_the_calendar(unit, before):
    far = Duration.model_validate({unit: 1000, "before": before})
    start = datetime(2, 1, 1) if before else datetime(9999, 12, 30)  # noqa: DTZ001  rules know no zone
    if unit in {"hours", "days"} and before:
        far = Duration.model_validate({unit: 20_000, "before": before})
    assert faults(add, start, far, PLAIN) == [("date", "date_out_of_range")]


@given(DAYS, st.integers(1, 120))
def test_a_certificate_is_valid_up_to_the_day_before_the_anniversary(start, months):
    end = validity_end(start, months)
    anniversary = month_by_month(start, months)
    if anniversary.day == start.day:
        assert end + timedelta(days=1) == anniversary
    else:  # a day this month lacks: the anniversary is the first of the next
        assert end == anniversary
        assert (end + timedelta(days=1)).day == 1


@pytest.mark.parametrize(
    ("start", "months", "end"),
    [
        ("2025-01-15", 36, "2028-01-14"),
        ("2024-02-29", 36, "2027-02-28"),
        ("2024-02-29", 48, "2028-02-28"),
        ("2024-03-01", 36, "2027-02-28"),
        ("2025-02-28", 36, "2028-02-27"),
        ("2026-01-01", 36, "2028-12-31"),
        ("2026-08-31", 6, "2027-02-28"),
    ],
)
def test_the_last_valid_day(start, months, end):
    assert validity_end(date.fromisoformat(start), months) == date.fromisoformat(end)


@given(DAYS, st.integers(1, 120))
def test_a_later_start_never_ends_earlier(start, months):
    assert validity_end(start, months) <= validity_end(start + timedelta(days=1), months)


@given(DAYS, st.integers(-60, 60))
def test_working_days_are_counted_one_at_a_time(day, number):
    moved = add(day, Duration(working_days=abs(number), before=number < 0), PLAIN)
    low, high = min(day, moved), max(day, moved)
    between = [low + timedelta(days=n) for n in range((high - low).days + 1)]
    counted = [one for one in between if one.weekday() < 5 and one != day]
    assert len(counted) == abs(number)
    assert number == 0 or PLAIN.is_working_day(moved)


@pytest.mark.parametrize(
    ("start", "number", "expected"),
    [
        # 2026: the spring festival is 15 to 23 February; 14 and 28 February are worked instead
        ("2026-02-13", 1, "2026-02-14"),
        ("2026-02-13", 2, "2026-02-24"),
        ("2026-02-27", 1, "2026-02-28"),
        ("2026-02-28", 1, "2026-03-02"),
        # the first of May: 1 to 5 May; 9 May is worked
        ("2026-04-30", 1, "2026-05-06"),
        ("2026-05-08", 1, "2026-05-09"),
        # national day: 1 to 7 October; 20 September and 10 October are worked
        ("2026-09-19", 1, "2026-09-20"),
        ("2026-09-30", 1, "2026-10-08"),
        ("2026-10-09", 1, "2026-10-10"),
        ("2026-01-01", -1, "2025-12-31"),
    ],
)
def test_china_s_working_days_of_2026_with_the_days_made_up(start, number, expected):
    duration = Duration(working_days=abs(number), before=number < 0)
    moved = add(date.fromisoformat(start), duration, CHINA)
    assert moved == date.fromisoformat(expected)


def test_a_moment_keeps_its_hour_over_working_days():
    start = datetime(2026, 2, 13, 9, 30)  # noqa: DTZ001  rules know no zone
    moved = add(start, Duration(working_days=2), CHINA)
    assert moved.isoformat() == "2026-02-24T09:30:00"


def test_a_year_counts_as_announced_only_when_its_holidays_are_known():
    assert CHINA.announced(2026)
    assert not CHINA.announced(2027)


@given(DAYS, st.integers(-500, 500))
def test_days_and_hours_are_plain_sums(day, number):
    before = number < 0
    assert add(day, Duration(days=abs(number), before=before), PLAIN) == day + timedelta(number)
    start = datetime(day.year, day.month, day.day, 12)  # noqa: DTZ001  rules know no zone
    moved = add(start, Duration(hours=abs(number), before=before), PLAIN)
    assert moved == start + timedelta(hours=number)


@given(DAYS, st.integers(0, 30))
def test_years_are_twelve_months_each(day, years):
    assert add(day, Duration(years=years), PLAIN) == add_months(day, 12 * years)


@pytest.mark.parametrize(
    "said", [{}, {"months": 1, "days": 1}, {"months": -1}, {"months": 12_001}, {"before": True}]
)
def test_a_duration_is_so_many_of_one_unit(said):
    with pytest.raises(ValidationError):
        Duration.model_validate(said)


@pytest.mark.parametrize(
    ("said", "number"), [({"months": 3}, 3), ({"days": 5, "before": True}, -5)]
)
def test_a_duration_that_counts_back_is_negative(said, number):
    assert Duration.model_validate(said).number == Fraction(number)


@given(DAYS, st.integers(0, 5), st.integers(0, 30), st.integers(0, 400))
def test_a_period_reaches_back_as_far_as_it_reaches_on(day, years, months, days):
    period = Period(years=years, months=months, days=days, before="applied")
    assert period.after(day) == add_months(day, 12 * years + months) + timedelta(days)
    assert period.first_day(day) == add_months(day, -12 * years - months) - timedelta(days)


@pytest.mark.parametrize("how", [{"days": 400}, {"months": 2, "days": 1}, {"years": 2}])
def test_a_period_stays_within_the_calendar(how):
    period = Period.model_validate({"before": "applied", **how})
    assert faults(period.first_day, date(1, 3, 1)) == [("date", "date_out_of_range")]
    assert faults(period.after, date(9999, 10, 31)) == [("date", "date_out_of_range")]

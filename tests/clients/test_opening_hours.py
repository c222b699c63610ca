"""Opening hours: what people write, what is kept, and which part cannot be understood."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from certbody.clients.opening_hours import DAY, HoursFault, Week, week_from

MONDAY, FRIDAY, SATURDAY, SUNDAY = 0, 4, 5, 6


@st.composite
def weeks(draw) -> Week:
    """Any week of intervals with gaps between them, none after midnight."""
    days = []
    for _ in range(7):
        ends = sorted(draw(st.sets(st.integers(0, DAY // 30), min_size=0, max_size=6)))
        pairs = zip(ends[::2], ends[1::2], strict=False)
        days.append(tuple((begins * 30, stops * 30) for begins, stops in pairs))
    return Week(tuple(days))


@given(weeks())
def test_what_is_written_is_read_back_in_both_languages(week):
    assert week_from(week.in_words("zh")) == week
    assert week_from(week.in_words("en")) == week


@given(st.text(alphabet="周一二五六日至到MonSat fri09:18;，,、-次点休息closed每天\n", max_size=60))
def test_any_text_is_read_or_its_part_is_named(text):
    try:
        week = week_from(text)
    except HoursFault as fault:
        part, week = fault.part, Week()
    else:
        part = text or "—"
    assert part
    assert week_from(week.in_words("zh")) == week


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("周一至周五 09:00-18:00; 周六 10:00-16:00", "周一至周五 09:00-18:00; 周六 10:00-16:00"),
        ("周一至周日 9:00-18:00", "周一至周日 09:00-18:00"),
        ("周一至五：９：００～１８：００", "周一至周五 09:00-18:00"),
        ("Mon–Fri 9:00–18:00; Sat closed", "周一至周五 09:00-18:00"),
        ("每天 24小时", "周一至周日 全天"),
        ("周五、周六 18:00-02:00", "周五至周六 18:00-02:00"),
        ("周六至周一 10:00-24:00", "周一 10:00-24:00; 周六至周日 10:00-24:00"),
        ("周一 9点-12点，13点30分-18点", "周一 09:00-12:00, 13:30-18:00"),
        ("工作日 8:30-17:30；周末 休息", "周一至周五 08:30-17:30"),
        ("", ""),
    ],
)
def test_forms_that_people_use(typed, kept):
    assert week_from(typed).in_words("zh") == kept


@pytest.mark.parametrize(
    ("typed", "code", "part", "value"),
    [
        ("9:00-18:00", "hours_no_days", "9:00-18:00", ""),
        ("周一至周五 9:00-18:00; 随时", "hours_no_days", "随时", ""),
        ("周一", "hours_no_times", "周一", ""),
        ("周一 25:00-26:00", "hours_time", "周一 25:00-26:00", "25:00"),
        ("周一 9:00-9:00", "hours_time", "周一 9:00-9:00", "9:00-9:00"),
        ("周一 9:5-10:00", "hours_time", "周一 9:5-10:00", "9:5"),
        ("周一 9-18", "hours_not_read", "周一 9-18", "9-18"),
        ("周一 9:00-18:00 左右", "hours_not_read", "周一 9:00-18:00 左右", "左右"),
        ("周一 9:00-10:00; 周一 11:00-12:00", "hours_day_twice", "周一 11:00-12:00", "周一 / Mon"),
    ],
)
def test_the_part_that_cannot_be_understood_is_named(typed, code, part, value):
    with pytest.raises(HoursFault) as fault:
        week_from(typed)
    assert (fault.value.code, fault.value.part, fault.value.value) == (code, part, value)


@pytest.mark.parametrize(
    "typed", ["周一 9:00-20:00, 18:00-21:00", "周日 20:00-03:00; 周一 02:00-05:00"]
)
def test_hours_that_overlap_are_refused_over_midnight_too(typed):
    with pytest.raises(HoursFault) as fault:
        week_from(typed)
    assert fault.value.code == "hours_overlap"


def test_open_is_open_after_midnight_and_around_the_week():
    week = week_from("周五至周六 18:00-02:00; 周日 20:00-01:00")
    assert week.open_at(SATURDAY, 60)
    assert week.open_at(MONDAY, 30)
    assert not week.open_at(MONDAY, 60)
    assert not week.open_at(FRIDAY, 18 * 60 - 1)
    assert week.open_at(SUNDAY, 60)

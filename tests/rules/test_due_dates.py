"""The calendar of a certificate against a plain re-telling, over random histories of events."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from certbody.calendars import CHINA
from certbody.rules.dates import add_months
from certbody.rules.due_dates import calendar_of
from certbody.rules.schedule import Schedule
from certbody.rules.terms import Answer
from tests.rules.making import cited, faults, notes, refused, row, said

DECIDED = date(2024, 3, 31)
WORDS = {"zh": "某事", "en": "something"}
EVENTS = {
    "decided": WORDS,
    "issued": WORDS,
    "old_expiry": WORDS,
    "surveillance": WORDS | {"many": True},
    "recertification": WORDS,
    "suspended": WORDS | {"many": True},
    "restored": WORDS | {"many": True},
}


def months(number: int, **more: Any) -> dict[str, Any]:
    return {"months": number, **more}


FIRST = row(
    "first",
    **{"from": "decided"},
    fulfilled_by="surveillance",
    number=1,
    earliest=months(9),
    latest=months(12),
    tolerance=cited(after={"days": 10}),
)
SECOND = row(
    "second",
    **{"from": "previous"},
    fulfilled_by="surveillance",
    number=2,
    due=months(12),
    latest=months(15),
)
FURTHER = row(
    "further",
    **{"from": "previous"},
    fulfilled_by="surveillance",
    number=3,
    each_further=True,
    due=months(6),
    unless=cited(event="recertification", within=months(6)),
)


def schedule(*windows: dict[str, Any], **more: Any) -> Schedule:
    validity = cited(**{"from": "issued"}, years=3)
    stated = {"events": EVENTS, "windows": windows, "validity": validity}
    return Schedule.model_validate(said(**stated) | more)


YEARLY = schedule(FIRST, SECOND, FURTHER)


def calendar(section: Schedule, on: date | None = None, **events: Any) -> Answer:
    listed = {
        name: tuple(sorted(days)) if isinstance(days, list) else (days,)
        for name, days in {"decided": DECIDED, **events}.items()
    }
    return calendar_of(section, listed, CHINA, on)


def states(answer: Answer) -> dict[str, str]:
    return {event["what"]: event["state"] for event in answer.more["events"]}


def by_hand(visits: list[date], recertified: date | None, on: date) -> dict[str, str]:
    """First, second and further surveillances told one after another, as a person would."""
    told: dict[str, str] = {}
    expiry = add_months(DECIDED, 36) - timedelta(days=1)
    anchor, sure, number = DECIDED, True, 0
    while number < 3 or number <= len(visits) or anchor <= expiry:
        number += 1
        due = add_months(anchor, {1: 12, 2: 12}.get(number, 6))
        last = add_months(anchor, 15) if number == 2 else due
        first = add_months(anchor, 9) if number == 1 else date.min
        grace = last + timedelta(days=10) if number == 1 else last
        visit = visits[number - 1] if len(visits) >= number else None
        if number > 1 and visit is None and due > expiry:
            if number > 2:
                break
            anchor, sure = due, False
            continue
        spared = recertified is not None and anchor <= recertified <= add_months(anchor, 6)
        if number < 3 or not spared:
            name = ("first", "second")[number - 1] if number < 3 else f"further_{number}"
            told[name] = state_by_hand(visit, on, (first, due, last, grace), number, sure=sure)
        anchor, sure = (visit, True) if visit else (due, False)
    return told


def state_by_hand(
    visit: date | None, on: date, days: tuple[date, date, date, date], number: int, *, sure: bool
) -> str:
    first, due, last, grace = days
    if visit is not None:
        if visit < first:
            return "done_early"
        if visit <= last:
            return "done"
        return "done_to_explain" if visit <= grace else "done_late"
    if not sure:
        return "projected"
    if on < first:
        return "not_yet"
    if on > last:
        return "to_explain" if on <= grace else "overdue"
    return "due" if number > 1 and on >= due else "open"


LATER = st.integers(0, 1300).map(lambda n: DECIDED + timedelta(days=n))


@given(st.lists(LATER, max_size=5, unique=True).map(sorted), st.none() | LATER, LATER)
def test_every_state_is_what_a_plain_telling_says(visits, recertified, on):
    events: dict[str, Any] = {"surveillance": visits} if visits else {}
    events |= {"recertification": recertified} if recertified else {}
    answer = calendar(YEARLY, on, **events)
    assert states(answer) == by_hand(visits, recertified, on)
    late = [name for name, state in states(answer).items() if state == "overdue"]
    assert answer.more["overdue"] == late


@given(st.lists(LATER, max_size=5, unique=True), LATER)
def test_nothing_is_overdue_before_its_limit_or_once_it_is_done(visits, on):
    for event in calendar(YEARLY, on, surveillance=visits or DECIDED).more["events"]:
        if event["state"] == "overdue":
            assert event["happened"] is None
            assert on > (event["latest"] or event["due"])


@pytest.mark.parametrize(
    ("on", "state"),
    [
        ("2024-12-30", "not_yet"),
        ("2024-12-31", "open"),
        ("2025-03-31", "open"),
        ("2025-04-01", "to_explain"),
        ("2025-04-10", "to_explain"),
        ("2025-04-11", "overdue"),
    ],
)
def test_the_edges_of_a_window(on, state):
    answer = calendar(YEARLY, date.fromisoformat(on))
    assert states(answer) == {"first": state, "second": "projected"} | {
        "further_3": "projected",
        "further_4": "projected",
    }
    assert answer.more["overdue"] == (["first"] if state == "overdue" else [])


def test_without_a_day_asked_nothing_is_late():
    assert states(calendar(YEARLY))["first"] == "planned"


def test_windows_that_follow_each_other_stop_at_expiry():
    """Issued on 31 March 2024: every six months, and nothing after 30 March 2027."""
    row_ = row("every", **{"from": "issued"}, fulfilled_by="surveillance", due=months(6))
    answer = calendar(schedule(row_ | {"each_further": True}))
    days = [event["due"].isoformat() for event in answer.more["events"]]
    assert days == [
        "2024-09-30",
        "2025-03-30",
        "2025-09-30",
        "2026-03-30",
        "2026-09-30",
        "2027-03-30",
    ]
    assert answer.value == date(2027, 3, 30)


def test_each_event_fulfils_one_window_of_a_row():
    row_ = row("every", **{"from": "issued"}, fulfilled_by="surveillance", latest=months(12))
    visits = [date(2024, 3, 31), date(2025, 1, 31), date(2025, 11, 30)]
    answer = calendar(schedule(row_ | {"each_further": True}), surveillance=visits)
    found = [(e["what"], e["latest"], e["happened"]) for e in answer.more["events"]]
    assert found == [
        ("every_1", date(2025, 3, 31), visits[0]),
        ("every_2", date(2025, 3, 31), visits[1]),
        ("every_3", date(2026, 1, 31), visits[2]),
        ("every_4", date(2026, 11, 30), None),
    ]


def test_what_happened_before_the_decision_fulfils_no_window_of_this_cycle():
    earlier = DECIDED - timedelta(days=1)
    answer = calendar(YEARLY, DECIDED + timedelta(days=800), surveillance=earlier)
    assert states(answer)["first"] == "overdue"
    assert notes(answer).count("before_cycle") == 1
    first = DECIDED + timedelta(days=300)
    answer = calendar(YEARLY, surveillance=[earlier, first])
    assert states(answer)["first"] == "done"
    assert "before_cycle" in notes(answer)
    assert "before_cycle" not in notes(calendar(YEARLY, surveillance=first))


def test_issued_left_out_is_taken_from_the_decision_and_said():
    assert notes(calendar(YEARLY)) == ["issued_assumed"]
    assert notes(calendar(YEARLY, issued=DECIDED)) == []
    assert calendar(YEARLY, issued=date(2024, 4, 2)).value == date(2027, 4, 1)


def test_a_certificate_is_never_issued_before_the_decision():
    assert refused(calendar, YEARLY, issued=date(2024, 3, 30)) == ["issued_before_decision"]


def test_a_renewed_certificate_runs_on_from_the_day_after_the_old_one():
    renewal = cited(**{"from": "old_expiry"})
    section = schedule(validity=cited(**{"from": "issued"}, years=3, renewal=renewal))
    answer = calendar(section, old_expiry=date(2024, 6, 30))
    assert (answer.more["valid_from"], answer.value) == (date(2024, 7, 1), date(2027, 6, 30))
    far = date(9999, 12, 31)
    assert faults(calendar, section, old_expiry=far) == [("date", "date_out_of_range")]


def test_what_validity_counts_from_must_be_known():
    section = schedule(validity=cited(**{"from": "recertification"}, months=6))
    assert faults(calendar, section) == [("recertification", "missing_input")]


def test_a_suspension_is_over_when_it_is_restored_since():
    """A restoration of an earlier suspension does not end a later one."""
    window = row("end", **{"from": "suspended"}, fulfilled_by="restored", latest=months(3))
    section = schedule(window)
    earlier = {"suspended": [date(2024, 5, 1), date(2025, 11, 30)], "restored": date(2024, 6, 1)}
    on = date(2026, 3, 1)
    answer = calendar(section, on, **earlier)
    assert answer.more["events"][0]["latest"] == date(2026, 2, 28)
    assert answer.more["overdue"] == ["end"]
    assert calendar(section, date(2026, 2, 28), **earlier).more["overdue"] == []
    both = earlier | {"restored": [date(2024, 6, 1), date(2026, 2, 28)]}
    assert states(calendar(section, on, **both)) == {"end": "done"}


def test_a_window_before_expiry_is_counted_back_from_it():
    window = row("apply", **{"from": "expiry"}, latest=months(3, before=True))
    answer = calendar(schedule(window), issued=date(2024, 3, 31), on=date(2026, 12, 31))
    assert answer.more["events"][0]["latest"] == date(2026, 12, 30)
    assert answer.more["overdue"] == ["apply"]


def test_a_day_before_the_earliest_and_after_the_latest_is_noted():
    assert notes(calendar(YEARLY, surveillance=date(2024, 12, 30))) == [
        "issued_assumed",
        "done_early",
    ]
    assert "done_to_explain" in notes(calendar(YEARLY, surveillance=date(2025, 4, 10)))
    assert "done_late" in notes(calendar(YEARLY, surveillance=date(2025, 4, 11)))


LEAST = [row("two", event="surveillance", number=2)]


@given(st.lists(LATER, max_size=3), LATER)
def test_the_least_number_of_a_cycle_is_judged_once_it_has_ended(visits, on):
    answer = calendar(schedule(least=LEAST), on, surveillance=visits or DECIDED)
    number = len(visits) or 1
    over = on > date(2027, 3, 30)
    expected = [("surveillance", 2)] if over and number < 2 else []
    assert [(one["event"], one["number"]) for one in answer.more["short"]] == expected

"""Schedules as data, their clocks, and what in them would begin nowhere or never end."""

from datetime import date, datetime
from typing import Any

import pytest
from pydantic import ValidationError

from certbody.calendars import CHINA
from certbody.rules.dates import Day
from certbody.rules.due_dates import clock_named, clock_of
from certbody.rules.facts import Facts
from certbody.rules.schedule import Schedule
from certbody.rules.terms import Answer
from tests.rules.making import cited, declared, faults, notes, refused, row, said

WORDS = {"zh": "某事", "en": "something"}
EVENTS = {"decided": WORDS, "issued": WORDS, "visit": WORDS | {"many": True}}
VALID = cited(**{"from": "issued"}, years=3)


def window(name: str = "w", start: str = "decided", **more: Any) -> dict[str, Any]:
    return row(name, **{"from": start}, **more)


def schedule(**more: Any) -> Schedule:
    return Schedule.model_validate(said(events=EVENTS, **more))


CLOCKS = schedule(
    clocks=[
        window("reply", latest={"working_days": 5}),
        window("suspend", latest={"days": 5}),
        window("report", latest={"days": 10, "after": "month_end"}),
        window(
            "sign_in",
            earliest={"hours": 2, "before": True},
            latest={"hours": 2},
            tolerance=cited(after={"hours": 1}, before={"hours": 1}),
        ),
        window("kept", earliest={"years": 2}),
        window(
            "apply", due={"months": 1}, latest={"months": 3}, missed=row("late", act="withdraw")
        ),
        window("unsaid", open=True),
    ],
    windows=[window("visit", latest={"months": 12})],
)


def clock(name: str, start: str, at: str | None = None) -> Answer:
    def moment(text: str) -> Day:
        return datetime.fromisoformat(text) if "T" in text else date.fromisoformat(text)

    last = moment(at) if at else None
    return clock_of(CLOCKS, clock_named(CLOCKS, name), moment(start), CHINA, last)


@pytest.mark.parametrize(
    ("name", "start", "last", "calendar"),
    [
        ("suspend", "2025-12-29", "2026-01-03", "calendar"),
        ("reply", "2026-02-13", "2026-02-27", "working_days:CN"),
        ("reply", "2026-09-30", "2026-10-13", "working_days:CN"),
        ("report", "2026-01-31", "2026-02-10", "calendar"),
        ("report", "2026-02-01", "2026-03-10", "calendar"),
        ("sign_in", "2026-05-01T09:00", "2026-05-01T11:00:00", "hours"),
        ("sign_in", "2026-05-01T23:30", "2026-05-02T01:30:00", "hours"),
        ("kept", "2024-02-29", "2026-02-28", "calendar"),
        ("apply", "2025-11-30", "2026-02-28", "calendar"),
        ("visit", "2024-02-29", "2025-02-28", "calendar"),
    ],
)
def test_a_clock_names_its_last_day_and_its_calendar(name, start, last, calendar):
    answer = clock(name, start)
    assert isinstance(answer.value, date)
    assert answer.value.isoformat() == last
    assert answer.more["calendar"] == calendar


def test_working_days_of_a_year_not_yet_announced_are_provisional():
    assert notes(clock("reply", "2026-12-20")) == []
    answer = clock("reply", "2026-12-28")
    assert notes(answer) == ["holidays_not_announced"]
    assert answer.warnings[0].facts["year"] == "2027"
    assert notes(clock("suspend", "2026-12-28")) == []


@pytest.mark.parametrize(
    ("at", "state"),
    [
        ("2026-05-01T05:59", "done_early"),
        ("2026-05-01T06:00", "done_to_explain"),
        ("2026-05-01T06:59", "done_to_explain"),
        ("2026-05-01T07:00", "done"),
        ("2026-05-01T11:00", "done"),
        ("2026-05-01T11:01", "done_to_explain"),
        ("2026-05-01T12:00", "done_to_explain"),
        ("2026-05-01T12:01", "done_late"),
    ],
)
def test_a_moment_around_a_planned_time_is_in_time_to_be_explained_or_late(at, state):
    answer = clock("sign_in", "2026-05-01T09:00", at)
    assert answer.more["state"] == state
    assert notes(answer) == ([] if state == "done" else [state])


def test_what_follows_is_told_with_the_clock():
    assert clock("apply", "2026-01-01").more["if_missed"].en == "something"
    assert clock("suspend", "2026-01-01").more["if_missed"] is None
    assert clock("suspend", "2026-01-01").more["state"] is None


def test_a_clock_that_is_unknown_or_open_or_lacks_a_time_says_so():
    assert faults(clock, "tea", "2026-01-01") == [("clock", "not_a_choice")]
    assert refused(clock, "unsaid", "2026-01-01") == ["open_in_rulebook"]
    assert faults(clock, "sign_in", "2026-05-01") == [("from", "needs_a_time")]
    assert faults(clock, "suspend", "2026-05-01", "2026-05-01T09:00") == [("at", "not_comparable")]
    zoned = "2026-05-01T09:00+08:00"
    assert faults(clock, "sign_in", zoned, "2026-05-01T09:00") == [("at", "not_comparable")]


INPUTS: dict[str, Any] = {"risk": {"type": "choice", "of": {"high": WORDS, "low": WORDS}}}
BY_RISK = schedule(
    inputs=declared(**INPUTS),
    validity=VALID | {"instead": [cited(when={"risk": "high"}, months=12)]},
    windows=[
        window(
            "visit",
            latest={"months": 12},
            instead=[cited(when={"risk": "high"}, due={"months": 3}, latest={"months": 6})],
        ),
        window("extra", latest={"months": 2}, when={"risk": "high"}),
    ],
)


@pytest.mark.parametrize(
    ("risk", "months", "latest", "names"),
    [("low", 36, 12, ["visit"]), ("high", 12, 6, ["visit", "extra"])],
)
def test_times_may_hang_on_the_facts_of_the_case(risk, months, latest, names):
    fitted = BY_RISK.fitted(Facts(BY_RISK.inputs, {"risk": risk}))
    assert fitted.validity is not None
    assert fitted.validity.in_months == months
    assert [one.id for one in fitted.windows] == names
    assert fitted.windows[0].latest is not None
    assert fitted.windows[0].latest.number == latest


EVERY = window("every", "previous", fulfilled_by="visit", number=2, each_further=True)
YEAR = {"months": 12}


@pytest.mark.parametrize(
    ("more", "told"),
    [
        ({"windows": [window("w", "born", latest=YEAR)]}, "no event named born"),
        ({"windows": [window("w", latest=YEAR, fulfilled_by="tea")]}, "no event named tea"),
        ({"least": [row("l", event="tea", number=1)]}, "no event named tea"),
        ({"validity": VALID | {"from": "born"}}, "no event named born"),
        ({"windows": [window(latest=YEAR)], "clocks": [window(latest=YEAR)]}, "twice: w"),
        ({"windows": [window()]}, "say earliest, due or latest"),
        (
            {"windows": [window("w", "previous", latest=YEAR)]},
            "'fulfilled_by' and a 'number' above 1",
        ),
        (
            {"windows": [window("w", "previous", latest=YEAR, fulfilled_by="visit", number=1)]},
            "'fulfilled_by' and a 'number' above 1",
        ),
        ({"windows": [EVERY | {"latest": YEAR}]}, "no validity is stated"),
        ({"windows": [EVERY | {"earliest": YEAR}], "validity": VALID}, "that moves on"),
        ({"windows": [EVERY | {"due": {"days": 0}}], "validity": VALID}, "that moves on"),
        (
            {"windows": [EVERY | {"latest": YEAR | {"before": True}}], "validity": VALID},
            "that moves on",
        ),
        ({"windows": [window(latest={"hours": 1})]}, "counts hours"),
        ({"clocks": [window(latest=YEAR, when={"risk": "high"})]}, "has 'when'"),
        ({"inputs": declared(decided="date")}, "the name of an event"),
        ({"validity": cited(**{"from": "issued"})}, "say years or months"),
        ({"validity": VALID | {"months": 1}}, "say years or months"),
        ({"windows": [window(latest=YEAR, tolerance=cited())]}, "say after, before or both"),
    ],
)
def test_a_schedule_that_does_not_hold_together_is_refused(more, told):
    with pytest.raises(ValidationError, match=told):
        schedule(**more)

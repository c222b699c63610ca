"""``calc dates``: validity, windows and what is overdue, at the edges that the readings name."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from certbody.rules.dates import add_months
from tests.cli.running import Ran, calc

DAY = timedelta(days=1)
DECIDED = "2024-03-31"


def dates(scheme: str, **options: object) -> Ran:
    return calc("dates", scheme, **{"decided": DECIDED, "issued": DECIDED, **options})


def window(ran: Ran, name: str) -> dict[str, Any]:
    (found,) = [one for one in ran.found["events"] if one["what"] == name]
    return dict(found)


def days(ran: Ran, name: str) -> list[str | None]:
    return [window(ran, name)[one] for one in ("earliest", "due", "latest")]


def states(ran: Ran) -> dict[str, str]:
    return {one["what"]: one["state"] for one in ran.found["events"]}


@pytest.mark.parametrize("scheme", ["ecpsc", "ccai"])
@pytest.mark.parametrize(
    ("issued", "ends"),
    [
        ("2025-01-15", "2028-01-14"),
        ("2024-02-29", "2027-02-28"),
        ("2024-03-01", "2027-02-28"),
        ("2025-02-28", "2028-02-27"),
        ("2026-01-01", "2028-12-31"),
    ],
)
def test_three_years_end_on_the_day_before_the_anniversary(scheme, issued, ends):
    ran = dates(scheme, decided=issued, issued=issued)
    assert (ran.value, ran.found["unit"], ran.found["valid_from"]) == (ends, "date", issued)
    assert ran.warned == []


@pytest.mark.parametrize("scheme", ["ecpsc", "ccai"])
def test_issued_left_out_is_taken_from_the_decision_with_a_warning(scheme):
    ran = calc("dates", scheme, decided="2024-02-29")
    assert (ran.value, ran.warned) == ("2027-02-28", ["issued_assumed"])


@pytest.mark.parametrize("scheme", ["ecpsc", "ccai"])
def test_issued_before_the_decision_is_refused(scheme):
    ran = dates(scheme, issued="2024-03-30")
    assert (ran.code, ran.codes) == (3, ["issued_before_decision"])
    assert ran.found["refusals"][0]["clause"] == "ISO/IEC 17065:2012 7.7.3"


@pytest.mark.requirement("E-9.1a")
@pytest.mark.parametrize(
    ("decided", "first", "second"),
    [
        ("2024-03-31", ("2024-12-31", "2025-03-31"), ("2026-03-31", "2026-06-30")),
        ("2024-02-29", ("2024-11-29", "2025-02-28"), ("2026-02-28", "2026-05-28")),
        ("2024-05-31", ("2025-02-28", "2025-05-31"), ("2026-05-31", "2026-08-31")),
    ],
)
def test_ecpsc_windows_run_from_the_decision_and_from_the_first_surveillance(
    decided, first, second
):
    ran = dates("ecpsc", decided=decided, issued=decided)
    assert days(ran, "first_surveillance") == [first[0], first[1], first[1]]
    assert days(ran, "second_surveillance") == [None, *second]
    assert window(ran, "second_surveillance")["state"] == "projected"
    assert {one["clause"] for one in ran.found["events"][:2]} == {"9.1"}


@pytest.mark.requirement("E-9.1a")
@pytest.mark.parametrize(
    ("on", "state"),
    {
        "2024-12-30": "not_yet",
        "2024-12-31": "open",
        "2025-03-31": "open",
        "2025-04-01": "overdue",
    }.items(),
)
def test_ecpsc_first_surveillance_is_overdue_from_the_day_after_twelve_months(on, state):
    ran = dates("ecpsc", on=on)
    assert states(ran)["first_surveillance"] == state
    assert ran.found["overdue"] == ["first_surveillance"] * (state == "overdue")


@pytest.mark.requirement("E-9.1a")
@pytest.mark.parametrize(
    ("on", "state"),
    {
        "2026-01-30": "open",
        "2026-01-31": "due",
        "2026-04-30": "due",
        "2026-05-01": "overdue",
    }.items(),
)
def test_ecpsc_second_surveillance_is_due_after_twelve_and_overdue_after_fifteen_months(on, state):
    ran = dates("ecpsc", surveillance="2025-01-31", on=on)
    assert states(ran)["first_surveillance"] == "done"
    assert states(ran)["second_surveillance"] == state
    assert ("second_surveillance" in ran.found["overdue"]) is (state == "overdue")


@pytest.mark.requirement("E-9.1a")
@pytest.mark.parametrize(
    ("first", "state"),
    {
        "2024-12-30": "done_early",
        "2024-12-31": "done",
        "2025-03-31": "done",
        "2025-04-01": "done_late",
    }.items(),
)
def test_ecpsc_warns_of_a_first_surveillance_outside_its_window(first, state):
    ran = dates("ecpsc", surveillance=first)
    assert states(ran)["first_surveillance"] == state
    assert ran.warned == ([] if state == "done" else [state])


def test_ecpsc_says_what_follows_a_missed_surveillance():
    missed = window(dates("ecpsc"), "first_surveillance")["missed"]
    assert (missed["act"], missed["ground"]) == ("suspend", "contract_not_met")
    assert missed["clause"]


@pytest.mark.requirement("E-10a", "C-9")
@pytest.mark.parametrize("scheme", ["ecpsc", "ccai"])
@pytest.mark.parametrize(("on", "overdue"), {"2025-11-28": False, "2025-11-29": True}.items())
def test_the_last_day_to_apply_is_three_months_before_expiry(scheme, on, overdue):
    """Expiry 2026-02-28: the last day is 2025-11-28, and still in time."""
    start = "2023-03-01"
    kept = ["2024-03-01", "2025-02-28"]
    ran = dates(scheme, decided=start, issued=start, surveillance=kept, on=on)
    assert ran.value == "2026-02-28"
    assert window(ran, "recertification_application")["latest"] == "2025-11-28"
    assert ran.found["overdue"] == ["recertification_application"] * overdue


@pytest.mark.parametrize("scheme", ["ecpsc", "ccai"])
def test_a_renewed_certificate_runs_on_from_the_old_expiry(scheme):
    ran = dates(
        scheme, decided="2027-01-20", issued="2027-01-25", event="previous_expiry=2027-02-28"
    )
    assert (ran.found["valid_from"], ran.value) == ("2027-03-01", "2030-02-28")


@pytest.mark.requirement("C-8.1.1")
@pytest.mark.parametrize(
    ("issued", "latest", "following"),
    [
        ("2024-02-29", "2025-02-28", "2026-02-28"),
        ("2024-03-31", "2025-03-31", "2026-03-31"),
        ("2023-03-01", "2024-03-01", "2025-03-01"),
    ],
)
def test_ccai_surveillances_follow_within_a_year_from_issue(issued, latest, following):
    ran = dates("ccai", decided=issued, issued=issued)
    assert days(ran, "first_surveillance") == [None, latest, latest]
    assert days(ran, "further_surveillance_2") == [None, following, following]
    assert window(ran, "first_surveillance")["clause"] == "8.1.1"


@pytest.mark.requirement("C-8.1.1")
@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)), st.integers(0, 380), st.integers(0, 900))
def test_ccai_each_surveillance_is_in_time_up_to_a_year_after_the_last(issued, gap, later):
    first = issued + gap * DAY
    on = first + later * DAY
    ran = dates("ccai", decided=issued, issued=issued, surveillance=first, on=on)
    assert (states(ran)["first_surveillance"] == "done") is (first <= add_months(issued, 12))
    second = window(ran, "further_surveillance_2")
    assert second["latest"] == add_months(first, 12).isoformat()
    assert (second["state"] == "overdue") is (on > add_months(first, 12))


@pytest.mark.requirement("C-8.1.1")
@pytest.mark.parametrize(
    ("recertified", "third"),
    {None: "open", "2026-12-15": None, "2027-01-31": None, "2027-02-01": "open"}.items(),
)
def test_ccai_asks_for_a_third_surveillance_unless_the_recertification_audit_comes_in_time(
    recertified, third
):
    event = [f"recertification_audit={recertified}"] if recertified else []
    kept = ["2025-01-31", "2026-01-31"]
    ran = dates("ccai", surveillance=kept, event=event, on="2026-12-20")
    assert states(ran).get("further_surveillance_3") == third


@pytest.mark.parametrize("scheme", ["ecpsc", "ccai"])
@pytest.mark.parametrize(("on", "late"), {"2026-02-28": False, "2026-03-01": True}.items())
def test_a_suspension_of_three_months_is_clamped_to_the_month_s_end(scheme, on, late):
    kept = {"surveillance": "2025-03-01", "suspended": "2025-11-30"}
    ran = dates(scheme, **kept, on=on)
    assert window(ran, "suspension_end")["latest"] == "2026-02-28"
    assert ("suspension_end" in ran.found["overdue"]) is late
    assert window(ran, "suspension_end")["missed"]["act"] == "withdraw"
    restored = dates(scheme, **kept, event="restored=2026-02-28", on="2026-03-31")
    assert states(restored)["suspension_end"] == "done"


@pytest.mark.requirement("E-11.3.2a")
@pytest.mark.parametrize(
    ("extended", "on", "overdue"),
    [
        (None, "2026-03-01", ["suspension_end"]),
        ("2026-02-28", "2026-03-01", []),
        ("2026-02-28", "2026-05-30", []),
        ("2026-02-28", "2026-05-31", ["suspension_extended"]),
    ],
)
def test_ecpsc_extends_a_suspension_to_six_months_at_most(extended, on, overdue):
    events = [f"extended={extended}"] if extended else []
    visits = ["2025-03-01", "2025-11-01"]
    ran = dates("ecpsc", surveillance=visits, suspended="2025-11-30", event=events, on=on)
    assert ran.found["overdue"] == overdue
    assert window(ran, "suspension_extended")["latest"] == "2026-05-30"


def test_ecpsc_counts_two_surveillances_in_a_cycle_that_has_ended():
    ended = {"on": "2027-03-31"}
    short = dates("ecpsc", surveillance="2025-03-01", **ended).found["short"]
    assert [(one["event"], one["number"]) for one in short] == [("surveillance", "2")]
    kept = ["2025-03-01", "2026-03-01"]
    assert dates("ecpsc", surveillance=kept, **ended).found["short"] == []
    assert dates("ecpsc", on="2027-03-30").found["short"] == []


@pytest.mark.parametrize(
    ("options", "code"),
    [
        ({"decided": "2025-02-29"}, "not_a_date"),
        ({"issued": "2024-13-01"}, "not_a_date"),
        ({"decided": "20240331"}, "not_a_date"),
        ({"on": "20240331"}, "not_a_date"),
        ({"on": "soon"}, "not_a_date"),
        ({"surveillance": ["2025-01-01", "x"]}, "not_a_date"),
        ({"event": "restored=1"}, "not_a_date"),
        ({"event": "decided=2024-04-01"}, "happens_once"),
        ({"event": ["issued=2024-04-01", "issued=2024-04-02"]}, "happens_once"),
        ({"decided": "9999-12-31", "issued": "9999-12-31"}, "date_out_of_range"),
        ({"event": "previous_expiry=9999-12-31"}, "date_out_of_range"),
    ],
)
def test_what_is_no_day_is_named(options, code):
    ran = dates("ecpsc", **options)
    assert (ran.code, set(ran.codes)) == (2, {code})


def test_events_of_one_kind_come_together_however_they_are_given():
    ran = dates("ecpsc", surveillance="2025-01-31", event="surveillance=2026-01-31")
    assert states(ran)["first_surveillance"] == states(ran)["second_surveillance"] == "done"


@pytest.mark.parametrize("scheme", ["ecpsc", "ccai"])
def test_an_event_the_rulebook_does_not_know_is_named(scheme):
    assert dates(scheme, event="wedding=2025-05-05").warned == ["input_not_used"]


def test_a_decision_is_needed():
    ran = calc("dates", "ecpsc", issued="2024-01-01")
    assert (ran.code, ran.codes) == (2, ["bad_usage"])
    assert "--decided" in ran.found["refusals"][0]["message"]


def test_what_a_clock_prints_can_be_taken_as_a_date():
    last = calc("clock", "ecpsc", "monthly_report", from_="2026-01-31").value
    assert dates("ecpsc", decided=last, issued=last).found["valid_from"] == last

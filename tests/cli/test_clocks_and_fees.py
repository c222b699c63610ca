"""``calc clock`` and ``calc fee``: last days with their calendar, and contract figures summed."""

import pytest

from tests.cli.running import asking, calc


@pytest.mark.parametrize(
    ("scheme", "name", "start", "last"),
    [
        ("ecpsc", "suspension_decision", "2026-02-26", "2026-03-03"),
        ("ecpsc", "misuse_correction", "2025-08-31", "2026-02-28"),
        ("ecpsc", "monthly_report", "2026-01-31", "2026-02-10"),
        ("ecpsc", "rules_filed", "2026-02-28", "2026-03-30"),
        ("ecpsc", "records_kept", "2024-02-29", "2026-02-28"),
        ("ecpsc", "first_surveillance", "2024-02-29", "2025-02-28"),
        ("ccai", "suspension_decision", "2026-02-26", "2026-03-03"),
        ("ccai", "records_kept", "2026-03-31", "2028-03-31"),
        ("ccai", "suspension_end", "2025-11-30", "2026-02-28"),
    ],
)
def test_a_clock_ends_on_its_day_and_names_its_calendar(scheme, name, start, last):
    ran = calc("clock", scheme, name, from_=start)
    assert (ran.value, ran.found["unit"], ran.found["calendar"]) == (last, "date", "calendar")
    assert ran.found["steps"][0]["clause"]


@pytest.mark.requirement("E-6.1.4")
def test_ecpsc_system_has_run_long_enough_from_the_day_three_months_on():
    ran = calc("clock", "ecpsc", "system_running", from_="2025-11-30")
    assert (ran.value, ran.found["earliest"]) == ("2026-02-28", "2026-02-28")


@pytest.mark.parametrize(
    ("scheme", "name"), [("ecpsc", "correction"), ("ecpsc", "complaint_reply"), ("ccai", "report")]
)
def test_a_clock_that_the_rulebook_leaves_open_is_refused_as_open(scheme, name):
    ran = calc("clock", scheme, name, from_="2026-01-01")
    assert (ran.code, ran.codes) == (3, ["open_in_rulebook"])
    assert ran.found["refusals"][0]["clause"]


@pytest.mark.parametrize(
    ("name", "start", "code"),
    [
        ("tea", "2026-01-01", "not_a_choice"),
        ("records_kept", "yesterday", "not_a_date"),
        ("records_kept", "2026-02-29", "not_a_date"),
        ("records_kept", "", "not_a_date"),
        ("records_kept", "9999-12-31", "date_out_of_range"),
    ],
)
def test_a_clock_needs_a_name_and_a_day(name, start, code):
    ran = calc("clock", "ecpsc", name, from_=start)
    assert (ran.code, ran.codes) == (2, [code])


CONTRACT = {"event": "initial", "man_days": "4.5", "day_rate": 2000}


@pytest.mark.parametrize(
    ("more", "value", "lacking"),
    [
        ({}, "9000", 2),
        ({"application_fee": 500, "certificate_fee": 300}, "9800", 0),
        ({"event": "change", "certificate_fee": 300}, "300", 0),
        ({"event": "change"}, "0", 1),
        ({"event": "surveillance", "application_fee": 500}, "9000", 1),
    ],
)
def test_ecpsc_sums_what_the_contract_says_and_tells_what_the_total_lacks(more, value, lacking):
    ran = asking("fee", "ecpsc", CONTRACT | more)
    assert (ran.value, ran.found["unit"]) == (value, "CNY")
    travels = (CONTRACT | more)["event"] != "change"
    assert len(ran.found["at_cost"]) == travels
    unused = {"change": 2, "surveillance": 1}.get(str(more.get("event")), 0)
    assert ran.warned == ["not_in_total"] * lacking + ["input_not_used"] * unused


def test_ccai_sums_what_the_contract_says():
    facts = {"man_days": "4.5", "man_day_rate": 2000, "application_fee": 500}
    ran = asking("fee", "ccai", facts)
    assert (ran.value, len(ran.found["at_cost"])) == ("9500", 1)
    assert [line["value"] for line in ran.found["lines"]] == ["500", "9000", None, None]


@pytest.mark.parametrize("scheme", ["ecpsc", "ccai"])
def test_a_fee_takes_what_the_man_days_printed(scheme):
    printed = calc("man-days", scheme, activity="initial", people=500, sites=1).found
    prices = {"event": "initial", "day_rate": 1000, "man_day_rate": 1000}
    assert asking("fee", scheme, {**printed, **prices}).value == "4000"


@pytest.mark.parametrize(
    ("scheme", "facts", "codes"),
    [
        ("ecpsc", {}, ["missing_input"]),
        ("ecpsc", {"event": "initial"}, ["missing_input"]),
        ("ecpsc", CONTRACT | {"event": "party"}, ["not_a_choice"]),
        ("ecpsc", CONTRACT | {"man_days": "-1"}, ["below_least"]),
        ("ecpsc", CONTRACT | {"day_rate": "nan"}, ["not_a_number"]),
        ("ccai", {"man_days": 4}, ["missing_input"]),
        ("ccai", {"man_days": 4, "man_day_rate": "-1"}, ["below_least"]),
    ],
)
def test_a_fee_names_what_it_lacks(scheme, facts, codes):
    ran = asking("fee", scheme, facts)
    assert (ran.code, ran.codes) == (2, codes)

"""``calc man-days``: every figure and boundary that both rulebooks and their readings give."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from certbody.rules.numbers import number_from
from tests.cli.running import calc

# Annex 1 with readings A3 and A4: headcount and man-days, both edges of each step
BY_HEADCOUNT = {
    1: 2,
    65: 2,
    66: 3,
    150: 3,
    151: 4,
    500: 4,
    501: 5,
    1000: 5,
    1001: 6,
    1500: 6,
    1501: 7,
    2000: 7,
    2001: 8,
    10000: 23,
}
# A6: what is left of 2, 3, 4, 5 and 6 man-days after 30 %, rounded up to half days
LEAST = {65: "1.5", 150: "2.5", 500: "3", 1000: "3.5", 1500: "4.5"}


@pytest.mark.requirement("E-7.1.2a")
@pytest.mark.parametrize("activity", ["initial", "surveillance", "recertification"])
@pytest.mark.parametrize(("people", "days"), BY_HEADCOUNT.items())
def test_ecpsc_counts_by_headcount(people, days, activity):
    ran = calc("man-days", "ecpsc", activity=activity, people=people)
    assert ran.value == str(days)
    assert ran.found["unit"] == "man-day"
    assert ran.found["parts"] == {"on_site": str(days), "document_review": None}
    assert ran.found["steps"][0]["clause"].startswith("附件一 一.")
    assert ran.warned == (["other_reading"] if people % 500 == 1 and people > 1000 else [])


@pytest.mark.parametrize(("people", "days"), {1001: 5, 1499: 5, 1500: 6, 2000: 7}.items())
def test_ecpsc_under_the_other_reading_counts_full_steps_only(people, days):
    ran = calc("man-days", "ecpsc", activity="initial", people=people, reading="A4=completed")
    assert ran.value == str(days)


@given(st.integers(1, 10**7))
def test_ecpsc_never_asks_less_for_more_people(people):
    fewer = calc("man-days", "ecpsc", activity="initial", people=max(people - 1, 1)).value
    assert (
        0
        <= int(calc("man-days", "ecpsc", activity="initial", people=people).value) - int(fewer)
        <= 1
    )


@pytest.mark.requirement("E-7.1.2b")
@pytest.mark.parametrize("days", ["0.5", "0.75", "1"])
def test_ecpsc_counts_the_document_review_apart(days):
    ran = calc("man-days", "ecpsc", activity="initial", people=500, document_review=days)
    assert ran.value == "4"
    assert ran.found["parts"] == {"on_site": "4", "document_review": days}
    cut = calc(
        "man-days",
        "ecpsc",
        activity="initial",
        people=500,
        document_review=days,
        reduce=30,
        reason="流程单一",
    )
    assert (cut.value, cut.found["parts"]["document_review"]) == ("3", days)


@pytest.mark.requirement("E-7.1.2b")
@pytest.mark.parametrize("days", ["0", "0.4", "0.499", "1.01", "2", "-1"])
def test_ecpsc_refuses_a_document_review_outside_its_range(days):
    ran = calc("man-days", "ecpsc", activity="initial", people=65, document_review=days)
    assert (ran.code, ran.codes) == (3, ["outside_range"])
    assert ran.found["refusals"][0]["clause"] == "附件一 二"


@pytest.mark.requirement("E-7.1.2c")
@pytest.mark.parametrize(("people", "least"), LEAST.items())
@pytest.mark.parametrize("percent", ["30", "30%", "30.0", " 30 % "])
def test_ecpsc_takes_thirty_percent_off_and_no_more(people, least, percent):
    asked = {"activity": "initial", "people": people}
    ran = calc("man-days", "ecpsc", **asked, reduce=percent, reason="服务单一，流程成熟")
    assert ran.value == ran.found["minimum"] == least
    assert calc("man-days", "ecpsc", **asked).found["minimum"] == least
    assert any(step["clause"] == "附件一 三.2" for step in ran.found["steps"])


@pytest.mark.requirement("E-7.1.2c")
@pytest.mark.parametrize(
    ("options", "codes"),
    [
        ({"reduce": "31", "reason": "流程单一"}, ["reduction_too_large"]),
        ({"reduce": "30.01", "reason": "流程单一"}, ["reduction_too_large"]),
        ({"reduce": "100", "reason": "流程单一"}, ["reduction_too_large"]),
        ({"reduce": "10"}, ["reason_missing"]),
        ({"reduce": "10", "reason": ""}, ["reason_missing"]),
        ({"reduce": "10", "reason": "  "}, ["reason_missing"]),
        ({"reduce": "31"}, ["reduction_too_large", "reason_missing"]),
        ({"add": "1"}, ["reason_missing"]),
        ({"reduce": "31", "add": "1"}, ["reduction_too_large", "reason_missing", "reason_missing"]),
    ],
)
def test_ecpsc_refuses_more_than_the_cap_and_changes_without_a_reason(options, codes):
    ran = calc("man-days", "ecpsc", activity="initial", people=65, **options)
    assert (ran.code, ran.codes) == (3, codes)
    assert all(one["clause"] for one in ran.found["refusals"])


@pytest.mark.requirement("E-7.1.2c")
@given(
    st.sampled_from(list(BY_HEADCOUNT.items())),
    st.fractions(0, 30, max_denominator=100),
    st.fractions(0, 50, max_denominator=4),
)
def test_ecpsc_reduces_the_base_only_and_adds_without_a_cap(row, percent, extra):
    people, days = row
    changes = {"reduce": percent, "add": extra, "reason": "服务特殊"}
    ran = calc("man-days", "ecpsc", activity="initial", people=people, **changes)
    reduced = -(-(days * (100 - percent) / 100) * 2 // 1) / Fraction(2)
    assert number_from(ran.value) == reduced + extra
    assert number_from(ran.found["minimum"]) == -(-(days * Fraction(7, 10)) * 2 // 1) / Fraction(2)


@pytest.mark.requirement("E-7.1.2e")
@pytest.mark.parametrize(
    ("options", "value", "warned"),
    [
        ({"sites": 1}, "2", []),
        ({"sites": 3}, "2", ["entered_nothing"]),
        ({"sites": 3, "input": "further_site_days=1.5", "reason": "两个门店"}, "3.5", []),
        ({"sites": 1, "input": "further_site_days=1"}, "2", ["input_not_used"]),
        ({"initial_man_days": 4}, "2", ["input_not_used"]),
    ],
)
def test_ecpsc_takes_further_sites_from_a_person(options, value, warned):
    ran = calc("man-days", "ecpsc", activity="initial", people=65, **options)
    assert (ran.value, ran.warned) == (value, warned)


@pytest.mark.requirement("E-7.1.2e")
def test_ecpsc_asks_for_the_reason_of_days_for_further_sites():
    asked = {"activity": "initial", "people": 65, "sites": 3, "input": "further_site_days=1"}
    assert calc("man-days", "ecpsc", **asked).codes == ["reason_missing"]


def test_ecpsc_leaves_the_time_of_an_extension_open():
    ran = calc("man-days", "ecpsc", activity="extension", people=65)
    assert (ran.code, ran.codes) == (3, ["open_in_rulebook"])


# B4, B5: certified sites with the first, the capability audit, and both parts together
BY_SITES = {1: ("2", "4"), 2: ("2.5", "5"), 4: ("3.5", "7"), 26: ("14.5", "29"), 101: ("52", "104")}


@pytest.mark.requirement("C-6.2.1.2b", "C-6.2.2.2")
@pytest.mark.parametrize("activity", ["initial", "recertification", "extension"])
@pytest.mark.parametrize(("sites", "days"), BY_SITES.items())
def test_ccai_counts_by_sites_and_the_evaluation_takes_no_less(sites, days, activity):
    audit, total = days
    ran = calc("man-days", "ccai", activity=activity, sites=sites)
    assert ran.value == ran.found["minimum"] == total
    parts = {"document_review": None, "management_audit": audit, "characteristic_evaluation": audit}
    assert ran.found["parts"] == parts
    assert {step["clause"] for step in ran.found["steps"]} >= {"6.2.1.2.2", "6.2.2.2"}


def test_ccai_takes_one_site_where_none_is_given():
    assert calc("man-days", "ccai", activity="initial").value == "4"


@pytest.mark.requirement("C-6.2.1.2b", "C-6.2.2.2")
@given(st.integers(1, 10**9), st.fractions(0, 20, max_denominator=4))
def test_ccai_can_only_be_raised(sites, extra):
    asked = {"activity": "initial", "sites": sites}
    least = number_from(calc("man-days", "ccai", **asked).value)
    ran = calc("man-days", "ccai", **asked, add=extra, reason="风险较高")
    assert least == 2 * (2 + Fraction(sites - 1, 2))
    assert number_from(ran.value) == least + extra
    assert number_from(ran.found["minimum"]) == least
    parts = ran.found["parts"]
    assert number_from(parts["characteristic_evaluation"]) >= number_from(parts["management_audit"])


@pytest.mark.requirement("C-6.2.1.2b")
@pytest.mark.parametrize(
    ("options", "ended", "codes"),
    [
        ({"add": "1"}, 3, ["reason_missing"]),
        ({"add": "-1", "reason": "x"}, 2, ["below_least"]),
        ({"sites": 0}, 2, ["below_least"]),
    ],
)
def test_ccai_refuses_what_would_lower_the_time(options, ended, codes):
    ran = calc("man-days", "ccai", **{"activity": "initial", **options})
    assert (ran.code, ran.codes) == (ended, codes)


def test_ccai_knows_no_reduction():
    ran = calc("man-days", "ccai", activity="initial", reduce=30, reason="体系成熟")
    assert (ran.value, ran.warned) == ("4", ["input_not_used", "input_not_used"])


def test_ccai_shows_the_other_reading_where_it_gives_another_figure():
    asked = {"activity": "initial", "sites": 26, "input": "visited_sites=6"}
    ran = calc("man-days", "ccai", **asked)
    assert ran.value == "29"
    (told,) = [note for note in ran.found["warnings"] if note["code"] == "other_reading"]
    assert "9" in told["message"]
    assert calc("man-days", "ccai", **asked, reading="B4=visited").value == "9"


@pytest.mark.requirement("C-8.2")
@pytest.mark.parametrize(
    ("initial", "days"), {"4": "2", "5": "2.5", "7": "3.5", "29": "14.5", "4.5": "2.25"}.items()
)
def test_ccai_surveillance_takes_half_of_the_initial_time(initial, days):
    ran = calc("man-days", "ccai", activity="surveillance", initial_man_days=initial)
    assert ran.value == ran.found["minimum"] == days
    assert ran.found["parts"]["on_site"] == days
    assert {step["clause"] for step in ran.found["steps"]} == {"8.2"}


def test_ccai_surveillance_takes_what_the_initial_question_printed():
    initial = calc("man-days", "ccai", activity="initial", sites=26).value
    ran = calc("man-days", "ccai", activity="surveillance", initial_man_days=initial)
    assert ran.value == "14.5"
    fraction = calc("man-days", "ccai", activity="surveillance", initial_man_days="7200/91")
    assert fraction.value == "3600/91"


@pytest.mark.requirement("C-8.2")
def test_ccai_surveillance_takes_more_where_another_grade_is_applied_for():
    asked = {"activity": "surveillance", "initial_man_days": 4}
    more = ["grade_change=true", "grade_change_man_days=1"]
    assert calc("man-days", "ccai", **asked, input=more).value == "3"
    reminded = calc("man-days", "ccai", **asked, input="grade_change=true")
    assert (reminded.value, reminded.warned) == ("2", ["entered_nothing"])


def test_ccai_surveillance_needs_the_initial_time():
    ran = calc("man-days", "ccai", activity="surveillance", people=9)
    assert (ran.code, ran.codes) == (2, ["missing_input"])
    assert ran.found["refusals"][0]["where"] == "initial_man_days"


def test_ccai_has_no_figure_for_the_document_review_and_takes_it_apart():
    ran = calc("man-days", "ccai", activity="initial", document_review="0.25", people=500)
    assert (ran.value, ran.found["parts"]["document_review"]) == ("4", "0.25")
    assert ran.warned == ["input_not_used"]

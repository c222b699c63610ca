"""``calc grade``: stars by score, letters by rates; and a grade taken from what a score printed."""

import json
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from certbody.rules.numbers import in_figures
from tests.cli.criteria import all_met, points, tiers
from tests.cli.running import Ran, asking, run

PASSED = {"characteristic_evaluation": "passed"}
BOTH = {"management_audit": "passed", **PASSED}


def stars(score: object, **more: object) -> Ran:
    facts = {"score": str(score), "special_deductions": 0, "outcomes": PASSED}
    return asking("grade", "ecpsc", facts | more)


@pytest.mark.requirement("E-7.6.2b", "E-7.4.1s")
@pytest.mark.parametrize(
    ("score", "grade"),
    {
        "100": "五星",
        "95": "五星",
        "94.99": "四星",
        "9499999999/100000000": "四星",
        "90": "四星",
        "89.99": "三星",
        "80": "三星",
        "79.99": "达标级",
        "70": "达标级",
        "69.99": None,
        "0": None,
    }.items(),
)
def test_ecpsc_gives_stars_by_the_score_and_never_rounds_up(score, grade):
    ran = stars(score)
    assert (ran.code, ran.found["grade"], ran.value) == (0, grade, grade)
    assert (ran.found["name"] is None) is (grade is None)


@pytest.mark.requirement("E-7.6.2b")
@pytest.mark.parametrize(("number", "grade"), {0: "五星", 4: "五星", 5: None, 9: None}.items())
def test_ecpsc_gives_no_certificate_at_five_special_deductions(number, grade):
    ran = stars(99, special_deductions=number)
    assert (ran.code, ran.found["grade"]) == (0, grade)
    assert [one["id"] for one in ran.found["missed"]] == ["special_deductions"] * (grade is None)


@pytest.mark.requirement("E-7.6.2b")
@pytest.mark.parametrize(
    "outcomes",
    [
        {"characteristic_evaluation": "not_passed"},
        {"characteristic_evaluation": "passed", "management_audit": "not_passed"},
        {"characteristic_evaluation": "passed", "management_audit": "stopped"},
    ],
)
def test_ecpsc_gives_no_grade_unless_the_evaluation_has_passed(outcomes):
    ran = stars(99, outcomes=outcomes)
    assert (ran.code, ran.found["grade"]) == (0, None)
    assert len(ran.found["missed"]) == 1


def test_ecpsc_says_what_kept_it_from_the_next_grade():
    (missed,) = stars("94.99").found["missed"]
    assert (missed["grade"], missed["actual"], missed["bound"]) == ("五星", "94.99", "95")
    assert "94.99" in missed["message"]
    assert missed["clause"]
    assert stars(95).found["missed"] == []


@pytest.mark.parametrize(
    ("readings", "measures", "grade"),
    [
        ([], {}, "五星"),
        (["manager_share=required"], {"manager_share": "10%"}, "五星"),
        (["manager_share=required"], {"manager_share": "9.99%"}, None),
        (["year_at_lowest=required"], {"years_at_lowest": 1, "outstanding": False}, "五星"),
        (["year_at_lowest=required"], {"years_at_lowest": "0.9", "outstanding": False}, "达标级"),
        (["year_at_lowest=required"], {"years_at_lowest": 0, "outstanding": True}, "五星"),
    ],
)
def test_ecpsc_customs_are_off_until_they_are_switched_on(readings, measures, grade):
    facts = {"score": 96, "special_deductions": 0, "outcomes": PASSED, "measures": measures}
    ran = asking("grade", "ecpsc", facts, *(f"--reading={one}" for one in readings))
    assert ran.found["grade"] == grade
    if not readings:
        assert asking("grade", "ecpsc", facts | {"measures": {"manager_share": 0}}).warned == [
            "input_not_used"
        ]


@pytest.mark.parametrize(
    ("facts", "faults"),
    [
        ({"score": "nan"}, ["not_a_number"]),
        ({"score": "100.01"}, ["above_most"]),
        ({"score": "-0.01"}, ["below_least"]),
        ({"score": None}, ["missing_input"]),
        ({"special_deductions": "1.5"}, ["not_a_count"]),
        ({"special_deductions": None, "score": None}, ["missing_input"] * 2),
        ({"outcomes": {"characteristic_evaluation": "excellent"}}, ["not_a_choice"]),
        ({"outcomes": "passed"}, ["missing_input"]),
    ],
)
def test_ecpsc_names_what_it_needs_and_cannot_read(facts, faults):
    whole = {"score": 90, "special_deductions": 0, "outcomes": PASSED}
    ran = asking("grade", "ecpsc", whole | facts)
    assert (ran.code, ran.codes) == (2, faults)


def letters(basic: object, expected: object, ecological: object, **more: object) -> Ran:
    rates = {"basic": basic, "expected": expected, "ecological": ecological}
    return asking("grade", "ccai", {"rates": rates, "outcomes": BOTH} | more)


@pytest.mark.requirement("C-3.2")
@pytest.mark.parametrize(
    ("rates", "grade"),
    [
        (("1", "0.95", "3/4"), "A+"),
        (("100%", "95%", "75%"), "A+"),
        (("1", "19/20", "74.99%"), "A"),
        (("1", "94.99%", "1"), "A"),
        (("99.99%", "1", "1"), "A"),
        (("95%", "90%", "0"), "A"),
        (("94.99%", "1", "1"), "B"),
        (("1899/2000", "1", "1"), "B"),
        (("0.95", "0.8999", "1"), "B"),
        (("85%", "0", "0"), "B"),
        (("17/20", "0", "0"), "B"),
        (("84.99%", "1", "1"), None),
        (("0", "0", "0"), None),
    ],
)
def test_ccai_gives_the_highest_grade_whose_rates_are_all_reached(rates, grade):
    ran = letters(*rates)
    assert (ran.code, ran.found["grade"], ran.value) == (0, grade, grade)


RATE = st.fractions(0, 1, max_denominator=200)


def by_hand(basic: Fraction, expected: Fraction, ecological: Fraction) -> str | None:
    if basic == 1 and expected * 20 >= 19 and ecological * 4 >= 3:
        return "A+"
    if basic * 20 >= 19 and expected * 10 >= 9:
        return "A"
    return "B" if basic * 20 >= 17 else None


@pytest.mark.requirement("C-3.2")
@given(RATE | st.just(Fraction(1)), RATE, RATE)
def test_ccai_compares_exact_fractions(basic, expected, ecological):
    ran = letters(*(in_figures(one) for one in (basic, expected, ecological)))
    assert ran.found["grade"] == by_hand(basic, expected, ecological)


@pytest.mark.requirement("C-3.2")
@pytest.mark.parametrize(
    ("audit", "evaluation", "grade"),
    [
        ("passed", "passed", "A+"),
        ("passed_after_correction", "passed", "A+"),
        ("not_passed", "passed", None),
        ("stopped", "passed", None),
        ("passed", "not_passed", None),
    ],
)
def test_ccai_gives_no_grade_unless_both_parts_have_passed(audit, evaluation, grade):
    outcomes = {"management_audit": audit, "characteristic_evaluation": evaluation}
    ran = letters("1", "1", "1", outcomes=outcomes)
    assert (ran.code, ran.found["grade"]) == (0, grade)
    assert len(ran.found["missed"]) == (grade is None)


@pytest.mark.requirement("C-3.2")
@pytest.mark.parametrize(
    ("rates", "grade", "missed"),
    [
        (("99.9%", "94%", "70%"), "A+", ["basic", "expected", "ecological"]),
        (("90%", "80%", "1"), "A", ["basic", "expected"]),
        (("84%", "80%", "1"), "B", ["basic"]),
        (("1", "1", "0.7"), "A+", ["ecological"]),
    ],
)
def test_ccai_says_which_conditions_of_the_next_grade_failed(rates, grade, missed):
    found = letters(*rates).found["missed"]
    assert [one["id"] for one in found] == missed
    assert {one["grade"] for one in found} == {grade}
    assert all("%" in one["message"] and one["clause"] for one in found)


@pytest.mark.requirement("C-3.2")
@pytest.mark.parametrize("rate", ["0.95", "95%", "19/20", "95 %", 0.95])
def test_a_rate_may_be_written_in_several_ways(rate):
    assert letters(rate, "0.9", "0").found["grade"] == "A"


@pytest.mark.parametrize(
    ("rate", "code"),
    [
        ("95", "ambiguous_ratio"),
        (95, "ambiguous_ratio"),
        ("1.01", "ambiguous_ratio"),
        ("101%", "not_a_ratio"),
        ("21/20", "not_a_ratio"),
        ("-1%", "not_a_ratio"),
        ("nan", "not_a_number"),
        ("0/0", "nothing_to_count"),
        ("1/0", "nothing_to_count"),
        ("", "missing_input"),
        (None, "missing_input"),
        ([], "not_a_number"),
    ],
)
def test_a_rate_that_is_none_or_could_mean_two_things_is_refused(rate, code):
    ran = letters("1", rate, "1")
    assert (ran.code, ran.codes) == (2, [code])
    assert ran.found["refusals"][0]["where"] == "rates.expected"


def test_ccai_names_what_it_does_not_use():
    ran = letters("1", "1", "1", score=99, special_deductions=7)
    assert (ran.found["grade"], ran.warned) == ("A+", ["input_not_used"] * 2)


@pytest.mark.requirement("E-7.4.1s", "E-7.6.2b")
def test_ecpsc_grades_what_the_score_printed():
    """With samples of many sizes the score is a long fraction, and is taken as it is."""
    names = list(points("ecpsc", "service_evaluation"))
    results: dict[str, Any] = all_met(points("ecpsc", "service_evaluation"))
    for number, name in enumerate(names):
        results[name] = {"samples": 30 + number, "failed": 2}
    scored = asking("score", "ecpsc", {"results": results, "special_deductions": 2})
    assert len(scored.value) > 40
    printed: dict[str, Any] = {**scored.found, "outcomes": PASSED}
    ran = run("calc", "grade", "ecpsc", "-", stdin=json.dumps(printed).encode())
    assert ran.found["grade"] == "四星"
    failed = asking("score", "ecpsc", {"results": results, "special_deductions": 5})
    assert asking("grade", "ecpsc", {**failed.found, "outcomes": PASSED}).found["grade"] is None


@pytest.mark.requirement("C-3.2")
def test_ccai_grades_what_the_rates_printed():
    found = tiers("ccai", "characteristics")
    results = all_met(found)
    missed = [name for name, tier in found.items() if tier == "ecological"]
    results |= dict.fromkeys(missed[: len(missed) // 4 + 1], "not_met")
    scored = asking("score", "ccai", {"results": results}).found
    ran = asking("grade", "ccai", {**scored, "outcomes": BOTH})
    assert ran.found["grade"] == "A"
    assert [one["id"] for one in ran.found["missed"]] == ["ecological"]


@pytest.mark.parametrize("unit", [None, [], {}, "point", 5])
def test_what_looks_like_an_answer_is_read_with_care(unit):
    odd = {"steps": [], "refusals": [], "warnings": [], "unit": unit}
    ran = asking("grade", "ecpsc", odd)
    assert (ran.code, set(ran.codes)) == (2, {"missing_input"})

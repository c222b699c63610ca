"""``calc score``: points of one rulebook, conformity rates of the other, and what is no result."""

from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from certbody.rules.numbers import number_from
from tests.cli.criteria import all_met, points, tiers
from tests.cli.running import Ran, asking

PLAIN = {"special_deductions": 0}


def ecpsc(changed: dict[str, object] | None = None, **more: object) -> Ran:
    results = all_met(points("ecpsc", "service_evaluation")) | (changed or {})
    return asking("score", "ecpsc", {"results": results, **PLAIN, **more})


def lost(number: str, changed: dict[str, object]) -> None:
    assert number_from(ecpsc(changed).value) == 100 - Fraction(number)


def one_of(worth: object) -> str:
    """An indicator worth so many points."""
    found = points("ecpsc", "service_evaluation")
    return next(name for name, one in found.items() if one == Fraction(str(worth)))


@pytest.mark.requirement("E-7.4.1s")
def test_ecpsc_scores_a_hundred_where_everything_is_met():
    ran = ecpsc()
    assert (ran.value, ran.found["unit"], ran.found["score"]) == ("100", "point", "100")
    assert ran.found["components"][0]["applies"] == "100"
    assert {note["code"] for note in ran.found["warnings"]} >= {"sample_criteria"}


@pytest.mark.requirement("E-7.4.1s")
@pytest.mark.parametrize("worth", [1, "1.5", 2])
def test_ecpsc_takes_all_points_of_an_indicator_that_is_not_met(worth):
    lost(str(worth), {one_of(worth): "not_met"})


@pytest.mark.requirement("E-7.4.1s")
def test_ecpsc_takes_one_point_where_five_of_twenty_records_fail_on_four_points():
    names = [name for name, one in points("ecpsc", "service_evaluation").items() if one == 4]
    assert names, "the worked case of the standard needs an indicator of 4 points"
    lost("1", {names[0]: {"samples": 20, "failed": 5}})


@pytest.mark.requirement("E-7.4.1s")
@given(st.sampled_from(["1", "1.5", "2"]), st.integers(1, 400), st.data())
def test_ecpsc_takes_points_in_proportion_to_the_samples_that_failed(worth, samples, data):
    failed = data.draw(st.integers(0, samples))
    ran = ecpsc({one_of(worth): {"samples": samples, "failed": failed}})
    assert number_from(ran.value) == 100 - Fraction(worth) * failed / samples


@pytest.mark.requirement("E-7.4.1s")
def test_ecpsc_leaves_out_what_does_not_apply():
    """Of 90 points that apply, 72 are obtained: 80."""
    found = points("ecpsc", "service_evaluation")
    names = sorted(found, key=lambda name: found[name])
    out = taken(names, Fraction(10))
    not_met = taken([name for name in reversed(names) if name not in out], Fraction(18))
    changed = dict.fromkeys(out, "not_applicable") | dict.fromkeys(not_met, "not_met")
    ran = ecpsc(dict(changed))
    (component,) = ran.found["components"]
    assert (component["reached"], component["applies"], ran.value) == ("72", "90", "80")


def taken(names: list[str], worth: Fraction) -> list[str]:
    """Indicators that are worth exactly so much together."""
    found, kept, left = points("ecpsc", "service_evaluation"), [], worth
    for name in names:
        if found[name] <= left:
            kept.append(name)
            left -= found[name]
    assert not left
    return kept


@pytest.mark.requirement("E-7.4.1s")
@pytest.mark.parametrize(
    ("given", "score"),
    [
        ({"special_deductions": 3}, "97"),
        ({"special_deductions": 3, "bonus": 1}, "98"),
        ({"special_deductions": 0, "bonus": 1}, "100"),
        ({"special_deductions": 1, "bonus": "1"}, "100"),
        ({"special_deductions": 2, "bonus": "0.5"}, "98.5"),
    ],
)
def test_ecpsc_normalises_then_deducts_then_adds_then_caps(given, score):
    assert ecpsc(**given).value == score


@pytest.mark.requirement("E-7.4.1s")
def test_ecpsc_deducts_after_normalising():
    name = one_of(2)
    ran = ecpsc({name: "not_applicable"}, special_deductions=1)
    assert ran.value == "99"
    half = ecpsc({one_of(1): "not_met", name: "not_applicable"}, special_deductions=1, bonus=1)
    assert number_from(half.value) == Fraction(9700, 98)


@pytest.mark.requirement("E-7.4.1s")
def test_ecpsc_cuts_a_bonus_over_one():
    ran = ecpsc(special_deductions=5, bonus=3)
    assert (ran.value, ran.found["failed"]) == ("96", ["special_deductions"])
    assert sorted(ran.warned) == ["bonus_capped", "special_deductions_fail"]


@pytest.mark.requirement("E-7.4.1s")
@pytest.mark.parametrize(("number", "failed"), {4: [], 5: ["special_deductions"]}.items())
def test_ecpsc_fails_at_five_special_deductions(number, failed):
    ran = ecpsc(special_deductions=number)
    assert (ran.value, ran.found["failed"]) == (str(100 - number), failed)
    assert ran.found["special_deductions"] == str(number)


def test_ecpsc_never_falls_below_nothing():
    names = points("ecpsc", "service_evaluation")
    results = dict.fromkeys(names, "not_met")
    ran = asking("score", "ecpsc", {"results": results, "special_deductions": 3})
    assert ran.value == "0"


@pytest.mark.requirement("E-7.4.1")
@pytest.mark.parametrize(
    ("result", "ended", "code"),
    [
        ({"points": "2.01"}, 3, "score_above_maximum"),
        ({"points": "-1"}, 2, "below_least"),
        ({"points": "nan"}, 2, "not_a_number"),
        ({"samples": 0, "failed": 0}, 2, "not_a_sample"),
        ({"samples": 5, "failed": 6}, 2, "not_a_sample"),
        ("good", 2, "not_a_result"),
        (None, 2, "not_a_result"),
        (2, 2, "not_a_result"),
    ],
)
def test_ecpsc_names_the_indicator_whose_result_is_none(result, ended, code):
    name = one_of(2)
    ran = ecpsc({name: result})
    assert (ran.code, ran.codes) == (ended, [code])
    assert name in ran.found["refusals"][0]["message"]


def test_ecpsc_names_every_indicator_that_is_unknown_or_left_out():
    results = all_met(points("ecpsc", "service_evaluation"))
    gone = list(results)[:2]
    for name in gone:
        del results[name]
    ran = asking("score", "ecpsc", {"results": results | {"9.9": "met"}, **PLAIN})
    assert (ran.code, ran.codes) == (2, ["unknown_criterion", "criteria_left_out"])
    assert all(name in ran.found["refusals"][1]["message"] for name in gone)


def test_ecpsc_names_what_it_does_not_use():
    assert ecpsc(weather="fine").warned == ["input_not_used"]


def ccai(changed: dict[str, object] | None = None, **more: object) -> Ran:
    results = all_met(tiers("ccai", "characteristics")) | (changed or {})
    return asking("score", "ccai", {"results": results, **more})


def of_tier(name: str) -> list[str]:
    return [one for one, tier in tiers("ccai", "characteristics").items() if tier == name]


@pytest.mark.requirement("C-6.2.2.5")
def test_ccai_gives_a_rate_for_each_tier_and_dimension():
    ran = ccai()
    assert ran.found["rates"] == dict.fromkeys(("basic", "expected", "ecological"), "1")
    assert len(ran.found["dimensions"]) == 5
    assert (ran.value, ran.found["unit"]) == (None, "ratio")


@pytest.mark.requirement("C-6.2.2.5")
@given(st.sampled_from(["basic", "expected", "ecological"]), st.data())
def test_ccai_counts_what_applies_and_what_is_met_exactly(tier, data):
    names = of_tier(tier)
    one = st.sampled_from(["met", "not_met", "not_applicable", {"samples": 20, "failed": 1}])
    drawn: dict[str, Any] = {name: data.draw(one) for name in names}
    applies = [result for result in drawn.values() if result != "not_applicable"]
    ran = ccai(drawn)
    if not applies:
        assert (ran.code, ran.codes) == (3, ["nothing_to_count"])
        return
    rate = Fraction(sum(result == "met" for result in applies), len(applies))
    assert number_from(ran.found["rates"][tier]) == rate


def test_ccai_leaves_a_tier_without_anything_that_applies_to_a_person():
    ran = ccai(dict.fromkeys(of_tier("basic"), "not_applicable"))
    assert (ran.code, ran.codes) == (3, ["nothing_to_count"])
    assert ran.found["refusals"][0]["clause"] == "6.2.2.5"


def test_ccai_names_what_it_does_not_use():
    assert ccai(special_deductions=3, bonus=1).warned == ["input_not_used"] * 2

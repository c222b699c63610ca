"""Scores: proportional loss, exclusions, deductions, bonus and cap, in the order that is stated."""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from itertools import permutations
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from certbody.rules.components import criteria_of
from certbody.rules.criteria import CriteriaSet
from certbody.rules.scores import Scoring
from certbody.rules.scoring import score_of
from certbody.rules.terms import Answer
from tests.rules.making import faults, figure, notes, refused, row, said

POINTS = {"1.1": 4, "1.2": 6, "2.1": 10, "2.2": 0}
TREE = [
    row("1", points=10, parts=[row("1.1", points=4), row("1.2", points=6)]),
    row("2", points=10, parts=[row("2.1", points=10), row("2.2", points=0)]),
]
SETS = {"list": CriteriaSet.model_validate(said(tree=TREE, full=20))}
ALL_MET: dict[str, object] = dict.fromkeys(POINTS, "met")
ADJUSTMENTS = {
    "special_deductions": row("special", each=1, effect="lower", fail_at=5),
    "bonus": row("bonus", at_most=1),
    "cap": 100,
}


def scoring(**more: Any) -> Scoring:
    stated = {
        "unit": "point",
        "full": 100,
        "components": [row("all", criteria="list")],
        "exclusions": True,
        "samples": "proportional",
        "rounding": "exact",
    }
    return Scoring.model_validate(said(**stated) | more)


def adjusted(*order: str, **more: Any) -> Scoring:
    return scoring(order=order, **{name: ADJUSTMENTS[name] for name in order}, **more)


def scored(section: Scoring, **given: object) -> Answer:
    return score_of(section, SETS, {"results": ALL_MET, **given})


def with_results(section: Scoring, **results: object) -> Answer:
    named = {name.replace("_", "."): one for name, one in results.items()}
    return scored(section, results={**ALL_MET, **{k.lstrip("c"): v for k, v in named.items()}})


@st.composite
def results(draw: st.DrawFn) -> dict[str, object]:
    found: dict[str, object] = {}
    for name, points in POINTS.items():
        samples = draw(st.integers(1, 30))
        sampled = {"samples": samples, "failed": draw(st.integers(0, samples))}
        given = {"points": str(draw(st.fractions(0, points, max_denominator=99)))}
        plain = ["met", "not_met", "not_applicable"]
        found[name] = draw(st.sampled_from([*plain, sampled, given]))
    return found


def reached(result: object, points: int) -> Fraction | None:
    """What a criterion brings, worked out by hand; None where it does not apply."""
    match result:
        case "met":
            return Fraction(points)
        case "not_met":
            return Fraction(0)
        case {"samples": int(samples), "failed": int(failed)}:
            return points - Fraction(points, samples) * failed
        case {"points": str(text)}:
            return Fraction(text)
    return None


def by_hand(
    found: Mapping[str, object], order: Sequence[str], special: int, bonus: Fraction
) -> Fraction | None:
    brought = {name: reached(found[name], points) for name, points in POINTS.items()}
    applies = sum(POINTS[name] for name, one in brought.items() if one is not None)
    if not applies:
        return None
    score = sum((one for one in brought.values() if one is not None), Fraction(0)) * 100 / applies
    for step in order:
        if step == "special_deductions":
            score -= special
        elif step == "bonus":
            score += min(bonus, Fraction(1))
        else:
            score = min(score, Fraction(100))
    return max(score, Fraction(0))


ORDERS = [order for length in range(4) for order in permutations(ADJUSTMENTS, length)]


@given(results(), st.sampled_from(ORDERS), st.integers(0, 99), st.fractions(0, 3))
def test_the_score_is_what_the_steps_give_by_hand(found, order, special, bonus):
    expected = by_hand(found, order, special, bonus)
    given = {"results": found, "special_deductions": special, "bonus": bonus}
    if expected is None:
        assert refused(scored, adjusted(*order), **given) == ["nothing_applies"]
        return
    answer = scored(adjusted(*order), **given)
    assert figure(answer) == answer.more["score"] == expected
    assert figure(answer) >= 0
    if order and order[-1] == "cap":
        assert figure(answer) <= 100


@given(results(), st.sampled_from(list(POINTS)))
def test_a_better_result_never_lowers_the_score(found, name):
    if found[name] != "not_applicable":
        better = {**found, name: "met"}
        after, before = (figure(scored(scoring(), results=one)) for one in (better, found))
        assert after >= before


def test_a_sample_that_fails_in_part_loses_in_proportion():
    """Five of twenty records fail on an indicator of 4 points: one point is lost."""
    answer = with_results(scoring(full=20), c1_1={"samples": 20, "failed": 5})
    assert answer.value == 19


def test_all_or_nothing_is_another_reading_of_samples():
    section = scoring(full=20, samples="all_or_nothing")
    assert with_results(section, c1_1={"samples": 20, "failed": 1}).value == 16
    assert with_results(section, c1_1={"samples": 20, "failed": 0}).value == 20
    assert with_results(section, c1_1={"points": 3}).value == 19


def test_what_does_not_apply_is_left_out_of_both_sides():
    answer = with_results(scoring(), c2_1="not_applicable", c1_1="not_met")
    assert answer.value == 60
    (component,) = answer.more["components"]
    assert (component["reached"], component["applies"]) == (6, 10)


def test_an_exclusion_that_is_not_foreseen_is_refused():
    section = scoring(exclusions=False)
    assert refused(with_results, section, c2_1="not_applicable") == ["exclusion_not_foreseen"]


@pytest.mark.parametrize(
    ("effect", "fail_at", "number", "score", "failed"),
    [
        ("lower", 5, 4, 96, []),
        ("lower", 5, 5, 95, ["special"]),
        ("lower", None, 99, 1, []),
        ("lower", None, 101, 0, []),
        ("count", 5, 4, 100, []),
        ("count", 5, 5, 100, ["special"]),
        ("count", None, 9, 100, []),
        ("fail", None, 0, 100, []),
        ("fail", None, 1, 100, ["special"]),
    ],
)
def test_special_deductions_lower_count_or_fail(effect, fail_at, number, score, failed):
    rule = row("special", each=1, effect=effect, fail_at=fail_at)
    section = scoring(special_deductions=rule, order=["special_deductions"])
    answer = scored(section, special_deductions=number)
    assert (answer.value, answer.more["failed"]) == (score, failed)
    assert answer.more["special_deductions"] == number
    assert notes(answer) == ["special_deductions_fail"] * len(failed)


def test_a_bonus_over_its_limit_is_cut_and_said():
    answer = scored(adjusted("bonus"), bonus="1.5")
    assert answer.value == 101
    assert notes(answer) == ["bonus_capped"]
    assert notes(scored(adjusted("bonus"), bonus=1)) == []


@pytest.mark.parametrize(
    ("given", "fault"),
    [
        ({}, ("special_deductions", "missing_input")),
        ({"special_deductions": -1}, ("special_deductions", "below_least")),
        ({"special_deductions": "0.5"}, ("special_deductions", "not_a_count")),
        ({"special_deductions": 0, "bonus": "-1"}, ("bonus", "below_least")),
        ({"special_deductions": 0, "bonus": "nan"}, ("bonus", "not_a_number")),
    ],
)
def test_deductions_are_counted_and_never_guessed(given, fault):
    assert faults(scored, adjusted("special_deductions", "bonus", "cap"), **given) == [fault]


@pytest.mark.parametrize(("first", "second", "score"), [(1, 1, 50), (3, 1, 75), (1, 3, 25)])
def test_components_count_by_weight_whatever_the_weights_sum_to(first, second, score):
    parts = [
        row("service", criteria="list", under=["1"], weight=first),
        row("customers", criteria="list", under=["2"], weight=second),
    ]
    answer = with_results(scoring(components=parts), c2_1="not_met", c2_2="not_met")
    assert answer.value == score
    assert answer.more["measures"] == {"floors_missed": 0, "service": 1, "customers": 0}


def test_a_component_asks_only_for_what_lies_under_its_headings():
    section = scoring(components=[row("service", criteria="list", under=["1"])])
    assert [leaf.id for leaf in criteria_of(section, SETS)] == ["1.1", "1.2"]
    assert scored(section, results={"1.1": "met", "1.2": "not_met"}).value == 40


@pytest.mark.parametrize(
    ("floor", "share", "missed"),
    [
        ({"at_least": "1/2"}, 5, []),
        ({"at_least": "51%"}, 5, ["floor:2.1"]),
        ({"at_least": "51%", "criteria": ["1.1"]}, 5, []),
        ({"at_least": "51%", "criteria": ["2"]}, 5, ["floor:2"]),
    ],
)
def test_an_item_below_its_floor_is_named(floor, share, missed):
    section = scoring(floors=[row("floor", **floor)])
    answer = with_results(section, c2_1={"points": share})
    assert answer.more["floors_missed"] == missed
    assert answer.more["measures"]["floors_missed"] == len(missed)
    assert notes(answer) == ["item_below_floor"] * len(missed)


def test_results_of_an_earlier_period_count_only_where_foreseen():
    now = {name: "met" for name in POINTS if name != "2.1"}
    section = scoring(earlier=row("earlier", criteria=["2.1"]))
    assert scored(section, results=now, earlier={"2.1": "not_met"}).value == 50
    assert scored(section, results=ALL_MET, earlier={"2.1": "not_met"}).value == 100
    codes = ["earlier_result_not_foreseen"]
    assert refused(scored, section, results=now, earlier={"1.1": "met"}) == codes
    assert refused(scored, scoring(), results=now, earlier={"2.1": "met"}) == codes
    assert faults(scored, section, results=now, earlier=["2.1"]) == [("earlier", "not_an_object")]


def test_a_score_without_stated_rounding_is_open_unless_it_is_whole():
    section = scoring(rounding=None)
    assert scored(section).value == 100
    sampled = {"samples": 7, "failed": 1}
    assert refused(with_results, section, c1_1=sampled) == ["open_in_rulebook"]
    rounded = scoring(rounding={"down_to": "0.01"})
    assert with_results(rounded, c1_1=sampled).value == Fraction("97.14")


@pytest.mark.parametrize(
    ("more", "told"),
    [
        ({"bonus": ADJUSTMENTS["bonus"]}, "puts in order what the section states"),
        ({"order": ["cap"]}, "puts in order what the section states"),
        ({"cap": 100, "order": ["cap", "cap"]}, "puts in order what the section states"),
        ({"full": 0}, "are above 0"),
        ({"components": [row("all", criteria="list", weight=0)]}, "are above 0"),
    ],
)
def test_nothing_that_is_stated_is_left_out_of_the_order(more, told):
    with pytest.raises(ValidationError, match=told):
        scoring(**more)

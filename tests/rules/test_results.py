"""Results of criteria as auditors give them, and criteria trees whose points add up."""

from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from certbody.rules.criteria import CriteriaSet, Criterion
from certbody.rules.results import read_results
from tests.rules.making import faults, refused, row, said

LEAVES = [
    Criterion.model_validate(row("a", points=4)),
    Criterion.model_validate(row("b")),
    Criterion.model_validate(row("c", points=0)),
]
MET = {"a": "met", "b": "met", "c": "met"}


def share(result: object) -> tuple[Fraction, bool, bool]:
    one = read_results(LEAVES, {**MET, "a": result})["a"]
    return one.share, one.applies, one.met


@pytest.mark.parametrize(
    ("result", "expected"),
    [
        ("met", (1, True, True)),
        ("not_met", (0, True, False)),
        ("not_applicable", (0, False, False)),
        ({"samples": 20, "failed": 5}, (Fraction(3, 4), True, False)),
        ({"samples": "20", "failed": "0"}, (1, True, True)),
        ({"samples": 3, "failed": 3}, (0, True, False)),
        ({"points": "3.5"}, (Fraction(7, 8), True, False)),
        ({"points": 4}, (1, True, True)),
        ({"points": 0}, (0, True, False)),
        ({"points": "8/3"}, (Fraction(2, 3), True, False)),
    ],
)
def test_the_share_of_a_criterion_that_is_reached(result, expected):
    assert share(result) == expected


@given(st.integers(1, 10**6), st.data())
def test_a_sample_counts_by_what_passed(samples, data):
    failed = data.draw(st.integers(0, samples))
    reached, applies, met = share({"samples": samples, "failed": failed})
    assert reached * samples == samples - failed
    assert applies
    assert met is (failed == 0)


@pytest.mark.parametrize(
    ("result", "code"),
    [
        (None, "not_a_result"),
        ("Met", "not_a_result"),
        (True, "not_a_result"),
        (3, "not_a_result"),
        ([], "not_a_result"),
        ({}, "not_a_result"),
        ({"samples": 20}, "not_a_result"),
        ({"samples": 20, "failed": 5, "points": 1}, "not_a_result"),
        ({"points": 1, "reason": "x"}, "not_a_result"),
        ({"samples": 0, "failed": 0}, "not_a_sample"),
        ({"samples": 20, "failed": 21}, "not_a_sample"),
        ({"samples": 20, "failed": -1}, "not_a_sample"),
        ({"samples": 20, "failed": "0.5"}, "not_a_sample"),
        ({"samples": "1.5", "failed": 1}, "not_a_sample"),
        ({"samples": "nan", "failed": 1}, "not_a_number"),
        ({"samples": 20, "failed": None}, "not_a_number"),
        ({"points": True}, "not_a_number"),
        ({"points": "-1"}, "below_least"),
    ],
)
def test_what_is_no_result_is_named_with_its_place(result, code):
    assert faults(share, result) == [("results.a", code)]


def test_points_above_the_maximum_are_refused_by_the_criterion_s_clause():
    assert refused(share, {"points": "4.01"}) == ["score_above_maximum"]


def test_a_criterion_without_points_is_given_none():
    given = {**MET, "b": {"points": 1}}
    assert faults(read_results, LEAVES, given) == [("results.b", "no_points_here")]


def test_a_criterion_of_no_points_loses_none():
    assert read_results(LEAVES, {**MET, "c": {"points": 0}})["c"].met


def test_everything_that_is_wrong_is_named_at_once():
    given = {"a": "maybe", "c": {"samples": 1, "failed": 2}, "x": "met", "y": "met"}
    assert faults(read_results, LEAVES, given) == [
        ("results.x", "unknown_criterion"),
        ("results.y", "unknown_criterion"),
        ("results", "criteria_left_out"),
        ("results.a", "not_a_result"),
        ("results.c", "not_a_sample"),
    ]


@pytest.mark.parametrize("given", [None, [], "met", 1])
def test_results_come_by_criterion(given):
    assert faults(read_results, LEAVES, given) == [("results", "not_an_object")]


def criteria(**more: Any) -> CriteriaSet:
    return CriteriaSet.model_validate(said(**more))


def test_points_of_parts_sum_to_their_heading_and_headings_to_the_whole():
    parts = [row("1.1", points="2.5"), row("1.2", points="1.5")]
    found = criteria(full=5, tree=[row("1", points=4, parts=parts), row("2", points=1)])
    assert [leaf.id for leaf in found.leaves()] == ["1.1", "1.2", "2"]
    assert [one.id for one in found.walk()] == ["1", "1.1", "1.2", "2"]


@pytest.mark.parametrize(
    ("more", "told"),
    [
        ({"tree": [row("1", points=5, parts=[row("1.1", points=4)])]}, "parts sum to 4, not 5"),
        ({"full": 5, "tree": [row("1", points=4)]}, "the points sum to 4, not 5"),
        ({"tree": [row("1"), row("1")]}, "criterion '1' twice"),
        ({"tree": [row("1", parts=[row("1")])]}, "criterion '1' twice"),
        ({"tiers": [row("basic")], "tree": [row("1")]}, "has no tier out of basic"),
        ({"tiers": [row("basic")], "tree": [row("1", tier="top")]}, "has no tier out of basic"),
        ({"dimensions": [row("safe")], "tree": [row("1")]}, "has no dimension out of safe"),
        ({"tree": []}, "at least 1 item"),
    ],
)
def test_a_tree_that_does_not_add_up_is_refused(more, told):
    with pytest.raises(ValidationError, match=told):
        criteria(**more)

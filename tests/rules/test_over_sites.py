"""Several sites in one figure: pooled, the lowest, the mean; results between met and not met."""

from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from certbody.rules.criteria import CriteriaSet
from certbody.rules.rates import Rates, rates_of
from certbody.rules.scores import Scoring
from certbody.rules.scoring import score_of
from tests.rules.making import faults, figure, refused, row, said

HOW = ("pooled", "lowest", "mean")
TREE = [row("a", points=10, tier="basic"), row("b", points=30, tier="basic")]
SET = CriteriaSet.model_validate(said(tree=TREE, tiers=[row("basic")]))
GRADINGS = [row("fair", worth="50%"), row("poor", worth="1/5")]
RESULT = st.sampled_from(["met", "not_met", "fair", "poor"])
SITES = st.dictionaries(
    st.sampled_from(["north", "south", "east"]),
    st.fixed_dictionaries({"a": RESULT, "b": RESULT}),
    min_size=1,
)


def scoring(how: str | None, **more: Any) -> Scoring:
    stated: dict[str, Any] = {
        "unit": "point",
        "full": 100,
        "components": [row("all", criteria="set")],
        "exclusions": True,
        "samples": "proportional",
        "rounding": "exact",
        "scale": GRADINGS,
    }
    sites = {"sites": row("sites", how=how)} if how else {}
    return Scoring.model_validate(said(**stated) | sites | more)


def score(section: Scoring, **given: Any) -> Fraction:
    return figure(score_of(section, {"set": SET}, given))


@given(SITES)
def test_several_sites_come_to_what_each_of_them_gives(sites):
    own = [score(scoring(None), results=results) for results in sites.values()]
    assert score(scoring("lowest"), sites=sites) == min(own)
    mean = sum(own, Fraction(0)) / len(own)
    assert score(scoring("mean"), sites=sites) == mean
    assert score(scoring("pooled"), sites=sites) == mean  # the same points apply at each site


def test_pooled_counts_what_applies_at_each_site():
    sites = {"north": {"a": "met", "b": "not_applicable"}, "south": {"a": "not_met", "b": "met"}}
    assert score(scoring("pooled"), sites=sites) == 80
    assert score(scoring("mean"), sites=sites) == Fraction(175, 2)


@pytest.mark.parametrize(("how", "missed"), [("pooled", []), ("lowest", ["key:a@south"])])
def test_a_floor_holds_for_what_is_reckoned_together(how, missed):
    floors = [row("key", criteria=["a"], at_least="50%")]
    sites = {"north": {"a": "met", "b": "met"}, "south": {"a": "poor", "b": "met"}}
    answer = score_of(scoring(how, floors=floors), {"set": SET}, {"sites": sites})
    assert answer.more["floors_missed"] == missed
    assert answer.more["measures"]["key"] == len(missed)


def test_each_floor_is_a_measure_of_its_own():
    floors = [row("key", criteria=["a"], at_least="60%"), row("every", at_least="1/2")]
    results = {"a": "fair", "b": "poor"}
    measures = score_of(scoring(None, floors=floors), {"set": SET}, {"results": results}).more
    assert measures["measures"] == {
        "all": Fraction(11, 40),
        "key": 1,
        "every": 1,
        "floors_missed": 2,
    }


def test_a_rulebook_that_says_nothing_on_several_sites_leaves_them_open():
    given = {"sites": {"north": {"a": "met", "b": "met"}}}
    assert refused(score_of, scoring(None), {"set": SET}, given) == ["open_in_rulebook"]


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({"sites": {}}, [("sites", "not_an_object")]),
        ({"sites": {}, "results": {}}, [("sites", "results_twice")]),
        ({"sites": {"north": {"a": "met"}}}, [("sites.north", "criteria_left_out")]),
        ({"sites": {"north": {"a": "met", "b": "nice"}}}, [("sites.north.b", "not_a_result")]),
    ],
)
def test_faults_name_the_site(given, expected):
    assert faults(score_of, scoring("mean"), {"set": SET}, given) == expected


def test_a_grading_has_a_name_of_its_own():
    with pytest.raises(ValidationError, match="a grading is not named"):
        scoring(None, scale=[row("met", worth=1)])


@pytest.mark.parametrize(("how", "rate"), list(zip(HOW, ("3/4", "1/2", "3/4"), strict=True)))
def test_rates_over_sites(how, rate):
    stated = said(criteria="set", exclusions=True, samples="all_must_pass")
    section = Rates.model_validate(stated | {"sites": row("sites", how=how)})
    sites = {"north": {"a": "met", "b": "met"}, "south": {"a": "met", "b": "not_met"}}
    assert rates_of(section, SET, {"sites": sites}).more["rates"] == {"basic": Fraction(rate)}

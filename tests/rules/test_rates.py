"""Conformity rates: exact, by tier and dimension, without what does not apply."""

from collections import Counter
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from certbody.rules.criteria import CriteriaSet
from certbody.rules.rates import Rates, rates_of
from certbody.rules.terms import Answer
from tests.rules.making import notes, refused, row, said

TIERS, DIMENSIONS = ("basic", "expected"), ("safe", "caring")
PLACES = {
    f"{tier}-{dimension}-{number}": (tier, dimension)
    for tier in TIERS
    for dimension in DIMENSIONS
    for number in range(3)
}
TREE = [row(name, tier=tier, dimension=part) for name, (tier, part) in PLACES.items()]
SET = CriteriaSet.model_validate(
    said(tiers=[row(one) for one in TIERS], dimensions=[row(one) for one in DIMENSIONS], tree=TREE)
)


def rates(*, exclusions: bool = True, samples: str = "all_must_pass") -> Rates:
    return Rates.model_validate(said(criteria="s", exclusions=exclusions, samples=samples))


def counted(section: Rates, **changed: object) -> Answer:
    found: dict[str, object] = dict.fromkeys(PLACES, "met")
    found |= {name.replace("_", "-"): one for name, one in changed.items()}
    return rates_of(section, SET, {"results": found})


ONE = st.sampled_from(
    ["met", "not_met", "not_applicable", {"samples": 4, "failed": 1}, {"samples": 3, "failed": 0}]
)
PARTS = {"met": Fraction(1), "not_met": Fraction(0)}


def part_met(result: Any, samples: str) -> Fraction:
    if isinstance(result, str):
        return PARTS[result]
    passed = Fraction(result["samples"] - result["failed"], result["samples"])
    return passed if samples == "proportional" else Fraction(passed == 1)


@given(
    st.fixed_dictionaries(dict.fromkeys(PLACES, ONE)),
    st.sampled_from(["all_must_pass", "proportional"]),
)
def test_each_rate_is_what_counting_by_hand_gives(found, samples):
    met: Counter[str] = Counter()
    applies: Counter[str] = Counter()
    for name, result in found.items():
        for group in PLACES[name] if result != "not_applicable" else ():
            applies[group] += 1
            met[group] += part_met(result, samples)  # type: ignore[assignment]
    if not all(applies[tier] for tier in TIERS):
        empty = sum(not applies[tier] for tier in TIERS)
        codes = refused(rates_of, rates(samples=samples), SET, {"results": found})
        assert codes == ["nothing_to_count"] * empty
        return

    answer = rates_of(rates(samples=samples), SET, {"results": found})
    assert answer.more["rates"] == {tier: met[tier] / Fraction(applies[tier]) for tier in TIERS}
    assert answer.more["dimensions"] == {
        one: met[one] / Fraction(applies[one]) if applies[one] else None for one in DIMENSIONS
    }


def test_six_of_seven_stays_six_of_seven():
    name = "basic_safe_0"
    assert counted(rates(), **{name: "not_met"}).more["rates"] == {
        "basic": Fraction(5, 6),
        "expected": 1,
    }


def test_a_tier_in_which_nothing_applies_is_for_a_person_and_a_dimension_has_no_figure():
    out = {name.replace("-", "_"): "not_applicable" for name in PLACES if "basic" in name}
    assert refused(counted, rates(), **out) == ["nothing_to_count"]
    out = {name.replace("-", "_"): "not_applicable" for name in PLACES if "safe" in name}
    answer = counted(rates(), **out)
    assert answer.more["dimensions"] == {"safe": None, "caring": 1}
    assert notes(answer) == ["dimension_empty"]


def test_an_exclusion_that_is_not_foreseen_is_refused():
    section = rates(exclusions=False)
    codes = refused(counted, section, basic_safe_0="not_applicable")
    assert codes == ["exclusion_not_foreseen"]


@pytest.mark.parametrize(("samples", "rate"), [("all_must_pass", "5/6"), ("proportional", "23/24")])
def test_a_sample_counts_as_the_rulebook_says(samples, rate):
    answer = counted(rates(samples=samples), basic_safe_0={"samples": 4, "failed": 1})
    assert answer.more["rates"]["basic"] == Fraction(rate)

"""Criteria: what holds a tree together. Reading it by questions is tested with the rulebooks."""

from fractions import Fraction
from typing import Any

import pytest
from pydantic import ValidationError

from certbody.rules.criteria import CriteriaSet, Criterion, NamedRow
from certbody.rules.terms import Clause

SAID: dict[str, Any] = {"clause": Clause("1"), "zh": "甲", "en": "a"}


def one(own, points="1", **more):
    return Criterion(id=own, points=Fraction(points), **SAID, **more)


def test_children_sum_to_their_parent():
    one("A", "3/2", parts=(one("A1", "1/2"), one("A2")))

    with pytest.raises(ValidationError, match="A: parts sum to 3/2, not 2"):
        one("A", "2", parts=(one("A1", "1/2"), one("A2")))


def test_the_top_level_sums_to_the_full_score():
    with pytest.raises(ValidationError, match="the points sum to 2, not 3"):
        CriteriaSet(full=Fraction(3), tree=(one("A"), one("B")), **SAID)


def test_no_id_stands_twice_at_any_level():
    with pytest.raises(ValidationError, match="criterion 'B' twice"):
        CriteriaSet(tree=(one("A", parts=(one("B"),)), one("B")), **SAID)


def test_a_veto_stands_on_an_indicator_never_on_a_heading():
    with pytest.raises(ValidationError, match="A: a heading cannot be a veto; mark its parts"):
        one("A", veto=True, parts=(one("B"),))


@pytest.mark.parametrize("kind", ["tier", "dimension"])
def test_every_indicator_has_a_tier_and_a_dimension_where_there_are_any(kind):
    rows: dict[str, Any] = {f"{kind}s": (NamedRow(id="x", **SAID),)}
    heading = one("A", parts=(one("B", **{kind: "x"}),))
    assert len(CriteriaSet(tree=(heading,), **rows, **SAID).leaves()) == 1

    faulty: list[dict[str, Any]] = [{}, {kind: "y"}]
    for wrong in faulty:
        with pytest.raises(ValidationError, match=f"criterion 'A' has no {kind} out of x"):
            CriteriaSet(tree=(one("A", **wrong),), **rows, **SAID)

"""Results of criteria: what is saved, what is refused, and what they come to."""

import random
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from certbody.cases.editions import asked
from certbody.evaluation import rulebook
from certbody.evaluation.live import live
from certbody.evaluation.models import Result
from certbody.evaluation.transitions.assess import end_part
from certbody.evaluation.transitions.save_result import Found, save_result, save_results
from certbody.rules.terms import BadInput, Refused
from tests.evaluation.making import figured, started
from tests.people import NOON

pytestmark = pytest.mark.django_db
BOTH = pytest.mark.parametrize("scheme", ["ecpsc", "ccai"])
TODAY = NOON.date()


def found_at_random(case, lot):
    found = []
    for leaf in rulebook.criteria_of(case, figured(case)):
        value = lot.choice(["met", "met", "not_met", {"samples": 20, "failed": lot.randrange(20)}])
        found.append(Found(leaf.id, value, reason="抽查记录缺失"))
    return found


@BOTH
@pytest.mark.parametrize("seed", range(3))
@pytest.mark.requirement("E-7.4.1s")
@pytest.mark.requirement("C-6.2.2.5")
def test_figures_equal_what_the_calculator_says(scheme, seed):
    one, part = started(scheme)
    found = found_at_random(one.case, random.Random(seed))  # noqa: S311  a lot that repeats
    save_results(number=one.number, step=part.step, found=found, by=one.leader, at=NOON)
    given: dict[str, Any] = {"results": {each.criterion: each.value for each in found}}
    assesses = figured(one.case).assesses
    assert assesses is not None
    assert assesses.figures is not None
    if scheme == "ecpsc":
        given["special_deductions"] = 0
    answer = asked(one.case, assesses.figures, given, TODAY)
    now = live(part, TODAY)
    assert now.figures is not None
    assert (now.figures.value, now.figures.more) == (answer.value, answer.more)
    assert now.not_assessed == []


@BOTH
def test_the_second_sees_the_change_of_the_first(scheme):
    one, part = started(scheme)
    leaf = rulebook.criteria_of(one.case, figured(one.case))[0].id

    def saves(found, by):
        return save_result(number=one.number, step=part.step, found=found, by=by, at=NOON)

    saves(Found(leaf, "met"), one.leader)
    other = Found(leaf, "not_met", reason="没有记录")
    with pytest.raises(Refused) as refused:
        saves(other, one.second)
    (reason,) = refused.value.refusals
    assert (reason.code, reason.facts["value"]) == ("result_changed_meanwhile", "met")
    assert Result.objects.get().value == "met"
    seen = Found(leaf, "not_met", reason="没有记录", seen=1)
    assert saves(seen, one.second).revision == 2


@pytest.mark.requirement("E-7.4.1")
def test_points_above_the_most_and_a_deduction_without_reason_are_refused():
    one, part = started("ecpsc")
    first, second = rulebook.criteria_of(one.case, figured(one.case))[:2]
    found = [Found(first.id, {"points": 99}, reason="好"), Found(second.id, "not_met")]
    with pytest.raises(Refused) as refused:
        save_results(number=one.number, step=part.step, found=found, by=one.leader, at=NOON)
    codes = [each.code for each in refused.value.refusals]
    assert codes == ["score_above_maximum", "deduction_without_reason"]
    with pytest.raises(BadInput):
        save_result(
            number=one.number, step=part.step, found=Found("9.9", "met"), by=one.leader, at=NOON
        )


@BOTH
def test_an_unassessed_criterion_blocks_the_end(scheme):
    one, part = started(scheme)
    with pytest.raises(Refused) as refused:
        end_part(number=one.number, step=part.step, outcome="passed", by=one.leader, at=NOON)
    assert "criteria_not_assessed" in [each.code for each in refused.value.refusals]


@BOTH
def test_saving_and_reading_take_few_queries(scheme):
    one, part = started(scheme)
    found = found_at_random(one.case, random.Random(1))  # noqa: S311  a lot that repeats
    with CaptureQueriesContext(connection) as few:
        live(part, TODAY)
    save_results(number=one.number, step=part.step, found=found[1:], by=one.leader, at=NOON)
    with CaptureQueriesContext(connection) as saving:
        save_result(number=one.number, step=part.step, found=found[0], by=one.leader, at=NOON)
    with CaptureQueriesContext(connection) as many:
        live(part, TODAY)
    assert len(many) == len(few) <= 5
    assert len(saving) <= 12, [each["sql"][:90] for each in saving]


def test_one_criterion_twice_in_one_batch_is_told_and_nothing_is_kept():
    one, part = started("ecpsc")
    leaf = rulebook.criteria_of(one.case, figured(one.case))[0].id
    both = [Found(leaf, "met"), Found(leaf, "not_met", reason="没有记录")]

    with pytest.raises(BadInput) as told:
        save_results(number=one.number, step=part.step, found=both, by=one.leader, at=NOON)

    assert [(each.where, each.code) for each in told.value.problems] == [(leaf, "given_twice")]
    assert not Result.objects.exists()

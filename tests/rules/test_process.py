"""The process: no walk finds a step before what must come first, and a cycle is refused."""

from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from certbody.rules.process import Process, open_steps, refusals_to_start
from tests.rules.making import cited, faults, row, said

OUTCOMES = ("passed", "failed")


def step(name: str, *before: dict[str, Any], **more: Any) -> dict[str, Any]:
    return row(name, stage="determination", after=list(before), **more)


def before(name: str, *outcomes: str, **more: Any) -> dict[str, Any]:
    return cited(step=name, outcomes=list(outcomes), **more)


def process(*steps: dict[str, Any]) -> Process:
    return Process.model_validate(said(steps=list(steps)))


@st.composite
def processes(draw: st.DrawFn) -> list[dict[str, Any]]:
    """Steps that rest only on earlier ones, listed in any order."""
    steps = []
    for number in range(draw(st.integers(1, 7))):
        asked = draw(st.sets(st.integers(0, number - 1), max_size=3)) if number else set()
        named = [
            before(f"s{one}", *draw(st.sets(st.sampled_from(OUTCOMES)).map(sorted)))
            for one in sorted(asked)
        ]
        ends = draw(st.booleans())
        outcomes = [row("passed"), row("failed", ends=ends)]
        steps.append(step(f"s{number}", *named, outcomes=outcomes))
    return draw(st.permutations(steps))


def by_hand(steps: list[dict[str, Any]], done: Mapping[str, str]) -> set[str]:
    for one in steps:
        ending = {outcome["id"] for outcome in one["outcomes"] if outcome.get("ends")}
        if done.get(one["id"]) in ending:
            return set()
    return {
        one["id"]
        for one in steps
        if one["id"] not in done
        and all(
            first["step"] in done
            and (not first["outcomes"] or done[first["step"]] in first["outcomes"])
            for first in one["after"]
        )
    }


@given(processes(), st.data())
def test_a_walk_opens_a_step_only_after_all_it_rests_on(steps, data):
    section = process(*steps)
    order = section.order()
    assert sorted(order) == sorted(one["id"] for one in steps)
    done: dict[str, str] = {}
    for _ in steps:
        ready = open_steps(section, done).more["open"]
        assert set(ready) == by_hand(steps, done)
        if not ready:
            break
        done[data.draw(st.sampled_from(ready))] = data.draw(st.sampled_from(OUTCOMES))
    for one in steps:
        for first in one["after"]:
            assert order.index(first["step"]) < order.index(one["id"])


REVIEW = process(
    step("documents", outcomes=[row("fit"), row("unfit"), row("void", ends=True)]),
    step("audit", before("documents", "fit")),
    step(
        "evaluation",
        before("audit", unless={"step": "documents", "outcomes": ["unfit"]}),
        before("documents"),
    ),
)


@pytest.mark.parametrize(
    ("done", "codes", "ready"),
    [
        ({}, ["step_before_missing", "step_before_missing"], ["documents"]),
        ({"documents": "fit"}, ["step_before_missing"], ["audit"]),
        ({"documents": "unfit"}, [], ["evaluation"]),
        ({"documents": "fit", "audit": ""}, [], ["evaluation"]),
        ({"documents": "void"}, ["step_before_missing"], []),
        ({"documents": "fit", "audit": "", "evaluation": ""}, [], []),
    ],
)
def test_a_step_waits_for_others_unless_it_is_spared(done, codes, ready):
    assert [one.code for one in refusals_to_start(REVIEW, "evaluation", done)] == codes
    assert open_steps(REVIEW, done).more["open"] == ready


def test_an_outcome_that_does_not_open_the_way_says_so():
    (refusal,) = refusals_to_start(REVIEW, "audit", {"documents": "unfit"})
    assert refusal.code == "outcome_does_not_allow"


def test_an_outcome_that_ends_the_case_opens_nothing_more():
    answer = open_steps(REVIEW, {"documents": "void"})
    assert (answer.value, answer.more) == (0, {"open": [], "ended": ["void"]})


@pytest.mark.parametrize(
    ("done", "fault"),
    [
        ({"tea": ""}, ("done", "unknown_step")),
        ({"documents": "perfect"}, ("done.documents", "not_a_choice")),
        ({"documents": ""}, ("done.documents", "not_a_choice")),
    ],
)
def test_what_is_done_must_be_a_step_with_an_outcome_it_has(done, fault):
    assert faults(open_steps, REVIEW, done) == [fault]


def test_a_step_that_does_not_exist_cannot_start():
    assert faults(refusals_to_start, REVIEW, "tea", {}) == [("step", "unknown_step")]


@pytest.mark.parametrize(
    ("steps", "told"),
    [
        ([step("a", before("a"))], "a cycle: a → a"),
        ([step("a", before("b")), step("b", before("c")), step("c", before("a"))], "a cycle: "),
        ([step("a"), step("a")], "step 'a' twice"),
        ([step("a", before("b"))], "'a' rests on 'b', which is no step"),
        ([step("a"), step("b", before("a", "fit"))], "'a' has no outcome 'fit'"),
        ([step("a", outcomes=[row("x", back_to="z")])], "'a' goes back to 'z', which is no step"),
        (
            [step("a"), step("b", before("a", unless={"step": "z", "outcomes": ["x"]}))],
            "'b' rests on 'z', which is no step",
        ),
        ([], "at least 1 item"),
    ],
)
def test_a_process_that_cannot_be_walked_is_refused(steps, told):
    with pytest.raises(ValidationError, match=told):
        process(*steps)

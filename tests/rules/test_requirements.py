"""Requirements: every reason at once, departures that only warn, customs that are off."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from certbody.rules.conditions import Requirements, judged
from certbody.rules.terms import Answer
from tests.rules.making import declared, facts, faults, notes, refused, row, said

FACTS: dict[str, Any] = dict.fromkeys(("a", "b", "c", "foreign"), "yes_no")
ROWS = [
    row("needs_a", require={"a": True}),
    row("needs_b", require={"b": True}, when={"foreign": True}),
    row("likes_c", require={"c": True}, warn=True),
    row("custom", require={"foreign": False}, on=False),
]
SECTION = Requirements.model_validate(said(inputs=declared(**FACTS), rows=ROWS))


def asked(**given: object) -> Answer:
    return judged(SECTION, facts(given, **FACTS))


@given(st.fixed_dictionaries(dict.fromkeys(FACTS, st.booleans())))
def test_what_is_refused_and_noted_follows_from_the_facts(case):
    reasons = ["needs_a"] * (not case["a"]) + ["needs_b"] * (case["foreign"] and not case["b"])
    if reasons:
        assert refused(asked, **case) == reasons
        return
    answer = asked(**case)
    assert answer.value is True
    assert notes(answer) == ["requirement_not_met"] * (not case["c"])
    assert len(answer.steps) == 2 + case["foreign"]


def test_every_missing_fact_is_named_and_none_that_no_row_needs():
    assert faults(asked) == [(name, "missing_input") for name in ("a", "foreign", "c")]
    assert faults(asked, a=True, c=True, foreign=True) == [("b", "missing_input")]
    assert asked(a=True, c=True, foreign=False).value is True


def test_a_missing_fact_comes_before_a_refusal():
    assert faults(asked, a=False, foreign=False) == [("c", "missing_input")]

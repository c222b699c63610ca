"""Grades: the highest level whose conditions all hold, or none, as the rulebook says."""

from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from certbody.rules.grades import Grades, grade_of
from certbody.rules.terms import Answer
from tests.rules.making import cited, declared, facts, faults, notes, refused, row, said

FACTS: dict[str, Any] = {
    "score": {"type": "number", "at_least": 0, "at_most": 100},
    "specials": {"type": "count", "at_least": 0},
    "share": "ratio",
    "wanted": {"type": "choice", "of": {one: {"zh": one, "en": one} for one in ("A", "B", "C")}},
}
NEEDS = [row("few_specials", require={"specials": {"under": 5}})]


def level(name: str, low: int, share: str | None = None, **more: Any) -> dict[str, Any]:
    gates = [row(f"share_{name}", require={"share": {"at_least": share}})] if share else []
    return row(
        name,
        require=[row(f"score_{name}", require={"score": {"at_least": low}})],
        gates=gates,
        **more,
    )


def graded(section: Grades, **given: object) -> Answer:
    return grade_of(section, facts({"specials": 0, "share": "1", **given}, **FACTS))


def grades(*levels: dict[str, Any], **more: Any) -> Grades:
    inputs = declared(**FACTS)
    return Grades.model_validate(said(inputs=inputs, levels=list(levels), **more))


LADDER = grades(level("A", 90, "50%"), level("B", 80, "30%"), level("C", 70), needs=NEEDS)
STRICT = grades(
    level("A", 90, "50%"),
    level("B", 80, "30%"),
    level("C", 70),
    gate_missed="refuse",
    applied_for="wanted",
)

SCORES = st.fractions(0, 100, max_denominator=50)
SHARES = st.fractions(0, 1, max_denominator=20)


def by_hand(score: Fraction, share: Fraction, specials: int) -> str | None:
    if specials >= 5:
        return None
    if score >= 90 and share >= Fraction(1, 2):
        return "A"
    if score >= 80 and share >= Fraction(3, 10):
        return "B"
    return "C" if score >= 70 else None


@given(SCORES, SHARES, st.integers(0, 9))
def test_the_grade_falls_to_the_highest_level_whose_conditions_all_hold(score, share, specials):
    answer = graded(LADDER, score=score, share=share, specials=specials)
    assert answer.value == answer.more["grade"] == by_hand(score, share, specials)
    if answer.value is not None:
        assert answer.more["name"].zh == "某项"


PLACE = {"A": 3, "B": 2, "C": 1, None: 0}


CASES = st.tuples(SCORES, SHARES, st.integers(0, 9))


@given(CASES, CASES)
def test_better_figures_never_give_a_worse_grade(one, other):
    names = ("score", "share", "specials")
    best = (*map(max, one[:2], other[:2]), min(one[2], other[2]))
    here = graded(LADDER, **dict(zip(names, one, strict=True)))
    better = graded(LADDER, **dict(zip(names, best, strict=True)))
    assert PLACE[better.more["grade"]] >= PLACE[here.more["grade"]]


@given(SCORES, SHARES, st.sampled_from([None, "A", "B", "C"]))
def test_where_it_may_not_fall_only_one_level_is_looked_at(score, share, wanted):
    answer = graded(STRICT, score=score, share=share, wanted=wanted)
    bounds = {"A": (90, "1/2"), "B": (80, "3/10"), "C": (70, "0")}
    reached = [name for name, (low, _) in bounds.items() if score >= low]
    looked_at = wanted or (reached[0] if reached else None)
    holds = looked_at is not None and (
        score >= bounds[looked_at][0] and share >= Fraction(bounds[looked_at][1])
    )
    assert answer.more["grade"] == (looked_at if holds else None)
    if wanted and not holds:
        assert {missed["grade"] for missed in answer.more["missed"]} == {wanted}


@pytest.mark.parametrize(
    ("given", "grade", "missed"),
    [
        ({"score": "94.99"}, "A", []),
        ({"score": "89.99"}, "B", ["score_A"]),
        ({"score": 90, "share": "49.9%"}, "B", ["share_A"]),
        ({"score": 89, "share": "0.4"}, "B", ["score_A", "share_A"]),
        ({"score": 95, "share": "0.2"}, "C", ["share_B"]),
        ({"score": "69.99"}, None, ["score_C"]),
        ({"score": 99, "specials": 5}, None, ["few_specials"]),
    ],
)
def test_what_kept_it_from_the_next_level_is_named(given, grade, missed):
    answer = graded(LADDER, **given)
    assert answer.more["grade"] == grade
    assert [one["id"] for one in answer.more["missed"]] == missed
    assert all(one["clause"] for one in answer.more["missed"])


def test_a_missed_figure_says_by_how_much():
    (missed,) = graded(LADDER, score=85, share="0.4").more["missed"][:1]
    assert (missed["actual"], missed["sign"], missed["bound"]) == (85, "≥", 90)
    (missed,) = graded(LADDER, score=95, share="0.4").more["missed"]
    assert missed["ratio"]


def test_every_missing_figure_is_named_at_once():
    given = {"score": None, "share": None, "specials": None}
    found = faults(graded, LADDER, **given)
    assert found == [(name, "missing_input") for name in ("specials", "score", "share")]


def banded(*bounds: dict[str, Any], **more: Any) -> Grades:
    names = "ABCDEF"
    levels = [row(name, band=cited(**bound)) for name, bound in zip(names, bounds, strict=False)]
    return grades(*levels, of="score", **more)


BANDS = banded({"from": 95}, {"from": 90, "under": 95}, {"from": 70, "under": 90}, {"under": 70})


@given(SCORES)
def test_bands_of_one_figure_are_levels(score):
    expected = "A" if score >= 95 else "B" if score >= 90 else "C" if score >= 70 else "D"
    answer = graded(BANDS, score=score)
    assert answer.more["grade"] == expected
    (bound,) = [one["bound"] for one in answer.more["missed"]] or [None]
    assert bound == {"A": None, "B": 95, "C": 90, "D": 70}[expected]


def test_a_score_in_a_declared_gap_is_refused():
    section = banded({"from": 90}, {"under": 80}, gaps=[cited(**{"from": 80, "under": 90})])
    assert refused(graded, section, score="89.99") == ["not_covered"]
    assert graded(section, score="79.99").value == "B"


@pytest.mark.parametrize(("take", "grade"), [("first", "A"), ("last", "B")])
def test_a_score_in_a_declared_overlap_goes_where_it_says(take, grade):
    overlap = cited(**{"from": 80, "to": 90}, take=take)
    section = banded({"from": 80}, {"to": 90}, overlaps=[overlap])
    assert [graded(section, score=n).value for n in (79, 80, 90, 91)] == ["B", grade, grade, "A"]


def test_a_gate_may_also_hold_a_banded_grade_down():
    high = row(
        "A", band=cited(**{"from": 90}), gates=[row("g", require={"share": {"over": "50%"}})]
    )
    section = grades(high, row("B", band=cited(under=90)), of="score")
    assert graded(section, score=95, share="50%").value == "B"
    assert graded(section, score=95, share="51%").value == "A"


def test_a_band_is_missed_only_by_a_figure_that_lies_in_a_worse_one():
    low = row("B", band=cited(under=80))
    middle = row("A", band=cited(**{"from": 80, "under": 90}))
    middle["gates"] = [row("g", require={"share": {"over": "50%"}})]
    high = row("S", band=cited(**{"from": 90}))
    high["gates"] = [row("h", require={"share": {"over": "70%"}})]
    section = grades(high, middle, low, of="score")
    answer = graded(section, score=95, share="10%")
    assert answer.value == "B"
    assert [one["id"] for one in answer.more["missed"]] == ["g"]
    answer = graded(section, score=79, share="10%")
    assert [one["id"] for one in answer.more["missed"]] == ["score", "g"]
    few = row("A", band=cited(to=2))
    section = grades(few, row("B", band=cited(over=2)), of="specials")
    (missed,) = graded(section, specials=3).more["missed"]
    assert (missed["sign"], missed["bound"], missed["actual"]) == ("≤", 2, 3)


def test_the_figure_that_bands_divide_is_asked_for_whatever_any_grade_needs():
    section = grades(row("A", band=cited(**{"from": 0})), of="score", needs=NEEDS)
    assert faults(graded, section, specials=5) == [("score", "missing_input")]
    asked = facts({"specials": 5, "score": 9}, **FACTS)
    assert grade_of(section, asked).value is None
    assert asked.notes_on_unused() == []


def test_a_requirement_that_is_off_or_does_not_apply_is_not_asked():
    asked = [
        row("custom", require={"share": "1"}, on=False),
        row("abroad", require={"score": 0}, when={"specials": {"over": 0}}),
    ]
    section = grades(row("A", require=asked))
    assert grade_of(section, facts({"specials": 0}, **FACTS)).value == "A"


def test_a_step_says_no_where_what_any_grade_needs_does_not_hold():
    needs = [*NEEDS, row("share", require={"share": {"at_least": "10%"}})]
    answer = graded(grades(level("A", 90), needs=needs), score=95, specials=5)
    assert answer.value is None
    assert [step.value for step in answer.steps] == [False, True, None]


def test_a_departure_that_is_only_warned_of_keeps_nobody_from_a_grade():
    lenient = row("share", require={"share": {"at_least": "50%"}}, warn=True)
    section = grades(row("A", require=[lenient]), needs=[row("few", require={"specials": 0})])
    answer = graded(section, share="40%")
    assert (answer.value, answer.more["missed"]) == ("A", [])
    assert notes(answer) == ["requirement_not_met"]
    assert [step.value for step in answer.steps] == [True, False, "A"]
    assert notes(graded(section, share="50%")) == []
    section = grades(row("A"), needs=[lenient])
    assert graded(section, share="40%").value == "A"
    assert notes(graded(section, share="40%")) == ["requirement_not_met"]


@pytest.mark.parametrize(
    ("levels", "more", "told"),
    [
        ([row("A", band=cited(**{"from": 90})), row("B")], {"of": "score"}, "every level has one"),
        ([row("A", band=cited(**{"from": 90}))], {"of": "points"}, "'of' names an input"),
        ([row("A", band=cited(**{"from": 90}))], {"of": "wanted"}, "bands divide a number"),
        ([row("A", band=cited(**{"from": 90}))], {"of": "score"}, "nothing below ≥ 90: a gap"),
        (
            [level("A", 90), row("B", require=[row("x", require={"luck": 1})])],
            {},
            "asks for 'luck'",
        ),
        ([level("A", 90)], {"applied_for": "wish"}, "'applied_for' names a choice input"),
        ([level("A", 90)], {"applied_for": "wanted"}, "'applied_for' names a choice input"),
        ([], {}, "at least 1 item"),
    ],
)
def test_a_list_of_grades_that_does_not_hold_together_is_refused(levels, more, told):
    with pytest.raises(ValidationError, match=told):
        grades(*levels, **more)

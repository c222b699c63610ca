"""Sums: each kind of line, and where a sum as data does not hold together."""

from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from tests.rules.making import cited, faults, notes, refused, row
from tests.rules.sums import BANDS, REDUCTION, line, made, worked

LOOKUP = {"of": "people", "bands": BANDS, "gaps": [cited(**{"from": 151})]}
TIERS = {
    "count": "sites",
    "steps": [{"first": 3, "each": 10}, {"first": 2, "each": 5}, {"each": 1}],
}
PLACES = [{"people": 5, "far": True}, {"people": 70, "far": False}, {"people": 5, "far": True}]


@pytest.mark.parametrize(
    ("amount", "given", "value"),
    [
        ({"fixed": "2.5"}, {}, "2.5"),
        ({"lookup": LOOKUP}, {"people": 66}, "3"),
        (
            {"cases": [cited(value=1, when={"people": {"over": 9}}), cited(value=4)]},
            {"people": 9},
            4,
        ),
        (
            {"cases": [cited(value=1, when={"people": {"over": 9}}), cited(value=4)]},
            {"people": 10},
            1,
        ),
        ({"each": {"count": "sites", "amount": "0.5"}}, {"sites": 7}, "3.5"),
        ({"each": {"count": "sites", "amount": "days"}}, {"sites": 7, "days": 2}, 14),
        ({"each": {"count": "sites", "amount": 1, "beyond": 1}}, {"sites": 7}, 6),
        ({"each": {"count": "sites", "amount": 1, "beyond": 9}}, {"sites": 7}, 0),
        ({"each": {"count": "places", "amount": 2}}, {"places": PLACES}, 6),
        ({"each": {"count": "places", "amount": 2, "where": {"far": True}}}, {"places": PLACES}, 4),
        ({"tiers": TIERS}, {"sites": 2}, 20),
        ({"tiers": TIERS}, {"sites": 3}, 30),
        ({"tiers": TIERS}, {"sites": 5}, 40),
        ({"tiers": TIERS}, {"sites": 9}, 44),
        ({"share": {"of": ["earlier"], "part": "50%"}}, {"earlier": 5}, "2.5"),
        ({"greatest": ["earlier", "days"]}, {"earlier": 5, "days": 2}, 5),
        ({"least": ["earlier", "days"]}, {"earlier": 5, "days": 2}, 2),
        ({"entered": {"input": "days"}}, {"days": "1.25"}, "1.25"),
        ({"fixed": 1, "floor": 2}, {}, 2),
        ({"fixed": 9, "cap": 2}, {}, 2),
        (
            {"share": {"of": ["earlier"], "part": "1/3"}, "rounding": {"up_to": "0.5"}},
            {"earlier": 4},
            "1.5",
        ),
        ({"lookup": LOOKUP, "per": "places"}, {"places": PLACES}, 7),
        ({"lookup": LOOKUP, "per": "places", "each_when": {"far": True}}, {"places": PLACES}, 4),
        ({"fixed": 2, "when": {"combined": True}}, {"combined": False}, 0),
    ],
)
def test_each_kind_of_line(amount, given, value):
    rounded = {"rounding": "exact"} if "share" in amount else {}
    answer = worked(made(line(**rounded | amount)), **given)
    assert answer.value == Fraction(value)
    assert answer.more["parts"].get("on_site", 0) == Fraction(value)


@given(
    st.lists(st.tuples(st.integers(1, 5), st.integers(0, 9)), min_size=1, max_size=4),
    st.integers(0, 9),
    st.integers(1, 40),
)
def test_tiers_are_walked_unit_by_unit(tiers, rest, count):
    steps = [{"first": first, "each": each} for first, each in tiers] + [{"each": rest}]
    rates = [each for first, each in tiers for _ in range(first)]
    expected = sum(rates[n] if n < len(rates) else rest for n in range(count))
    section = made(line(tiers={"count": "sites", "steps": steps}))
    assert worked(section, sites=count).value == expected


def test_each_member_is_rounded_for_itself():
    share: dict[str, Any] = {"each": {"count": "people", "amount": "0.3"}}
    share["rounding"] = {"up_to": "0.5"}
    answer = worked(made(line(per="places", **share)), places=[{"people": 1}] * 3)
    assert answer.value == Fraction("1.5")


def test_a_line_that_is_worked_out_but_not_counted_serves_others():
    section = made(
        line("before", fixed=8, counted=False),
        line("half", share={"of": ["before"], "part": "50%"}),
    )
    answer = worked(section)
    assert (answer.value, answer.more["parts"]) == (4, {"on_site": 4})
    assert [one["value"] for one in answer.more["lines"]] == [8, 4]


def test_a_line_at_cost_is_named_and_has_no_figure():
    answer = worked(made(line(fixed=1), line("travel", at_cost=True)))
    assert answer.value == 1
    assert [words.en for words in answer.more["at_cost"]] == ["something"]
    assert [one["value"] for one in answer.more["lines"]] == [1, None]


def test_what_is_carried_to_the_next_bill_is_not_in_this_total():
    answer = worked(made(line(fixed=5), line("mark", fixed=3, carried="next_bill")))
    assert (answer.value, answer.more["carried"]) == (5, 3)


def entered(**more: Any) -> dict[str, Any]:
    return line("review", part="review", entered={"input": "days", **more})


@pytest.mark.parametrize(
    ("missing", "parts", "warned"),
    [
        ("none", {"on_site": 2, "review": None}, ["not_in_total"]),
        ("warned", {"on_site": 2, "review": 0}, ["entered_nothing"]),
    ],
)
def test_what_nobody_entered_is_none_or_nothing_as_stated(missing, parts, warned):
    answer = worked(made(line(fixed=2), entered(missing=missing)))
    assert (answer.value, answer.more["parts"], notes(answer)) == (2, parts, warned)


def test_what_is_no_part_of_the_total_anyway_may_be_unknown_without_a_word():
    nothing = entered(missing="none")
    assert notes(worked(made(line(fixed=2), nothing, apart=["review"]))) == []
    assert notes(worked(made(line(fixed=2), nothing | {"counted": False}))) == []
    assert notes(worked(made(line(fixed=2), nothing | {"carried": "next_bill"}))) == []


def test_what_is_needed_and_missing_is_a_fault_and_every_one_is_named():
    section = made(line(lookup=LOOKUP), entered())
    assert faults(worked, section) == [("people", "missing_input"), ("days", "missing_input")]


@pytest.mark.parametrize(
    ("given", "codes"),
    [
        ({"days": "0.4", "reason": "x"}, ["outside_range"]),
        ({"days": "1.1", "reason": "x"}, ["outside_range"]),
        ({"days": "1"}, ["reason_missing"]),
        ({"days": "1", "reason": " "}, ["reason_missing"]),
        ({"days": "3"}, ["outside_range", "reason_missing"]),
    ],
)
def test_an_entered_figure_keeps_its_bounds_and_gives_its_reason(given, codes):
    section = made(entered(at_least="0.5", at_most=1, reason="reason"))
    assert refused(worked, section, **given) == codes
    for edge in ("0.5", "1"):
        assert worked(section, days=edge, reason="x").value == Fraction(edge)


def test_what_is_not_covered_or_left_open_is_refused_with_every_other_reason():
    cases = [cited(value=1, when={"people": {"over": 9}})]
    section = made(
        line(lookup=LOOKUP),
        line("cases", cases=cases),
        line("unsaid", open=True),
        reductions=[REDUCTION],
    )
    codes = ["not_covered", "open_in_rulebook"]
    assert refused(worked, section, people=151) == codes
    codes += ["reduction_too_large", "reason_missing"]
    assert refused(worked, section, people=151, cut="31%") == codes
    assert refused(worked, section, people=9)[0] == "not_covered"


def test_a_share_that_falls_between_figures_needs_a_rounding():
    section = made(line(share={"of": ["earlier"], "part": "30%"}))
    assert worked(section, earlier=10).value == 3
    assert refused(worked, section, earlier=5) == ["open_in_rulebook"]


GOOD = line(fixed=1)


@pytest.mark.parametrize(
    ("lines", "more", "told"),
    [
        ([line()], {}, "exactly one of fixed, lookup"),
        ([line(fixed=1, open=True)], {}, "exactly one of fixed, lookup"),
        ([line(fixed=1, each_when={"far": True})], {}, "'each_when' needs 'per'"),
        ([GOOD, GOOD], {}, "line 'base' twice"),
        (
            [line(share={"of": ["later"], "part": 1}), line("later", fixed=1)],
            {},
            "asks for 'later', which is no input",
        ),
        ([line(greatest=["reason"])], {}, "reckons with 'reason', which is a text"),
        ([line(each={"count": "heads", "amount": 1})], {}, "asks for 'heads'"),
        ([line(each={"count": "sites", "amount": "reason"})], {}, "reckons with 'reason'"),
        ([line(entered={"input": "reason"})], {}, "reckons with 'reason'"),
        ([line(fixed=1, per="sites")], {}, "reckons with 'sites', which is a count"),
        ([line(lookup={"of": "heads", "bands": BANDS})], {}, "asks for 'heads'"),
        ([line(lookup={"of": "people", "bands": BANDS[1:]})], {}, "nothing below 66–150: a gap"),
        ([line(lookup={"of": "people", "bands": BANDS})], {}, "nothing above 66–150: a gap"),
        ([line(tiers={"count": "sites", "steps": [{"each": 1}, {"each": 2}]})], {}, "but the last"),
        ([GOOD], {"reductions": [REDUCTION | {"of": ["tea"]}]}, "'tea', which is no line"),
        ([GOOD], {"reductions": [REDUCTION | {"at_most": None}]}, "says 'at_most'"),
        ([GOOD], {"reductions": [REDUCTION | {"by": "5%"}]}, "say 'by'"),
        ([GOOD], {"reductions": [REDUCTION | {"input": "days"}]}, "'days', which is a number"),
        ([GOOD], {"additions": [row("a", input="days")]}, "needs 'at_least' 0 or more"),
        ([GOOD], {"additions": [row("a", input="tea")]}, "asks for 'tea'"),
        ([GOOD], {"factors": [row("f", of=["tea"], times=2)]}, "'tea', which is no line"),
        ([GOOD], {"least_shares": [row("l", parts=["tea"], at_least=1)]}, "no line's part"),
        ([GOOD], {"together": row("t", reductions=["x"], at_most=1)}, "which is no reduction"),
    ],
)
def test_a_sum_that_does_not_hold_together_is_refused(lines, more, told):
    with pytest.raises(ValidationError, match=told):
        made(*lines, **more)

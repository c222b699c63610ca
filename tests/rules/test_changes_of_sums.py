"""What changes a sum: factors, reductions within their caps, additions, floor, cap and shares."""

from fractions import Fraction
from math import ceil
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from certbody.rules.spent import with_time_spent
from certbody.rules.terms import Answer
from tests.rules.making import cited, faults, figure, refused, row
from tests.rules.sums import BANDS, REDUCTION, line, made, worked

HALF_DAYS = {"up_to": "0.5"}
SHARES = st.fractions(0, 1, max_denominator=100)
DAYS = st.fractions(0, 20, max_denominator=4)
DEEP = row("deep", of=["base", "more"], input="deep", at_most="20%")
TOGETHER = row("together", at_most="40%")


def half_days(value: Fraction) -> Fraction:
    return Fraction(ceil(value * 2), 2)


def two_lines(base: Fraction, more: Fraction, **changes: Any) -> Any:
    stated = {"reductions": [REDUCTION, DEEP], "reduced": HALF_DAYS} | changes
    return made(line(fixed=base), line("more", fixed=more), **stated)


@given(DAYS, DAYS, SHARES, SHARES, st.booleans())
def test_reductions_are_taken_once_off_the_base_and_never_below_the_least(
    base, more, cut, deep, capped
):
    section = two_lines(base, more, **({"together": TOGETHER} if capped else {}))
    asked = {"cut": str(cut), "deep": str(deep), "reason": "simple"}
    too_large = [
        cut > Fraction(3, 10),
        deep > Fraction(1, 5),
        capped and cut + deep > Fraction(2, 5),
    ]
    if any(too_large):
        assert refused(worked, section, **asked) == ["reduction_too_large"] * sum(too_large)
        return

    def left(value: Fraction, share: Fraction) -> Fraction:
        return min(half_days(value * (1 - share)), value) if share else value

    answer = worked(section, **asked)
    assert answer.value == left(base, cut + deep) + left(more, deep)
    most = Fraction(2, 5) if capped else Fraction(1, 2)
    least = left(base, most) + left(more, Fraction(1, 5))
    assert answer.more["minimum"] == least
    assert least <= figure(answer) <= base + more


@given(DAYS, SHARES, SHARES)
def test_a_greater_reduction_never_leaves_more(base, first, second):
    low, high = sorted([first * Fraction(3, 10), second * Fraction(3, 10)])
    section = two_lines(base, Fraction(1))
    less, more = (figure(worked(section, cut=str(one), reason="simple")) for one in (high, low))
    assert less <= more


@pytest.mark.parametrize(
    ("base", "least"),
    [
        ("2", "1.5"),
        ("3", "2.5"),
        ("4", "3"),
        ("5", "3.5"),
        ("6", "4.5"),
        ("2.3", "2"),
        ("0.2", "0.2"),
    ],
)
def test_thirty_percent_off_rounded_up_to_half_days(base, least):
    section = made(line(fixed=base), reductions=[REDUCTION], reduced=HALF_DAYS)
    assert worked(section, cut="30%", reason="simple").value == Fraction(least)
    assert worked(section).more["minimum"] == Fraction(least)


@pytest.mark.parametrize(
    ("given", "codes"),
    [
        ({"cut": "31%"}, ["reduction_too_large", "reason_missing"]),
        ({"cut": "30.01%", "reason": "simple"}, ["reduction_too_large"]),
        ({"cut": "10%"}, ["reason_missing"]),
        ({"cut": "10%", "reason": "  "}, ["reason_missing"]),
    ],
)
def test_a_reduction_keeps_its_cap_and_gives_its_reason(given, codes):
    assert refused(worked, two_lines(Fraction(2), Fraction(1)), **given) == codes


def test_no_reduction_needs_no_reason():
    assert worked(two_lines(Fraction(2), Fraction(1)), cut="0").value == 3


def test_an_increase_cannot_come_in_as_a_negative_reduction():
    section = two_lines(Fraction(2), Fraction(1))
    assert faults(worked, section, cut="-10%", reason="x") == [("cut", "not_a_ratio")]


BY_ITSELF = row("combined", of=["base"], by="30%", when={"combined": True})
AGAIN = row("also", of=["base"], by="20%", when={"combined": True})


@pytest.mark.parametrize(
    ("changes", "combined", "value"),
    [
        ({"reductions": [BY_ITSELF]}, False, "4"),
        ({"reductions": [BY_ITSELF]}, True, "3"),
        ({"reductions": [BY_ITSELF, AGAIN]}, True, "2"),
        ({"reductions": [BY_ITSELF, AGAIN], "together": TOGETHER}, True, "2.5"),
        ({"reductions": [BY_ITSELF | {"by": "80%"}, AGAIN | {"by": "70%"}]}, True, "0"),
    ],
)
def test_what_applies_by_itself_is_held_to_the_common_cap_and_never_below_none(
    changes, combined, value
):
    section = made(line(fixed=4), reduced=HALF_DAYS, **changes)
    answer = worked(section, combined=combined)
    assert answer.value == answer.more["minimum"] == Fraction(value)


def test_a_common_cap_may_cover_some_reductions_only():
    cap = row("together", at_most="10%", reductions=["combined", "also"])
    section = made(
        line(fixed=10),
        reductions=[REDUCTION, BY_ITSELF, AGAIN],
        together=[cap],
        reduced="exact",
    )
    assert worked(section, combined=True, cut="30%", reason="x").value == 6


def test_a_reduced_figure_without_stated_rounding_is_open_unless_it_is_whole():
    section = made(line(fixed=10), reductions=[REDUCTION])
    assert worked(section, cut="30%", reason="x").value == 7
    assert refused(worked, section, cut="25%", reason="x") == ["open_in_rulebook"]


@given(DAYS, st.fractions(0, 9, max_denominator=4), SHARES)
def test_additions_have_no_cap_and_are_not_in_the_least(base, extra, share):
    cut = share * Fraction(3, 10)
    addition = row("more", input="extra", reason="reason", part="on_site")
    section = made(line(fixed=base), reductions=[REDUCTION], reduced="exact", additions=[addition])
    answer = worked(section, extra=str(extra), cut=str(cut), reason="hard")
    assert answer.value == base * (1 - cut) + extra
    assert answer.more["minimum"] == base * Fraction(7, 10)
    assert answer.more["parts"] == {"on_site": answer.value}


def adding(**more: Any) -> Any:
    addition = row("more", input="extra", reason="reason", **more)
    return made(
        line(fixed=2), line("read", fixed=1, part="review"), apart=["review"], additions=[addition]
    )


@pytest.mark.parametrize(
    ("more", "value", "parts"),
    [
        ({}, 5, {"on_site": 2, "review": 1}),
        ({"part": "on_site"}, 5, {"on_site": 5, "review": 1}),
        ({"part": "review"}, 2, {"on_site": 2, "review": 4}),
        ({"part": "travel"}, 5, {"on_site": 2, "review": 1, "travel": 3}),
        ({"when": {"combined": True}}, 2, {"on_site": 2, "review": 1}),
    ],
)
def test_an_addition_goes_to_its_part_and_a_part_that_lies_apart_is_not_in_the_total(
    more, value, parts
):
    answer = worked(adding(**more), extra=3, reason="hard", combined=False)
    assert (answer.value, answer.more["parts"]) == (value, parts)


def test_an_addition_needs_its_reason_and_is_never_negative():
    assert refused(worked, adding(), extra=3) == ["reason_missing"]
    assert worked(adding(), extra=0).value == 2
    assert faults(worked, adding(), extra="-1", reason="x") == [("extra", "below_least")]


def test_factors_multiply_their_lines_before_anything_is_taken_off():
    factor = row("combined", of=["base"], times="1.5", when={"combined": True}, rounding=HALF_DAYS)
    section = made(
        line(fixed=3),
        line("more", fixed=1),
        factors=[factor],
        reductions=[REDUCTION],
        reduced=HALF_DAYS,
    )
    assert worked(section, combined=False).value == 4
    assert worked(section, combined=True).value == Fraction("5.5")
    assert worked(section, combined=True, cut="30%", reason="x").value == Fraction("4.5")
    unsaid = made(line(fixed=3), factors=[factor | {"rounding": None}])
    assert refused(worked, unsaid, combined=True) == ["open_in_rulebook"]


@pytest.mark.parametrize(("days", "total"), [(1, 2), (2, 2), (3, 3), (5, 5), (9, 5)])
def test_floor_and_cap_hold_the_total(days, total):
    section = made(line(entered={"input": "days"}), floor=2, cap=5)
    answer = worked(section, days=days)
    assert answer.value == answer.more["minimum"] == total


SHARE = row("on_site_share", parts=["on_site"], at_least="80%")


@pytest.mark.parametrize(("days", "enough"), [("4", True), ("3.99", False), ("0", False)])
def test_a_part_keeps_its_least_share_of_all_parts(days, enough):
    section = made(
        line(entered={"input": "days"}),
        line("read", fixed=1, part="review"),
        apart=["review"],
        least_shares=[SHARE],
    )
    if enough:
        assert worked(section, days=days).value == 4
    else:
        assert refused(worked, section, days=days) == ["share_too_small"]


def test_each_line_of_a_part_adds_up_and_what_a_case_lacks_has_no_part():
    section = made(
        line(lookup={"of": "people", "bands": BANDS, "gaps": [cited(**{"from": 151})]}),
        line("again", fixed=1),
        line("far", fixed=9, part="travel", when={"combined": True}),
    )
    answer = worked(section, people=66, combined=False)
    assert answer.more["parts"] == {"on_site": 4}
    assert [one["id"] for one in answer.more["lines"]] == ["base", "again"]


ROLES = [row("expert"), row("trainee")]


def spent(*entries: tuple[str, str], least: str = "2") -> Answer:
    section = made(line(fixed=least), not_counted=ROLES)
    listed = [{"role": role, "days": days} for role, days in entries]
    return with_time_spent(section, worked(section), listed)


@given(st.lists(st.tuples(st.sampled_from(["leader", "auditor", "expert", "trainee"]), DAYS)))
def test_only_the_time_of_those_who_count_is_held_against_the_least(entries):
    counted = sum((days for role, days in entries if role in {"leader", "auditor"}), Fraction(0))
    listed = [(role, str(days)) for role, days in entries]
    if counted < 2:
        assert refused(spent, *listed) == ["spent_below_minimum"]
    else:
        assert spent(*listed).more["counted"] == counted


def test_the_least_time_itself_is_enough():
    answer = spent(("leader", "1.5"), ("expert", "3"), ("auditor", "0.5"))
    assert answer.more["counted"] == 2
    assert refused(spent, ("leader", "1.99"), ("trainee", "3")) == ["spent_below_minimum"]


def test_time_spent_is_a_list_of_roles_and_days():
    section = made(line(fixed=2))
    answer = worked(section)
    assert with_time_spent(section, answer, None) is answer
    assert faults(with_time_spent, section, answer, "2 days") == [("spent", "not_a_list")]
    wrong = [{"role": "leader", "days": "-1"}]
    assert faults(with_time_spent, section, answer, wrong) == [("spent[1].days", "below_least")]
    assert faults(with_time_spent, section, answer, [{"days": 1}]) == [
        ("spent[1].role", "missing_input")
    ]

"""Caps that several reductions share, line by line, and a rounding of reductions that is open."""

from typing import Any

import pytest

from tests.rules.making import figure, notes, refused, row
from tests.rules.sums import line, made, worked

MATURE = row("mature", of=["base"], by="10%")
SMALL = row("small", of=["base", "more"], by="20%")
ASKED = row("asked", of=["base", "more"], input="cut", at_most="20%")
OWN = row("own", reductions=["mature", "small"], at_most="25%")
ALL = row("all", at_most="40%")


def total(together: Any, **given: Any) -> str:
    rules = {"reductions": [MATURE, SMALL, ASKED], "reduced": "exact", "together": together}
    return str(figure(worked(made(line(fixed=10), line("more", fixed=10), **rules), **given)))


@pytest.mark.parametrize(
    ("together", "given", "expected"),
    [
        ([], {}, "15"),  # 7 and 8
        (OWN, {}, "31/2"),  # 25 % off the first line, 20 % off the second, which keeps its own
        ([OWN, ALL], {"cut": "15%"}, "25/2"),  # 40 % and 35 %
        ([OWN, row("all", at_most="10%")], {}, "18"),  # the narrower of two caps holds
    ],
)
def test_a_cap_holds_on_each_line_for_itself(together, given, expected):
    assert total(together, **given) == expected


def test_beyond_a_cap_what_a_person_asks_is_refused():
    assert refused(total, [OWN, ALL], cut="16%") == ["reduction_too_large"]


def test_an_open_rounding_leaves_the_least_open_and_not_the_total():
    answer = worked(
        made(line(fixed=3), reductions=[row("asked", of=["base"], input="cut", at_most="1/2")])
    )
    assert [figure(answer), answer.more["minimum"]] == [3, None]
    assert notes(answer) == ["minimum_open"]


def test_an_addition_to_a_part_that_is_apart_is_not_in_the_total():
    rules = {"apart": ["papers"], "additions": [row("added", input="extra", part="papers")]}
    answer = worked(made(line(fixed=3), **rules), extra=1)
    assert figure(answer) == 3
    assert answer.more["parts"] == {"on_site": 3, "papers": 1}

"""Conditions that do not fit their facts are found when a rulebook loads."""

from datetime import date
from typing import Any

import pytest

from certbody.rules.conditions import Requirements
from certbody.rules.sums import Sum
from certbody.schemes.fits import misfits
from tests.rules.making import declared, row, said

FACTS: dict[str, Any] = {
    "people": "count",
    "share": "ratio",
    "kind": {"type": "choice", "of": {"museum": {"zh": "馆", "en": "museum"}}},
    "opened": "date",
    "applied": "date",
    "planned": "moment",
    "name": "text",
    "signed": "yes_no",
    "words": {"type": "list", "of": {"zh": {"zh": "中", "en": "Chinese"}}},
    "halls": {"type": "list", "items": declared(area="number", ramp="yes_no")},
}


def found(condition: dict[str, Any]) -> list[str]:
    section = said(inputs=declared(**FACTS), rows=[row("a", require=condition)])
    return [message for _, message in misfits(Requirements.model_validate(section))]


@pytest.mark.parametrize(
    "condition",
    [
        {"people": {"at_least": 3}, "share": {"over": "30%"}},
        {"people": {"at_least": {"times": "1/5", "fact": "share"}}},
        {"kind": "museum", "signed": True, "name": "x"},
        {"share": "100%", "people": [1, "4/2"], "opened": date(2026, 1, 31)},
        {"opened": {"standing": {"years": 1, "before": "applied"}}},
        {"planned": {"given": True}},
        {"words": {"has": "zh"}},
        {"halls": {"every": {"any": [{"area": {"at_least": 9}}, {"people": {"at_most": 2}}]}}},
        {"words": {"count": {"at_least": 1}}},
        {"some_of": {"conditions": [{"signed": True}], "at_least": 1}},
    ],
    ids=str,
)
def test_a_condition_that_fits_is_let_through(condition):
    assert found(condition) == []


@pytest.mark.parametrize(
    ("condition", "words"),
    [
        ({"peopel": 3}, "tests 'peopel', which is no input"),
        ({"people": {"at_least": "stuff"}}, "tests 'stuff', which is no input"),
        ({"opened": {"within": {"days": 1, "before": "apllied"}}}, "tests 'apllied'"),
        ({"name": {"over": 3}}, "'over' needs a count or number or ratio; 'name' is a text"),
        ({"people": {"at_least": "opened"}}, "'people' cannot be compared with 'opened', a date"),
        ({"opened": {"standing": {"days": 1, "before": "people"}}}, "'people' is a count"),
        ({"kind": "museums"}, "'kind' is never 'museums'; allowed: museum"),
        ({"words": {"has": "en"}}, "'words' is never 'en'; allowed: zh"),
        ({"signed": "yes"}, "'signed' is a yes_no, never yes"),
        ({"people": True}, "'people' is a count, never true"),
        ({"share": "all"}, "'share' is a ratio, never all"),
        ({"share": date(2026, 1, 31)}, "'share' is a ratio, never 2026-01-31"),
        ({"opened": "2026-01-31"}, "'opened' is a date, never '2026-01-31', a text"),
        ({"people": {"has": 3}}, "'has' needs a list; 'people' is a count"),
        ({"words": {"every": {"area": 1}}}, "'every' needs a list with 'items'"),
        ({"people": {"count": {"at_least": 1}}}, "'count' needs a list"),
        ({"none": {"every": {"area": 1}}}, "tests 'none', which is no input"),
        ({"halls": {"some": {"size": 3}}}, "tests 'size', which is no input"),
        ({"not": {"all": [{"sgined": True}]}}, "tests 'sgined', which is no input"),
    ],
    ids=lambda one: one if isinstance(one, str) else "",
)
def test_a_condition_that_could_never_work_is_named(condition, words):
    (message,) = found(condition)
    assert words in message


def test_the_facts_of_a_member_are_known_inside_its_line_only():
    inner = row("a", per="halls", each_when={"ramp": True}, cases=[said(value=1, when={"area": 3})])
    for case in inner["cases"]:
        del case["zh"], case["en"]
    outer = row("b", when={"ramp": True}, fixed=1)
    stated = said(unit="day", inputs=declared(**FACTS), lines=[inner, outer])
    places = [where for where, _ in misfits(Sum.model_validate(stated))]
    assert places == [("lines", 1, "when")]

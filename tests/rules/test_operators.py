"""Every test a condition may use: true, false, and what happens at its boundary."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from certbody.rules.conditions import condition_from
from certbody.rules.operators import LIST_OPERATORS, OPERATORS
from tests.rules.making import declared, facts, faults

RISKS = {one: {"zh": one, "en": one} for one in ("low", "middle", "high")}
TYPES: dict[str, Any] = {
    "people": "count",
    "limit": "count",
    "share": "ratio",
    "risk": {"type": "choice", "of": RISKS},
    "worst": {"type": "choice", "of": RISKS},
    "signed": "yes_no",
    "started": "date",
    "applied": "date",
    "codes": "list",
    "sites": {"type": "list", "items": declared(people="count", own="yes_no")},
}
CASE: dict[str, Any] = {
    "people": 65,
    "limit": 65,
    "share": "0.3",
    "risk": "high",
    "worst": "high",
    "signed": True,
    "started": "2025-11-30",
    "applied": "2026-02-28",
    "codes": ["A", "B"],
    "sites": [{"people": 5, "own": True}, {"people": 50, "own": False}],
}


def holds(condition: object, **changed: object) -> bool:
    return condition_from(condition).holds(facts({**CASE, **changed}, **TYPES))


SHARE_OF_LIMIT = {"times": "30%", "fact": "limit"}
# the condition, a case that it lets pass, a case that it does not
TRUE_AND_FALSE: list[tuple[dict[str, Any], dict[str, Any], dict[str, Any]]] = [
    ({"people": 65}, {}, {"people": 66}),
    ({"people": {"is": 65}}, {}, {"people": 64}),
    ({"share": Decimal("0.3")}, {"share": "30%"}, {"share": "31%"}),
    ({"share": "30%"}, {}, {"share": "31%"}),
    ({"share": {"is": "3/10"}}, {"share": "30%"}, {"share": "1/3"}),
    ({"share": ["1/3", "30%"]}, {}, {"share": "31%"}),
    ({"share": {"none_of": ["1/3", "30%"]}}, {"share": "31%"}, {"share": "1/3"}),
    ({"started": date(2025, 11, 30)}, {}, {"started": "2025-12-01"}),
    ({"risk": "high"}, {}, {"risk": "low"}),
    ({"risk": ["high", "middle"]}, {"risk": "middle"}, {"risk": "low"}),
    ({"risk": {"one_of": ["high", "middle"]}}, {}, {"risk": "low"}),
    ({"risk": {"none_of": ["high", "middle"]}}, {"risk": "low"}, {}),
    ({"risk": {"same_as": "worst"}}, {}, {"worst": "low"}),
    ({"signed": True}, {}, {"signed": False}),
    ({"signed": False}, {"signed": "no"}, {}),
    ({"codes": {"has": "A"}}, {}, {"codes": ["B", "AB"]}),
    ({"people": {"at_least": 65}}, {}, {"people": 64}),
    ({"people": {"over": 65}}, {"people": 66}, {}),
    ({"people": {"at_most": 65}}, {}, {"people": 66}),
    ({"people": {"under": 65}}, {"people": 64}, {}),
    ({"people": {"at_least": "limit"}}, {}, {"limit": 66}),
    ({"people": {"over": "limit"}}, {"limit": 64}, {}),
    ({"people": {"at_most": "limit"}}, {}, {"limit": 64}),
    ({"people": {"under": "limit"}}, {"limit": 66}, {}),
    ({"people": {"at_least": SHARE_OF_LIMIT}}, {"limit": 216}, {"limit": 217}),
    ({"people": {"at_least": 60, "at_most": 70}}, {"people": 70}, {"people": 71}),
    ({"share": {"at_most": Decimal("0.3")}}, {"share": "3/10"}, {"share": "30.1%"}),
    ({"started": {"not_before": date(2025, 11, 30)}}, {}, {"started": "2025-11-29"}),
    ({"started": {"not_after": date(2025, 11, 30)}}, {}, {"started": "2025-12-01"}),
    ({"applied": {"not_before": "started"}}, {"applied": "2025-11-30"}, {"applied": "2025-11-29"}),
    ({"started": {"not_after": "applied"}}, {"started": "2026-02-28"}, {"started": "2026-03-01"}),
    # three months after 30 November end on the last day of February
    ({"started": {"standing": {"months": 3, "before": "applied"}}}, {}, {"applied": "2026-02-27"}),
    ({"started": {"standing": {"days": 90, "before": "applied"}}}, {}, {"applied": "2026-02-27"}),
    (
        {"started": {"standing": {"years": 1, "before": "applied"}}},
        {"applied": "2026-11-30"},
        {"applied": "2026-11-29"},
    ),
    # three months before 28 February is 28 November
    (
        {"started": {"within": {"months": 3, "before": "applied"}}},
        {"started": "2025-11-28"},
        {"started": "2025-11-27"},
    ),
    (
        {"started": {"within": {"months": 3, "before": "applied"}}},
        {"started": "2026-02-28"},
        {"started": "2026-03-01"},
    ),
    (
        {"started": {"in_year_of": "applied"}},
        {"started": "2026-12-31", "applied": "2026-01-01"},
        {"started": "2025-12-31", "applied": "2026-01-01"},
    ),
    ({"sites": {"every": {"people": {"at_least": 5}}}}, {}, {"sites": [{"people": 4}]}),
    ({"sites": {"every": {"own": True}}}, {"sites": []}, {}),
    ({"sites": {"some": {"own": True}}}, {}, {"sites": []}),
    ({"sites": {"none": {"people": {"over": 50}}}}, {}, {"sites": [{"people": 51}]}),
    ({"sites": {"count": {"at_least": 2}}}, {}, {"sites": [{"people": 1}]}),
    ({"sites": {"count": {"where": {"own": True}, "is": 1}}}, {}, {"sites": []}),
    (
        {"sites": {"count": {"where": {"people": {"under": 51}}, "over": 0, "under": 3}}},
        {},
        {"sites": [{"people": 1}] * 3},
    ),
    ({"limit": {"given": True}}, {}, {"limit": None}),
    ({"limit": {"given": False}}, {"limit": ""}, {}),
    ({"all": [{"people": 65}, {"risk": "high"}]}, {}, {"risk": "low"}),
    ({"people": 65, "risk": "high"}, {}, {"people": 1}),
    ({"any": [{"people": 1}, {"risk": "high"}]}, {}, {"risk": "low"}),
    ({"not": {"people": 65}}, {"people": 64}, {}),
    ({"not": {"people": 65, "risk": "high"}}, {"risk": "low"}, {}),
    (
        {"some_of": {"conditions": [{"people": 65}, {"risk": "low"}, {"signed": True}], "is": 2}},
        {},
        {"risk": "low"},
    ),
    (
        {"some_of": {"conditions": [{"people": 65}, {"risk": "low"}], "at_least": 1}},
        {},
        {"people": 1},
    ),
]


@pytest.mark.parametrize(("condition", "passes", "fails"), TRUE_AND_FALSE)
def test_each_test_holds_where_it_should_and_nowhere_else(condition, passes, fails):
    assert holds(condition, **passes)
    assert not holds(condition, **fails)


def test_every_word_of_the_vocabulary_is_shown_above():
    written = str([condition for condition, _, _ in TRUE_AND_FALSE])
    words = [*OPERATORS, *LIST_OPERATORS, "count", "given", "all", "any", "not", "some_of"]
    assert [word for word in words if f"'{word}'" not in written] == []


@pytest.mark.parametrize(
    ("condition", "told"),
    [
        ("people > 65", "a condition is a mapping"),
        ({}, "a condition is a mapping"),
        ([], "a condition is a mapping"),
        ({"all": []}, "'all' takes a list"),
        ({"any": {"people": 1}}, "'any' takes a list"),
        ({"any": "people"}, "'any' takes a list"),
        ({"not": []}, "a condition is a mapping"),
        ({"people": {"greater": 65}}, "unknown test 'greater' of 'people'; allowed: at_least"),
        ({"people": {"at_least": None}}, "not a number"),
        ({"people": {"at_least": {"fact": "limit"}}}, "a multiple of a fact"),
        ({"people": {"is": None}}, "not a plain value"),
        ({"risk": {"one_of": "high"}}, "'one_of' takes a list"),
        ({"limit": {"given": "yes"}}, "'given' takes true or false"),
        ({"started": {"not_before": 5}}, "not the name of a fact"),
        ({"started": {"in_year_of": date(2026, 1, 1)}}, "not the name of a fact"),
        ({"started": {"standing": {"months": 3}}}, "a period is written"),
        ({"started": {"within": {"weeks": 3, "before": "applied"}}}, "a period is written"),
        ({"sites": {"count": 2}}, "'count' takes a comparison"),
        ({"sites": {"count": {"where": {"own": True}}}}, "a count is compared by"),
        ({"sites": {"count": {"one_of": [1]}}}, "a count is compared by"),
        ({"some_of": {"conditions": [{"people": 1}]}}, "a count is compared by"),
        ({"some_of": {"at_least": 1}}, "'some_of' takes conditions"),
        ({"sites": {"every": "own"}}, "a condition is a mapping"),
    ],
)
def test_what_is_not_in_the_vocabulary_is_refused_with_what_is(condition, told):
    with pytest.raises(ValueError, match=told):
        condition_from(condition)


def test_a_missing_fact_is_named_and_never_taken_for_no():
    assert faults(holds, {"people": {"at_most": 65}}, people=None) == [("people", "missing_input")]
    assert faults(holds, {"not": {"risk": "high"}}, risk=None) == [("risk", "missing_input")]
    without = {"sites": [{"people": 5}]}
    assert faults(holds, {"sites": {"some": {"own": True}}}, **without) == [
        ("sites[1].own", "missing_input")
    ]


@pytest.mark.parametrize(
    ("condition", "names"),
    [
        ({"people": {"at_least": "limit"}}, ["people", "limit"]),
        ({"started": {"within": {"months": 3, "before": "applied"}}}, ["started", "applied"]),
        ({"sites": {"some": {"own": True}}}, ["sites"]),
        ({"sites": {"count": {"at_least": "limit"}}}, ["sites", "limit"]),
        ({"any": [{"people": 1}, {"not": {"risk": "high"}}]}, ["people", "risk"]),
        ({"some_of": {"conditions": [{"people": 1}], "at_least": "limit"}}, ["people", "limit"]),
    ],
)
def test_a_condition_names_every_fact_it_rests_on(condition, names):
    assert list(condition_from(condition).facts_named()) == names

"""Checklists, choices and lifecycles: what is not on the list does not exist."""

from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from certbody.rules.checklists import Checklist, missing_of
from certbody.rules.choices import Choices, chosen
from certbody.rules.lifecycle import Lifecycle, State, state_after
from certbody.rules.terms import Answer
from tests.rules.making import declared, facts, faults, notes, refused, row, said

FACTS = {"sites": "count", "approved": "yes_no"}

ITEMS = [
    row("form"),
    row("site_list", when={"sites": {"over": 1}}),
    row("licence", may_be_left_out="with_reason"),
    row("contractors", may_be_left_out="with_reason", left_out_when={"approved": True}),
    row("other", may_be_left_out="freely"),
]
NAMES = [one["id"] for one in ITEMS]
LIST = Checklist.model_validate(said(inputs=declared(**FACTS), items=ITEMS))


def checked(**given: Any) -> Answer:
    return missing_of(LIST, given, facts({"sites": 1, "approved": True, **given}, **FACTS))


def told(answer: Answer) -> list[tuple[str, str]]:
    codes = [refusal.code for refusal in answer.more["refusals"]]
    return list(zip(answer.more["missing"], codes, strict=True))


@given(
    st.sets(st.sampled_from(NAMES)),
    st.dictionaries(st.sampled_from(NAMES), st.text()),
    st.integers(1, 2),
    st.booleans(),
)
def test_an_item_is_missing_unless_it_is_there_or_may_be_left_out(
    present, left_out, sites, approved
):
    answer = checked(
        present=sorted(present), not_applicable=left_out, sites=sites, approved=approved
    )
    reasons = {name for name, reason in left_out.items() if reason.strip()}
    expected = {"form", "site_list"} if sites > 1 else {"form"}
    expected |= {"licence"} - reasons
    expected |= {"contractors"} - (reasons if approved else set())
    expected -= present
    assert set(answer.more["missing"]) == expected
    assert answer.value == len(expected)
    assert len(answer.steps) == len(answer.more["refusals"]) == len(expected)


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({"present": NAMES}, []),
        ({}, [(name, "item_missing") for name in ("form", "licence", "contractors")]),
        (
            {"present": ["form", "licence"], "sites": 2},
            [("site_list", "item_missing"), ("contractors", "item_missing")],
        ),
        (
            {"present": ["form", "contractors"], "not_applicable": ["licence"]},
            [("licence", "reason_missing")],
        ),
        (
            {"present": ["form", "contractors"], "not_applicable": {"licence": " "}},
            [("licence", "reason_missing")],
        ),
        ({"present": ["form", "contractors"], "not_applicable": {"licence": "no trade"}}, []),
        (
            {
                "present": ["form", "licence"],
                "not_applicable": {"contractors": "none"},
                "approved": False,
            },
            [("contractors", "may_not_be_left_out")],
        ),
        (
            {"present": ["licence", "contractors"], "not_applicable": {"form": "lost"}},
            [("form", "item_missing")],
        ),
    ],
)
def test_each_missing_item_says_what_stands_against_it(given, expected):
    assert told(checked(**given)) == expected


def test_what_is_required_depends_on_the_case():
    assert checked(present=[]).more["required"] == [n for n in NAMES if n != "site_list"]
    assert checked(present=[], sites=2).more["required"] == NAMES


@pytest.mark.parametrize(
    ("given", "fault"),
    [
        ({"present": ["form", "forms"]}, ("present", "not_a_choice")),
        ({"present": [], "not_applicable": {"licences": "x"}}, ("not_applicable", "not_a_choice")),
        ({"present": "form"}, ("present", "not_a_list")),
        ({"present": {"form": True}}, ("present", "not_a_list")),
        ({"present": [], "not_applicable": "licence"}, ("not_applicable", "not_a_list")),
        ({"present": [], "sites": None}, ("sites", "missing_input")),
    ],
)
def test_a_question_that_names_no_item_is_at_fault(given, fault):
    assert faults(checked, **given) == [fault]


GROUNDS = Choices.model_validate(
    said(
        inputs=declared(**FACTS),
        options=[
            row("requested", code="0113", leads_to="suspend"),
            row(
                "replaced",
                require=[
                    row("approved", require={"approved": True}),
                    row("several", require={"sites": {"over": 1}}),
                    row("custom", require={"sites": {"over": 5}}, warn=True),
                ],
            ),
        ],
    )
)


def choosing(name: object, **given: object) -> Answer:
    asked = {"choose": name, **given}
    return chosen(GROUNDS, asked, facts(asked, **FACTS))


def test_a_choice_gives_its_code_and_what_it_leads_to():
    answer = choosing("requested")
    assert answer.value == "requested"
    assert answer.more == {"code": "0113", "leads_to": "suspend"}


def test_a_choice_tells_every_requirement_that_is_not_met():
    assert refused(choosing, "replaced", approved=False, sites=1) == ["approved", "several"]
    assert notes(choosing("replaced", approved=True, sites=2)) == ["requirement_not_met"]


@pytest.mark.parametrize("name", [None, "", "other", 1, ["requested"]])
def test_what_is_not_on_the_list_cannot_be_chosen(name):
    assert faults(choosing, name) == [("choose", "not_a_choice")]


def arrow(act: str, to: str, *states: str, **more: Any) -> dict[str, Any]:
    return row(act, to=to, **{"from": list(states)}, **more)


ARROWS = [
    arrow("suspend", "suspended", "valid", grounds="suspension"),
    arrow("restore", "valid", "suspended"),
    arrow("withdraw", "withdrawn", "valid", "suspended"),
    arrow("expire", "expired", "valid", "suspended"),
]
CYCLE = Lifecycle.model_validate(said(arrows=ARROWS))


@given(st.sampled_from(get_args(State)), st.sampled_from([one["id"] for one in ARROWS]))
def test_every_arrow_that_is_not_drawn_is_refused(state, act):
    drawn = [one["to"] for one in ARROWS if one["id"] == act and state in one["from"]]
    if drawn:
        assert [state_after(CYCLE, state, act).value] == drawn
    else:
        assert refused(state_after, CYCLE, state, act) == ["status_does_not_allow"]


@given(st.lists(st.sampled_from([one["id"] for one in ARROWS]), max_size=12))
def test_no_walk_leaves_an_end(acts):
    state, ended = "valid", False
    for act in acts:
        if any(one["id"] == act and state in one["from"] for one in ARROWS):
            assert not ended
            state = str(state_after(CYCLE, state, act).value)
            ended = state in {"withdrawn", "expired"}
        else:
            assert refused(state_after, CYCLE, state, act) == ["status_does_not_allow"]


def test_an_act_names_the_list_its_ground_is_taken_from():
    assert state_after(CYCLE, "valid", "suspend").more["grounds"] == "suspension"
    assert state_after(CYCLE, "valid", "suspend").more["completes"] == {}


def test_unknown_states_and_acts_are_faults_of_the_question():
    assert faults(state_after, CYCLE, "paused", "stop") == [
        ("state", "not_a_choice"),
        ("act", "not_a_choice"),
    ]


@pytest.mark.parametrize(
    ("arrows", "told_so"),
    [
        ([*ARROWS, arrow("suspend", "withdrawn", "valid")], "'suspend' from 'valid' twice"),
        ([arrow("suspend", "paused", "valid")], "Input should be"),
        ([arrow("suspend", "valid")], "at least 1 item"),
    ],
)
def test_an_act_leads_one_way_from_each_state(arrows, told_so):
    with pytest.raises(ValidationError, match=told_so):
        Lifecycle.model_validate(said(arrows=arrows))

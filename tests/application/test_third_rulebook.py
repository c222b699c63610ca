"""A rulebook nobody here has read: another order, steps of its own, no Python."""

from pathlib import Path
from typing import Any

import pytest

from certbody.application.transitions.answer import answer
from certbody.application.transitions.begin import begin
from certbody.application.transitions.contract import draw_up
from certbody.application.transitions.describe import describe
from certbody.application.transitions.reply import accept
from certbody.application.transitions.submit import submit
from certbody.cases.moving import done_in, open_in, refusals_to_act
from certbody.cases.transitions.complete import complete_step
from certbody.rules.terms import BadInput, Refused
from tests.applications import play
from tests.people import NOON

pytestmark = pytest.mark.django_db
HERE = Path(__file__).parent / "schemes"


@pytest.fixture
def orchard(monkeypatch):
    """An application under the invented rulebook, submitted."""
    monkeypatch.setenv("CERTBODY_SCHEMES", str(HERE))
    one = play("orchard")
    begun = begin(
        client=one.client.pk, scheme="orchard", activity="initial", by=one.applicant, at=NOON
    )
    one.number = begun.case.number
    who: dict[str, Any] = {"number": one.number, "by": one.applicant, "at": NOON}
    describe(scope_text="摘果", scope={}, people=3, **who)
    with pytest.raises(Refused) as refused:
        submit(declared_by="王磊", **who)
    assert [one.code for one in refused.value.refusals] == ["unanswered"]
    answer(answers={"trees": "9"}, **who)
    with pytest.raises(Refused) as refused:
        submit(declared_by="王磊", **who)
    assert [(one.code, str(one.clause)) for one in refused.value.refusals] == [
        ("enough_trees", "2")
    ]
    answer(answers={"trees": "10"}, **who)
    submit(declared_by="王磊", **who)
    return one


def noted(one, step, outcome=""):
    return complete_step(
        number=one.number, step=step, outcome=outcome, note="到场", by=one.reviewer, at=NOON
    )


def test_a_step_of_its_own_stands_before_acceptance(orchard):
    with pytest.raises(Refused) as refused:
        accept(number=orchard.number, confirmed={}, by=orchard.reviewer, at=NOON)
    assert [(one.code, str(one.clause)) for one in refused.value.refusals] == [
        ("step_before_missing", "3")
    ]

    noted(orchard, "tasting", "sweet")
    accept(number=orchard.number, confirmed={}, by=orchard.reviewer, at=NOON)

    assert orchard.state == "accepted"


def test_an_outcome_that_does_not_lead_on_stands_in_the_way(orchard):
    noted(orchard, "tasting", "sour")

    with pytest.raises(Refused) as refused:
        accept(number=orchard.number, confirmed={}, by=orchard.reviewer, at=NOON)

    assert [one.code for one in refused.value.refusals] == ["outcome_does_not_allow"]


def test_the_second_step_of_its_own_stands_before_the_contract(orchard):
    noted(orchard, "tasting", "sweet")
    accept(number=orchard.number, confirmed={}, by=orchard.reviewer, at=NOON)
    case = orchard.application.case
    assert open_in(case, done_in(case)) == ["hearing"]
    assert [one.code for one in refusals_to_act(case, "sign_contract", NOON.date())] == [
        "step_before_missing"
    ]

    noted(orchard, "hearing")

    case = orchard.application.case
    assert refusals_to_act(case, "sign_contract", NOON.date()) == []


def test_a_step_that_an_act_completes_is_not_noted_by_hand(orchard):
    with pytest.raises(BadInput) as bad:
        noted(orchard, "answer", "yes_please")

    assert [one.code for one in bad.value.problems] == ["no_step_by_hand"]


def test_a_step_is_noted_once_and_with_an_outcome_it_has(orchard):
    with pytest.raises(BadInput):
        noted(orchard, "tasting", "salty")
    noted(orchard, "tasting", "sweet")

    with pytest.raises(Refused) as refused:
        noted(orchard, "tasting", "sweet")

    assert [one.code for one in refused.value.refusals] == ["step_done_already"]


def test_a_contract_without_fees_or_obligations_of_the_rulebook_is_drawn_up(orchard):
    noted(orchard, "tasting", "sweet")
    accept(number=orchard.number, confirmed={}, by=orchard.reviewer, at=NOON)
    noted(orchard, "hearing")

    contract = draw_up(
        number=orchard.number, prices={}, obligations=[], by=orchard.reviewer, at=NOON
    )

    assert (contract.content["fees"], contract.content["man_days"]) == (None, None)

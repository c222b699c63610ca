"""Reviewing an application: questions, audit time, what is asked for, the reply."""

import pytest

from certbody.application.models import Review
from certbody.application.transitions.determine import determine
from certbody.application.transitions.reply import accept, decline, defer, resume
from certbody.application.transitions.review import Finding, review
from certbody.application.transitions.submit import submit
from certbody.application.transitions.supplement import (
    Wanted,
    answer_supplement,
    ask_supplement,
    settle_supplement,
)
from certbody.application.transitions.withdraw import withdraw
from certbody.cases.moving import done_in
from certbody.clients.models import Licence
from certbody.notices.models import Notice
from certbody.records.models import Event
from certbody.rules.terms import BadInput, Refused
from tests.applications import CONFIRMED, reviewed, submitted
from tests.people import NOON

pytestmark = pytest.mark.django_db
SCHEMES = ["ecpsc", "ccai"]


def codes(raised):
    return [one.code for one in raised.value.refusals]


@pytest.mark.parametrize("scheme", SCHEMES)
def test_a_reviewed_application_is_accepted_in_writing(scheme):
    play = reviewed(scheme)

    accept(number=play.number, confirmed=CONFIRMED[scheme], by=play.reviewer, at=NOON)

    case = play.application.case
    assert case.state == "accepted"
    notice = Notice.objects.get(case=case)
    assert notice.kind == "accepted"
    assert Event.objects.filter(stream=case.stream, what="application.accepted").count() == 1


def test_acceptance_completes_the_steps_that_the_rulebook_names():
    play = reviewed("ecpsc")

    accept(number=play.number, confirmed={}, by=play.reviewer, at=NOON)

    assert done_in(play.application.case) == {
        "application": "",
        "application_review": "sufficient",
        "acceptance": "accepted",
    }


@pytest.mark.parametrize("scheme", SCHEMES)
def test_without_a_review_nothing_is_accepted_and_all_reasons_are_told(scheme):
    play = submitted(scheme)

    with pytest.raises(Refused) as refused:
        accept(number=play.number, confirmed=CONFIRMED[scheme], by=play.reviewer, at=NOON)

    assert {"questions_answered", "audit_time_missing"} <= set(codes(refused))
    assert play.state == "submitted"


@pytest.mark.requirement("E-6.3", "P-A4")
def test_a_question_answered_no_stands_in_the_way():
    play = reviewed("ecpsc")
    last = Review.objects.get()
    findings = {
        one.question: Finding(one.question != "methods_feasible", "见附件")
        for one in last.answers.all()
    }
    review(number=play.number, findings=findings, by=play.reviewer, at=NOON)

    with pytest.raises(Refused) as refused:
        accept(number=play.number, confirmed={}, by=play.reviewer, at=NOON)

    assert codes(refused) == ["questions_answered"]
    assert Review.objects.count() == 2


@pytest.mark.requirement("E-6.3", "P-A4")
def test_a_review_answers_every_question_with_a_finding():
    play = submitted("ecpsc")

    findings = {"body_able": Finding(met=True, finding=" ")}
    with pytest.raises(BadInput) as bad:
        review(number=play.number, findings=findings, by=play.reviewer, at=NOON)

    assert [one.where for one in bad.value.problems] == [
        "information_sufficient",
        "material_conforms",
        "differences_resolved",
        "scope_and_man_days",
        "methods_feasible",
        "body_able.finding",
    ]


def test_a_licence_that_the_client_loses_meanwhile_stands_in_the_way():
    play = reviewed("ecpsc")
    Licence.objects.create(client=play.client, name="许可", valid_until="2026-06-01")

    with pytest.raises(Refused) as refused:
        accept(number=play.number, confirmed={}, by=play.reviewer, at=NOON)

    assert codes(refused) == ["eligible"]


def test_audit_time_is_that_of_the_rulebook_with_its_steps():
    play = reviewed("ecpsc")

    found = play.application.determinations.get()

    assert found.answer_zh["value"] == "3"
    assert found.answer_zh["steps"][0]["clause"] == "附件一 一.2"


def test_a_reduction_beyond_the_cap_is_refused_with_the_clause():
    play = submitted("ecpsc")

    given = {"reduce": "31%", "reason": "流程单一"}
    with pytest.raises(Refused) as refused:
        determine(number=play.number, given=given, by=play.reviewer, at=NOON)

    assert [(one.code, str(one.clause)) for one in refused.value.refusals] == [
        ("reduction_too_large", "附件一 三.2")
    ]


@pytest.mark.requirement("P-A1", "C-5.3")
@pytest.mark.parametrize("scheme", SCHEMES)
def test_more_is_asked_for_answered_handed_in_again_and_settled(scheme):
    play = reviewed(scheme)
    number = play.number
    wanted = [Wanted("请补充服务流程图")]
    (thread,) = ask_supplement(number=number, wanted=wanted, by=play.reviewer, at=NOON)
    assert play.state == "supplement_asked"
    with pytest.raises(Refused) as refused:
        submit(number=number, declared_by="王磊", by=play.applicant, at=NOON)
    assert codes(refused) == ["supplement_unanswered"]

    answer_supplement(
        number=number, supplement=thread.pk, text="见附件", by=play.applicant, at=NOON
    )
    submit(number=number, declared_by="王磊", by=play.applicant, at=NOON)
    with pytest.raises(Refused) as refused:
        accept(number=number, confirmed=CONFIRMED[scheme], by=play.reviewer, at=NOON)
    assert "supplement_open" in codes(refused)
    settle_supplement(number=number, supplement=thread.pk, by=play.reviewer, at=NOON)
    accept(number=number, confirmed=CONFIRMED[scheme], by=play.reviewer, at=NOON)

    assert play.state == "accepted"


@pytest.mark.requirement("C-5.3")
def test_deferral_is_in_writing_with_its_reason_and_can_be_taken_up_again():
    play = submitted("ccai")

    defer(number=play.number, reason="资质正在换证", by=play.reviewer, at=NOON)
    assert play.state == "deferred"
    assert Notice.objects.get().kind == "deferred"
    resume(number=play.number, by=play.reviewer, at=NOON)

    assert play.state == "submitted"


def test_a_rulebook_without_deferral_refuses_it():
    play = submitted("ecpsc")

    with pytest.raises(Refused) as refused:
        defer(number=play.number, reason="资质正在换证", by=play.reviewer, at=NOON)

    assert codes(refused) == ["act_not_in_rulebook"]


@pytest.mark.requirement("E-6.4.1")
@pytest.mark.parametrize("scheme", SCHEMES)
def test_declining_needs_a_reason(scheme):
    play = submitted(scheme)

    with pytest.raises(BadInput):
        decline(number=play.number, reason=" ", by=play.reviewer, at=NOON)
    decline(number=play.number, reason="超出能力范围", by=play.reviewer, at=NOON)

    assert play.state == "declined"
    assert Notice.objects.get().kind == "declined"


def test_the_client_may_withdraw_and_then_nothing_is_accepted_any_more():
    play = reviewed("ecpsc")

    withdraw(number=play.number, reason="计划有变", by=play.applicant, at=NOON)
    with pytest.raises(Refused) as refused:
        accept(number=play.number, confirmed={}, by=play.reviewer, at=NOON)

    assert play.state == "withdrawn_by_client"
    assert "status_does_not_allow" in codes(refused)


def test_a_client_cannot_review_its_own_application():
    play = reviewed("ecpsc")

    with pytest.raises(Refused) as refused:
        accept(number=play.number, confirmed={}, by=play.applicant, at=NOON)

    assert codes(refused) == ["right_missing"]

"""Submitting an application: what is missing is named with its clause, and stands in the way."""

from datetime import date, timedelta

import pytest

from certbody.application.transitions.answer import answer
from certbody.application.transitions.attach import leave_out
from certbody.application.transitions.submit import submit
from certbody.clients.models import Incident, Licence
from certbody.records.models import Event
from certbody.rules.terms import BadInput, Refused
from tests.applications import ANSWERS, begun, filled
from tests.people import NOON

pytestmark = pytest.mark.django_db
SCHEMES = ["ecpsc", "ccai"]


def refused_codes(play, at=NOON, declared_by="王磊"):
    with pytest.raises(Refused) as refused:
        submit(number=play.number, declared_by=declared_by, by=play.applicant, at=at)
    assert play.state == "draft"
    return {one.code: str(one.clause) for one in refused.value.refusals}


@pytest.mark.parametrize("scheme", SCHEMES)
def test_a_complete_application_is_submitted_and_written_down(scheme):
    play = filled(scheme)

    submit(number=play.number, declared_by="王磊", by=play.applicant, at=NOON)

    case = play.application.case
    assert (case.state, case.submitted_on) == ("submitted", date(2026, 6, 30))
    last = Event.objects.filter(stream=case.stream).latest("number")
    assert (last.what, last.actor) == ("application.submitted", play.applicant.pk)


@pytest.mark.requirement("E-6.2", "C-5.2", "C-5.1", "P-A1")
@pytest.mark.parametrize("scheme", SCHEMES)
def test_everything_that_is_missing_is_named_at_once(scheme):
    play = begun(scheme)

    codes = refused_codes(play, declared_by="")

    assert {"scope_text_missing", "people_missing", "not_declared", "item_missing"} <= set(codes)
    assert "unanswered" in codes


@pytest.mark.requirement("E-6.1.2")
def test_a_licence_that_has_ended_stands_in_the_way_with_its_clause():
    play = filled("ecpsc")
    Licence.objects.create(client=play.client, name="特种设备维修许可", valid_until="2026-06-29")

    assert refused_codes(play) == {"licences_valid": "6.1(2)"}


def test_a_licence_that_ends_on_the_day_of_application_still_holds():
    play = filled("ecpsc")
    Licence.objects.create(client=play.client, name="特种设备维修许可", valid_until="2026-06-30")

    submit(number=play.number, declared_by="王磊", by=play.applicant, at=NOON)

    assert play.state == "submitted"


@pytest.mark.parametrize(("since", "waits"), [("2026-03-30", False), ("2026-04-01", True)])
def test_the_service_system_has_run_three_months(since, waits):
    play = filled("ecpsc")
    answers = {**ANSWERS["ecpsc"], "system_since": since}
    answer(number=play.number, answers=answers, by=play.applicant, at=NOON)

    if waits:
        assert refused_codes(play) == {"system_has_run": "6.1(4)"}
    submit_at = NOON + timedelta(days=1 if waits else 0)
    submit(number=play.number, declared_by="王磊", by=play.applicant, at=submit_at)
    assert play.state == "submitted"


@pytest.mark.requirement("E-6.1.5")
def test_an_accident_of_this_year_stands_in_the_way():
    play = filled("ecpsc")
    Incident.objects.create(
        client=play.client, kind="safety", date="2026-02-01", what="坠落", major=True, closed=True
    )

    assert refused_codes(play) == {"no_major_incident": "6.1(5)"}


def test_an_activity_outside_the_scheme_is_refused():
    play = filled("ccai")
    answers = {**ANSWERS["ccai"], "activities": ["goods_after_sales", "hotel"]}
    answer(number=play.number, answers=answers, by=play.applicant, at=NOON)

    assert refused_codes(play) == {"no_hotel": "1"}


@pytest.mark.requirement("E-6.2")
def test_an_item_may_be_left_out_only_where_the_rulebook_allows_it():
    play = filled("ecpsc")

    with pytest.raises(Refused) as refused:
        leave_out(number=play.number, item="6.2-1", reason="无", by=play.applicant, at=NOON)

    assert [(one.code, str(one.clause)) for one in refused.value.refusals] == [
        ("may_not_be_left_out", "6.2(1)")
    ]


@pytest.mark.requirement("E-6.2")
def test_a_reason_against_the_facts_does_not_help():
    play = filled("ecpsc")
    answers = {**ANSWERS["ecpsc"], "outsourced": "true"}
    answer(number=play.number, answers=answers, by=play.applicant, at=NOON)

    assert refused_codes(play) == {"may_not_be_left_out": "6.2(4)"}


def test_an_answer_that_cannot_be_read_is_named_and_nothing_is_saved():
    play = filled("ecpsc")
    answers = {**ANSWERS["ecpsc"], "system_since": "2026-02-30", "offering": "air"}

    with pytest.raises(BadInput) as bad:
        answer(number=play.number, answers=answers, by=play.applicant, at=NOON)

    assert [(one.where, one.code) for one in bad.value.problems] == [
        ("offering", "not_a_choice"),
        ("system_since", "not_a_date"),
    ]
    assert play.application.facts == ANSWERS["ecpsc"]


def test_who_saves_over_a_change_unseen_is_told():
    play = filled("ecpsc")
    seen = play.application.revision
    answer(number=play.number, answers=ANSWERS["ecpsc"], by=play.applicant, at=NOON, seen=seen)

    with pytest.raises(Refused) as refused:
        answer(number=play.number, answers={}, by=play.applicant, at=NOON, seen=seen)

    assert [one.code for one in refused.value.refusals] == ["changed_meanwhile"]


def test_a_second_submission_changes_nothing():
    play = filled("ecpsc")
    submit(number=play.number, declared_by="王磊", by=play.applicant, at=NOON)
    events = Event.objects.count()

    with pytest.raises(Refused) as refused:
        submit(number=play.number, declared_by="王磊", by=play.applicant, at=NOON)

    assert [one.code for one in refused.value.refusals] == ["not_to_be_changed"]
    assert Event.objects.count() == events

"""From the document review to the end of the audit, with the gates in between."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from certbody.cases.models import State
from certbody.evaluation import rulebook
from certbody.evaluation.transitions.assess import end_part
from certbody.evaluation.transitions.conclude import end_audit
from certbody.evaluation.transitions.note_element import note_element
from certbody.evaluation.transitions.record_time import record_time
from certbody.evaluation.transitions.review_documents import PointFound, sign_document_review
from certbody.evaluation.transitions.save_result import Found, save_results
from certbody.rules.terms import BadInput, Refused
from tests.evaluation.making import audit, figured, started
from tests.people import NOON

pytestmark = pytest.mark.django_db
BOTH = pytest.mark.parametrize("scheme", ["ecpsc", "ccai"])


def signed(one, outcome, points=()):
    items = rulebook.points_of_review(one.case)
    findings = {item.id: PointFound(met=not points, finding="已核对") for item in items}
    return sign_document_review(
        number=one.number,
        findings=findings,
        points=points,
        outcome=outcome,
        by=one.leader,
        at=NOON,
    )


@pytest.mark.parametrize(("scheme", "outcome"), [("ecpsc", "passed"), ("ccai", "conform")])
def test_a_document_review_completes_its_step(scheme, outcome):
    one = audit(scheme, "document_review", State.CONTRACTED)
    review = signed(one, outcome)
    assert one.case.steps_done.get(step=review.step).outcome == outcome


@pytest.mark.parametrize(("scheme", "outcome"), [("ecpsc", "passed"), ("ccai", "conform")])
def test_a_review_does_not_pass_with_open_points(scheme, outcome):
    one = audit(scheme, "document_review", State.CONTRACTED)
    with pytest.raises(Refused):
        signed(one, outcome, ["缺少程序文件"])
    assert not one.case.document_reviews.exists()


def test_an_outcome_that_leads_to_the_stop_stops_the_audit():
    one = audit("ccai", "document_review", State.CONTRACTED)
    signed(one, "not_conform", ["没有体系文件"])
    one.case.refresh_from_db()
    assert one.case.state == State.STOPPED


@BOTH
def test_a_part_ends_when_all_is_assessed(scheme):
    one, part = started(scheme)
    step = figured(one.case)
    found = [Found(leaf.id, "met") for leaf in rulebook.criteria_of(one.case, step)]
    said: dict[str, Any] = {"number": one.number, "step": part.step, "by": one.leader, "at": NOON}
    save_results(found=found, **said)
    for item in rulebook.elements_of(one.case, step):
        note_element(element=item.id, finding="符合", **said)
    end_part(outcome="passed", given={"whole_process": "true"}, **said)
    assert one.case.steps_done.get(step=part.step).outcome == "passed"


@BOTH
def test_the_audit_does_not_end_before_its_parts_nor_with_too_little_time(scheme):
    one, _ = started(scheme)
    with pytest.raises(Refused) as refused:
        end_audit(number=one.number, by=one.leader, at=NOON)
    codes = {each.code for each in refused.value.refusals}
    assert {"step_not_done", "spent_below_minimum"} <= codes


@BOTH
@pytest.mark.requirement("P-P4")
def test_a_day_has_one_man_day(scheme):
    one, part = started(scheme)
    other = next(step.id for step in rulebook.steps(one.case, "document_review"))
    said: dict[str, Any] = {
        "number": one.number,
        "person": one.leader.pk,
        "by": one.leader,
        "at": NOON,
    }
    today = NOON.date()
    record_time(step=part.step, day=today, man_days=Decimal("0.75"), **said)
    with pytest.raises(Refused):
        record_time(step=other, day=today, man_days=Decimal("0.5"), **said)
    with pytest.raises(BadInput):
        record_time(step=other, day=today + timedelta(1), man_days=Decimal(1), **said)

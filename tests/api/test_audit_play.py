"""The audit of each scheme from the document review to its end, by a program alone.

Programme, team and plan have no acts yet: what they settle is there when the program begins.
"""

from datetime import timedelta

import pytest
from django.utils.timezone import localdate

from certbody.cases.models import Case, State
from certbody.cases.moving import complete, done_in, open_in
from certbody.evaluation import rulebook
from tests.evaluation.making import ANSWERS, MARK, Audit, audit, open_way, process_of
from tests.people import NOON

pytestmark = pytest.mark.django_db
PASSES = {"ecpsc": "passed", "ccai": "conform"}


def plan_settled(case: Case) -> None:
    """Do what the client's confirmation of a plan does to a case."""
    for step in rulebook.steps(case, "plan"):
        complete(case, step.id, open_way(step), NOON)
    Case.objects.filter(pk=case.pk).update(state=State.PLANNED)
    case.refresh_from_db()


def time_noted(leader, one: Audit, at: str) -> None:
    """Note five whole days of the two who audit: enough for the case of these tests."""
    step = rulebook.steps(one.case, "assessment")[-1].id
    for before in range(5):
        day = (localdate() - timedelta(days=before)).isoformat()
        for person in (one.leader, one.second):
            told = {"person": person.pk, "step": step, "day": day, "man_days": "1"}
            assert leader.put(f"{at}/time", told).status_code == 200


@pytest.mark.requirement("P-I1", "P-P4")
@pytest.mark.parametrize("scheme", ["ecpsc", "ccai"])
def test_from_the_document_review_to_the_end_of_the_audit(program, scheme):
    one = audit(scheme, "document_review", State.CONTRACTED)
    leader, at = program(one.leader), f"/cases/{one.number}"
    points = {
        item.id: {"met": True, "finding": "已核对"} for item in rulebook.points_of_review(one.case)
    }
    reviewed = leader.post(
        f"{at}/document-reviews", {"findings": points, "outcome": PASSES[scheme]}
    )
    assert reviewed.status_code == 200, reviewed.content
    plan_settled(one.case)

    for name in process_of(one.case).order():
        step = process_of(one.case).step(name)
        if name not in open_in(one.case, done_in(one.case)):
            continue
        part = f"{at}/parts/{name}"
        if step.work == "scheme":
            made = leader.post(
                f"{at}/evaluation-schemes", {"content": "抽查三十份记录", "pass_mark": MARK}
            )
            assert made.status_code == 200, made.content
        if step.work == "assessment":
            begun = leader.post(f"{part}/start", {"given": ANSWERS})
            assert begun.status_code == 200, begun.content
            found = [
                {"criterion": leaf.id, "value": "met", "note": "查看记录"}
                for leaf in rulebook.criteria_of(one.case, step)
            ]
            if found:
                assert leader.put(f"{part}/results", {"results": found}).status_code == 200
            for item in rulebook.elements_of(one.case, step):
                told = leader.put(f"{part}/elements/{item.id}", {"finding": "符合"})
                assert told.status_code == 200, told.content
            if not found:
                sample = {"what": "维修记录", "taken_at": NOON.isoformat(), "conforms": True}
                assert leader.post(f"{part}/samples", sample).status_code == 201
            ended = leader.post(
                f"{part}/end", {"outcome": "passed", "given": {"whole_process": "true"}}
            )
            assert ended.status_code == 200, ended.content
        if step.work == "corrections":
            judged = leader.post(f"{at}/corrections/{name}", {"outcome": "nothing_to_correct"})
            assert judged.status_code == 200, judged.content

    early = leader.post(f"{at}/end-audit")
    assert early.status_code == 409
    assert "spent_below_minimum" in [reason["code"] for reason in early.json()["refusals"]]
    time_noted(leader, one, at)
    ended = leader.post(f"{at}/end-audit")
    assert ended.status_code == 200, ended.content
    assert ended.json()["state"] == State.AUDITED


@pytest.mark.requirement("C-6.2.2.3")
def test_a_hidden_sample_shows_the_client_nothing_before_it_is_revealed(program):
    one = audit("ecpsc", "assessment")
    leader, at = program(one.leader), f"/cases/{one.number}"
    client = program(one.case.client.memberships.get().account)
    before = client.get(f"{at}/record").json()
    step = next(each for each in rulebook.steps(one.case, "scheme"))
    assert (
        leader.post(f"{at}/evaluation-schemes", {"content": "暗访", "pass_mark": MARK}).status_code
        == 200
    )
    name = rulebook.steps(one.case, "assessment")[-1].id
    assert step.id in done_in(one.case)
    assert leader.post(f"{at}/parts/{name}/start", {"given": ANSWERS}).status_code == 200
    sample = {"what": "神秘顾客报修", "taken_at": NOON.isoformat(), "hidden": True}
    assert leader.post(f"{at}/parts/{name}/samples", sample).status_code == 201

    assert client.get(f"{at}/record").json() == before
    for address in (f"{at}/parts/{name}", f"{at}/files"):
        answer = client.get(address)
        assert "神秘顾客" not in answer.content.decode()

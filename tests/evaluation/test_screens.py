"""The auditor's screens and the client's answers, as a browser asks for them."""

import pytest

from certbody.accounts.models import Account
from certbody.cases.models import State
from certbody.evaluation.models import OpenPoint, Result
from tests.evaluation.making import ANSWERS, audit, figured, started
from tests.people import browser_of

pytestmark = pytest.mark.django_db
JSON = {"accept": "application/json"}


@pytest.fixture(params=["ecpsc", "ccai"])
def begun(request):
    """An audit with a part begun, its leader's browser, the address of the part."""
    one, part = started(request.param)
    return one, part, browser_of(one.leader), f"/audits/{one.number}/parts/{part.step}/"


def first_criterion(page: str) -> str:
    return page.split('name="criterion" value="')[1].split('"', maxsplit=1)[0]


@pytest.mark.parametrize("scheme", ["ecpsc", "ccai"])
def test_an_auditor_finds_the_audit_and_what_is_left(scheme):
    one = audit(scheme, "assessment")
    browser, step = browser_of(one.leader), figured(one.case)

    assert one.number in browser.get("/audits/").text
    page = browser.get(f"/audits/{one.number}/").text
    assert step.zh in page
    assert 'li class="no"' in page  # what is missing before the audit ends
    assert browser.get(f"/audits/{one.number}/documents/").status_code == 200
    assert browser.get(f"/audits/{one.number}/parts/{step.id}/").status_code == 200


def test_who_is_not_assigned_finds_nothing(begun):
    one, _part, _browser, address = begun
    applicant = one.case.client.memberships.get().account

    for somebody in (applicant, Account.objects.get(login="reviewer")):
        assert browser_of(somebody).get(address).status_code in {403, 404}
    assert browser_of(one.second).get(address).status_code == 200


def test_a_part_is_started_on_its_page():
    one, part = started("ccai")
    browser, address = browser_of(one.leader), f"/audits/{one.number}/parts/{part.step}/"
    part.delete()

    unanswered = browser.post(address, {"act": "start"})
    done = browser.post(address, {"act": "start", **ANSWERS})

    assert unanswered.status_code == 409
    assert (done.status_code, one.case.parts.count()) == (302, 1)


def test_a_result_saves_itself_and_the_figures_come_back(begun):
    _one, part, browser, address = begun
    criterion = first_criterion(browser.get(address).text)
    sent = {
        "act": "result",
        "criterion": criterion,
        "verdict": "met",
        "note": "查看记录",
        "seen": "0",
    }

    answer = browser.post(address, sent, headers=JSON)

    assert answer.status_code == 200
    assert answer.json()["revision"] == 1
    assert "<progress" in answer.json()["live"]
    kept = Result.objects.get(part=part)
    assert (kept.criterion, kept.value, kept.note) == (criterion, "met", "查看记录")
    again = browser.get(f"{address}{criterion}/").text
    assert 'value="met" checked' in again
    assert "查看记录" in again


def test_the_second_auditor_is_told_of_the_first_one_s_change(begun):
    one, part, browser, address = begun
    criterion = first_criterion(browser.get(address).text)
    sent = {"act": "result", "criterion": criterion, "seen": "0"}
    browser.post(address, {**sent, "verdict": "met", "note": "甲"}, headers=JSON)

    answer = browser_of(one.second).post(
        address, {**sent, "verdict": "not_met", "reason": "乙"}, headers=JSON
    )

    assert answer.status_code == 409
    assert one.leader.name in " ".join(answer.json()["messages"])
    assert Result.objects.get(part=part).value == "met"


def test_without_a_script_the_form_does_the_same_and_loses_nothing(begun):
    _one, part, browser, address = begun
    criterion = first_criterion(browser.get(address).text)
    sent = {"act": "result", "criterion": criterion, "seen": "0", "note": "看过"}

    assert browser.post(address, {**sent, "verdict": "met"}).status_code == 302
    assert browser.post(f"{address}{criterion}/", {**sent, "verdict": "met"}).status_code == 409
    assert Result.objects.filter(part=part).count() == 1


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        ({"verdict": "", "points": "x"}, 422),
        ({"samples": "20", "failed": ""}, 422),
        ({"verdict": "perhaps"}, 422),
        ({}, 422),
    ],
)
def test_what_is_no_result_is_told_and_not_kept(begun, sent, status):
    _one, part, browser, address = begun
    criterion = first_criterion(browser.get(address).text)

    answer = browser.post(address, {"act": "result", "criterion": criterion, **sent}, headers=JSON)

    assert answer.status_code == status
    assert answer.json()["messages"]
    assert not Result.objects.filter(part=part).exists()


@pytest.mark.parametrize("path", ["parts/nothing/", "parts/{step}/nothing/"])
def test_what_is_not_there_is_no_page(begun, path):
    one, part, browser, _address = begun
    asked = f"/audits/{one.number}/{path.format(step=part.step)}"

    assert browser.get(asked).status_code == 404
    assert browser.post(asked, {"act": "nothing"}).status_code == 404


@pytest.mark.parametrize(
    "sent",
    [
        {"person": "x", "step": "", "day": "gestern", "man_days": "viel"},
        {"person": "9" * 30, "step": "x", "day": "", "man_days": "NaN"},
        {"man_days": "Infinity"},
    ],
)
def test_time_in_other_words_is_told_by_its_field(begun, sent):
    one, _part, browser, _address = begun

    answer = browser.post(f"/audits/{one.number}/", {"act": "time", **sent})

    assert answer.status_code == 422
    assert one.case.time_spent.count() == 0


@pytest.mark.parametrize("scheme", ["ecpsc", "ccai"])
def test_the_client_answers_the_points_of_the_document_review(scheme):
    one = audit(scheme, "document_review", State.CONTRACTED)
    leader, page = browser_of(one.leader), f"/audits/{one.number}/documents/"
    names = leader.get(page).text.split('name="finding.')[1:]
    points = [name.split('"')[0] for name in names]
    sent = {"act": "sign", "points": "缺少服务流程图", "focus": "流程"}
    for name in points:
        sent |= {f"met.{name}": "no" if name == points[-1] else "yes", f"finding.{name}": "看过"}
    outcome = "to_correct" if scheme == "ecpsc" else "basically_conform"

    signed = leader.post(page, {**sent, "outcome": outcome, "reviewer_competent": "true"})

    assert signed.status_code == 302, signed.text
    point = OpenPoint.objects.get()
    client = browser_of(one.case.client.memberships.get().account)
    theirs = f"/portal/cases/{one.number}/points/"
    assert "缺少服务流程图" in client.get(theirs).text
    assert client.post(theirs, {"point": point.pk, "text": ""}).status_code == 422
    assert client.post(theirs, {"point": point.pk, "text": "已补充"}).status_code == 302
    assert client.post(theirs, {"point": "99999", "text": "x"}).status_code == 404
    settled = leader.post(page, {"act": "settle", "point": point.pk, "how": "已核对"})
    assert settled.status_code == 302
    point.refresh_from_db()
    assert (point.answer, point.settled_how) == ("已补充", "已核对")

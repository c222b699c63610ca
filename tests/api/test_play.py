"""An application of each scheme from its first form to the signed contract, by programs alone."""

import re

import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile

from certbody.application import rulebook
from tests.applications import ANSWERS, CONFIRMED, PDF
from tests.applications import play as people

pytestmark = pytest.mark.django_db
PRICES = {
    "ecpsc": {"day_rate": "3000", "application_fee": "1000", "certificate_fee": "2000"},
    "ccai": {"man_day_rate": "3000", "application_fee": "1000", "certificate_fee": "2000"},
}


@pytest.mark.requirement("P-I1")
@pytest.mark.parametrize("scheme", ["ecpsc", "ccai"])
def test_from_first_form_to_signed_contract(program, scheme, django_capture_on_commit_callbacks):
    play = people(scheme)
    client, reviewer, head = (program(one) for one in (play.applicant, play.reviewer, play.head))

    begun = client.post("/applications", {"organisation": play.client.pk, "scheme": scheme})
    assert begun.status_code == 201, begun.content
    play.number = begun.json()["case"]["number"]
    at = f"/cases/{play.number}"
    elements = [item.id for item in rulebook.items(play.application, rulebook.SCOPE)]
    scope = {"scope_text": "家电维修", "scope": dict.fromkeys(elements, "杭州"), "people": 120}
    assert client.put(f"{at}/scope", scope).status_code == 200
    assert client.put(f"{at}/answers", {"answers": ANSWERS[scheme]}).status_code == 200
    for item in rulebook.items(play.application, rulebook.DOCUMENTS):
        if item.may_be_left_out == "never":
            file = SimpleUploadedFile("证明.pdf", PDF, "application/pdf")
            sent = {"item": item.id, "file": file}
            answer = client.browser.post(f"/api/v1{at}/documents", sent)
            assert answer.status_code == 201, answer.content
        else:
            assert client.put(f"{at}/left-out/{item.id}", {"reason": "不适用"}).status_code == 200
    assert client.post(f"{at}/submit", {"declared_by": "王磊"}).status_code == 200

    questions = [item.id for item in rulebook.items(play.application, rulebook.QUESTIONS)]
    findings = {name: {"met": True, "finding": "充分"} for name in questions}
    assert reviewer.post(f"{at}/review", {"findings": findings}).status_code == 201
    time = reviewer.post(f"{at}/audit-time", {"answers": {}})
    assert time.json()["answer"]["steps"][0]["clause"]
    accepted = reviewer.post(f"{at}/accept", {"answers": dict(CONFIRMED[scheme])})
    assert accepted.status_code == 200, accepted.content
    obligations = [item.id for item in rulebook.items(play.application, rulebook.OBLIGATIONS)]
    drawn = reviewer.post(f"{at}/contract", {"prices": PRICES[scheme], "obligations": obligations})
    assert drawn.status_code == 201, drawn.content
    for caller, account, side in ((client, play.applicant, "client"), (head, play.head, "body")):
        with django_capture_on_commit_callbacks(execute=True):
            assert caller.post(f"{at}/contract/code").status_code == 200
        (code,) = set(re.findall(r"\b\d{6}\b", str(mail.outbox[-1].body)))
        signing = {"side": side, "typed_name": account.name, "code": code}
        signed = caller.post(f"{at}/contract/sign", signing)
        assert signed.status_code == 200, signed.content

    assert client.get(at).json()["state"] == "contracted"
    (title, *_rest) = client.get("/notices").json()["items"]
    letter = client.get(f"/notices/{title['number']}").json()
    assert letter["opened_at"] is not None
    record = client.get(f"{at}/record").json()["items"]
    assert record[0]["what"] == "notice.opened"
    content = client.get(f"/files/{letter['file']}/content")
    assert b"".join(content.streaming_content).startswith(b"%PDF")

"""The same request twice is done once, and answered alike."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from certbody.api.models import IdempotencyKey
from certbody.records.models import Event
from tests.applications import PDF, filled, submitted

pytestmark = pytest.mark.django_db


def events(play, what):
    return Event.objects.filter(stream=play.application.case.stream, what=what).count()


def test_the_same_key_gives_one_act_and_the_same_answer(program):
    play = filled("ecpsc")
    # NOON lies months back: the application day is today's
    caller = program(play.applicant)

    first = caller.post(f"/cases/{play.number}/submit", {"declared_by": "王磊"}, key="a")
    second = caller.post(f"/cases/{play.number}/submit", {"declared_by": "王磊"}, key="a")

    assert (first.status_code, second.status_code) == (200, 200)
    assert first.content == second.content
    assert events(play, "application.submitted") == 1


def test_without_the_key_the_second_is_told_why_not(program):
    play = filled("ecpsc")
    caller = program(play.applicant)

    caller.post(f"/cases/{play.number}/submit", {"declared_by": "王磊"})
    second = caller.post(f"/cases/{play.number}/submit", {"declared_by": "王磊"})

    assert second.status_code == 409
    assert [one["code"] for one in second.json()["refusals"]] == ["not_to_be_changed"]


def test_another_request_under_the_same_key_is_refused(program):
    play = submitted("ecpsc")
    caller = program(play.applicant)

    caller.post(f"/cases/{play.number}/withdraw", {"reason": "甲"}, key="b")
    other = caller.post(f"/cases/{play.number}/withdraw", {"reason": "乙"}, key="b")

    assert (other.status_code, other.json()["code"]) == (422, "key_used_for_another_request")


def test_what_was_refused_may_be_sent_again_under_its_key(program):
    play = submitted("ecpsc")
    caller = program(play.reviewer)

    refused = caller.post(f"/cases/{play.number}/accept", {"answers": {}}, key="c")
    again = caller.post(f"/cases/{play.number}/accept", {"answers": {}}, key="c")

    assert (refused.status_code, again.status_code) == (409, 409)


def test_keys_of_two_accounts_do_not_meet(program):
    play = submitted("ecpsc")

    one = program(play.applicant).post(f"/cases/{play.number}/withdraw", {"reason": "甲"}, key="d")
    other = program(play.reviewer).post(f"/cases/{play.number}/decline", {"reason": "乙"}, key="d")

    assert (one.status_code, other.status_code) == (200, 409)


@pytest.mark.parametrize("key", ["", "x" * 201, "a b", "键"])
def test_a_key_of_no_length_or_too_long_is_refused(program, key):
    play = submitted("ecpsc")

    answer = program(play.applicant).post(
        f"/cases/{play.number}/withdraw", {"reason": "甲"}, key=key
    )

    assert (answer.status_code, answer.json()["errors"][0]["code"]) == (422, "key_unusable")


def test_two_files_of_one_name_and_size_are_two_requests(program):
    play = filled("ecpsc")
    item = play.application.documents.earliest("pk").item
    caller = program(play.applicant)

    def send(content):
        sent = {"item": item, "file": SimpleUploadedFile("a.pdf", content, "application/pdf")}
        at = f"/api/v1/cases/{play.number}/documents"
        return caller.browser.post(at, sent, headers={"idempotency-key": "f"})

    first, same = send(PDF), send(PDF)
    changed = send(PDF.replace(b"1.4", b"1.5"))

    assert (first.status_code, same.status_code, changed.status_code) == (201, 201, 422)
    assert first.content == same.content
    assert play.application.documents.filter(file__name="a.pdf").count() == 1


def test_a_made_token_is_told_once_and_nowhere_kept(program):
    caller = program(submitted("ecpsc").applicant)
    ends = (timezone.now() + timedelta(days=2)).isoformat()
    wanted = {"name": "nightly", "scopes": ["cases:read"], "ends_at": ends}

    first = caller.post("/me/tokens", wanted, key="t")
    again = caller.post("/me/tokens", wanted, key="t")

    text = first.json()["token"]
    assert text.startswith("cb_")
    assert again.json() == {**first.json(), "token": None}
    assert text not in IdempotencyKey.objects.get(key="t").answer


def test_a_token_gives_no_scope_that_it_has_not_itself(program):
    caller = program(submitted("ecpsc").applicant, ["accounts:write", "cases:read"])
    ends = (timezone.now() + timedelta(days=2)).isoformat()

    def made(*scopes):
        wanted = {"name": "x", "scopes": list(scopes), "ends_at": ends}
        return caller.post("/me/tokens", wanted)

    refused = made("cases:read", "contracts:write")
    assert (refused.status_code, refused.json()["errors"][0]["code"]) == (
        422,
        "scopes_beyond_token",
    )
    assert made("cases:read").status_code == 201

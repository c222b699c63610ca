"""What the API answers instead of a result: problem documents with codes, clauses and places."""

import pytest

from certbody.accounts.roles import Role
from certbody.accounts.transitions.tokens import end_token
from tests.applications import filled, reviewed, submitted
from tests.people import NOON, open_account

pytestmark = pytest.mark.django_db
MEDIA = "application/problem+json"


def test_a_refusal_carries_every_reason_with_code_and_clause(program):
    play = submitted("ecpsc")

    answer = program(play.reviewer).post(f"/cases/{play.number}/accept", {"answers": {}})

    assert (answer.status_code, answer["Content-Type"]) == (409, MEDIA)
    reasons = {one["code"]: one["clause"] for one in answer.json()["refusals"]}
    assert reasons["questions_answered"] == "6.3"
    assert reasons["audit_time_missing"] == "7.1.2"
    assert play.state == "submitted"


def test_sentences_are_in_the_language_that_is_asked_for(program):
    play = submitted("ecpsc")
    caller = program(play.reviewer)

    chinese = caller.post(f"/cases/{play.number}/accept", {"answers": {}}).json()
    english = caller.post(
        f"/cases/{play.number}/accept", {"answers": {}}, **{"accept-language": "en-GB"}
    ).json()

    assert (chinese["title"], english["title"]) == ("不允许", "Not allowed now")


def test_faults_name_their_place(program):
    play = filled("ecpsc")

    answer = program(play.applicant).put(
        f"/cases/{play.number}/answers", {"answers": {"system_since": "2026-02-30", "x": "1"}}
    )

    assert (answer.status_code, answer["Content-Type"]) == (422, MEDIA)
    assert [(one["where"], one["code"]) for one in answer.json()["errors"]] == [
        ("system_since", "not_a_date"),
        ("x", "unknown_fact"),
    ]


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [("{", 400, "not_json"), ("[]", 422, "bad_input"), ('{"people": "many"}', 422, "bad_input")],
)
def test_a_body_of_another_shape_is_told_in_words(program, body, status, code):
    play = filled("ecpsc")
    browser = program(play.applicant).browser

    answer = browser.put(
        f"/api/v1/cases/{play.number}/scope", body, content_type="application/json"
    )

    assert (answer.status_code, answer.json()["code"]) == (status, code)


def test_what_is_not_open_to_the_account_is_not_there(program):
    play = reviewed("ecpsc")
    stranger = program(open_account("stranger", Role.CLIENT))

    assert stranger.get(f"/cases/{play.number}").status_code == 404
    assert stranger.get("/cases").json()["items"] == []


def test_without_a_token_or_with_an_ended_one_nothing_opens(program, client):
    play = submitted("ecpsc")
    caller = program(play.reviewer)

    assert client.get("/api/v1/me").status_code == 401
    assert caller.get("/me").status_code == 200
    end_token(token=caller.token.pk, by=play.reviewer, at=NOON)
    assert caller.get("/me").status_code == 401


def test_a_token_without_the_scope_is_refused(program):
    play = submitted("ecpsc")

    answer = program(play.reviewer, ["cases:read"]).get(f"/cases/{play.number}/application")

    assert (answer.status_code, answer.json()["code"]) == (403, "scope_missing")


def test_a_scope_gives_no_right_that_the_account_lacks(program):
    play = submitted("ecpsc")

    answer = program(play.applicant).post(f"/cases/{play.number}/decline", {"reason": "不"})

    assert (answer.status_code, answer.json()["code"]) == (403, "forbidden")
    assert play.state == "submitted"


SHAPES = {"people": "many", "scope_text": 5, "scope": []}


@pytest.mark.parametrize(
    ("language", "sentence"),
    [("zh", "people：须为整数"), ("en", "people must be a whole number")],
)
def test_faults_of_shape_are_told_in_words_and_all_at_once(program, language, sentence):
    play = filled("ecpsc")

    answer = program(play.applicant).put(
        f"/cases/{play.number}/scope", SHAPES, **{"accept-language": language}
    )

    told = {one["where"]: (one["code"], one["message"]) for one in answer.json()["errors"]}
    assert set(told) == set(SHAPES)
    assert told["people"] == ("must_be_whole", sentence)
    assert [told[name][0] for name in ("scope_text", "scope")] == ["not_a_text", "not_an_object"]


def test_a_file_that_is_missing_is_named(program):
    play = filled("ecpsc")

    answer = program(play.applicant).browser.post(f"/api/v1/cases/{play.number}/documents", {})

    assert [one["where"] for one in answer.json()["errors"]] == ["item", "file"]


@pytest.mark.parametrize(
    ("asked", "title"),
    [
        ("", "没有此内容"),
        ("fr", "没有此内容"),
        ("zh;q=0.5, en", "There is nothing here"),
        ("fr, en-GB;q=0.8, zh;q=0.9", "没有此内容"),
        ("en;q=0", "没有此内容"),
    ],
)
def test_the_language_is_negotiated(client, asked, title):
    answer = client.get("/api/v1/nothing", headers={"accept-language": asked})

    assert answer.json()["title"] == title


@pytest.mark.parametrize(
    "path", ["/api/", "/api/v2/cases", "/api/v1/nothing", "/api/v1/cases/", "/api/v1/files/x/y/z"]
)
@pytest.mark.parametrize("method", ["get", "post", "delete"])
def test_below_api_nothing_is_answered_with_a_page(client, path, method):
    answer = getattr(client, method)(path)

    assert (answer.status_code, answer["Content-Type"]) == (404, MEDIA)
    assert answer.json()["code"] == "not_found"


def test_a_method_that_is_not_taken_names_those_that_are(program):
    browser = program(open_account("applicant", Role.CLIENT)).browser

    answer = browser.delete("/api/v1/accounts")

    assert (answer.status_code, answer["Content-Type"]) == (405, MEDIA)
    assert answer["Allow"] == "GET, POST"


def test_a_body_that_is_too_big_is_told_so(program, settings):
    play = filled("ecpsc")
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 100

    answer = program(play.applicant).put(f"/cases/{play.number}/scope", {"scope_text": "x" * 200})

    assert (answer.status_code, answer.json()["code"]) == (413, "too_big")


def test_a_mistake_of_the_program_tells_nothing_of_its_inside(program, monkeypatch, caplog):
    caller = program(open_account("applicant", Role.CLIENT))
    monkeypatch.setattr("certbody.cases.api.visible_to", lambda *_: 1 / 0)
    caller.browser.raise_request_exception = False

    answer = caller.get("/cases")

    assert (answer.status_code, answer["Content-Type"]) == (500, MEDIA)
    assert answer.json()["code"] == "mistake"
    assert b"division" not in answer.content
    assert "division by zero" in caplog.text


def test_everybody_may_read_the_description_and_its_page(client):
    assert client.get("/api/v1/openapi.json").json()["openapi"].startswith("3.1")
    for language, title in (("zh", "编程接口"), ("en", "The API")):
        page = client.get(f"/api/v1/?lang={language}")
        assert title in page.content.decode()
        assert "/api/v1/cases/{number}/submit" in page.content.decode()
        assert "applications:write" in page.content.decode()


@pytest.mark.parametrize("key", [{}, {"idempotency-key": "m"}])
def test_a_form_without_its_boundary_cannot_be_read(program, key):
    browser = program(open_account("applicant", Role.CLIENT)).browser

    answer = browser.generic(
        "POST", "/api/v1/me/tokens", b"x", content_type="multipart/form-data", headers=key
    )

    assert (answer.status_code, answer.json()["code"]) == (400, "not_json")

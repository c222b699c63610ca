"""Errors as problem documents (RFC 9457), in the language the caller asks for.

``refusals`` carries every reason of a rulebook's "no" with its clause, ``errors`` every fault of
the question with its place; both have codes for programs and sentences for people.
"""

from http import HTTPStatus
from typing import Any

import orjson
from django.core.exceptions import ObjectDoesNotExist, RequestDataTooBig
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation.trans_real import parse_accept_lang_header
from ninja import Schema
from ninja.errors import AuthenticationError, HttpError, ValidationError
from pydantic import Field

from certbody.api.shapes import problem_of
from certbody.rules.terms import BadInput, Refused
from certbody.words import Language, sentence
from certbody.words.rendering import plain_problem, plain_refusal

MEDIA = "application/problem+json"


class ScopeMissingError(Exception):
    """A token is good, but not for this: it lacks the scope."""

    def __init__(self, scope: str) -> None:
        super().__init__(scope)
        self.scope = scope


class Fault(Schema):
    """One fault of a request: where it is and what is wrong there."""

    where: str
    code: str
    clause: str | None = None
    message: str


class Reason(Schema):
    """One reason of a refusal."""

    code: str
    clause: str | None
    message: str


class ProblemDocument(Schema):
    """What is answered instead of a result."""

    type: str = "about:blank"
    title: str
    status: int
    detail: str = ""
    code: str
    errors: list[Fault] = Field(default=[], description="faults of the request, by place")
    refusals: list[Reason] = Field(default=[], description="reasons of the rulebook, by clause")


PROBLEMS_SAID = {
    400: "The body cannot be read as what it says it is.",
    401: "The token is missing, unknown, ended, or its account is closed.",
    403: "The token has not the scope, or its account not the right.",
    404: "It is not there, or not open to the account of the token.",
    409: "A rulebook or the state of things says no: `refusals` has every reason with its clause.",
    413: "The body is too big.",
    422: "Something in the request cannot be used: `errors` has every fault with its place.",
    429: "Too many requests; try again later.",
}
PROBLEMS = frozenset(PROBLEMS_SAID)  # what any operation may answer instead of a result

TITLES = {
    "refused": "problem_refused",
    "forbidden": "problem_forbidden",
    "scope_missing": "problem_scope_missing",
    "bad_input": "problem_bad_input",
    "not_json": "problem_not_json",
    "no_token": "problem_no_token",
    "not_found": "problem_not_found",
    "too_big": "problem_too_big",
    "wrong_method": "problem_wrong_method",
    "not_possible": "problem_not_possible",
    "mistake": "problem_mistake",
    "key_used_for_another_request": "problem_key_used",
}


def language_of(request: HttpRequest) -> Language:
    """Return the language a program asks for: Chinese, unless it prefers English.

    Source: RFC 9110, 12.5.4; the highest weight wins, of equal ones the first.
    """
    for name, weight in parse_accept_lang_header(request.headers.get("Accept-Language", "")):
        base = name.partition("-")[0]
        if weight > 0 and base in {"zh", "en"}:
            return "en" if base == "en" else "zh"
    return "zh"


def problem(request: HttpRequest, status: int, code: str, **more: object) -> HttpResponse:
    """Return a problem document."""
    title = sentence(TITLES[code], {}, language_of(request))
    content: dict[str, Any] = {
        "type": "about:blank",
        "title": title,
        "status": status,
        "detail": "",
        "code": code,
        "errors": [],
        "refusals": [],
        **more,
    }
    response = HttpResponse(orjson.dumps(content), status=status, content_type=MEDIA)
    if status == HTTPStatus.UNAUTHORIZED:
        response.headers["WWW-Authenticate"] = "Bearer"
    return response


def refused(request: HttpRequest, error: Refused) -> HttpResponse:
    """Answer a rulebook's "no": 403 where only a right is missing, else 409."""
    reasons = [plain_refusal(one, language_of(request)) for one in error.refusals]
    no_right = all(one.code in _OF_RIGHTS for one in error.refusals)
    detail = "; ".join(str(one["message"]) for one in reasons)
    if no_right:
        return problem(request, HTTPStatus.FORBIDDEN, "forbidden", detail=detail, refusals=reasons)
    return problem(request, HTTPStatus.CONFLICT, "refused", detail=detail, refusals=reasons)


_OF_RIGHTS = {"right_missing", "not_your_organisation"}


def bad_input(request: HttpRequest, error: BadInput) -> HttpResponse:
    """Answer a request whose values cannot be used."""
    errors = [plain_problem(one, language_of(request)) for one in error.problems]
    return problem(request, HTTPStatus.UNPROCESSABLE_ENTITY, "bad_input", errors=errors)


def not_valid(request: HttpRequest, error: ValidationError) -> HttpResponse:
    """Answer a request that has not the shape of the operation."""
    return bad_input(request, BadInput([problem_of(one) for one in error.errors]))


def http_error(request: HttpRequest, error: HttpError) -> HttpResponse:
    """Answer what ninja itself refuses, such as a body that is no JSON."""
    if error.status_code == HTTPStatus.BAD_REQUEST:
        return problem(request, HTTPStatus.BAD_REQUEST, "not_json")
    return problem(request, error.status_code, "not_possible", detail=str(error))


def unreadable(request: HttpRequest, error: Exception) -> HttpResponse:
    """Answer a body that breaks off, or is not what its content type says."""
    del error
    return problem(request, HTTPStatus.BAD_REQUEST, "not_json")


def unauthenticated(request: HttpRequest, error: AuthenticationError) -> HttpResponse:
    """Answer a request without a token that opens anything."""
    del error
    return problem(request, HTTPStatus.UNAUTHORIZED, "no_token")


def scope_missing(request: HttpRequest, error: ScopeMissingError) -> HttpResponse:
    """Answer a request whose token has not the scope of the operation."""
    detail = sentence("scope_needed", {"scope": error.scope}, language_of(request))
    return problem(request, HTTPStatus.FORBIDDEN, "scope_missing", detail=detail)


def wrong_method(request: HttpRequest, allowed: str) -> HttpResponse:
    """Answer a method that the address does not take; ``allowed`` names those it does."""
    response = problem(request, HTTPStatus.METHOD_NOT_ALLOWED, "wrong_method", detail=allowed)
    response.headers["Allow"] = allowed
    return response


def not_found(request: HttpRequest, error: Http404 | ObjectDoesNotExist) -> HttpResponse:
    """Answer for what is not there, or not open to the account."""
    del error
    return problem(request, HTTPStatus.NOT_FOUND, "not_found")


def too_big(request: HttpRequest, error: RequestDataTooBig) -> HttpResponse:
    """Answer a body that is too big to be read."""
    del error
    return problem(request, HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "too_big")

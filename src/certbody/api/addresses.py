"""The addresses of the API: its operations, its description, its page, and what lies beside them.

Below ``/api/`` every answer to a program is a problem document or a result, never a page: an
address that is not there and a method that an address does not take as well.
"""

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import URLPattern, URLResolver, path, re_path
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from certbody.api import problems
from certbody.api.assembly import Api
from certbody.api.page import listed
from certbody.web.doors import BY_TOKEN, public

View = Callable[..., HttpResponseBase]
Addresses = tuple[list[URLPattern | URLResolver], str, str]


def addresses(api: Api) -> Addresses:
    """Return what ``include`` takes: each operation asks for its token itself, the rest is open."""
    patterns, app, namespace = api.urls
    operations = [one for one in patterns if isinstance(one, URLPattern) and one.name != "api-root"]
    for one in operations:
        one.callback = _by_token(one.callback)
    beside: list[URLPattern | URLResolver] = [
        path("openapi.json", public(_description(api)), name="openapi-json"),
        path("", public(_page(api)), name="api-root"),
        re_path("", nothing_there),
    ]
    return [*operations, *beside], app, namespace


@public
@csrf_exempt
def nothing_there(request: HttpRequest, **_: object) -> HttpResponse:
    """Answer for an address below ``/api/`` that is not there."""
    return problems.problem(request, HTTPStatus.NOT_FOUND, "not_found")


def _by_token(view: View) -> View:
    """Return a view that asks for a token itself, and refuses a method with a problem document."""

    @wraps(view)
    def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:  # noqa: ANN401  handed on
        response = view(request, *args, **kwargs)
        if response.status_code == HTTPStatus.METHOD_NOT_ALLOWED:
            allowed = ", ".join(sorted(response.headers["Allow"].split(", ")))
            return problems.wrong_method(request, allowed)
        return response

    answered.door = BY_TOKEN  # type: ignore[attr-defined]  # a function holds it
    return answered


def _description(api: Api) -> View:
    @require_safe
    def description(request: HttpRequest) -> HttpResponse:
        """Answer with the description for programs."""
        del request
        return HttpResponse(api.description_json, content_type="application/json")

    return description


def _page(api: Api) -> View:
    @require_safe
    def page(request: HttpRequest) -> HttpResponse:
        """Show the operations to people."""
        return listed(request, api.described)

    return page

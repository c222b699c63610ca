"""The API as a whole: how it answers, how it fails, and its description."""

import logging
from functools import cached_property
from http import HTTPStatus
from typing import Any

import orjson
from django.core.exceptions import ObjectDoesNotExist, RequestDataTooBig, SuspiciousOperation
from django.http import Http404, HttpRequest, HttpResponse, UnreadablePostError
from django.http.multipartparser import MultiPartParserError
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError
from ninja.operation import Operation
from ninja.renderers import BaseRenderer

from certbody.api import problems
from certbody.api.description import Description
from certbody.rules.terms import BadInput, Refused

_HANDLERS: tuple[tuple[type[Exception], Any], ...] = (
    (Refused, problems.refused),
    (BadInput, problems.bad_input),
    (ValidationError, problems.not_valid),
    (HttpError, problems.http_error),
    (AuthenticationError, problems.unauthenticated),
    (problems.ScopeMissingError, problems.scope_missing),
    (Http404, problems.not_found),
    (ObjectDoesNotExist, problems.not_found),
    (RequestDataTooBig, problems.too_big),
    (SuspiciousOperation, problems.unreadable),
    (MultiPartParserError, problems.unreadable),
    (UnreadablePostError, problems.unreadable),
)
PREFIX = "/api/v1/"
_LOG = logging.getLogger("django.request")


class OrjsonRenderer(BaseRenderer):
    """JSON, quickly."""

    media_type = "application/json"

    def render(self, request: HttpRequest, data: Any, *, response_status: int) -> bytes:  # noqa: ANN401
        """Return data as JSON."""
        del request, response_status
        return orjson.dumps(data)


class Api(NinjaAPI):
    """Ninja's API with our errors, whose description says that they are problem documents."""

    def get_openapi_schema(
        self, *, path_prefix: str | None = None, path_params: dict[str, Any] | None = None
    ) -> Description:
        """Return the description."""
        del path_params
        return Description(self, path_prefix or PREFIX)

    def get_openapi_operation_id(self, operation: Operation) -> str:
        """Return the name by which programs know an operation; moving its module keeps it."""
        return "_".join([*(operation.tags or [])[:1], operation.view_func.__name__])

    @cached_property
    def described(self) -> Description:
        """The description; it takes seconds to put together and never changes while we run."""
        return self.get_openapi_schema()

    @cached_property
    def description_json(self) -> bytes:
        """The description as it is served."""
        return orjson.dumps(self.described, default=str, option=orjson.OPT_NON_STR_KEYS)


def new_api(tags: dict[str, str]) -> Api:
    """Return an API without operations; ``tags`` say what each group of them is about."""
    api = Api(
        title="certbody",
        version="1",
        description="Everything that the screens do. Errors are problem documents (RFC 9457).",
        renderer=OrjsonRenderer(),
        docs_url=None,
        openapi_url=None,
        openapi_extra={"tags": [{"name": name, "description": tags[name]} for name in tags]},
        urls_namespace="api",
    )
    for kind, handler in _HANDLERS:
        api.add_exception_handler(kind, handler)
    api.add_exception_handler(Exception, _mistake)
    return api


def _mistake(request: HttpRequest, error: Exception | type[Exception]) -> HttpResponse:
    """Answer when the program itself failed; the log says why, the caller learns nothing of it."""
    _LOG.error("in the API: %s", error, exc_info=True)
    return problems.problem(request, HTTPStatus.INTERNAL_SERVER_ERROR, "mistake")

"""The description of the API (OpenAPI 3.1), with what ninja leaves out.

Each operation names the scope that its token needs, and each write the header under which it may
be sent again. What can go wrong is the same everywhere: it is said once and referred to.
"""

from copy import copy
from http import HTTPStatus
from typing import Any

from ninja.openapi.schema import OpenAPISchema
from ninja.operation import Operation

from certbody.api.idempotency import HEADER, KEY_AT_MOST, takes_a_key
from certbody.api.problems import MEDIA, PROBLEMS, PROBLEMS_SAID, ProblemDocument

_KEY = "#/components/parameters/IdempotencyKey"
_KEY_SAID = (
    "The same request under the same key is done once and answered alike, also when it comes "
    "twice at the same moment or after the server was killed. Kept for thirty days."
)


class Description(OpenAPISchema):
    """Ninja's description with scopes, keys and problem documents."""

    def operation_details(self, operation: Operation) -> dict[str, Any]:
        """Return an operation; a write takes a key."""
        details: dict[str, Any] = super().operation_details(operation)
        if takes_a_key(operation.view_func):
            details["parameters"].append({"$ref": _KEY})
        return details

    def operation_security(self, operation: Operation) -> list[dict[str, Any]] | None:
        """Return the scope a token needs. Source: OpenAPI 3.1.0, Security Requirement Object."""
        asked: list[dict[str, Any]] | None = super().operation_security(operation)
        scopes = scopes_of(operation)
        return [dict.fromkeys(one, scopes) for one in asked] if asked else asked

    def responses(self, operation: Operation) -> dict[int, dict[str, Any]]:
        """Return what is answered; problem documents by reference."""
        own = copy(operation)
        own.response_models = {
            status: model
            for status, model in operation.response_models.items()
            if status not in PROBLEMS
        }
        answered: dict[int, dict[str, Any]] = super().responses(own)
        for status in sorted(PROBLEMS & operation.response_models.keys()):
            answered[status] = {"$ref": f"#/components/responses/{_name(status)}"}
        return answered

    def get_components(self) -> dict[str, Any]:
        """Return what operations refer to."""
        document = self._create_schema_from_model(  # type: ignore[type-var]  # any schema will do
            ProblemDocument, mode="serialization"
        )[0]
        components: dict[str, Any] = super().get_components()
        length = {"minLength": 1, "maxLength": KEY_AT_MOST, "pattern": "^[!-~]+$"}
        key = {"name": HEADER, "in": "header", "required": False, "description": _KEY_SAID}
        return {
            **components,
            "parameters": {"IdempotencyKey": {**key, "schema": {"type": "string", **length}}},
            "responses": {
                _name(status): {
                    "description": PROBLEMS_SAID[status],
                    "content": {MEDIA: {"schema": document}},
                }
                for status in sorted(PROBLEMS)
            },
        }


def scopes_of(operation: Operation) -> list[str]:
    """Return the scopes that an operation asks of a token; none where it is open to all."""
    return [auth.scope for auth in operation.auth_callbacks if hasattr(auth, "scope")]


def _name(status: int) -> str:
    return "".join(word.title() for word in HTTPStatus(status).phrase.split())

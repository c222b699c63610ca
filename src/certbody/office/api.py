"""The event log as a whole for programs: its head, to be kept where nobody can change it."""

from typing import Any

from django.http import HttpRequest
from ninja import Router, Schema

from certbody.accounts.callers import caller
from certbody.accounts.roles import Right
from certbody.accounts.tokens import TokenAuth
from certbody.api.problems import PROBLEMS, ProblemDocument
from certbody.records.reading import last_seal
from certbody.rules.terms import Refusal, Refused

router = Router(tags=["records"], auth=TokenAuth("records:read"))


class HeadOut(Schema):
    """The last seal of the log: ``certbody log verify`` can be asked for it later."""

    number: int
    digest: str


@router.get(
    "/records/head",
    response={200: HeadOut, PROBLEMS: ProblemDocument},
    summary="The head of the event log",
)
def head_of_log(request: HttpRequest) -> dict[str, Any]:
    """Return the last seal; 0 and no digest while nothing is sealed."""
    if not caller(request).has(Right.RECORD_READ_ALL):
        raise Refused([Refusal("right_missing", None, {"right": Right.RECORD_READ_ALL})])
    number, digest = last_seal()
    return {"number": number, "digest": digest}

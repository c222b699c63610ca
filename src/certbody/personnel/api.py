"""Interests for programs."""

from datetime import date
from typing import Annotated, Any

from django.http import HttpRequest
from django.utils import timezone
from ninja import Router, Schema
from pydantic import StringConstraints

from certbody.accounts.callers import caller
from certbody.accounts.tokens import TokenAuth
from certbody.api.idempotency import once
from certbody.api.problems import PROBLEMS, ProblemDocument
from certbody.personnel.models import Interest
from certbody.personnel.transitions.interests import declare_interest, end_interest

writes = TokenAuth("accounts:write")
router = Router(tags=["personnel"], auth=TokenAuth("accounts:read"))
Text = Annotated[str, StringConstraints(max_length=400)]


class InterestIn(Schema):
    """An interest in a client."""

    credit_code: Text
    kind: Text
    since: date
    remark: Text = ""


class EndIn(Schema):
    """The day on which an interest ended."""

    until: date


class InterestOut(Schema):
    """An interest declared."""

    id: int
    client: str
    kind: str
    since: str
    until: str | None


class InterestsOut(Schema):
    """All of one's interests."""

    items: list[InterestOut]


@router.get(
    "/me/interests",
    response={200: InterestsOut, PROBLEMS: ProblemDocument},
    summary="Your interests in clients",
)
def list_interests(request: HttpRequest) -> dict[str, Any]:
    """List one's own interests."""
    found = caller(request).interests.select_related("client").order_by("-since")
    return {"items": [_told(one) for one in found]}


@router.post(
    "/me/interests",
    auth=writes,
    response={201: InterestOut, PROBLEMS: ProblemDocument},
    summary="Declare an interest",
)
@once(201)
def declare_one(request: HttpRequest, payload: InterestIn) -> dict[str, Any]:
    """Declare an interest: nothing of that client is open from the next request on."""
    return _told(declare_interest(**payload.dict(), by=caller(request), at=timezone.now()))


@router.post(
    "/me/interests/{interest}/end",
    auth=writes,
    response={200: InterestOut, PROBLEMS: ProblemDocument},
    summary="Declare that an interest has ended",
)
@once()
def end_one(request: HttpRequest, interest: int, payload: EndIn) -> dict[str, Any]:
    """Declare the end; it bars for some time after that."""
    by, at = caller(request), timezone.now()
    return _told(end_interest(interest=interest, until=payload.until, by=by, at=at))


def _told(one: Interest) -> dict[str, Any]:
    return {
        "id": one.pk,
        "client": one.client.name,
        "kind": one.kind,
        "since": one.since.isoformat(),
        "until": one.until.isoformat() if one.until else None,
    }

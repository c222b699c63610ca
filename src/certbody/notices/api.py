"""Letters and one-time codes for programs."""

from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from django.utils.timezone import localdate
from ninja import Router, Schema

from certbody.accounts.callers import caller
from certbody.accounts.tokens import TokenAuth
from certbody.api.paging import After, Limit, paged
from certbody.api.problems import PROBLEMS, ProblemDocument
from certbody.notices.models import Notice
from certbody.notices.selectors import notices_visible_to
from certbody.notices.transitions.open import open_notice

router = Router(tags=["letters"], auth=TokenAuth("notices:read"))


class Bilingual(Schema):
    """Words in both languages."""

    zh: str
    en: str


class NoticeTitle(Schema):
    """What a list tells of a letter: enough to know that it waits, nothing of what it says."""

    number: str
    case: str
    kind: str
    subject: Bilingual
    sent_at: str
    opened_at: str | None


class NoticeOut(NoticeTitle):
    """A letter."""

    paragraphs: list[Bilingual]
    points: list[str]
    clause: str
    file: int


class NoticesOut(Schema):
    """A page of letters."""

    items: list[NoticeTitle]
    next: int | None


@router.get(
    "/notices", response={200: NoticesOut, PROBLEMS: ProblemDocument}, summary="Letters open to you"
)
def list_notices(request: HttpRequest, after: After = 0, limit: Limit = 50) -> dict[str, Any]:
    """List letters, page by page. Listing one does not count as opening it."""
    return paged(notices_visible_to(caller(request), localdate()), after, limit, _title)


@router.get(
    "/notices/{number}",
    response={200: NoticeOut, PROBLEMS: ProblemDocument},
    summary="Open a letter",
)
def one_notice(request: HttpRequest, number: str) -> dict[str, Any]:
    """Return a letter; the client's first look at it is its delivery."""
    return _told(open_notice(number=number, by=caller(request), at=timezone.now()))


def _told(one: Notice) -> dict[str, Any]:
    return {
        **_title(one),
        "paragraphs": one.content["paragraphs"],
        "points": one.content["points"],
        "clause": one.content["clause"],
        "file": one.file_id,
    }


def _title(one: Notice) -> dict[str, Any]:
    return {
        "number": one.number,
        "case": one.case.number,
        "kind": one.kind,
        "subject": one.subject,
        "sent_at": one.sent_at.isoformat(),
        "opened_at": one.opened_at.isoformat() if one.opened_at else None,
    }

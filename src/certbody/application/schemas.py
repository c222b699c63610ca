"""What programs send and read of applications and contracts."""

from typing import Annotated, Any

from ninja import Schema
from pydantic import Field, StringConstraints

from certbody.application.models import Application, Contract, Determination
from certbody.cases.told import case_told

Text = Annotated[str, StringConstraints(max_length=4000)]
Short = Annotated[str, StringConstraints(max_length=300)]
Answer = str | list[str] | list[dict[str, str]]
Answers = Annotated[dict[str, Answer], Field(max_length=300)]
Seen = Annotated[
    int | None, Field(description="the revision that was seen; another one is refused")
]


class BeginIn(Schema):
    """An application to begin."""

    organisation: int
    scheme: Short
    activity: Short = "initial"


class ScopeIn(Schema):
    """What is to be certified."""

    scope_text: Text
    scope: Annotated[dict[str, Text], Field(max_length=100)] = {}
    people: Annotated[int, Field(ge=1, le=10_000_000)] | None = None
    seen: Seen = None


class AnswersIn(Schema):
    """Answers to the rulebook's questions, by their names."""

    answers: Answers
    seen: Seen = None


class LeftOutIn(Schema):
    """Why an item does not apply; an empty reason takes it back."""

    reason: Short


class SubmitIn(Schema):
    """Who answers for the truth of the application."""

    declared_by: Short


class WantedIn(Schema):
    """One thing asked for."""

    text: Text
    item: Short = ""


class SupplementIn(Schema):
    """What the client is asked for."""

    wanted: Annotated[list[WantedIn], Field(max_length=100)]


class FindingIn(Schema):
    """What the reviewer found on one question."""

    met: bool
    finding: Text
    remark: Text = ""


class ReviewIn(Schema):
    """A review, question by question."""

    findings: Annotated[dict[str, FindingIn], Field(max_length=100)]


class ReasonIn(Schema):
    """A reason, as the other side will read it."""

    reason: Text


class PricesIn(Schema):
    """Prices agreed and what the contract carries."""

    prices: Answers
    obligations: Annotated[list[Short], Field(max_length=100)]


class SignIn(Schema):
    """A signature: for which side, typed name, one-time code."""

    side: Short
    typed_name: Short
    code: Short


class DocumentOut(Schema):
    """A document handed in."""

    id: int
    item: str
    file: int
    name: str


class ConditionOut(Schema):
    """One condition of a gate."""

    zh: str
    en: str
    clause: str | None
    met: bool
    code: str | None


class ApplicationOut(Schema):
    """An application as it stands."""

    case: dict[str, Any]
    scope_text: str
    scope: dict[str, str]
    people: int | None
    answers: dict[str, Any]
    documents: list[DocumentOut]
    left_out: dict[str, str]
    declared_by: str
    revision: int


class GateOut(Schema):
    """What must be true before an act."""

    conditions: list[ConditionOut]


class ReviewOut(Schema):
    """A signed review."""

    number: int
    reviewer: str
    signed_at: str


class ThreadOut(Schema):
    """Something asked for, and how far it is answered."""

    id: int
    item: str
    asked: str
    answered_at: str | None
    settled_at: str | None


class ThreadsOut(Schema):
    """Everything asked for."""

    items: list[ThreadOut]


class TimeOut(Schema):
    """Audit time as determined, with its steps."""

    number: int
    given: dict[str, Any]
    answer: dict[str, Any]


class SignatureOut(Schema):
    """A signature."""

    side: str
    typed_name: str
    at: str


class ContractOut(Schema):
    """A contract."""

    number: str
    version: int
    digest: str
    file: int
    content: dict[str, Any]
    signatures: list[SignatureOut]


def application_told(application: Application) -> dict[str, Any]:
    """Return an application as plain data."""
    kept = application.documents.filter(taken_back_at__isnull=True).select_related("file")
    return {
        "case": case_told(application.case),
        "scope_text": application.scope_text,
        "scope": application.scope,
        "people": application.people,
        "answers": application.facts,
        "documents": [
            {"id": one.pk, "item": one.item, "file": one.file_id, "name": one.file.name}
            for one in kept
        ],
        "left_out": dict(application.left_out.values_list("item", "reason")),
        "declared_by": application.declared_by,
        "revision": application.revision,
    }


def threads_told(application: Application) -> dict[str, Any]:
    """Return what was asked for as plain data."""
    return {
        "items": [
            {
                "id": one.pk,
                "item": one.item,
                "asked": one.asked,
                "answered_at": one.answered_at.isoformat() if one.answered_at else None,
                "settled_at": one.settled_at.isoformat() if one.settled_at else None,
            }
            for one in application.supplements.all()
        ]
    }


def time_told(one: Determination, language: str) -> dict[str, Any]:
    """Return audit time as plain data."""
    answer = one.answer_en if language == "en" else one.answer_zh
    return {"number": one.number, "given": one.given, "answer": answer}


def contract_told(one: Contract) -> dict[str, Any]:
    """Return a contract as plain data."""
    return {
        "number": one.number,
        "version": one.version,
        "digest": one.digest,
        "file": one.file_id,
        "content": one.content,
        "signatures": [
            {"side": sign.side, "typed_name": sign.typed_name, "at": sign.at.isoformat()}
            for sign in one.signatures.all()
        ],
    }

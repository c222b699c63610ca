"""Rulebooks for programs: which there are, and the answers that ``certbody calc`` gives."""

from typing import Annotated, Any

import orjson
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.timezone import localdate
from ninja import Router, Schema
from pydantic import ConfigDict, Field

from certbody.api.problems import PROBLEMS, ProblemDocument, language_of
from certbody.calendars import CHINA
from certbody.rulebooks.calculable import Calculator, calculators_in
from certbody.rulebooks.library import Book, NotThere, book_of, readable
from certbody.schemes.asking import Circumstances
from certbody.schemes.questions import QUESTIONS, answered, section_for
from certbody.words import plain

router = Router(tags=["rulebooks"])


class SchemeOut(Schema):
    """An edition of a scheme."""

    scheme: str
    edition: str
    zh: str
    en: str
    published: bool


class SchemesOut(Schema):
    """Every edition."""

    items: list[SchemeOut]


class QuestionIn(Schema):
    """The facts of a question, by the names that the rulebook gives them."""

    given: Annotated[dict[str, Any], Field(max_length=1000)]


class Named(Schema):
    """Words in both languages."""

    zh: str
    en: str


class SectionOut(Named):
    """A part of a rulebook that can be asked; ``name`` is the question."""

    name: str
    kind: str
    clause: str | None


class SchemeWithSectionsOut(SchemeOut):
    """An edition with what it can be asked."""

    owner: Named
    effective: str
    readings_to_confirm: int
    sections: list[SectionOut]


class AnswerOut(Schema):
    """An answer with its steps: what ``certbody calc --json`` prints, with what the kind adds."""

    model_config = ConfigDict(extra="allow")

    scheme: str
    edition: str
    value: Any
    unit: str
    steps: list[dict[str, Any]]
    refusals: list[dict[str, Any]]
    warnings: list[dict[str, Any]]


@router.get(
    "/schemes",
    response={200: SchemesOut, PROBLEMS: ProblemDocument},
    summary="Rulebooks",
    auth=None,
)
def list_schemes(request: HttpRequest) -> dict[str, Any]:
    """List every edition that can be asked."""
    del request
    return {"items": [_told(book) for book in readable()]}


@router.get(
    "/schemes/{scheme}/{edition}",
    response={200: SchemeWithSectionsOut, PROBLEMS: ProblemDocument},
    summary="One rulebook and what it can be asked",
    auth=None,
)
def one_scheme(request: HttpRequest, scheme: str, edition: str) -> dict[str, Any]:
    """Return an edition with the sections that ``ask`` answers for."""
    del request
    book = _book(scheme, edition)
    info = book.edition.info
    return {
        **_told(book),
        "owner": {"zh": info.owner.zh, "en": info.owner.en},
        "effective": info.effective.isoformat(),
        "readings_to_confirm": book.to_confirm,
        "sections": [_section(one) for one in calculators_in(book) if one.kind != "clocks"],
    }


@router.post(
    "/schemes/{scheme}/{edition}/ask/{question}",
    response={200: AnswerOut, PROBLEMS: ProblemDocument},
    summary="Ask a rulebook",
    auth=None,
)
def ask_rulebook(
    request: HttpRequest, scheme: str, edition: str, question: str, payload: QuestionIn
) -> HttpResponse:
    """Answer a question, by the name of a section or as ``man_days``, ``sample``, ``grade`` …."""
    book = _book(scheme, edition)
    name = section_for(book.rulebook, question) if question in QUESTIONS else question
    if book.edition.find(name) is None and book.edition.open_part(name) is None:
        raise Http404
    answer = answered(book.rulebook, name, payload.given, Circumstances(CHINA, localdate()))
    shown = plain(answer, language_of(request))
    edition_named = {"scheme": book.scheme, "edition": book.edition.info.edition}
    # ninja would leave out what a kind of section adds to its answer
    return HttpResponse(orjson.dumps({**edition_named, **shown}), content_type="application/json")


def _book(scheme: str, edition: str) -> Book:
    try:
        return book_of(scheme, edition)
    except NotThere as error:
        raise Http404 from error


def _section(one: Calculator) -> dict[str, Any]:
    clause = getattr(one.section, "clause", None)
    return {
        "name": one.question,
        "kind": one.kind,
        "zh": one.section.zh,
        "en": one.section.en,
        "clause": str(clause) if clause else None,
    }


def _told(book: Book) -> dict[str, Any]:
    info = book.listed.scheme
    return {
        "scheme": book.scheme,
        "edition": book.number,
        "zh": info.zh,
        "en": info.en,
        "published": book.listed.published,
    }

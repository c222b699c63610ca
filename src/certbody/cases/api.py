"""Cases for programs: lists, one case with where it stands, its record."""

from typing import Annotated, Any

from django.http import HttpRequest
from django.utils import timezone
from django.utils.timezone import localdate
from ninja import Query, Router, Schema
from pydantic import StringConstraints

from certbody.accounts.callers import caller
from certbody.accounts.roles import Right
from certbody.accounts.tokens import TokenAuth
from certbody.api.idempotency import once
from certbody.api.paging import After, Limit, paged
from certbody.api.problems import PROBLEMS, ProblemDocument, Reason, language_of
from certbody.cases.models import Activity, Case, State
from certbody.cases.moving import arrows_from, done_in, process_of, refusals_to_act
from certbody.cases.selectors import visible_to
from certbody.cases.told import case_told
from certbody.cases.transitions.complete import complete_step
from certbody.records.reading import Told, events_of, told
from certbody.schemes.asking import Given
from certbody.words import Language
from certbody.words.rendering import plain_refusal

Before = Annotated[
    int | None, Query(ge=1, le=2**31 - 1, description="only those before this number")
]

router = Router(tags=["cases"], auth=TokenAuth("cases:read"))


class Owner(Schema):
    """The client of a case."""

    id: int
    name: str


class CaseOut(Schema):
    """A case."""

    number: str
    client: Owner
    scheme: str
    edition: str
    activity: str
    state: str
    submitted_on: str | None
    moved_at: str


class CasesOut(Schema):
    """A page of cases."""

    items: list[CaseOut]
    next: int | None


class StepOut(Schema):
    """A step of the process, done or not."""

    id: str
    zh: str
    en: str
    clause: str
    done: bool
    outcome: str | None


class ActOut(Schema):
    """An act that the rulebook draws from the state of the case, and what stands against it.

    Conditions of the application itself are at ``/cases/{number}/gates/...``.
    """

    id: str
    zh: str
    en: str
    clause: str
    to: str
    refusals: list[Reason]


class CaseWithStepsOut(CaseOut):
    """A case, its way, and what may be done next."""

    steps: list[StepOut]
    acts: list[ActOut]


class EventOut(Schema):
    """One event in a sentence."""

    number: int
    what: str
    sentence: str
    actor: str
    at: str
    clause: str


class RecordOut(Schema):
    """Events, the newest first."""

    items: list[EventOut]


@router.get(
    "/cases", response={200: CasesOut, PROBLEMS: ProblemDocument}, summary="Cases open to you"
)
def list_cases(
    request: HttpRequest,
    state: State | None = None,
    activity: Activity | None = None,
    scheme: str | None = None,
    after: After = 0,
    limit: Limit = 50,
) -> Given:
    """List the cases that are open to the account, page by page."""
    found = visible_to(caller(request), localdate()).select_related("client")
    wanted = {"state": state, "activity": activity, "scheme": scheme}
    narrowed = found.filter(**{name: value for name, value in wanted.items() if value is not None})
    return paged(narrowed, after, limit, case_told)


@router.get(
    "/cases/{number}",
    response={200: CaseWithStepsOut, PROBLEMS: ProblemDocument},
    summary="One case and where it stands",
)
def one_case(request: HttpRequest, number: str) -> Given:
    """Return a case with the steps of its process and the acts that lead on."""
    case = _case(request, number)
    done, process = done_in(case), process_of(case)
    steps = [
        {
            "id": step.id,
            "zh": step.zh,
            "en": step.en,
            "clause": str(step.clause),
            "done": step.id in done,
            "outcome": done.get(step.id),
        }
        for step in (process.steps if process else ())
    ]
    return {**case_told(case), "steps": steps, "acts": _acts(case, language_of(request))}


@router.get(
    "/cases/{number}/record",
    response={200: RecordOut, PROBLEMS: ProblemDocument},
    auth=TokenAuth("records:read"),
    summary="What happened in a case",
)
def record_of_case(
    request: HttpRequest, number: str, before: Before = None, limit: Limit = 50
) -> Given:
    """Return the events of a case in sentences; a client reads those that are meant for it."""
    case, by = _case(request, number), caller(request)
    events = events_of(case.stream, for_client=not by.has(Right.OFFICE_ENTER))
    if before is not None:
        events = events.filter(number__lt=before)
    rows = told(events[:limit], language_of(request))
    return {"items": [_event(one) for one in rows]}


class StepIn(Schema):
    """A step done by hand: its outcome, and what was found."""

    outcome: Annotated[str, StringConstraints(max_length=80)] = ""
    note: Annotated[str, StringConstraints(max_length=4000)]


@router.post(
    "/cases/{number}/steps/{step}",
    response={200: CaseWithStepsOut, PROBLEMS: ProblemDocument},
    auth=TokenAuth("cases:write"),
    summary="Complete a step that has no act of its own",
)
@once()
def complete_one(request: HttpRequest, number: str, step: str, payload: StepIn) -> dict[str, Any]:
    """Note a step of the rulebook's own as done."""
    by, at = caller(request), timezone.now()
    complete_step(number=number, step=step, **payload.dict(), by=by, at=at)
    return dict(one_case(request, number))


def _acts(case: Case, language: Language) -> list[dict[str, Any]]:
    return [
        {
            "id": arrow.id,
            "zh": arrow.zh,
            "en": arrow.en,
            "clause": str(arrow.clause),
            "to": arrow.to,
            "refusals": [
                plain_refusal(one, language) for one in refusals_to_act(case, arrow.id, localdate())
            ],
        }
        for arrow in arrows_from(case)
    ]


def _event(one: Told) -> dict[str, Any]:
    return {
        "number": one.number,
        "what": one.what,
        "sentence": one.sentence,
        "actor": one.actor,
        "at": one.at.isoformat(),
        "clause": one.clause,
    }


def _case(request: HttpRequest, number: str) -> Case:
    cases = visible_to(caller(request), localdate()).select_related("client")
    return cases.get(number=number)

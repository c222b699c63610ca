"""The audit for programs: the other door of every act of the evaluation."""

from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from django.utils.timezone import localdate
from ninja import Router

from certbody.accounts.callers import caller
from certbody.accounts.roles import Right
from certbody.accounts.tokens import TokenAuth
from certbody.api.idempotency import once
from certbody.api.problems import PROBLEMS, ProblemDocument, language_of
from certbody.cases.models import Case
from certbody.cases.selectors import visible_to
from certbody.evaluation.live import live
from certbody.evaluation.schemas import (
    DocumentReviewIn,
    DoneOut,
    ElementIn,
    LiveOut,
    OutcomeIn,
    ResultIn,
    ResultsIn,
    SampleIn,
    SampleOut,
    SchemeIn,
    StartIn,
    TextIn,
    TimeIn,
)
from certbody.evaluation.transitions.assess import end_part, start_part
from certbody.evaluation.transitions.conclude import (
    conclude,
    end_audit,
    judge_corrections,
    stop_audit,
)
from certbody.evaluation.transitions.make_scheme import make_scheme
from certbody.evaluation.transitions.note_element import note_element
from certbody.evaluation.transitions.record_sample import Taken, record_sample, reveal_sample
from certbody.evaluation.transitions.record_time import record_time
from certbody.evaluation.transitions.review_documents import (
    PointFound,
    answer_point,
    settle_point,
    sign_document_review,
)
from certbody.evaluation.transitions.save_result import Found, save_result, save_results
from certbody.rules.terms import Refusal, Refused
from certbody.words.rendering import plain

reads, writes = TokenAuth("audits:read"), TokenAuth("audits:write")
router = Router(tags=["audits"], auth=reads)
_CASE = "/cases/{number}"
_PART = f"{_CASE}/parts/{{step}}"


DONE = {200: DoneOut, PROBLEMS: ProblemDocument}
ONE = {200: LiveOut, PROBLEMS: ProblemDocument}
SAMPLE = {201: SampleOut, PROBLEMS: ProblemDocument}


@router.post(
    f"{_CASE}/document-reviews", auth=writes, response=DONE, summary="Sign a document review"
)
@once()
def sign_one(request: HttpRequest, number: str, payload: DocumentReviewIn) -> dict[str, Any]:
    """Sign the review of the client's documents."""
    findings = {name: PointFound(one.met, one.finding) for name, one in payload.findings.items()}
    said = {**payload.dict(), "findings": findings}
    sign_document_review(number=number, **said, by=caller(request), at=timezone.now())
    return _done(request, number)


@router.post(
    f"{_CASE}/open-points/{{point}}/answer", auth=writes, response=DONE, summary="Answer a point"
)
@once()
def answer_one_point(
    request: HttpRequest, number: str, point: int, payload: TextIn
) -> dict[str, Any]:
    """Say, for the client, how a point was put right."""
    answer_point(
        number=number, point=point, text=payload.text, by=caller(request), at=timezone.now()
    )
    return _done(request, number)


@router.post(
    f"{_CASE}/open-points/{{point}}/settle", auth=writes, response=DONE, summary="Settle a point"
)
@once()
def settle_one_point(
    request: HttpRequest, number: str, point: int, payload: TextIn
) -> dict[str, Any]:
    """Settle a point of the document review."""
    settle_point(
        number=number, point=point, how=payload.text, by=caller(request), at=timezone.now()
    )
    return _done(request, number)


@router.post(
    f"{_CASE}/evaluation-schemes", auth=writes, response=DONE, summary="Make an evaluation scheme"
)
@once()
def make_one_scheme(request: HttpRequest, number: str, payload: SchemeIn) -> dict[str, Any]:
    """Fix what is evaluated, how, and the pass mark."""
    make_scheme(number=number, **payload.dict(), by=caller(request), at=timezone.now())
    return _done(request, number)


@router.get(_PART, response=ONE, summary="A part of the audit as it stands")
def one_part(request: HttpRequest, number: str, step: str) -> dict[str, Any]:
    """Return results, figures so far and what is left to assess."""
    return _part(request, number, step)


@router.post(f"{_PART}/start", auth=writes, response=ONE, summary="Start a part of the audit")
@once()
def start_one(request: HttpRequest, number: str, step: str, payload: StartIn) -> dict[str, Any]:
    """Start a part."""
    start_part(number=number, step=step, given=payload.given, by=caller(request), at=timezone.now())
    return _part(request, number, step)


@router.post(f"{_PART}/end", auth=writes, response=ONE, summary="End a part of the audit")
@once()
def end_one(request: HttpRequest, number: str, step: str, payload: OutcomeIn) -> dict[str, Any]:
    """End a part with its outcome."""
    end_part(number=number, step=step, **payload.dict(), by=caller(request), at=timezone.now())
    return _part(request, number, step)


@router.put(f"{_PART}/results/{{criterion}}", auth=writes, response=ONE, summary="Save one result")
@once()
def save_one(
    request: HttpRequest, number: str, step: str, criterion: str, payload: ResultIn
) -> dict[str, Any]:
    """Save what was found on a criterion."""
    found = Found(criterion=criterion, **payload.dict())
    save_result(number=number, step=step, found=found, by=caller(request), at=timezone.now())
    return _part(request, number, step)


@router.put(f"{_PART}/results", auth=writes, response=ONE, summary="Save several results")
@once()
def save_several(
    request: HttpRequest, number: str, step: str, payload: ResultsIn
) -> dict[str, Any]:
    """Save several results, all or none."""
    found = [Found(**one.dict()) for one in payload.results]
    save_results(number=number, step=step, found=found, by=caller(request), at=timezone.now())
    return _part(request, number, step)


@router.put(f"{_PART}/elements/{{element}}", auth=writes, response=ONE, summary="Note an element")
@once()
def note_one(
    request: HttpRequest, number: str, step: str, element: str, payload: ElementIn
) -> dict[str, Any]:
    """Note what was found on an element, or why it is left out."""
    said = payload.dict()
    note_element(
        number=number, step=step, element=element, **said, by=caller(request), at=timezone.now()
    )
    return _part(request, number, step)


@router.post(f"{_PART}/samples", auth=writes, response=SAMPLE, summary="Record a sample")
@once(201)
def record_one_sample(
    request: HttpRequest, number: str, step: str, payload: SampleIn
) -> dict[str, Any]:
    """Record a sample."""
    taken = Taken(**payload.dict())
    made = record_sample(
        number=number, step=step, taken=taken, by=caller(request), at=timezone.now()
    )
    return {"id": made.pk, "number": made.number}


@router.post(
    f"{_CASE}/samples/{{sample}}/reveal", auth=writes, response=DONE, summary="Reveal a sample"
)
@once()
def reveal_one_sample(request: HttpRequest, number: str, sample: int) -> dict[str, Any]:
    """Let the client see a sample that was hidden."""
    reveal_sample(number=number, sample=sample, by=caller(request), at=timezone.now())
    return _done(request, number)


@router.put(f"{_CASE}/time", auth=writes, response=DONE, summary="Record time spent")
@once()
def record_one_time(request: HttpRequest, number: str, payload: TimeIn) -> dict[str, Any]:
    """Note man-days of a person."""
    record_time(number=number, **payload.dict(), by=caller(request), at=timezone.now())
    return _done(request, number)


@router.post(f"{_CASE}/end-audit", auth=writes, response=DONE, summary="End the audit")
@once()
def end_one_audit(request: HttpRequest, number: str) -> dict[str, Any]:
    """End the audit on site."""
    end_audit(number=number, by=caller(request), at=timezone.now())
    return _done(request, number)


@router.post(f"{_CASE}/stop-audit", auth=writes, response=DONE, summary="Stop the audit")
@once()
def stop_one_audit(request: HttpRequest, number: str, payload: TextIn) -> dict[str, Any]:
    """Stop the audit after an outcome that stops it."""
    stop_audit(number=number, reason=payload.text, by=caller(request), at=timezone.now())
    return _done(request, number)


@router.post(
    f"{_CASE}/conclusions/{{step}}", auth=writes, response=DONE, summary="Conclude the audit"
)
@once()
def conclude_one(
    request: HttpRequest, number: str, step: str, payload: OutcomeIn
) -> dict[str, Any]:
    """Conclude what the audit came to."""
    conclude(number=number, step=step, **payload.dict(), by=caller(request), at=timezone.now())
    return _done(request, number)


@router.post(
    f"{_CASE}/corrections/{{step}}", auth=writes, response=DONE, summary="Judge the corrections"
)
@once()
def judge_all_corrections(
    request: HttpRequest, number: str, step: str, payload: OutcomeIn
) -> dict[str, Any]:
    """Say what the corrections came to, also that there was nothing to correct."""
    said = payload.dict(exclude={"given"})
    judge_corrections(number=number, step=step, **said, by=caller(request), at=timezone.now())
    return _done(request, number)


def _done(request: HttpRequest, number: str) -> dict[str, Any]:
    case = _case(request, number)
    steps = dict(case.steps_done.values_list("step", "outcome"))
    return {"number": case.number, "state": case.state, "steps": steps}


def _part(request: HttpRequest, number: str, step: str) -> dict[str, Any]:
    """Tell how a part stands, to those who audit: a client learns of it by the report."""
    by = caller(request)
    if not by.has(Right.OFFICE_ENTER):
        raise Refused([Refusal("right_missing", None, {"right": Right.OFFICE_ENTER})])
    case = _case(request, number)
    part = case.parts.get(step=step)
    part.case = case
    now = live(part, localdate())
    return {
        "step": part.step,
        "outcome": part.outcome,
        "figures": plain(now.figures, language_of(request)) if now.figures else None,
        "grade": now.grade,
        "not_assessed": now.not_assessed,
        "assessed": now.assessed,
        "of": now.of,
        "results": [
            {
                "criterion": one.criterion,
                "site": one.site_id,
                "value": one.value,
                "note": one.note,
                "reason": one.reason,
                "revision": one.revision,
                "by": one.by.name,
                "at": one.at.isoformat(),
            }
            for one in now.results
        ],
    }


def _case(request: HttpRequest, number: str) -> Case:
    return visible_to(caller(request), localdate()).get(number=number)

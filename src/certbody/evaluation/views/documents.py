"""The document review: the points beside the client's files, what is open, the conclusion."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from certbody.accounts.callers import person
from certbody.application.views.fields import answers, asked_fields
from certbody.cases.editions import book_for
from certbody.cases.models import Case
from certbody.cases.selectors import visible_to
from certbody.clients.selectors import open_memberships
from certbody.evaluation import rulebook
from certbody.evaluation.conditions import review_facts
from certbody.evaluation.models import DocumentReview, OpenPoint
from certbody.evaluation.transitions.review_documents import (
    PointFound,
    answer_point,
    settle_point,
    sign_document_review,
)
from certbody.evaluation.views.opening import acted, with_case
from certbody.evaluation.views.questions import questions
from certbody.files.selectors import files_visible_to
from certbody.rules.checklists import Item
from certbody.rules.facts import Input
from certbody.web.acts import NOTHING, Tried, tried
from certbody.web.typed import whole


@dataclass(frozen=True, slots=True)
class Point:
    """One point of the review with what was sent or signed."""

    item: Item
    met: bool | None
    finding: str
    errors: list[str]


@with_case
def documents(request: HttpRequest, case: Case) -> HttpResponse:
    """Show the client's files and the points; sign the review, settle an open point."""
    step = next(iter(rulebook.steps(case, "document_review")), None)
    if step is None:
        raise Http404
    outcome: Tried[object] | Tried[None] = NOTHING
    if request.method == "POST":
        outcome = acted(request, case, {"sign": _sign, "settle": _settle})
        if outcome.done:
            messages.success(request, _("Saved."))
            return redirect("audit_documents", case.number)
    sent = request.POST if request.POST.get("act") == "sign" else None
    signed = case.document_reviews.prefetch_related("findings").first()
    page = {
        "case": case,
        "book": book_for(case),
        "step": step,
        "files": files_visible_to(person(request), localdate()).filter(case=case).order_by("pk"),
        "points": _points(case, signed, sent, outcome),
        "signed": signed,
        "open_points": case.open_points.select_related("settled_by"),
        "fields": asked_fields(_questions(case, request), {}, sent, outcome.errors),
        "tried": outcome,
        "sent": request.POST,
    }
    return render(request, "evaluation/documents.html", page, status=outcome.status)


def _questions(case: Case, request: HttpRequest) -> dict[str, Input]:
    (step,) = rulebook.steps(case, "document_review")[:1]
    known = review_facts(case, person(request).pk, 0, 0, corrected=True)
    return questions(case, (step.id, step.judged_by), known)


def _points(
    case: Case,
    last: DocumentReview | None,
    sent: Mapping[str, str] | None,
    outcome: Tried[object] | Tried[None],
) -> list[Point]:
    signed = {one.item: one for one in last.findings.all()} if last else {}
    found = []
    for item in rulebook.points_of_review(case):
        own = [*outcome.errors.get(item.id, ()), *outcome.errors.get(f"{item.id}.finding", ())]
        one = signed.get(item.id)
        met, text = (one.met, one.finding) if one else (None, "")
        if sent is not None:
            met = {"yes": True, "no": False}.get(sent.get(f"met.{item.id}", ""))
            text = sent.get(f"finding.{item.id}", "")
        found.append(Point(item, met, text, own))
    return found


def _sign(request: HttpRequest, case: Case) -> Tried[object]:
    sent, by, at = request.POST, person(request), timezone.now()
    findings = {
        item.id: PointFound(sent[f"met.{item.id}"] == "yes", sent.get(f"finding.{item.id}", ""))
        for item in rulebook.points_of_review(case)
        if sent.get(f"met.{item.id}") in {"yes", "no"}
    }
    return tried(
        lambda: sign_document_review(
            number=case.number,
            findings=findings,
            points=[line for line in sent.get("points", "").splitlines() if line.strip()],
            outcome=sent.get("outcome", ""),
            focus=sent.get("focus", ""),
            given=answers(_questions(case, request), sent),
            by=by,
            at=at,
        )
    )


def _settle(request: HttpRequest, case: Case) -> Tried[object]:
    point, how = whole(request.POST.get("point", "")), request.POST.get("how", "")
    by, at = person(request), timezone.now()
    try:
        return tried(lambda: settle_point(number=case.number, point=point, how=how, by=by, at=at))
    except OpenPoint.DoesNotExist as error:
        raise Http404 from error


@require_http_methods(["GET", "HEAD", "POST"])
def points_page(request: HttpRequest, number: str) -> HttpResponse:
    """Show the client what its documents still lack, and take its answers."""
    by, day = person(request), localdate()
    own = open_memberships(by, day).values("client")
    try:
        case = visible_to(by, day).filter(client__in=own).get(number=number)
    except Case.DoesNotExist as error:
        raise Http404 from error
    outcome: Tried[object] | Tried[None] = NOTHING
    if request.method == "POST":
        outcome = _answer(request, case)
        if outcome.done:
            messages.success(request, _("Answered."))
            return redirect("client_points", number)
    page = {
        "case": case,
        "points": case.open_points.all(),
        "tried": outcome,
        "sent": request.POST,
    }
    return render(request, "evaluation/points.html", page, status=outcome.status)


def _answer(request: HttpRequest, case: Case) -> Tried[object]:
    point, text = whole(request.POST.get("point", "")), request.POST.get("text", "")
    by, at = person(request), timezone.now()
    try:
        return tried(lambda: answer_point(number=case.number, point=point, text=text, by=by, at=at))
    except OpenPoint.DoesNotExist as error:
        raise Http404 from error

"""A part of the audit on site: the criteria with what was found, figures so far, what is left."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.timezone import get_current_timezone, localdate
from django.utils.translation import gettext as _

from certbody.accounts.callers import person
from certbody.application.views.fields import answers, asked_fields
from certbody.cases.editions import book_for
from certbody.cases.models import Case
from certbody.evaluation import facts, rulebook
from certbody.evaluation.conditions import to_start
from certbody.evaluation.live import Live, live
from certbody.evaluation.models import Part, Result, Sample
from certbody.evaluation.transitions.assess import end_part, start_part
from certbody.evaluation.transitions.note_element import note_element
from certbody.evaluation.transitions.record_sample import Taken, record_sample, reveal_sample
from certbody.evaluation.transitions.save_result import Found, save_result
from certbody.evaluation.views.criteria import headings, panel, row_of
from certbody.evaluation.views.opening import acted, lines, with_case
from certbody.evaluation.views.questions import questions
from certbody.evaluation.views.values import value_of
from certbody.rules.facts import Input
from certbody.rules.process import ProcessStep
from certbody.rules.terms import BadInput, Problem
from certbody.web.acts import NOTHING, Tried, tried
from certbody.web.typed import whole


@with_case
def part_page(request: HttpRequest, case: Case, step: str) -> HttpResponse:
    """Show a part; start it, save a result, note an element, record a sample, end it."""
    its = _step(case, step)
    if request.method == "POST" and request.POST.get("act") == "result":
        return _saved(request, case, its, redirect_to="audit_part")
    outcome: Tried[object] | Tried[None] = NOTHING
    if request.method == "POST":
        outcome = acted(request, case, _acts(its))
        if outcome.done:
            messages.success(request, _("Saved."))
            return redirect("audit_part", case.number, step)
    page = _content(request, case, its, outcome)
    return render(request, "evaluation/part.html", page, status=outcome.status)


@with_case
def criterion_page(request: HttpRequest, case: Case, step: str, criterion: str) -> HttpResponse:
    """Show one criterion on a screen of its own, with the one before and the one after it."""
    its = _step(case, step)
    part = _part(case, step)
    leaves = rulebook.criteria_of(case, its)
    at = next((place for place, one in enumerate(leaves) if one.id == criterion), None)
    if part is None or at is None:
        raise Http404
    if request.method == "POST":
        return _saved(request, case, its, redirect_to="audit_criterion")
    found = Result.objects.filter(part=part, criterion=criterion, site=None).select_related("by")
    page = {
        "case": case,
        "book": book_for(case),
        "step": its,
        "part": part,
        "row": row_of(leaves[at], found.first()),
        "place": at + 1,
        "of": len(leaves),
        "before": leaves[at - 1].id if at else "",
        "after": leaves[at + 1].id if at + 1 < len(leaves) else "",
    }
    return render(request, "evaluation/criterion.html", page)


def _saved(
    request: HttpRequest, case: Case, step: ProcessStep, *, redirect_to: str
) -> HttpResponse:
    """Save a result; answer a page's script with what changed, a plain form with the next page."""
    sent, by, at = request.POST, person(request), timezone.now()
    found = Found(
        criterion=sent.get("criterion", ""),
        value=value_of(sent),
        note=sent.get("note", ""),
        reason=sent.get("reason", ""),
        seen=whole(sent.get("seen", "")),
    )
    outcome = tried(
        lambda: save_result(number=case.number, step=step.id, found=found, by=by, at=at)
    )
    part = _part(case, step.id)
    if request.headers.get("Accept") == "application/json":
        return JsonResponse(_answer(request, part, step, outcome), status=outcome.status)
    if outcome.done:
        own = [found.criterion] if redirect_to == "audit_criterion" else []
        return redirect(redirect_to, case.number, step.id, *own)
    page = _content(request, case, step, outcome)
    return render(request, "evaluation/part.html", page, status=outcome.status)


def _answer(
    request: HttpRequest, part: Part | None, step: ProcessStep, outcome: Tried[Result]
) -> dict[str, Any]:
    told: dict[str, Any] = {
        "messages": [
            *(str(one["message"]) for one in outcome.refusals),
            *(error for errors in outcome.errors.values() for error in errors),
        ]
    }
    if outcome.result is not None:
        told["revision"] = outcome.result.revision
    if part is not None:
        content = {"live": panel(part, step, live(part, localdate()))}
        told["live"] = render_to_string("evaluation/live.html", content, request)
    return told


def _content(
    request: HttpRequest,
    case: Case,
    step: ProcessStep,
    outcome: Tried[object] | Tried[Result] | Tried[None],
) -> dict[str, object]:
    day, part, sent = localdate(), _part(case, step.id), None
    now = live(part, day) if part is not None else None
    if request.method == "POST" and request.POST.get("act") in {"start", "end"}:
        sent = request.POST
    page: dict[str, object] = {
        "case": case,
        "book": book_for(case),
        "step": step,
        "part": part,
        "tried": outcome,
        "sent": request.POST,
        "fields": asked_fields(_questions(case, step, part, now), {}, sent, outcome.errors),
        "sites": case.client.sites.filter(closed_on__isnull=True).order_by("pk"),
    }
    if part is None or now is None:
        return {**page, "gate": lines(to_start(case, step, {}, day))}
    methods = rulebook.section(case, "choices", step.assesses.methods if step.assesses else None)
    return {
        **page,
        "live": panel(part, step, now),
        "headings": headings(case, step, now.results),
        "elements": _elements(case, step, part),
        "samples": part.samples.select_related("site", "by"),
        "methods": methods.options if methods else (),
        "method_fields": asked_fields(
            questions(case, (step.assesses.methods if step.assesses else None,), {}),
            {},
            request.POST if request.POST.get("act") == "sample" else None,
            outcome.errors,
        ),
    }


def _elements(case: Case, step: ProcessStep, part: Part) -> list[tuple[object, object]]:
    notes = {one.element: one for one in part.elements.all()}
    return [(item, notes.get(item.id)) for item in rulebook.elements_of(case, step)]


def _questions(
    case: Case, step: ProcessStep, part: Part | None, now: Live | None
) -> dict[str, Input]:
    """Return what is asked before this part starts, or, once it has, before it ends."""
    own, day = step.assesses, localdate()
    if part is None or now is None:
        known = facts.of_start(case, step, day)
        return questions(case, (own.starts if own else None,), known)
    known = {**part.given, **facts.of_part(part, step, now, day)}
    return questions(case, (own.ends if own else None, step.judged_by), known)


def _step(case: Case, name: str) -> ProcessStep:
    try:
        return rulebook.step_of(case, name, "assessment")
    except BadInput as error:
        raise Http404 from error


def _part(case: Case, step: str) -> Part | None:
    part = case.parts.filter(step=step).first()
    if part is not None:
        part.case = case
    return part


def _acts(step: ProcessStep) -> dict[str, Any]:
    def start(request: HttpRequest, case: Case) -> Tried[object]:
        given = answers(_questions(case, step, None, None), request.POST)
        by, at = person(request), timezone.now()
        return tried(
            lambda: start_part(number=case.number, step=step.id, given=given, by=by, at=at)
        )

    def end(request: HttpRequest, case: Case) -> Tried[object]:
        sent, by, at = request.POST, person(request), timezone.now()
        part = _part(case, step.id)
        now = live(part, localdate()) if part is not None else None
        given = answers(_questions(case, step, part, now), sent)
        return tried(
            lambda: end_part(
                number=case.number,
                step=step.id,
                outcome=sent.get("outcome", ""),
                reason=sent.get("reason", ""),
                given=given,
                by=by,
                at=at,
            )
        )

    def element(request: HttpRequest, case: Case) -> Tried[object]:
        sent, by, at = request.POST, person(request), timezone.now()
        return tried(
            lambda: note_element(
                number=case.number,
                step=step.id,
                element=sent.get("element", ""),
                finding=sent.get("finding", ""),
                left_out=sent.get("left_out") == "yes",
                reason=sent.get("reason", ""),
                by=by,
                at=at,
            )
        )

    def sample(request: HttpRequest, case: Case) -> Tried[object]:
        by, at = person(request), timezone.now()
        return tried(
            lambda: record_sample(
                number=case.number, step=step.id, taken=_taken(request, case, step), by=by, at=at
            )
        )

    return {"start": start, "end": end, "element": element, "sample": sample, "reveal": _reveal}


def _taken(request: HttpRequest, case: Case, step: ProcessStep) -> Taken:
    sent = request.POST
    methods = step.assesses.methods if step.assesses else None
    return Taken(
        what=sent.get("what", ""),
        taken_at=_moment(sent.get("taken_at", "")),
        place=sent.get("place", ""),
        site=whole(sent.get("site", "")) or None,
        criterion=sent.get("criterion", ""),
        method=sent.get("method", ""),
        conforms={"yes": True, "no": False}.get(sent.get("conforms", "")),
        result=sent.get("result", ""),
        hidden=sent.get("hidden") == "yes",
        given=answers(questions(case, (methods,), {}), sent),
    )


def _moment(text: str) -> datetime:
    try:
        found = datetime.fromisoformat(text)
    except ValueError as error:
        told = {"name": "taken_at", "value": text}
        raise BadInput([Problem("taken_at", "not_a_moment", told)]) from error
    return found if found.tzinfo else found.replace(tzinfo=get_current_timezone())


def _reveal(request: HttpRequest, case: Case) -> Tried[object]:
    sample, by, at = whole(request.POST.get("sample", "")), person(request), timezone.now()
    try:
        return tried(lambda: reveal_sample(number=case.number, sample=sample, by=by, at=at))
    except Sample.DoesNotExist as error:
        raise Http404 from error

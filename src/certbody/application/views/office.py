"""The review of an application on one page: what was handed in, the questions, time, the reply."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from certbody.accounts.callers import person
from certbody.accounts.roles import Right
from certbody.application import rulebook
from certbody.application.conditions import acceptance_facts, eligibility, to_accept
from certbody.application.models import Application, Supplement
from certbody.application.transitions.determine import OPEN_TO_IT, determine
from certbody.application.transitions.reply import accept, decline, defer, resume
from certbody.application.transitions.review import Finding, review
from certbody.application.transitions.supplement import (
    Wanted,
    ask_supplement,
    settle_supplement,
)
from certbody.application.views.documents import entries_of
from certbody.application.views.fields import Errors, answers, asked_fields
from certbody.application.views.opening import with_application
from certbody.application.views.places import gate
from certbody.cases.editions import book_for
from certbody.cases.models import State
from certbody.rules.checklists import Item
from certbody.rules.facts import Input
from certbody.web.acts import NOTHING, Tried, tried
from certbody.web.language import active, in_words


@dataclass(frozen=True, slots=True)
class Question:
    """One question of the review with what was sent or signed."""

    item: Item
    met: bool | None
    finding: str
    remark: str
    errors: list[str]


@with_application
def review_page(request: HttpRequest, application: Application) -> HttpResponse:
    """Show the file; do one of the acts of the review."""
    outcome: Tried[object] | Tried[None] = NOTHING
    act = request.POST.get("act", "")
    if request.method == "POST":
        if act not in _ACTS:
            raise Http404
        if not person(request).has(Right.APPLICATION_REVIEW):
            raise Http404
        outcome = _ACTS[act](request, application)
        if outcome.done:
            messages.success(request, _SAID[act]())
            return redirect("application_review", application.case.number)
    return render(
        request,
        "application/review.html",
        _content(request, application, act, outcome),
        status=outcome.status,
    )


def _content(
    request: HttpRequest, application: Application, act: str, outcome: Tried[object] | Tried[None]
) -> dict[str, object]:
    day = localdate()
    time_inputs, reply_inputs = _time_inputs(application), confirmations(application)
    last = application.determinations.select_related("by").first()
    sent = request.POST if request.method == "POST" else None
    confirmed = answers(reply_inputs, request.POST)
    signed = application.reviews.select_related("reviewer").prefetch_related("answers").first()
    return {
        "case": application.case,
        "application": application,
        "client": application.case.client,
        "book": book_for(application.case),
        "entries": entries_of(application),
        "eligibility": gate(application, eligibility(application, day), office=True),
        "gate": gate(application, to_accept(application, confirmed, day), office=True),
        "questions": _questions(application, request, act, outcome),
        "signed": signed,
        "determination": last,
        "answer": last.answer_in(active()) if last else None,
        "time_fields": asked_fields(
            time_inputs,
            last.given if last else {},
            sent if act == "determine" else None,
            _errors(act, "determine", outcome),
        ),
        "time_known": _labelled(application),
        "reply_fields": asked_fields(
            reply_inputs, {}, sent if act == "accept" else None, _errors(act, "accept", outcome)
        ),
        "outcomes": {
            name: rulebook.outcome_for(application, name) for name in ("defer", "decline")
        },
        "threads": application.supplements.prefetch_related("messages__by", "messages__file"),
        "may_review": person(request).has(Right.APPLICATION_REVIEW),
        "under_review": application.case.state == State.SUBMITTED,
        "may_determine": person(request).has(Right.APPLICATION_REVIEW)
        and application.case.state in OPEN_TO_IT,
        "act": act,
        "tried": outcome,
        "sent": request.POST,
        "wanted_text": request.POST.get("wanted.text", "") if act == "ask" else "",
    }


def confirmations(application: Application) -> dict[str, Input]:
    """Return what acceptance asks of the reviewer in person: what the program cannot know."""
    section = rulebook.requirements(application, rulebook.ACCEPTANCE)
    inputs = section.inputs if section else {}
    known = acceptance_facts(application, localdate())
    return {name: one for name, one in inputs.items() if name not in known}


def _sum_inputs(application: Application) -> Mapping[str, Input]:
    found = rulebook.sum_for(application, rulebook.MAN_DAYS)
    return found[1].inputs if found else {}


def _labelled(application: Application) -> dict[str, object]:
    """Return what the program knows of the audit time's facts, by their names in words."""
    inputs = _sum_inputs(application)
    known = rulebook.known_for(application, inputs, localdate())
    return {in_words(inputs[name]): _shown(inputs[name], value) for name, value in known.items()}


def _shown(declared: Input, value: object) -> object:
    option = declared.of.get(str(value))
    return in_words(option) if option else value


def _time_inputs(application: Application) -> dict[str, Input]:
    return rulebook.asked_of(application, _sum_inputs(application), localdate())


def _questions(
    application: Application, request: HttpRequest, act: str, outcome: Tried[object] | Tried[None]
) -> list[Question]:
    sent = request.POST if act == "review" else None
    errors = outcome.errors if act == "review" else {}
    last = application.reviews.prefetch_related("answers").first()
    signed = {one.question: one for one in last.answers.all()} if last else {}
    found = []
    for item in rulebook.items(application, rulebook.QUESTIONS):
        own = [*errors.get(item.id, ()), *errors.get(f"{item.id}.finding", ())]
        if sent is not None:
            met = {"yes": True, "no": False}.get(sent.get(f"met.{item.id}", ""))
            texts = sent.get(f"finding.{item.id}", ""), sent.get(f"remark.{item.id}", "")
        else:
            one = signed.get(item.id)
            met = one.met if one else None
            texts = (one.finding, one.remark) if one else ("", "")
        found.append(Question(item, met, *texts, own))
    return found


def _errors(act: str, wanted: str, outcome: Tried[object] | Tried[None]) -> Errors:
    return outcome.errors if act == wanted else {}


Act = Callable[[HttpRequest, Application], Tried[object]]


def _review(request: HttpRequest, application: Application) -> Tried[object]:
    sent = request.POST
    findings = {
        item.id: Finding(
            sent[f"met.{item.id}"] == "yes",
            sent.get(f"finding.{item.id}", ""),
            sent.get(f"remark.{item.id}", ""),
        )
        for item in rulebook.items(application, rulebook.QUESTIONS)
        if sent.get(f"met.{item.id}") in {"yes", "no"}
    }
    number, by = application.case.number, person(request)
    return tried(lambda: review(number=number, findings=findings, by=by, at=timezone.now()))


def _determine(request: HttpRequest, application: Application) -> Tried[object]:
    given = answers(_time_inputs(application), request.POST)
    number, by = application.case.number, person(request)
    return tried(lambda: determine(number=number, given=given, by=by, at=timezone.now()))


def _accept(request: HttpRequest, application: Application) -> Tried[object]:
    confirmed = answers(confirmations(application), request.POST)
    number, by = application.case.number, person(request)
    return tried(lambda: accept(number=number, confirmed=confirmed, by=by, at=timezone.now()))


def _replied(transition: Callable[..., object]) -> Act:
    def act(request: HttpRequest, application: Application) -> Tried[object]:
        number, by = application.case.number, person(request)
        reason = request.POST.get("reason", "")
        return tried(lambda: transition(number=number, reason=reason, by=by, at=timezone.now()))

    return act


def _resume(request: HttpRequest, application: Application) -> Tried[object]:
    number, by = application.case.number, person(request)
    return tried(lambda: resume(number=number, by=by, at=timezone.now()))


def _ask(request: HttpRequest, application: Application) -> Tried[object]:
    pairs = zip(
        request.POST.getlist("wanted.item"), request.POST.getlist("wanted.text"), strict=False
    )
    wanted = [Wanted(text, item) for item, text in pairs if text.strip() or item]
    number, by = application.case.number, person(request)
    return tried(lambda: ask_supplement(number=number, wanted=wanted, by=by, at=timezone.now()))


def _settle(request: HttpRequest, application: Application) -> Tried[object]:
    thread = request.POST.get("supplement", "")
    number, by = application.case.number, person(request)
    try:
        return tried(
            lambda: settle_supplement(
                number=number,
                supplement=int(thread) if thread.isdecimal() else 0,
                by=by,
                at=timezone.now(),
            )
        )
    except Supplement.DoesNotExist as error:
        raise Http404 from error


_ACTS: Mapping[str, Act] = {
    "review": _review,
    "determine": _determine,
    "accept": _accept,
    "defer": _replied(defer),
    "decline": _replied(decline),
    "resume": _resume,
    "ask": _ask,
    "settle": _settle,
}
_SAID: Mapping[str, Callable[[], str]] = {
    "review": lambda: _("The review is signed."),
    "determine": lambda: _("The audit time is determined."),
    "accept": lambda: _("The application is accepted; the client has a written reply."),
    "defer": lambda: _("The application is deferred; the client has a written reply."),
    "decline": lambda: _("The application is declined; the client has a written reply."),
    "resume": lambda: _("The application is under review again."),
    "ask": lambda: _("The client is asked in writing."),
    "settle": lambda: _("Settled."),
}

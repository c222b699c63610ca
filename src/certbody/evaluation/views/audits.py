"""What an auditor has to do: the audits assigned, and one of them with all that is left."""

from datetime import date
from decimal import Decimal, InvalidOperation

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from certbody.accounts.callers import person
from certbody.accounts.models import Account
from certbody.cases.editions import book_for
from certbody.cases.models import Case, State
from certbody.cases.moving import arrows_from, done_in, open_in
from certbody.evaluation import rulebook
from certbody.evaluation.conditions import to_end_audit, to_stop_audit
from certbody.evaluation.people import roles_in
from certbody.evaluation.transitions.conclude import (
    conclude,
    end_audit,
    judge_corrections,
    stop_audit,
)
from certbody.evaluation.transitions.make_scheme import make_scheme
from certbody.evaluation.transitions.record_time import record_time
from certbody.evaluation.views.opening import acted, assigned_to, lines, with_case
from certbody.rules.terms import BadInput, Problem
from certbody.web.acts import NOTHING, Tried, tried
from certbody.web.typed import whole

_UNDER_WAY = (State.CONTRACTED, State.PLANNED)
_TIMED = ("document_review", "assessment")


@require_safe
def audits(request: HttpRequest) -> HttpResponse:
    """List the audits of an auditor: under way first, then those that are over."""
    found = list(assigned_to(person(request)).order_by("-moved_at", "-pk")[:100])
    page = {
        "under_way": [one for one in found if one.state in _UNDER_WAY],
        "over": [one for one in found if one.state not in _UNDER_WAY],
    }
    return render(request, "evaluation/audits.html", page)


@with_case
def audit(request: HttpRequest, case: Case) -> HttpResponse:
    """Show one audit; make the scheme, note time, end, stop or conclude it."""
    outcome: Tried[object] | Tried[None] = NOTHING
    if request.method == "POST":
        outcome = acted(request, case, _ACTS)
        if outcome.done:
            messages.success(request, _("Saved."))
            return redirect("audit", case.number)
    return render(
        request, "evaluation/audit.html", _content(request, case, outcome), status=outcome.status
    )


def _content(
    request: HttpRequest, case: Case, outcome: Tried[object] | Tried[None]
) -> dict[str, object]:
    day, done = localdate(), done_in(case)
    acts = {arrow.id for arrow in arrows_from(case)}
    people = Account.objects.filter(pk__in=roles_in(case)).order_by("name")
    timed = [one for work in _TIMED for one in rulebook.steps(case, work)]
    return {
        "case": case,
        "book": book_for(case),
        "done": done,
        "now": open_in(case, done),
        "reviews": rulebook.steps(case, "document_review"),
        "schemes": rulebook.steps(case, "scheme"),
        "scheme": case.evaluation_schemes.first(),
        "parts": rulebook.steps(case, "assessment"),
        "started": {one.step: one for one in case.parts.all()},
        "conclusions": rulebook.steps(case, "conclusion"),
        "corrections": [one for one in rulebook.steps(case, "corrections") if one.id not in done],
        "time": case.time_spent.select_related("account"),
        "people": people,
        "timed": timed,
        "end": lines(to_end_audit(case, day)) if "end_audit" in acts else None,
        "stop": lines(to_stop_audit(case, day)) if rulebook.STOP in acts else None,
        "tried": outcome,
        "sent": request.POST,
        "today": day,
    }


def _scheme(request: HttpRequest, case: Case) -> Tried[object]:
    content, mark = request.POST.get("content", ""), request.POST.get("pass_mark", "")
    by, at = person(request), timezone.now()
    return tried(
        lambda: make_scheme(number=case.number, content=content, pass_mark=mark, by=by, at=at)
    )


def _time(request: HttpRequest, case: Case) -> Tried[object]:
    by, at, sent = person(request), timezone.now(), request.POST

    def act() -> object:
        return record_time(
            number=case.number,
            person=whole(sent.get("person", "")),
            step=sent.get("step", ""),
            day=_day(sent.get("day", "")),
            man_days=_man_days(sent.get("man_days", "")),
            by=by,
            at=at,
        )

    return tried(act)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise BadInput([Problem("day", "not_a_date", {"name": "day", "value": text})]) from error


def _man_days(text: str) -> Decimal:
    try:
        found = Decimal(text)
    except InvalidOperation:
        found = Decimal("NaN")
    if not found.is_finite():
        told = {"name": "man_days", "value": text}
        raise BadInput([Problem("man_days", "not_a_number", told)])
    return found


def _end(request: HttpRequest, case: Case) -> Tried[object]:
    by, at = person(request), timezone.now()
    return tried(lambda: end_audit(number=case.number, by=by, at=at))


def _stop(request: HttpRequest, case: Case) -> Tried[object]:
    by, at, reason = person(request), timezone.now(), request.POST.get("reason", "")
    return tried(lambda: stop_audit(number=case.number, reason=reason, by=by, at=at))


def _corrections(request: HttpRequest, case: Case) -> Tried[object]:
    by, at, sent = person(request), timezone.now(), request.POST
    step, outcome = sent.get("step", ""), sent.get("outcome", "")
    return tried(
        lambda: judge_corrections(number=case.number, step=step, outcome=outcome, by=by, at=at)
    )


def _conclude(request: HttpRequest, case: Case) -> Tried[object]:
    by, at, sent = person(request), timezone.now(), request.POST
    return tried(
        lambda: conclude(
            number=case.number,
            step=sent.get("step", ""),
            outcome=sent.get("outcome", ""),
            reason=sent.get("reason", ""),
            by=by,
            at=at,
        )
    )


_ACTS = {
    "scheme": _scheme,
    "time": _time,
    "corrections": _corrections,
    "end": _end,
    "stop": _stop,
    "conclude": _conclude,
}

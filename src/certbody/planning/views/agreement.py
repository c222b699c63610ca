"""The audit plan in the portal: the client reads it, confirms it, or asks for another."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from certbody.accounts.callers import person
from certbody.cases.editions import book_for
from certbody.cases.lines import line_of
from certbody.cases.models import Case
from certbody.cases.rulebook import steps
from certbody.cases.selectors import visible_to
from certbody.clients.selectors import open_memberships
from certbody.planning.agreeing import parts_of, to_confirm
from certbody.planning.models import Plan, Team
from certbody.planning.selectors import sittings_for
from certbody.planning.transitions.plan import ask_for_another_plan, confirm_plan
from certbody.web.acts import NOTHING, Tried, tried

_DIGITS = 9


@require_http_methods(["GET", "HEAD", "POST"])
def agreement(request: HttpRequest, number: str) -> HttpResponse:
    """Show the plan in force; confirm it, or say what should be otherwise."""
    by, now = person(request), timezone.now()
    day = localdate(now)
    own = open_memberships(by, day).values("client")
    case = visible_to(by, day).filter(client__in=own, number=number).first()
    if case is None:
        raise Http404
    outcome: Tried[object] | Tried[None] = NOTHING
    if request.method == "POST":
        outcome = _done(request, case)
        if outcome.done:
            messages.success(request, _("Thank you. It is recorded."))
            return redirect("agreement", number)
    plan = Plan.objects.filter(case=case, superseded_at=None).first()
    team = Team.in_force().filter(case=case).first()
    step = next(iter(steps(case, "plan")), None)
    waiting = plan is not None and plan.confirmed_at is None and step is not None
    lacking = to_confirm(plan, step, day) if plan and step and waiting else ()
    page = {
        "case": case,
        "book": book_for(case),
        "plan": plan,
        "step": step,
        "waiting": waiting,
        "parts": {one.id: one for one in parts_of(case)},
        "sittings": sittings_for(by, case, plan, now) if plan else (),
        "members": team.members.select_related("account") if team else (),
        "lacking": [line_of(one) for one in lacking if not one.met],
        "wishes": plan.wishes.select_related("by") if plan else (),
        "sent": request.POST,
        "tried": outcome,
    }
    return render(request, "planning/agreement.html", page, status=outcome.status)


def _done(request: HttpRequest, case: Case) -> Tried[object]:
    sent, by, at = request.POST, person(request), timezone.now()
    if sent.get("act") == "wish":
        text = sent.get("text", "")
        return tried(lambda: ask_for_another_plan(number=case.number, text=text, by=by, at=at))
    read = sent.get("plan", "")
    if sent.get("act") != "confirm" or not (read.isascii() and read.isdecimal()):
        raise Http404
    if len(read) > _DIGITS:
        raise Http404
    return tried(lambda: confirm_plan(number=case.number, plan=int(read), by=by, at=at))

"""The audit plan for planner and leader: made row by row, sent, reported, changed."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.timezone import localdate, localtime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from certbody.accounts.callers import person
from certbody.application.views.fields import answers, asked_fields
from certbody.cases import rulebook
from certbody.cases.editions import book_for
from certbody.cases.lines import Line, line_of
from certbody.cases.models import Case, State
from certbody.cases.selectors import visible_to
from certbody.planning.agreeing import CARRIED, contents_of, parts_of, questions, to_confirm
from certbody.planning.models import Plan, Team
from certbody.planning.transitions.plan import Contents, Sat, make_plan, report_plan
from certbody.rules.process import ProcessStep
from certbody.rules.terms import BadInput, Problem
from certbody.web.acts import NOTHING, Tried, tried
from certbody.web.typed import whole

_BLANK_ROWS, _ROWS_AT_MOST = 3, 60
_CELLS = ("step", "site", "starts", "ends", "people", "what", "hidden")
Row = dict[str, Any]


@require_http_methods(["GET", "HEAD", "POST"])
def plan(request: HttpRequest, number: str) -> HttpResponse:
    """Show the plan of an audit; make one and send it, record its report."""
    case = visible_to(person(request), localdate()).filter(number=number).first()
    if case is None or not rulebook.steps(case, "plan"):
        raise Http404
    outcome: Tried[object] | Tried[None] = NOTHING
    act = request.POST.get("act", "")
    if request.method == "POST":
        if act not in _ACTS:
            raise Http404
        outcome = tried(lambda: _ACTS[act](request, case))
        if outcome.done:
            messages.success(request, _SAID[act]())
            return redirect("plan", number)
    page = _content(request, case, act, outcome)
    return render(request, "planning/plan.html", page, status=outcome.status)


def _content(
    request: HttpRequest, case: Case, act: str, outcome: Tried[object] | Tried[None]
) -> dict[str, object]:
    step, today = rulebook.steps(case, "plan")[0], localdate()
    last = Plan.objects.filter(case=case, superseded_at=None).first()
    team = Team.in_force().filter(case=case).first()
    sent = request.POST if act == "make" else None
    asked, kept = questions(case, step), last.given if last else {}
    contents = last.contents if last else {}
    return {
        "case": case,
        "book": book_for(case),
        "step": step,
        "open": case.state in (State.CONTRACTED, State.PLANNED) and team is not None,
        "changing": case.state == State.PLANNED,
        "team": team,
        "members": team.members.select_related("account") if team else (),
        "parts": parts_of(case),
        "sites": case.client.sites.filter(closed_on=None),
        "rows": _rows_sent(sent) if sent is not None else _rows_kept(last),
        "contents": [
            {
                "item": item,
                "said": _text(sent, f"said.{item.id}", contents.get("said", {}).get(item.id, "")),
                "left_out": _text(
                    sent, f"left_out.{item.id}", contents.get("left_out", {}).get(item.id, "")
                ),
            }
            for item in contents_of(case)
        ],
        "points": case.open_points.filter(settled_at=None),
        "carried": kept.get(CARRIED, ()),
        "fields": asked_fields(asked, kept, sent, outcome.errors if act == "make" else {}),
        "plan": last,
        "earlier": case.plans.filter(superseded_at__isnull=False),
        "gate": _gate(last, step, today),
        "wishes": last.wishes.select_related("by") if last else (),
        "sent": request.POST,
        "act": act,
        "today": today,
        "tried": outcome,
    }


def _gate(last: Plan | None, step: ProcessStep, on: date) -> list[Line]:
    """Return what a plan that waits for its client lacks besides its agreement."""
    if last is None or last.confirmed_at is not None:
        return []
    return [line_of(one) for one in sorted(to_confirm(last, step, on), key=lambda one: one.met)]


def _rows_kept(last: Plan | None) -> list[Row]:
    """Return the rows of the plan in force as they are typed, and some that are empty."""
    kept = last.sittings.select_related("site").prefetch_related("people") if last else ()
    rows: list[Row] = [
        {
            "step": one.step,
            "site": str(one.site.number) if one.site else "",
            "starts": f"{localtime(one.starts):%Y-%m-%dT%H:%M}",
            "ends": f"{localtime(one.ends):%Y-%m-%dT%H:%M}",
            "people": [each.login for each in one.people.all()],
            "what": one.what,
            "hidden": one.hidden,
        }
        for one in kept
    ]
    return [*rows, *({} for _blank in range(_BLANK_ROWS))]


def _rows_sent(sent: QueryDict) -> list[Row]:
    """Return the rows as they were sent; those in which nothing was chosen or typed are left."""
    rows: list[Row] = []
    for place in range(_ROWS_AT_MOST):
        row: Row = {name: sent.get(f"{place}.{name}", "").strip() for name in _CELLS}
        row["people"] = sent.getlist(f"{place}.people")
        if any(row.values()):
            rows.append(row)
    return [*rows, *({} for _blank in range(_BLANK_ROWS))]


def _text(sent: QueryDict | None, name: str, kept: str) -> str:
    return kept if sent is None else str(sent.get(name, ""))


def _make(request: HttpRequest, case: Case) -> object:
    sent, step = request.POST, rulebook.steps(case, "plan")[0]
    rows = [row for row in _rows_sent(sent) if row]
    problems = [problem for place, row in enumerate(rows) for problem in _untimed(place, row)]
    if problems:
        raise BadInput(problems)
    points = {str(pk): pk for pk in case.open_points.values_list("pk", flat=True)}
    return make_plan(
        number=case.number,
        sittings=[_sat(row) for row in rows],
        contents=Contents(_told(case, sent, "said"), _told(case, sent, "left_out")),
        given=answers(questions(case, step), sent),
        carried=[points[one] for one in sent.getlist("carried") if one in points],
        reason=sent.get("reason", ""),
        by=person(request),
        at=timezone.now(),
    )


def _told(case: Case, sent: QueryDict, name: str) -> dict[str, str]:
    found = {one.id: str(sent.get(f"{name}.{one.id}", "")).strip() for one in contents_of(case)}
    return {key: text for key, text in found.items() if text}


def _untimed(place: int, row: Row) -> Sequence[Problem]:
    return [
        Problem(f"sittings[{place}].{name}", "missing_input", {"name": name, "what": name})
        for name in ("starts", "ends")
        if _moment(row[name]) is None
    ]


def _sat(row: Row) -> Sat:
    starts, ends = _moment(row["starts"]), _moment(row["ends"])
    if starts is None or ends is None:
        raise ValueError("a row without its times has been let through")
    return Sat(
        step=row["step"],
        site=whole(row["site"]) or None,
        starts=starts,
        ends=ends,
        people=row["people"],
        what=row["what"],
        hidden=bool(row["hidden"]),
    )


def _moment(text: str) -> datetime | None:
    try:
        found = parse_datetime(text)
    except ValueError:
        return None
    return timezone.make_aware(found) if found is not None and found.tzinfo is None else found


def _report(request: HttpRequest, case: Case) -> object:
    sent = request.POST
    try:
        day = parse_date(sent.get("reported_on", ""))
    except ValueError:
        day = None
    return report_plan(
        number=case.number,
        reported_on=day,
        report_number=sent.get("report_number", "")[:60],
        not_reported_because=sent.get("not_reported_because", ""),
        by=person(request),
        at=timezone.now(),
    )


_ACTS: Mapping[str, Callable[[HttpRequest, Case], object]] = {"make": _make, "report": _report}
_SAID: Mapping[str, Callable[[], str]] = {
    "make": lambda: _("The plan is sent; it counts once the client confirms it."),
    "report": lambda: _("It is recorded."),
}

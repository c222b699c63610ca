"""The office: worklist, board, cases and a case's own page, the record."""

from collections.abc import Iterator, Mapping
from dataclasses import asdict
from datetime import date, datetime, time, timedelta
from itertools import chain
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.timezone import localdate, make_aware
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from certbody.accounts.callers import person
from certbody.accounts.models import Account
from certbody.accounts.roles import Right
from certbody.application.models import Application
from certbody.application.views.opening import with_application
from certbody.cases.editions import book_for
from certbody.cases.models import Case, State
from certbody.cases.moving import done_in, open_in, process_of
from certbody.cases.selectors import visible_to
from certbody.cases.transitions.complete import complete_step, steps_by_hand
from certbody.notices.selectors import notices_of
from certbody.office.excel import cases_sheet
from certbody.office.forms import BoardSearch, CaseSearch, RecordSearch
from certbody.office.stages import STAGES, late_on, narrowed
from certbody.office.tasks import cases_to_do, most_urgent, tasks_in, tasks_of, tasks_on
from certbody.records.reading import Event, events_of, found_events, told
from certbody.records.verify import Finding, verify
from certbody.web.acts import NOTHING, Tried, tried
from certbody.web.excel import as_download
from certbody.web.language import active
from certbody.words import sentence

_A_PAGE = 25
_TASKS_SHOWN = 25
_UNCONTRACTED = (
    State.DRAFT,
    State.SUBMITTED,
    State.SUPPLEMENT_ASKED,
    State.DEFERRED,
    State.ACCEPTED,
)


@require_safe
def worklist(request: HttpRequest) -> HttpResponse:
    """Show what a person has to do now, the most urgent first; with ``?kind=`` all of one kind."""
    by, day = person(request), localdate()
    kinds = tasks_of(by, day, _TASKS_SHOWN + 1)
    chosen = next((one for one, _ in kinds if one.name == request.GET.get("kind")), None)
    page = None
    if chosen is not None:
        found = Paginator(cases_to_do(visible_to(by, day), chosen), _A_PAGE)
        page = found.get_page(request.GET.get("page"))
        tasks = tasks_in(page, chosen, day)
    else:
        tasks = most_urgent(chain.from_iterable(own for _, own in kinds), _TASKS_SHOWN)
    content = {
        "kinds": [(kind, _at_most(len(own))) for kind, own in kinds],
        "chosen": chosen,
        "tasks": tasks,
        "page": page,
        "more": sum(len(own) for _, own in kinds) > len(tasks),
    }
    return render(request, "office/worklist.html", content)


def _at_most(number: int) -> str:
    return f"{_TASKS_SHOWN}+" if number > _TASKS_SHOWN else str(number)


@require_safe
def board(request: HttpRequest) -> HttpResponse:
    """Show how many cases stand where, with those that are late, of one scheme or of all."""
    day = localdate()
    search = BoardSearch(request.GET)
    counts = (
        narrowed(visible_to(person(request), day), search)
        .values("state")
        .annotate(number=Count("pk"), late=Count("pk", filter=late_on(day)))
    )
    by_state = {row["state"]: (row["number"], row["late"]) for row in counts}
    page = {"stages": list(_stages(by_state)), "search": search, "day": day}
    return render(request, "office/board.html", page)


def _stages(by_state: Mapping[str, tuple[int, int]]) -> Iterator[dict[str, object]]:
    for name, states in STAGES:
        columns = [
            {"state": state, "number": number, "late": late}
            for state in states
            for number, late in [by_state.get(state, (0, 0))]
        ]
        yield {"name": name, "columns": columns}


@require_safe
def cases(request: HttpRequest) -> HttpResponse:
    """List the cases that are open to a person; as a sheet with ``?as=xlsx``."""
    search, day = CaseSearch(request.GET), localdate()
    found = _cases_found(visible_to(person(request), day), search, day)
    if request.GET.get("as") == "xlsx":
        return as_download(cases_sheet(found), "cases")
    page = Paginator(found, _A_PAGE).get_page(request.GET.get("page"))
    return render(request, "office/cases.html", {"cases": page, "search": search, "today": day})


def _cases_found(found: QuerySet[Case], search: CaseSearch, day: date) -> QuerySet[Case]:
    asked = search.cleaned_data if search.is_valid() else {}
    if words := asked.get("q"):
        found = found.filter(
            Q(number__startswith=words)
            | Q(client__name__icontains=words)
            | Q(client__credit_code__istartswith=words)
        )
    found = narrowed(found, search)
    if asked.get("state"):
        found = found.filter(state=asked["state"])
    if asked.get("late"):
        found = found.filter(late_on(day))
    return found.select_related("client").order_by(asked.get("sort") or "-moved_at", "-pk")


@with_application
def case_page(request: HttpRequest, application: Application) -> HttpResponse:
    """Show a case: where it stands, its facts, its letters, its record."""
    case = application.case
    outcome: Tried[Case] | Tried[None] = NOTHING
    if request.method == "POST":
        outcome = _completed(request, case)
    if request.method == "POST" and outcome.done:
        messages.success(request, _("The step is noted as done."))
        return redirect("case", case.number)
    done = done_in(case)
    open_ones = open_in(case, done)
    events = Paginator(events_of(case.stream), _A_PAGE).get_page(request.GET.get("page"))
    page = {
        "case": case,
        "application": application,
        "client": case.client,
        "book": book_for(case),
        "process": process_of(case),
        "done": done,
        "now": open_ones,
        "todo": tasks_on(case, person(request), localdate()),
        "by_hand": [step for step in steps_by_hand(case) if step.id in open_ones],
        "may_plan": person(request).has(Right.AUDIT_PLAN) and case.state not in _UNCONTRACTED,
        "may_complete": person(request).has(Right.CASE_COMPLETE_STEP),
        "tried": outcome,
        "sent": request.POST,
        "determination": application.determinations.first(),
        "contract": application.contracts.filter(superseded_at__isnull=True).first(),
        "notices": notices_of(case),
        "events": events,
        "record": list(told(events, active())),
    }
    return render(request, "office/case.html", page, status=outcome.status)


def _completed(request: HttpRequest, case: Case) -> Tried[Case]:
    sent, by = request.POST, person(request)
    return tried(
        lambda: complete_step(
            number=case.number,
            step=sent.get("step", ""),
            outcome=sent.get("outcome", ""),
            note=sent.get("note", ""),
            by=by,
            at=timezone.now(),
        )
    )


@require_http_methods(["GET", "HEAD", "POST"])
def record_page(request: HttpRequest) -> HttpResponse:
    """Search the whole log; verify it."""
    search = RecordSearch(request.GET)
    asked = search.cleaned_data if search.is_valid() else {}
    finding: Finding | None = verify() if request.method == "POST" else None
    events = Paginator(_events_found(asked), _A_PAGE).get_page(request.GET.get("page"))
    page = {
        "search": search,
        "events": events,
        "record": list(told(events, active())),
        "finding": finding,
        "faults": [sentence(one.code, asdict(one), active()) for one in finding.faults]
        if finding
        else [],
    }
    return render(request, "office/record.html", page)


def _events_found(asked: Mapping[str, Any]) -> QuerySet[Event]:
    begins = ends = actor = None
    if asked.get("day"):
        begins = make_aware(datetime.combine(asked["day"], time.min))
        ends = begins + timedelta(days=1)
    if asked.get("actor"):
        accounts = Account.objects.filter(login=asked["actor"]).values_list("pk", flat=True)
        actor = accounts.first() or 0
    return found_events(
        what=asked.get("what") or "",
        stream=_chain_of(asked.get("stream") or ""),
        actor=actor,
        begins=begins,
        ends=ends,
    )


def _chain_of(named: str) -> str:
    """Return the chain that is named, or that of the case with such a number."""
    case = Case.objects.filter(number=named).first() if named else None
    return case.stream if case else named

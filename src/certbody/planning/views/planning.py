"""Planning of one audit on one page: programme, then team; each with the rulebook's gate."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from certbody.accounts.callers import person
from certbody.accounts.models import Account
from certbody.application.views.fields import answers, asked_fields
from certbody.cases import rulebook
from certbody.cases.editions import book_for
from certbody.cases.lines import Line, line_of
from certbody.cases.models import Case, State
from certbody.cases.selectors import visible_to
from certbody.personnel.qualification import Standing, standings
from certbody.personnel.selectors import staff
from certbody.planning.models import Programme, Team
from certbody.planning.programming import questions as programme_questions
from certbody.planning.team import audits_as, roles_of, to_confirm
from certbody.planning.team import questions as team_questions
from certbody.planning.transitions.programme import Added, settle_programme
from certbody.planning.transitions.team import Proposed, confirm_team, propose_team
from certbody.rules.choices import Option
from certbody.rules.process import ProcessStep
from certbody.rules.terms import BadInput, Problem
from certbody.web.acts import NOTHING, Tried, tried
from certbody.web.language import active
from certbody.web.typed import whole


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody who might be in the team, with what holds on each of its days."""

    account: Account
    standing: Standing
    role: str
    under: str


@require_http_methods(["GET", "HEAD", "POST"])
def planning(request: HttpRequest, number: str) -> HttpResponse:
    """Show how an audit is planned; settle the programme, propose and confirm the team."""
    case = visible_to(person(request), localdate()).filter(number=number).first()
    if case is None or not rulebook.steps(case, "programme"):
        raise Http404
    outcome: Tried[object] | Tried[None] = NOTHING
    act = request.POST.get("act", "")
    if request.method == "POST":
        if act not in _ACTS:
            raise Http404
        outcome = tried(lambda: _ACTS[act](request, case))
        if outcome.done:
            messages.success(request, _SAID[act]())
            return redirect("planning", number)
    page = _content(request, case, act, outcome)
    return render(request, "planning/planning.html", page, status=outcome.status)


def _content(
    request: HttpRequest, case: Case, act: str, outcome: Tried[object] | Tried[None]
) -> dict[str, object]:
    today, sent = localdate(), request.POST
    settling, teaming = (_step(case, work) for work in ("programme", "team"))
    programme = Programme.objects.filter(case=case).first()
    last = Team.objects.filter(case=case, superseded_at=None).first()
    asked = programme_questions(case, settling, today)
    confirming = team_questions(case, teaming)
    days = _days(sent if act == "propose" else request.GET, last, today)
    kept = programme.given if programme else {}
    return {
        "case": case,
        "book": book_for(case),
        "open": case.state == State.CONTRACTED,
        "settling": settling,
        "teaming": teaming,
        "programme": programme,
        "time": programme.time_in(active()) if programme else None,
        "draw": programme.draw_in(active()) if programme else None,
        "sites": programme.sites.select_related("site") if programme else (),
        "others": _others(case, programme, today),
        "codes": sent.get("competences", " ".join(programme.competences) if programme else ""),
        "seed": sent.get("seed", programme.seed if programme else ""),
        "fields": asked_fields(
            asked, kept, sent if act == "settle" else None, _errors(act, "settle", outcome)
        ),
        "days": days,
        "candidates": _candidates(case, days, last, sent if act == "propose" else None),
        "roles": roles_of(case),
        "team": last,
        "members": _members(case, last),
        "gate": _gate(last, teaming, answers(confirming, sent), today),
        "team_fields": asked_fields(
            confirming,
            last.given if last else {},
            sent if act == "confirm" else None,
            _errors(act, "confirm", outcome),
        ),
        "act": act,
        "sent": sent,
        "tried": outcome,
    }


def _gate(team: Team | None, step: ProcessStep, given: Mapping[str, Any], on: date) -> list[Line]:
    """Return what keeps the team from being confirmed, what is missing first."""
    if team is None:
        return []
    found = to_confirm(team, step, {**team.given, **given}, on)
    return [line_of(one) for one in sorted(found, key=lambda one: one.met)]


def _others(case: Case, programme: Programme | None, on: date) -> list[Any]:
    """Return the sites that a planner may add to those to visit."""
    if programme is None:
        return []
    there = programme.sites.values("site")
    return list(case.client.sites.exclude(closed_on__lte=on).exclude(pk__in=there))


def _members(case: Case, team: Team | None) -> list[tuple[Any, Option | None]]:
    words = {one.id: one for one in roles_of(case)}
    rows = team.members.select_related("account", "under") if team else ()
    return [(one, words.get(one.role)) for one in rows]


def _candidates(
    case: Case, days: tuple[date, date], team: Team | None, sent: QueryDict | None
) -> list[Candidate]:
    """Return the staff with what each holds on the days, those who are registered first."""
    first, last = days
    people = list(staff(localdate()).order_by("name", "pk"))
    found = standings([one.pk for one in people], first, last, case.client)
    chosen = {one.account_id: one for one in (team.members.select_related("under") if team else ())}
    rows = []
    for one in people:
        kept = chosen.get(one.pk)
        role = kept.role if kept else ""
        under = kept.under.login if kept and kept.under else ""
        if sent is not None:
            role, under = sent.get(f"role.{one.login}", ""), sent.get(f"under.{one.login}", "")
        rows.append(Candidate(one, found[one.pk], role, under))
    useful = [one for one in rows if one.role or one.standing.functions or one.standing.competences]
    return sorted(useful, key=lambda one: (not one.role, not one.standing.registered))


def _days(sent: QueryDict, team: Team | None, today: date) -> tuple[date, date]:
    """Return the days asked about: as sent, else the team's, else today."""
    usual = (team.first_day, team.last_day) if team else (today, today)
    first, last = (_day(sent.get(name, "")) for name in ("first_day", "last_day"))
    if first is None or last is None or last < first:
        return usual
    return first, last


def _day(text: str) -> date | None:
    try:
        return parse_date(text)
    except ValueError:
        return None


def _settle(request: HttpRequest, case: Case) -> object:
    sent, at = request.POST, timezone.now()
    asked = programme_questions(case, _step(case, "programme"), localdate(at))
    added = sent.get("added.site", "")
    return settle_programme(
        number=case.number,
        competences=sent.get("competences", "").replace(",", " ").replace("，", " ").split(),
        given=answers(asked, sent),
        added=[Added(whole(added), sent.get("added.reason", ""))] if added else [],
        seed=sent.get("seed", ""),
        by=person(request),
        at=at,
    )


def _propose(request: HttpRequest, case: Case) -> object:
    sent = request.POST
    days = {name: _day(sent.get(name, "")) for name in ("first_day", "last_day")}
    problems = [
        Problem(name, "missing_input", {"name": name, "what": name})
        for name, day in days.items()
        if day is None
    ]
    first, last = days["first_day"], days["last_day"]
    if first is None or last is None:
        raise BadInput(problems)
    logins = [
        name.removeprefix("role.") for name in sent if name.startswith("role.") and sent[name]
    ]
    return propose_team(
        number=case.number,
        first_day=first,
        last_day=last,
        members=[
            Proposed(login, sent[f"role.{login}"], _under(case, sent, login)) for login in logins
        ],
        by=person(request),
        at=timezone.now(),
    )


def _under(case: Case, sent: QueryDict, login: str) -> str:
    """Return who answers for a person: nobody for those who audit themselves."""
    if audits_as(case, str(sent[f"role.{login}"])):
        return ""
    return str(sent.get(f"under.{login}", ""))


def _confirm(request: HttpRequest, case: Case) -> object:
    given = answers(team_questions(case, _step(case, "team")), request.POST)
    return confirm_team(number=case.number, given=given, by=person(request), at=timezone.now())


def _step(case: Case, work: str) -> ProcessStep:
    return rulebook.steps(case, work)[0]


def _errors(
    act: str, wanted: str, outcome: Tried[object] | Tried[None]
) -> Mapping[str, Sequence[str]]:
    return outcome.errors if act == wanted else {}


_ACTS: Mapping[str, Callable[[HttpRequest, Case], object]] = {
    "settle": _settle,
    "propose": _propose,
    "confirm": _confirm,
}
_SAID: Mapping[str, Callable[[], str]] = {
    "settle": lambda: _("The programme is settled."),
    "propose": lambda: _("The team is proposed; confirm it when nothing stands against it."),
    "confirm": lambda: _("The team is confirmed and the case is open to its members."),
}

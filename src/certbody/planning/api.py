"""Planning for programs: programme and team."""

from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from django.utils.timezone import localdate
from ninja import Router

from certbody.accounts.callers import caller
from certbody.accounts.tokens import TokenAuth
from certbody.api.idempotency import once
from certbody.api.problems import PROBLEMS, ProblemDocument, language_of
from certbody.cases.models import Case
from certbody.cases.selectors import visible_to
from certbody.planning.models import Plan
from certbody.planning.schemas import (
    ConfirmIn,
    ConfirmPlanIn,
    PlanIn,
    PlanOut,
    PlansOut,
    ProgrammeIn,
    ProgrammeOut,
    ReportIn,
    TeamIn,
    TeamOut,
    WishIn,
    plan_out,
    programme_out,
    team_out,
)
from certbody.planning.selectors import sittings_for
from certbody.planning.transitions.plan import (
    Contents,
    Sat,
    ask_for_another_plan,
    confirm_plan,
    make_plan,
    report_plan,
)
from certbody.planning.transitions.programme import Added, settle_programme
from certbody.planning.transitions.team import Proposed, confirm_team, propose_team

reads, writes = TokenAuth("audits:read"), TokenAuth("audits:write")
router = Router(tags=["audits"], auth=reads)
_CASE = "/cases/{number}"


@router.post(
    f"{_CASE}/programmes",
    auth=writes,
    response={201: ProgrammeOut, PROBLEMS: ProblemDocument},
    summary="Settle the programme of an audit",
)
@once(201)
def settle_one(request: HttpRequest, number: str, payload: ProgrammeIn) -> dict[str, Any]:
    """Work out time and sites by the rulebook, and keep both answers."""
    made = settle_programme(
        number=number,
        competences=payload.competences,
        given=payload.given,
        added=[Added(one.site, one.reason) for one in payload.added],
        seed=payload.seed,
        by=caller(request),
        at=timezone.now(),
    )
    return programme_out(made, language_of(request))


@router.post(
    f"{_CASE}/teams",
    auth=writes,
    response={201: TeamOut, PROBLEMS: ProblemDocument},
    summary="Propose an audit team",
)
@once(201)
def propose_one(request: HttpRequest, number: str, payload: TeamIn) -> dict[str, Any]:
    """Propose a team for its days; it counts once it is confirmed."""
    made = propose_team(
        number=number,
        first_day=payload.first_day,
        last_day=payload.last_day,
        members=[Proposed(**one.dict()) for one in payload.members],
        by=caller(request),
        at=timezone.now(),
    )
    return team_out(made)


@router.post(
    f"{_CASE}/teams/confirm",
    auth=writes,
    response={200: TeamOut, PROBLEMS: ProblemDocument},
    summary="Confirm the team proposed last",
)
@once()
def confirm_one(request: HttpRequest, number: str, payload: ConfirmIn) -> dict[str, Any]:
    """Confirm the team; refused with each condition that one of its days does not meet."""
    by, at = caller(request), timezone.now()
    return team_out(confirm_team(number=number, given=payload.given, by=by, at=at))


@router.get(
    f"{_CASE}/plans", response={200: PlansOut, PROBLEMS: ProblemDocument}, summary="Audit plans"
)
def list_plans(request: HttpRequest, number: str) -> dict[str, Any]:
    """List the plans of a case; to the client, what is hidden comes when it is over."""
    case = visible_to(caller(request), localdate()).get(number=number)
    return {"items": [_plan(request, case, one) for one in case.plans.all()]}


@router.post(
    f"{_CASE}/plans",
    auth=writes,
    response={201: PlanOut, PROBLEMS: ProblemDocument},
    summary="Make an audit plan and send it to the client",
)
@once(201)
def make_one_plan(request: HttpRequest, number: str, payload: PlanIn) -> dict[str, Any]:
    """Make a plan; it counts once the client confirms it."""
    made = make_plan(
        number=number,
        sittings=[Sat(**one.dict()) for one in payload.sittings],
        contents=Contents(payload.said, payload.left_out),
        given=payload.given,
        carried=payload.carried,
        reason=payload.reason,
        by=caller(request),
        at=timezone.now(),
    )
    return _plan(request, made.case, made)


@router.post(
    f"{_CASE}/plans/report",
    auth=writes,
    response={200: PlanOut, PROBLEMS: ProblemDocument},
    summary="Record the report of the plan to the regulator",
)
@once()
def report_one_plan(request: HttpRequest, number: str, payload: ReportIn) -> dict[str, Any]:
    """Record when the plan was reported, or why it was not."""
    by, at = caller(request), timezone.now()
    plan = report_plan(number=number, **payload.dict(), by=by, at=at)
    return _plan(request, plan.case, plan)


@router.post(
    f"{_CASE}/plans/wishes",
    auth=writes,
    response={201: PlanOut, PROBLEMS: ProblemDocument},
    summary="Ask for another plan",
)
@once(201)
def wish_one(request: HttpRequest, number: str, payload: WishIn) -> dict[str, Any]:
    """Say, for the client, what should be otherwise."""
    by, at = caller(request), timezone.now()
    plan = ask_for_another_plan(number=number, text=payload.text, by=by, at=at).plan
    return _plan(request, plan.case, plan)


@router.post(
    f"{_CASE}/plans/confirm",
    auth=writes,
    response={200: PlanOut, PROBLEMS: ProblemDocument},
    summary="Confirm the audit plan",
)
@once()
def confirm_one_plan(request: HttpRequest, number: str, payload: ConfirmPlanIn) -> dict[str, Any]:
    """Confirm, for the client, the plan that was read."""
    by, at = caller(request), timezone.now()
    plan = confirm_plan(number=number, plan=payload.plan, by=by, at=at)
    return _plan(request, plan.case, plan)


def _plan(request: HttpRequest, case: Case, plan: Plan) -> dict[str, Any]:
    return plan_out(plan, sittings_for(caller(request), case, plan, timezone.now()))

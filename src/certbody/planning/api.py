"""Planning for programs: programme and team."""

from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from ninja import Router

from certbody.accounts.callers import caller
from certbody.accounts.tokens import TokenAuth
from certbody.api.idempotency import once
from certbody.api.problems import PROBLEMS, ProblemDocument, language_of
from certbody.planning.schemas import (
    ConfirmIn,
    ProgrammeIn,
    ProgrammeOut,
    TeamIn,
    TeamOut,
    programme_out,
    team_out,
)
from certbody.planning.transitions.programme import Added, settle_programme
from certbody.planning.transitions.team import Proposed, confirm_team, propose_team

writes = TokenAuth("audits:write")
router = Router(tags=["audits"], auth=writes)
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

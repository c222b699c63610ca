"""Personnel for programs: what people hold and undertake, and their interests."""

from datetime import date
from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from django.utils.timezone import localdate
from ninja import Router

from certbody.accounts.callers import caller
from certbody.accounts.models import Account
from certbody.accounts.roles import Right
from certbody.accounts.tokens import TokenAuth
from certbody.api.idempotency import once
from certbody.api.paging import After, Limit, paged
from certbody.api.problems import PROBLEMS, ProblemDocument
from certbody.clients.models import Client
from certbody.personnel.qualification import standings
from certbody.personnel.schemas import (
    EndIn,
    InterestIn,
    InterestOut,
    InterestsOut,
    PeopleOut,
    PersonOut,
    QualificationEndIn,
    QualificationIn,
    QualificationOut,
    StandingOut,
    UndertakingIn,
    UndertakingOut,
    UndertakingsOut,
    interest_out,
    person_out,
    qualification_out,
    standing_out,
    undertaking_out,
)
from certbody.personnel.selectors import staff
from certbody.personnel.transitions.interests import declare_interest, end_interest
from certbody.personnel.transitions.qualifications import end_qualification, record_qualification
from certbody.personnel.transitions.undertakings import end_undertaking, sign_undertaking
from certbody.rules.terms import BadInput, Problem, Refusal, Refused

writes = TokenAuth("personnel:write")
router = Router(tags=["personnel"], auth=TokenAuth("personnel:read"))


@router.get(
    "/people", response={200: PeopleOut, PROBLEMS: ProblemDocument}, summary="The body's people"
)
def list_people(request: HttpRequest, after: After = 0, limit: Limit = 50) -> dict[str, Any]:
    """List who works for the body, with what was ever recorded of each."""
    _refuse_without_reading(caller(request))
    found = staff(localdate()).prefetch_related("qualifications", "undertakings")
    return paged(found, after, limit, person_out)


@router.get(
    "/people/{login}",
    response={200: PersonOut, PROBLEMS: ProblemDocument},
    summary="One person of the body",
)
def one_person(request: HttpRequest, login: str) -> dict[str, Any]:
    """Return a person with all that was ever recorded."""
    _refuse_without_reading(caller(request))
    return person_out(staff(localdate()).get(login=login))


@router.get(
    "/people/{login}/standing",
    response={200: StandingOut, PROBLEMS: ProblemDocument},
    summary="What a person holds on every day of some work",
)
def standing(
    request: HttpRequest, login: str, first: date, last: date, credit_code: str = ""
) -> dict[str, Any]:
    """Return what holds on each of the days; with a client's code, also whether it conflicts."""
    _refuse_without_reading(caller(request))
    person = staff(localdate()).get(login=login)
    problems = []
    if last < first:
        said = {"day": first.isoformat()}
        problems.append(Problem("last", "ends_before_it_begins", said))
    client = Client.objects.filter(credit_code=credit_code.strip().upper()).first()
    if credit_code and client is None:
        problems.append(Problem("credit_code", "no_such_client", {"value": credit_code}))
    if problems:
        raise BadInput(problems)
    return standing_out(person, standings([person.pk], first, last, client)[person.pk], first, last)


@router.post(
    "/people/{login}/qualifications",
    auth=writes,
    response={201: QualificationOut, PROBLEMS: ProblemDocument},
    summary="Record a registration, a competence or a function",
)
@once(201)
def record_one(request: HttpRequest, login: str, payload: QualificationIn) -> dict[str, Any]:
    """Record what somebody holds, and what shows it."""
    by, at = caller(request), timezone.now()
    return qualification_out(record_qualification(login=login, **payload.dict(), by=by, at=at))


@router.post(
    "/people/{login}/qualifications/{qualification}/end",
    auth=writes,
    response={200: QualificationOut, PROBLEMS: ProblemDocument},
    summary="Record that something ends before its time",
)
@once()
def end_held(
    request: HttpRequest, login: str, qualification: int, payload: QualificationEndIn
) -> dict[str, Any]:
    """Record its last day and why; the days before stay covered."""
    by, at = caller(request), timezone.now()
    ended = end_qualification(
        login=login, qualification=qualification, **payload.dict(), by=by, at=at
    )
    return qualification_out(ended)


@router.get(
    "/me/undertakings",
    response={200: UndertakingsOut, PROBLEMS: ProblemDocument},
    summary="Your undertakings",
)
def list_undertakings(request: HttpRequest) -> dict[str, Any]:
    """List what one has undertaken."""
    return {"items": [undertaking_out(one) for one in caller(request).undertakings.all()]}


@router.post(
    "/me/undertakings",
    auth=writes,
    response={201: UndertakingOut, PROBLEMS: ProblemDocument},
    summary="Sign an undertaking",
)
@once(201)
def sign_one(request: HttpRequest, payload: UndertakingIn) -> dict[str, Any]:
    """Sign an undertaking with one's own name."""
    signed = sign_undertaking(**payload.dict(), by=caller(request), at=timezone.now())
    return undertaking_out(signed)


@router.post(
    "/me/undertakings/{undertaking}/end",
    auth=writes,
    response={200: UndertakingOut, PROBLEMS: ProblemDocument},
    summary="Say that you no longer work for this body only",
)
@once()
def end_signed(request: HttpRequest, undertaking: int) -> dict[str, Any]:
    """End an undertaking that may end; others hold for good."""
    by, at = caller(request), timezone.now()
    return undertaking_out(end_undertaking(undertaking=undertaking, by=by, at=at))


@router.get(
    "/me/interests",
    response={200: InterestsOut, PROBLEMS: ProblemDocument},
    summary="Your interests in clients",
)
def list_interests(request: HttpRequest) -> dict[str, Any]:
    """List one's own interests."""
    found = caller(request).interests.select_related("client").order_by("-since")
    return {"items": [interest_out(one) for one in found]}


@router.post(
    "/me/interests",
    auth=writes,
    response={201: InterestOut, PROBLEMS: ProblemDocument},
    summary="Declare an interest",
)
@once(201)
def declare_one(request: HttpRequest, payload: InterestIn) -> dict[str, Any]:
    """Declare an interest: nothing of that client is open from the next request on."""
    return interest_out(declare_interest(**payload.dict(), by=caller(request), at=timezone.now()))


@router.post(
    "/me/interests/{interest}/end",
    auth=writes,
    response={200: InterestOut, PROBLEMS: ProblemDocument},
    summary="Declare that an interest has ended",
)
@once()
def end_one(request: HttpRequest, interest: int, payload: EndIn) -> dict[str, Any]:
    """Declare the end; it bars for some time after that."""
    by, at = caller(request), timezone.now()
    return interest_out(end_interest(interest=interest, until=payload.until, by=by, at=at))


def _refuse_without_reading(by: Account) -> None:
    if not by.has(Right.PERSONNEL_READ):
        raise Refused([Refusal("right_missing", None, {"right": Right.PERSONNEL_READ})])

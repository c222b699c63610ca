"""What programs send and read of planning."""

from collections.abc import Iterable
from datetime import date
from typing import Annotated, Any

from django.utils.timezone import localtime
from ninja import Schema
from pydantic import Field, StringConstraints

from certbody.api.moments import Moment
from certbody.planning.models import Plan, Programme, Sitting, Team
from certbody.words import Language

Short = Annotated[str, StringConstraints(max_length=300)]
Name = Annotated[str, StringConstraints(max_length=80)]
Text = Annotated[str, StringConstraints(max_length=4000)]
Texts = Annotated[dict[Name, Text], Field(max_length=100)]
Given = Annotated[dict[Name, str | list[str]], Field(max_length=100)]


class AddedIn(Schema):
    """A site to visit besides those of the rulebook, by its number in the client's list."""

    site: Annotated[int, Field(ge=1, le=2**31 - 1)]
    reason: Short


class ProgrammeIn(Schema):
    """A programme to settle; ``seed`` repeats an earlier draw."""

    competences: Annotated[list[Name], Field(max_length=40)]
    given: Given = {}
    added: Annotated[list[AddedIn], Field(max_length=500)] = []
    seed: Short = ""


class SiteOut(Schema):
    """A site to visit and why it is."""

    site: str
    why: str
    reason: str


class ProgrammeOut(Schema):
    """A programme as it stood: the rulebook's answers with their steps, and the sites."""

    number: int
    competences: list[str]
    seed: str
    time: dict[str, Any]
    draw: dict[str, Any]
    sites: list[SiteOut]


class MemberIn(Schema):
    """A member proposed, with the rulebook's role, and who of the team answers for them."""

    login: Name
    role: Name
    under: Name = ""
    audits: bool | None = None


class TeamIn(Schema):
    """A team to propose for its days."""

    first_day: date
    last_day: date
    members: Annotated[list[MemberIn], Field(max_length=40)]


class ConfirmIn(Schema):
    """Answers to what the rulebook asks of the planner."""

    given: Given = {}


class MemberOut(Schema):
    """A member of a team."""

    login: str
    name: str
    role: str
    under: str
    audits: bool


class TeamOut(Schema):
    """A team, proposed or confirmed."""

    number: int
    first_day: str
    last_day: str
    confirmed: bool
    members: list[MemberOut]


class SittingIn(Schema):
    """One entry of a plan; times without an offset are the body's own (Asia/Shanghai)."""

    step: Name
    starts: Moment
    ends: Moment
    people: Annotated[list[Name], Field(max_length=40)]
    site: Annotated[int, Field(ge=1, le=2**31 - 1)] | None = None
    what: Text = ""
    hidden: bool = False


class PlanIn(Schema):
    """A plan to make and send; ``reason`` where it changes one that was confirmed."""

    sittings: Annotated[list[SittingIn], Field(max_length=500)]
    said: Texts = {}
    left_out: Texts = {}
    given: Given = {}
    carried: Annotated[list[int], Field(max_length=500)] = []
    reason: Text = ""


class ReportIn(Schema):
    """When a plan was reported to the regulator, or why it was not."""

    reported_on: date | None = None
    report_number: Annotated[str, StringConstraints(max_length=60)] = ""
    not_reported_because: Short = ""


class WishIn(Schema):
    """What should be otherwise in a plan."""

    text: Text


class ConfirmPlanIn(Schema):
    """The number of the plan that is confirmed: the one that was read."""

    plan: Annotated[int, Field(ge=1, le=2**31 - 1)]


class SittingOut(Schema):
    """One entry of a plan."""

    step: str
    site: str
    starts: str
    ends: str
    people: list[str]
    what: str
    hidden: bool


class PlanOut(Schema):
    """A plan, with what the reader may see of it."""

    number: int
    confirmed: bool
    in_force: bool
    reason: str
    reported_on: str | None
    not_reported_because: str
    sittings: list[SittingOut]


class PlansOut(Schema):
    """All plans of a case, the newest first."""

    items: list[PlanOut]


def programme_out(one: Programme, language: Language) -> dict[str, Any]:
    """Return a programme as programs see it."""
    return {
        "number": one.number,
        "competences": one.competences,
        "seed": one.seed,
        "time": one.time_in(language),
        "draw": one.draw_in(language),
        "sites": [
            {"site": row.site.name, "why": row.why, "reason": row.reason}
            for row in one.sites.select_related("site")
        ],
    }


def team_out(one: Team) -> dict[str, Any]:
    """Return a team as programs see it."""
    return {
        "number": one.number,
        "first_day": one.first_day.isoformat(),
        "last_day": one.last_day.isoformat(),
        "confirmed": one.confirmed_at is not None,
        "members": [
            {
                "login": row.account.login,
                "name": row.account.name,
                "role": row.role,
                "under": row.under.login if row.under else "",
                "audits": row.audits,
            }
            for row in one.members.select_related("account", "under")
        ],
    }


def plan_out(one: Plan, shown: Iterable[Sitting]) -> dict[str, Any]:
    """Return a plan as programs see it, with the sittings that the reader may see."""
    return {
        "number": one.number,
        "confirmed": one.confirmed_at is not None,
        "in_force": one.superseded_at is None,
        "reason": one.reason,
        "reported_on": one.reported_on.isoformat() if one.reported_on else None,
        "not_reported_because": one.not_reported_because,
        "sittings": [
            {
                "step": row.step,
                "site": row.site.name if row.site else "",
                "starts": localtime(row.starts).isoformat(),
                "ends": localtime(row.ends).isoformat(),
                "people": [person.name for person in row.people.all()],
                "what": row.what,
                "hidden": row.hidden,
            }
            for row in shown
        ],
    }

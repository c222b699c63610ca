"""What programs send and read of planning."""

from datetime import date
from typing import Annotated, Any

from ninja import Schema
from pydantic import Field, StringConstraints

from certbody.planning.models import Programme, Team
from certbody.words import Language

Short = Annotated[str, StringConstraints(max_length=300)]
Name = Annotated[str, StringConstraints(max_length=80)]
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

"""Propose a team for its days, and confirm it when it meets the rulebook. 17065, 6.1.2, 7.4.2."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.timezone import localdate

from certbody.accounts.models import Account
from certbody.cases.gates import unmet
from certbody.cases.models import Assignment, Case
from certbody.cases.moving import complete
from certbody.personnel.selectors import staff
from certbody.planning.models import Member, Team
from certbody.planning.opening import opened, refusals_of_order, step_with
from certbody.planning.team import audits_as, roles_of, to_confirm
from certbody.records.writing import record
from certbody.rules.terms import BadInput, Problem, Refusal, Refused

_DAYS_AT_MOST = timedelta(days=366)


@dataclass(frozen=True, slots=True)
class Proposed:
    """A member proposed: login, role, and the login of who answers for them.

    ``audits`` is whether the person has audit tasks; without it, as the role has.
    """

    login: str
    role: str
    under: str = ""
    audits: bool | None = None


@transaction.atomic
def propose_team(
    *,
    number: str,
    first_day: date,
    last_day: date,
    members: Sequence[Proposed],
    by: Account,
    at: datetime,
) -> Team:
    """Propose a team; whether it meets the rulebook is shown, and asked when it is confirmed."""
    case = opened(number, by, at)
    step_with(case, "team")
    people = {one.login: one for one in staff(localdate(at))}
    problems = [*_wrong_days(first_day, last_day), *_wrong_members(case, members, people)]
    if problems:
        raise BadInput(problems)
    last = case.teams.first()
    case.teams.filter(confirmed_at=None, superseded_at=None).update(superseded_at=at)
    made = Team.objects.create(
        case=case,
        number=last.number + 1 if last else 1,
        first_day=first_day,
        last_day=last_day,
        proposed_by=by,
        proposed_at=at,
    )
    Member.objects.bulk_create(
        Member(
            team=made,
            account=people[one.login],
            role=one.role,
            under=people[one.under] if one.under else None,
            audits=audits_as(case, one.role) if one.audits is None else one.audits,
        )
        for one in members
    )
    record(
        "planning.team_proposed",
        stream=case.stream,
        by=by,
        at=at,
        number=made.number,
        first=first_day.isoformat(),
        last=last_day.isoformat(),
        members=[[people[one.login].name, one.role] for one in members],
    )
    return made


@transaction.atomic
def confirm_team(*, number: str, given: Mapping[str, Any], by: Account, at: datetime) -> Team:
    """Confirm the team proposed last, for its days; its members are assigned to the case.

    Refused with every condition of the rulebook that one of its days does not meet. A team that
    was in force is superseded, and who is no longer in it loses the case.
    """
    case, day = opened(number, by, at), localdate(at)
    step = step_with(case, "team")
    team = case.teams.filter(confirmed_at=None, superseded_at=None).first()
    if team is None:
        raise Refused([Refusal("no_team_proposed", step.clause, {"number": number})])
    refusals = refusals_of_order(case, step)
    refusals += unmet(to_confirm(team, step, given, day))
    if refusals:
        raise Refused(refusals)
    Team.in_force().filter(case=case).update(superseded_at=at)
    team.given, team.confirmed_by, team.confirmed_at = dict(given), by, at
    team.save(update_fields=["given", "confirmed_by", "confirmed_at"])
    _assign(case, team, day)
    record(
        "planning.team_confirmed",
        stream=case.stream,
        by=by,
        at=at,
        clause=str(step.clause),
        number=team.number,
        members=[[one.account.name, one.role] for one in team.members.select_related("account")],
        names="、".join(one.account.name for one in team.members.all()),
        first=team.first_day.isoformat(),
        last=team.last_day.isoformat(),
    )
    complete(case, step.id, "", at)
    return team


def _assign(case: Case, team: Team, day: date) -> None:
    """Open the case to the members from today on, and close it to those who are no longer one."""
    wanted = {one.account_id: one.role for one in team.members.all()}
    for old in Assignment.objects.filter(case=case, until=None):
        if wanted.get(old.account_id) == old.part:
            del wanted[old.account_id]
        else:
            old.until = max(old.since, day - timedelta(days=1))
            old.save(update_fields=["until"])
    Assignment.objects.bulk_create(
        Assignment(case=case, account_id=account, part=role, since=day)
        for account, role in wanted.items()
    )


def _wrong_days(first: date, last: date) -> list[Problem]:
    if last < first:
        return [Problem("last_day", "ends_before_it_begins", {"day": first.isoformat()})]
    if last - first > _DAYS_AT_MOST:
        return [Problem("last_day", "audit_too_long", {"bound": _DAYS_AT_MOST.days})]
    return []


def _wrong_members(
    case: Case, members: Sequence[Proposed], people: Mapping[str, Account]
) -> list[Problem]:
    problems = []
    if not members:
        problems.append(Problem("members", "missing_input", {"name": "members", "what": "members"}))
    allowed = [one.id for one in roles_of(case)]
    answering = {one.login for one in members if audits_as(case, one.role)}
    for place, one in enumerate(members):
        where = f"members[{place}]"
        if one.login not in people:
            problems.append(Problem(f"{where}.login", "not_of_the_staff", {"value": one.login}))
        if [each.login for each in members[:place]].count(one.login):
            problems.append(Problem(f"{where}.login", "in_the_team_twice", {"value": one.login}))
        if allowed and one.role not in allowed:
            said = {"name": "role", "value": one.role, "allowed": allowed}
            problems.append(Problem(f"{where}.role", "not_a_choice", said))
        if one.under and (one.under not in answering or one.under == one.login):
            problems.append(Problem(f"{where}.under", "not_an_auditor", {"value": one.under}))
    return problems

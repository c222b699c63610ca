"""A team against its rulebook: each member on every day of the audit. ISO/IEC 17065, 6.1."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from certbody.cases.editions import book_for
from certbody.cases.facts import asked_of
from certbody.cases.gates import Condition, Places, judged
from certbody.cases.models import Case
from certbody.cases.rulebook import section
from certbody.personnel.models import Function, Undertaking
from certbody.personnel.qualification import Standing, standings
from certbody.planning.models import Member, Programme, Team
from certbody.rules.choices import Choices, Option
from certbody.rules.facts import Input
from certbody.rules.process import ProcessStep
from certbody.rules.sums import Sum
from certbody.schemes.questions import section_for

PLACES = Places("team")
ROLES = "team_roles"


def roles_of(case: Case) -> tuple[Option, ...]:
    """Return the roles in a team, in the rulebook's order."""
    found: Choices | None = section(case, "choices", ROLES)
    return found.options if found else ()


def audits_as(case: Case, role: str) -> bool:
    """Tell whether a role has audit tasks: those whose time counts have."""
    found: Sum | None = section(case, "sums", section_for(book_for(case).rulebook, "man_days"))
    return role not in {one.id for one in (found.not_counted if found else ())}


def questions(case: Case, step: ProcessStep) -> dict[str, Input]:
    """Return what a planner is asked before a team is confirmed."""
    gate = section(case, "requirements", step.id)
    known = ("audit_from", "audit_to", "members", "competences_missing", "scope_covered")
    return asked_of(gate.inputs, dict.fromkeys(known)) if gate is not None else {}


def to_confirm(
    team: Team, step: ProcessStep, given: Mapping[str, Any], on: date
) -> list[Condition]:
    """Return what must be true before a team is confirmed, for every one of its days."""
    return judged(team.case, step.id, {**given, **facts_of(team)}, on, PLACES)


def facts_of(team: Team) -> dict[str, Any]:
    """Return what is known of a team, in the words of docs/case-vocabulary.md."""
    members = list(team.members.select_related("account", "under"))
    people = [one.account_id for one in members]
    found = standings(people, team.first_day, team.last_day, team.case.client)
    programme = Programme.objects.filter(case=team.case).first()
    asked_for = set(programme.competences) if programme else set()
    missing = asked_for - _together(found.values())
    return {
        "audit_from": team.first_day.isoformat(),
        "audit_to": team.last_day.isoformat(),
        "members": [_member(one, found[one.account_id]) for one in members],
        "competences_missing": len(missing),
        "scope_covered": not missing,
    }


def _together(found: Iterable[Standing]) -> set[str]:
    return {code for one in found for code in one.competences}


def _member(one: Member, found: Standing) -> dict[str, Any]:
    alone = Undertaking.Kind.ONE_BODY in found.undertaken
    return {
        "name": one.account.name,
        "role": one.role,
        "registration": found.level,
        "registered_from": _day(found.registered_from),
        "registered_until": _day(found.registered_until),
        "registered": found.registered and found.level != "trainee",
        "qualified": Function.AUDIT in found.functions,
        "undertaking_signed": Undertaking.Kind.LAW_AND_TRUTH in found.undertaken,
        "under": one.under.name if one.under else None,
        "guided": one.under is not None,
        "audits": one.audits,
        "only_here": alone,
        "one_body": alone,
        "conflict": found.conflict,
    }


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None

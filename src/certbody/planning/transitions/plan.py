"""Make an audit plan, report it, ask for another, confirm it; and change a confirmed one. 7.4.1."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.timezone import localdate

from certbody.accounts.models import Account
from certbody.cases.gates import unmet
from certbody.cases.models import Case, State
from certbody.cases.moving import move
from certbody.planning.agreeing import CARRIED, before_sending, contents_of, parts_of, to_confirm
from certbody.planning.models import Plan, Sitting, Team, Wish
from certbody.planning.opening import (
    opened_for_plan,
    opened_to_client,
    refusals_of_order,
    step_with,
)
from certbody.records.writing import record
from certbody.rules.terms import BadInput, Problem, Refusal, Refused

_SHORT, _LONG = 300, 4000


@dataclass(frozen=True, slots=True)
class Sat:
    """One entry of a plan: step, site by its number in the list, when, who by login, what.

    A ``hidden`` one, such as a mystery visit, is not shown to the client before it is over.
    """

    step: str
    starts: datetime
    ends: datetime
    people: Sequence[str]
    site: int | None = None
    what: str = ""
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class Contents:
    """What a plan says of each content that the rulebook lists, or why one is left out."""

    said: Mapping[str, str] = field(default_factory=dict)
    left_out: Mapping[str, str] = field(default_factory=dict)


@transaction.atomic
def make_plan(
    *,
    number: str,
    sittings: Sequence[Sat],
    contents: Contents,
    by: Account,
    at: datetime,
    given: Mapping[str, Any] | None = None,
    carried: Sequence[int] = (),
    reason: str = "",
) -> Plan:
    """Make a plan and send it to the client; it counts once the client confirms it.

    ``carried`` are open points of the document review that are verified on site. A confirmed plan
    is changed by a new one, with a ``reason``, that is agreed again.
    """
    case, day = opened_for_plan(number, by, at), localdate(at)
    step = step_with(case, "plan")
    team = Team.in_force().filter(case=case).first()
    if team is None:
        raise Refused([Refusal("no_team_confirmed", step.clause, {"number": number})])
    changes = case.state == State.PLANNED
    problems = _wrong_sittings(case, team, sittings) + _wrong_contents(case, contents)
    if not changes:
        problems += _in_the_past(sittings, day)
    if changes and not reason.strip():
        told = {"name": "reason", "what": "reason"}
        problems.append(Problem("reason", "missing_input", told))
    if len(reason) > _LONG:
        problems.append(_too_long("reason", reason, _LONG))
    if problems:
        raise BadInput(problems)
    if changes:
        why = reason.strip()
        move(case, "change_plan", by=by, at=at, what="planning.plan_changed", reason=why)
    case.plans.filter(superseded_at=None).update(superseded_at=at)
    made = Plan.objects.create(
        case=case,
        number=case.plans.count() + 1,
        contents={"said": dict(contents.said), "left_out": dict(contents.left_out)},
        given={**(given or {}), CARRIED: sorted(set(carried))},
        reason=reason.strip(),
        made_by=by,
        made_at=at,
        sent_at=at,
    )
    _list(made, team, sittings)
    refusals = refusals_of_order(case, step) + unmet(before_sending(made, step, day))
    if refusals:
        raise Refused(refusals)
    record(
        "planning.plan_sent",
        stream=case.stream,
        by=by,
        at=at,
        clause=str(step.clause),
        number=made.number,
    )
    return made


@transaction.atomic
def report_plan(
    *,
    number: str,
    by: Account,
    at: datetime,
    reported_on: date | None = None,
    report_number: str = "",
    not_reported_because: str = "",
) -> Plan:
    """Record that the plan in force was reported to the regulator, or why it was not."""
    case = opened_for_plan(number, by, at)
    plan = _in_force(case)
    problems = []
    if (reported_on is None) == (not not_reported_because.strip()):
        problems.append(Problem("reported_on", "reported_or_reason", {}))
    if reported_on is not None and reported_on > localdate(at):
        problems.append(Problem("reported_on", "in_the_future", {"day": reported_on.isoformat()}))
    if len(not_reported_because) > _SHORT:
        problems.append(_too_long("not_reported_because", not_reported_because, _SHORT))
    if problems:
        raise BadInput(problems)
    plan.reported_on, plan.report_number = reported_on, report_number.strip()
    plan.not_reported_because = not_reported_because.strip()
    plan.save(update_fields=["reported_on", "report_number", "not_reported_because"])
    record(
        "planning.plan_reported",
        stream=case.stream,
        by=by,
        at=at,
        number=plan.number,
        how=plan.not_reported_because
        or f"{reported_on and reported_on.isoformat()} {plan.report_number}".strip(),
    )
    return plan


@transaction.atomic
def ask_for_another_plan(*, number: str, text: str, by: Account, at: datetime) -> Wish:
    """Say, for the client, what should be otherwise: another date, another order."""
    case = opened_to_client(number, by, at)
    plan = _in_force(case)
    if not text.strip():
        raise BadInput([Problem("text", "missing_input", {"name": "text", "what": "text"})])
    if len(text) > _LONG:
        raise BadInput([_too_long("text", text, _LONG)])
    made = Wish.objects.create(plan=plan, text=text.strip(), by=by, at=at)
    record(
        "planning.another_plan_wished",
        stream=case.stream,
        by=by,
        at=at,
        number=plan.number,
        text=made.text,
    )
    return made


@transaction.atomic
def confirm_plan(*, number: str, plan: int, by: Account, at: datetime) -> Plan:
    """Confirm, for the client, the plan of a number: from now on the audit may begin.

    Refused where another plan has taken its place meanwhile, with every condition that it lacks.
    """
    case, day = opened_to_client(number, by, at), localdate(at)
    step = step_with(case, "plan")
    found = _in_force(case)
    refusals = []
    if found.number != plan:
        refusals.append(Refusal("another_plan_meanwhile", step.clause, {"number": found.number}))
    if found.confirmed_at is not None:
        refusals.append(Refusal("plan_confirmed_already", step.clause, {"number": found.number}))
    refusals += unmet(to_confirm(found, step, day))
    if refusals:
        raise Refused(refusals)
    found.confirmed_by, found.confirmed_at = by, at
    found.save(update_fields=["confirmed_by", "confirmed_at"])
    move(case, "confirm_plan", by=by, at=at, what="planning.plan_confirmed", number=found.number)
    return found


def _in_force(case: Case) -> Plan:
    plan = case.plans.filter(superseded_at=None).first()
    if plan is None:
        raise Refused([Refusal("no_plan", None, {"number": case.number})])
    return plan


def _list(plan: Plan, team: Team, sittings: Sequence[Sat]) -> None:
    sites = {one.number: one for one in plan.case.client.sites.all()}
    members = {one.account.login: one.account for one in team.members.select_related("account")}
    for one in sittings:
        made = Sitting.objects.create(
            plan=plan,
            step=one.step,
            site=sites[one.site] if one.site is not None else None,
            starts=one.starts,
            ends=one.ends,
            what=one.what.strip(),
            hidden=one.hidden,
        )
        made.people.set([members[login] for login in one.people])


def _wrong_sittings(case: Case, team: Team, sittings: Sequence[Sat]) -> list[Problem]:
    if not sittings:
        said: dict[str, Any] = {"name": "sittings", "what": "sittings"}
        return [Problem("sittings", "missing_input", said)]
    steps = [one.id for one in parts_of(case)]
    sites = set(case.client.sites.filter(closed_on=None).values_list("number", flat=True))
    members = set(team.members.values_list("account__login", flat=True))
    problems = []
    for place, one in enumerate(sittings):
        where = f"sittings[{place}]"
        if one.step not in steps:
            said = {"name": "step", "value": one.step, "allowed": steps}
            problems.append(Problem(f"{where}.step", "not_a_choice", said))
        if one.site is not None and one.site not in sites:
            problems.append(Problem(f"{where}.site", "no_such_site", {"value": one.site}))
        if one.ends <= one.starts:
            problems.append(Problem(f"{where}.ends", "sitting_ends_before_it_begins", {}))
        elif not team.first_day <= localdate(one.starts) <= localdate(one.ends) <= team.last_day:
            said = {"first": team.first_day.isoformat(), "last": team.last_day.isoformat()}
            problems.append(Problem(f"{where}.starts", "outside_the_teams_days", said))
        strangers = [login for login in one.people if login not in members]
        if strangers or not one.people:
            said = {"value": ", ".join(strangers)}
            problems.append(Problem(f"{where}.people", "nobody_of_the_team", said))
        if len(one.what) > _LONG:
            problems.append(_too_long(f"{where}.what", one.what, _LONG))
    return problems


def _in_the_past(sittings: Sequence[Sat], day: date) -> list[Problem]:
    return [
        Problem(f"sittings[{place}].starts", "in_the_past", {"day": day.isoformat()})
        for place, one in enumerate(sittings)
        if localdate(one.starts) < day
    ]


def _wrong_contents(case: Case, contents: Contents) -> list[Problem]:
    allowed = [one.id for one in contents_of(case)]
    problems = []
    for where, texts in (("said", contents.said), ("left_out", contents.left_out)):
        for name, text in texts.items():
            if name not in allowed:
                facts: dict[str, Any] = {"name": where, "value": name, "allowed": allowed}
                problems.append(Problem(f"{where}.{name}", "not_a_choice", facts))
            elif not text.strip():
                facts = {"name": name, "what": name}
                problems.append(Problem(f"{where}.{name}", "missing_input", facts))
            elif len(text) > _LONG:
                problems.append(_too_long(f"{where}.{name}", text, _LONG))
    return problems


def _too_long(name: str, text: str, bound: int) -> Problem:
    said = {"name": name, "length": len(text), "bound": bound}
    return Problem(name, "text_too_long", said)

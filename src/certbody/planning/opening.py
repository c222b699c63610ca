"""Who plans an audit and who agrees to it: the case opened to them. ISO/IEC 17065:2012, 7.4.1."""

from datetime import datetime

from django.utils.timezone import localdate

from certbody.accounts.models import Account
from certbody.accounts.roles import Right
from certbody.cases import rulebook
from certbody.cases.models import Case, State
from certbody.cases.moving import done_in, locked, process_of
from certbody.clients.selectors import open_memberships
from certbody.planning.models import Member, Team
from certbody.rules.process import ProcessStep, refusals_to_start
from certbody.rules.terms import Refusal, Refused

LEADER = "leader"


def opened(number: str, by: Account, at: datetime) -> Case:
    """Return a case, locked, to a person who plans it; refuse everybody else.

    Raises ``Case.DoesNotExist`` for a case that is not open to the person.
    """
    case = locked(number, by, localdate(at))
    refusals = []
    if not by.has(Right.AUDIT_PLAN):
        refusals.append(Refusal("right_missing", None, {"right": Right.AUDIT_PLAN}))
    if case.state != State.CONTRACTED:
        refusals.append(Refusal("not_being_planned", None, {"number": number}))
    if refusals:
        raise Refused(refusals)
    return case


def opened_for_plan(number: str, by: Account, at: datetime) -> Case:
    """Return a case, locked, to a planner or to the leader of its team; refuse everybody else."""
    case = locked(number, by, localdate(at))
    refusals = []
    if not by.has(Right.AUDIT_PLAN) and not leads(case, by):
        refusals.append(Refusal("not_planner_nor_leader", None, {"number": number}))
    if case.state not in (State.CONTRACTED, State.PLANNED):
        refusals.append(Refusal("not_being_planned", None, {"number": number}))
    if refusals:
        raise Refused(refusals)
    return case


def leads(case: Case, account: Account) -> bool:
    """Tell whether a person leads the team in force."""
    own = Member.objects.filter(team__in=Team.in_force(), account=account, role=LEADER)
    return account.has(Right.AUDIT_WORK) and own.filter(team__case=case).exists()


def opened_to_client(number: str, by: Account, at: datetime) -> Case:
    """Return a case, locked, to a person who acts for its client."""
    day = localdate(at)
    case = locked(number, by, day)
    refusals = []
    if not by.has(Right.AUDIT_ANSWER):
        refusals.append(Refusal("right_missing", None, {"right": Right.AUDIT_ANSWER}))
    if not open_memberships(by, day).filter(client=case.client_id).exists():
        refusals.append(Refusal("not_of_this_client", None, {"number": number}))
    if refusals:
        raise Refused(refusals)
    return case


def step_with(case: Case, work: str) -> ProcessStep:
    """Return the step in which a work is done; refuse where the process has none."""
    found = rulebook.steps(case, work)
    if not found:
        raise Refused([Refusal("no_such_planning", None, {"number": case.number})])
    return found[0]


def refusals_of_order(case: Case, step: ProcessStep) -> list[Refusal]:
    """Return what the order of the process says against a step now."""
    process = process_of(case)
    return refusals_to_start(process, step.id, done_in(case)) if process else []

"""Who acts in an audit: the case opened to a member of its team, and the member's role in it."""

from datetime import datetime

from django.utils.timezone import localdate

from certbody.accounts.models import Account
from certbody.accounts.roles import Right
from certbody.cases.models import Assignment, Case
from certbody.cases.moving import locked
from certbody.cases.selectors import assignments_of
from certbody.planning.models import Member, Team
from certbody.rules.terms import Refusal, Refused


def opened(number: str, by: Account, at: datetime, state: str = "") -> Case:
    """Return a case, locked, to a person who audits it; refuse everybody else.

    With ``state``, the case has to stand there. Raises ``Case.DoesNotExist`` for a case that is
    not open to the person.
    """
    day = localdate(at)
    case = locked(number, by, day)
    refusals = []
    if not by.has(Right.AUDIT_WORK):
        refusals.append(Refusal("right_missing", None, {"right": Right.AUDIT_WORK}))
    if not assignments_of(by, day).filter(case=case).exists():
        refusals.append(Refusal("not_assigned", None, {"number": number}))
    if state and case.state != state:
        refusals.append(Refusal("not_being_audited", None, {"number": number}))
    if refusals:
        raise Refused(refusals)
    return case


def roles_in(case: Case) -> dict[int, str]:
    """Return the role of each person: by the team in force, else by the assignment."""
    assigned = dict(Assignment.objects.filter(case=case).values_list("account", "part"))
    team = Member.objects.filter(team__case=case, team__in=Team.in_force())
    return {**assigned, **dict(team.values_list("account", "role"))}

"""Write down the time that a person spent on a part of the audit. 7.4.9; IAF MD 5."""

from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.db.models import Sum
from django.utils.timezone import localdate

from certbody.accounts.models import Account
from certbody.cases.models import State
from certbody.cases.moving import process_of
from certbody.evaluation.models import TimeSpent
from certbody.evaluation.people import opened, roles_in
from certbody.records.writing import record
from certbody.rules.terms import BadInput, Problem, Refusal, Refused

_OPEN = (State.CONTRACTED, State.PLANNED)


@transaction.atomic
def record_time(
    *,
    number: str,
    person: int,
    step: str,
    day: date,
    man_days: Decimal,
    by: Account,
    at: datetime,
) -> TimeSpent:
    """Note man-days of a person, at most one a day over all cases; the same entry is replaced."""
    case = opened(number, by, at)
    process = process_of(case)
    its = process.step(step) if process else None
    problems = []
    if its is None:
        problems.append(Problem("step", "unknown_step", {"name": step}))
    if person not in roles_in(case):
        problems.append(Problem("person", "not_in_the_team", {"name": "person"}))
    if day > localdate(at):
        problems.append(Problem("day", "in_the_future", {"day": day.isoformat()}))
    if not 0 < man_days <= 1 or man_days != round(man_days, 2):
        said = {"name": "man_days", "value": str(man_days)}
        problems.append(Problem("man_days", "not_part_of_a_day", said))
    if problems or its is None:
        raise BadInput(problems)
    refusals = []
    if case.state not in _OPEN:
        refusals.append(Refusal("not_being_audited", None, {"number": number}))
    who = Account.objects.select_for_update().get(pk=person)  # one day of theirs at a time
    same_day = TimeSpent.objects.filter(account=who, day=day)
    others = same_day.exclude(case=case, step=step).aggregate(sum=Sum("man_days"))["sum"]
    if (others or Decimal(0)) + man_days > 1:
        said = {"who": who.name, "day": day.isoformat(), "value": str((others or 0) + man_days)}
        refusals.append(Refusal("more_than_a_day", its.clause, said))
    if refusals:
        raise Refused(refusals)
    spent, _ = TimeSpent.objects.update_or_create(
        case=case,
        account=who,
        step=step,
        day=day,
        defaults={"man_days": man_days, "by": by, "at": at},
    )
    record(
        "evaluation.time_recorded",
        stream=case.stream,
        by=by,
        at=at,
        clause=str(its.clause),
        who=who.name,
        part={"zh": its.zh, "en": its.en},
        day=day.isoformat(),
        man_days=str(man_days),
    )
    return spent

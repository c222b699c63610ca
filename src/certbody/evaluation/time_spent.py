"""Time spent on an audit, against the least that the rulebook asks for. 7.4; IAF MD 5."""

from datetime import date
from typing import Any

from certbody.application.models import Determination
from certbody.cases.editions import asked, book_for
from certbody.cases.models import Case
from certbody.cases.moving import process_of
from certbody.evaluation import rulebook
from certbody.evaluation.people import roles_in
from certbody.planning.models import Programme
from certbody.rules.terms import Answer, BadInput, Refused
from certbody.schemes.questions import section_for


def spent_in(case: Case) -> list[dict[str, Any]]:
    """Return the time that is held against the least: role and days of each entry.

    What the rulebook computes apart, such as a document review, is no part of it.
    """
    section = rulebook.section(case, "sums", _question(case))
    apart = {one.part for one in section.lines if one.id in section.apart} if section else set()
    process = process_of(case)
    steps = {one.id for one in (process.steps if process else ()) if one.activity not in apart}
    roles = roles_in(case)
    return [
        {"role": roles.get(person, ""), "days": str(days)}
        for person, step, days in case.time_spent.values_list("account", "step", "man_days")
        if step in steps
    ]


def time_checked(case: Case, on: date) -> Answer | None:
    """Ask the rulebook whether the time is enough; None where it has no audit time at all.

    Raises ``Refused`` where it is below the least.
    """
    given = _determined(case)
    if given is None:
        return None
    return asked(case, _question(case), {**given, "spent": spent_in(case)}, on)


def time_is_enough(case: Case, on: date) -> bool:
    """Tell whether the time spent by those who audit is not below the least."""
    try:
        time_checked(case, on)
    except (Refused, BadInput):
        return False
    return True


def _question(case: Case) -> str:
    return section_for(book_for(case).rulebook, "man_days")


def _determined(case: Case) -> dict[str, Any] | None:
    """Return the facts of the last determination: with the programme, else with the application."""
    section = rulebook.section(case, "sums", _question(case))
    if section is None:
        return None
    programme = Programme.objects.filter(case=case).first()
    last = Determination.objects.filter(application__case=case).order_by("-number").first()
    facts = dict(last.given) if last else {}
    planned = programme.given if programme else {}
    return {**facts, **{name: one for name, one in planned.items() if name in section.inputs}}

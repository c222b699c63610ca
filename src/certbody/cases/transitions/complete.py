"""Complete a step of the process that no act of the program completes.

A rulebook may put steps of its own between application and contract: a tasting, a hearing. Who
did what is written down by hand; that the steps before are done is tested as for any other.
Later stages have acts of their own. Source: ISO/IEC 17065:2012, 7.1.
"""

from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate

from certbody.accounts.models import Account
from certbody.accounts.roles import Right
from certbody.cases.editions import book_for
from certbody.cases.models import Case
from certbody.cases.moving import LIFECYCLE, complete, done_in, locked, process_of
from certbody.records.writing import record
from certbody.rules.process import ProcessStep, refusals_to_start
from certbody.rules.terms import BadInput, Problem, Refusal, Refused

STAGE = "application"
_NOTE_AT_MOST = 2000


@transaction.atomic
def complete_step(
    *, number: str, step: str, outcome: str, note: str, by: Account, at: datetime
) -> Case:
    """Note a step as done, with its outcome and what was found.

    Raises ``BadInput`` for an unknown step, an outcome that it does not have or a missing note,
    and ``Refused`` where the step has an act of its own or the steps before are not done.
    """
    case = locked(number, by, localdate(at))
    if not by.has(Right.CASE_COMPLETE_STEP):
        raise Refused([Refusal("right_missing", None, {"right": Right.CASE_COMPLETE_STEP})])
    found = next((one for one in steps_by_hand(case) if one.id == step), None)
    if found is None:
        raise BadInput([Problem("step", "no_step_by_hand", {"value": step})])
    problems = list(_problems(found, outcome, note))
    if problems:
        raise BadInput(problems)
    process = process_of(case)
    done = done_in(case)
    refusals = refusals_to_start(process, step, done) if process else []
    if step in done:
        refusals.append(Refusal("step_done_already", found.clause, {"what": found.words}))
    if refusals:
        raise Refused(refusals)
    complete(case, step, outcome, at)
    words = next(({"zh": o.zh, "en": o.en} for o in found.outcomes if o.id == outcome), None)
    record(
        "case.step_completed",
        stream=case.stream,
        by=by,
        at=at,
        clause=str(found.clause),
        step={"zh": found.zh, "en": found.en},
        outcome=words,
        note=note.strip(),
    )
    return case


def steps_by_hand(case: Case) -> list[ProcessStep]:
    """Return the steps before the contract that no act of the rulebook's lifecycle completes."""
    process = process_of(case)
    lifecycle = book_for(case).edition.of_kind("lifecycles").get(LIFECYCLE)
    own = {step for arrow in (lifecycle.arrows if lifecycle else ()) for step in arrow.completes}
    steps = process.steps if process else ()
    return [step for step in steps if step.stage == STAGE and step.id not in own]


def _problems(step: ProcessStep, outcome: str, note: str) -> list[Problem]:
    problems = []
    allowed = [one.id for one in step.outcomes]
    if outcome not in (allowed or [""]):
        facts = {"name": "outcome", "value": outcome, "allowed": allowed}
        problems.append(Problem("outcome", "not_a_choice", facts))
    if not note.strip():
        problems.append(Problem("note", "missing_input", {"name": "note", "what": "note"}))
    elif len(note) > _NOTE_AT_MOST:
        problems.append(Problem("note", "note_too_long", {"bound": _NOTE_AT_MOST}))
    return problems

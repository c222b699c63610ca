"""What must be true before a part starts or ends, and before the audit does. 7.4.

Gate on the screen, refusal of the transition and answer of the API are all made from these.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from certbody.cases.gates import (
    Condition,
    allowed,
    as_words,
    in_order,
    judged,
    unanswered,
    words_of,
)
from certbody.cases.models import Case
from certbody.cases.moving import done_in, process_of
from certbody.evaluation import facts, rulebook
from certbody.evaluation.live import live
from certbody.evaluation.models import Part
from certbody.evaluation.people import roles_in
from certbody.evaluation.time_spent import time_checked
from certbody.rules.process import ProcessStep, refusals_to_start
from certbody.rules.terms import BadInput, Clause, Refusal, Refused, Words

_TIME = Clause("7.4", "ISO/IEC 17065:2012")


def to_start(case: Case, step: ProcessStep, given: Mapping[str, Any], on: date) -> list[Condition]:
    """Return what must be true before a part starts."""
    name = step.assesses.starts if step.assesses else None
    found = list(_due(case, step))
    if name is not None:
        known = {**given, **facts.of_start(case, step, on)}
        found += judged(case, name, known, on, facts.PLACES)
    return found


def to_end(
    part: Part, step: ProcessStep, outcome: str, given: Mapping[str, Any], on: date
) -> list[Condition]:
    """Return what must be true before a part ends with an outcome."""
    case = part.case
    known = {**part.given, **given, **facts.of_part(part, step, live(part, on), on)}
    found = list(_due(case, step))
    if not rulebook.cuts_short(case, step, outcome):
        found += _all_done(part, step, known["not_assessed"])
        if step.assesses and step.assesses.ends:
            found += judged(case, step.assesses.ends, known, on, facts.PLACES)
    if step.judged_by:
        found += allowed(case, step.judged_by, outcome, known, on, facts.PLACES)
    return found


def to_sign_review(
    case: Case, step: ProcessStep, outcome: str, given: Mapping[str, Any], on: date
) -> list[Condition]:
    """Return what must be true before a document review is signed; ``given`` is all known of it."""
    found = [*_due(case, step), *judged(case, step.id, given, on, facts.PLACES)]
    if step.judged_by:
        found += allowed(case, step.judged_by, outcome, given, on, facts.PLACES)
    return found


def to_conclude(
    case: Case, step: ProcessStep, outcome: str, given: Mapping[str, Any], on: date
) -> list[Condition]:
    """Return what must be true before the team concludes."""
    known = {**given, **facts.of_case(case, on)}
    found = list(_due(case, step))
    if step.judged_by:
        found += allowed(case, step.judged_by, outcome, known, on, facts.PLACES)
    return found


def to_end_audit(case: Case, on: date) -> list[Condition]:
    """Return what must be true before the audit on site is over: all of it done, time enough."""
    found = list(in_order(case, "end_audit", on))
    found += [_awaited(step) for step in _still_awaited(case)]
    try:
        answer = time_checked(case, on)
        refusals: tuple[Refusal, ...] = ()
    except Refused as refused:
        answer, refusals = None, tuple(refused.refusals)
    except BadInput as bad:
        return [*found, *(unanswered(one, _TIME, facts.PLACES) for one in bad.problems)]
    found += [Condition(words_of(one), one.clause, "time", one) for one in refusals]
    if answer is not None:
        found.append(Condition(Words("实际人日足够", "Enough time was spent"), _TIME, "time"))
    return found


def to_stop_audit(case: Case, on: date) -> list[Condition]:
    """Return what must be true before the audit is stopped: an outcome that stops it."""
    words = Words("有一个结果导致中止审查", "An outcome stops the audit")
    done = {**done_in(case), **dict(case.parts.exclude(outcome="").values_list("step", "outcome"))}
    process = process_of(case)
    stopping = [
        step
        for step in (process.steps if process else ())
        if step.id in done
        and (rulebook.cuts_short(case, step, done[step.id]) or _leads_to_stop(case, step, done))
    ]
    refusal = None if stopping else Refusal("nothing_stops_the_audit", None, {"what": words})
    return [*in_order(case, rulebook.STOP, on), Condition(words, None, "audit", refusal)]


def review_facts(case: Case, by: int, missing: int, points: int, corrected: bool) -> dict[str, Any]:  # noqa: FBT001  the one flag of a signed list
    """Return what is known of a document review that is about to be signed."""
    still_open = case.open_points.filter(settled_at__isnull=True).count() + points
    return {
        "reviewer_role": roles_in(case).get(by, ""),
        "responsible_named": True,  # who signs is named in the record
        "points_missing": missing,
        "open_points": still_open,
        "open_nonconformities": still_open if corrected else max(still_open, 1),
        "told_to_client": True,  # signing tells the client, in the same transaction
    }


def _due(case: Case, step: ProcessStep) -> Iterator[Condition]:
    """Give what the order of the process says against a step now."""
    process = process_of(case)
    for refusal in refusals_to_start(process, step.id, done_in(case)) if process else ():
        yield Condition(words_of(refusal), refusal.clause, "audit", refusal)


def _all_done(part: Part, step: ProcessStep, not_assessed: int) -> Iterator[Condition]:
    words = Words("全部准则均已评定", "Every criterion is assessed")
    said = {"what": step.words, "number": not_assessed}
    refusal = Refusal("criteria_not_assessed", step.clause, said) if not_assessed else None
    yield Condition(words, step.clause, "audit", refusal)
    noted = set(part.elements.values_list("element", flat=True))
    for item in rulebook.elements_of(part.case, step):
        missing = Refusal("element_not_worked_through", item.clause, {"what": item.words})
        yield Condition(item.words, item.clause, "audit", None if item.id in noted else missing)


def _still_awaited(case: Case) -> list[ProcessStep]:
    """Return the parts and corrections of the audit that are due and not done."""
    process, done = process_of(case), done_in(case)
    works = {"document_review", "assessment", "corrections"}
    found = [one for one in (process.steps if process else ()) if one.work in works]
    return [one for one in found if one.id not in done and not _passed_by(case, one, done)]


def _passed_by(case: Case, step: ProcessStep, done: Mapping[str, str]) -> bool:
    """Tell whether the way leads past a step: an outcome before it does not open it."""
    process = process_of(case)
    refusals = refusals_to_start(process, step.id, done) if process else []
    return any(one.code == "outcome_does_not_allow" for one in refusals)


def _awaited(step: ProcessStep) -> Condition:
    return Condition(
        as_words(step.words),
        step.clause,
        "audit",
        Refusal("step_not_done", step.clause, {"what": step.words}),
    )


def _leads_to_stop(case: Case, step: ProcessStep, done: Mapping[str, str]) -> bool:
    found = rulebook.option(case, step, done[step.id])
    return found is not None and found.leads_to == rulebook.STOP

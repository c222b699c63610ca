"""The vocabulary of the audit: facts that the program knows of a case and of a part of it.

Documented in docs/case-vocabulary.md, part "The audit". What is not of the vocabulary is asked.
"""

from datetime import date
from typing import Any

from django.utils.timezone import localdate

from certbody.cases.facts import Given
from certbody.cases.gates import Places, allowed, unmet
from certbody.cases.models import Activity, Case
from certbody.cases.moving import done_in
from certbody.evaluation import rulebook
from certbody.evaluation.figures import mark_reached
from certbody.evaluation.live import Live, live
from certbody.evaluation.models import Part
from certbody.evaluation.people import roles_in
from certbody.evaluation.tallies import counts
from certbody.evaluation.time_spent import time_is_enough
from certbody.planning.opening import LEADER
from certbody.rules.process import ProcessStep

PLACES = Places("audit")


def of_case(case: Case, on: date) -> Given:
    """Return what is known of the audit as a whole."""
    points = case.open_points
    still_open = points.filter(settled_at__isnull=True).count()
    return {
        **outcomes(case, on),
        **counts(case, on),
        "open_points": still_open,
        "actual_man_days_enough": time_is_enough(case, on),
        "recertification": case.activity == Activity.RECERTIFICATION,
    }


def of_part(part: Part, step: ProcessStep, now: Live, on: date) -> Given:
    """Return what is known of one part, as it stands."""
    return {**outcomes(part.case, on), **now.counts, **_assessed(part, step, now)}


def outcomes(case: Case, on: date) -> Given:
    """Return the outcome of each step and activity; of an ended part as of now."""
    done: dict[str, Any] = dict(done_in(case))
    for part in case.parts.exclude(outcome=""):
        done[part.step] = outcome_now(part, on)
    given = {f"outcomes.{step}": outcome for step, outcome in done.items() if outcome}
    for step in rulebook.steps(case, "assessment"):
        if step.activity and done.get(step.id):
            given.setdefault(f"outcomes.{step.activity}", done[step.id])
    return given


def outcome_now(part: Part, on: date) -> str:
    """Return what an ended part comes to as of now: judged again after corrections.

    An outcome that holds no more, such as one of open nonconformities once they are closed, gives
    way to the first option of its judgement that holds.
    """
    step = rulebook.step_of(part.case, part.step, "assessment")
    options = [one.id for one in rulebook.options_of(part.case, step)]
    if not options or not step.judged_by:
        return part.outcome
    now = live(part, on)
    given = {**part.given, **now.counts, **_assessed(part, step, now)}
    for name in (part.outcome, *options):
        if not unmet(allowed(part.case, step.judged_by, name, given, on, PLACES)):
            return name
    return part.outcome


def of_start(case: Case, step: ProcessStep, on: date) -> Given:
    """Return what is known before a part starts."""
    made = case.evaluation_schemes.first()
    part = case.parts.filter(step=step.id).first()
    known: Given = {
        **outcomes(case, on),
        "starts": on.isoformat(),
        "repeated": part is not None and part.ended_at is not None,
        "scheme_by_leader": made is not None and roles_in(case).get(made.made_by_id) == LEADER,
        "pass_mark_fixed": made is not None and bool(made.pass_mark),
    }
    if made is not None:
        known["scheme_made"] = localdate(made.made_at).isoformat()
    return known


def _assessed(part: Part, step: ProcessStep, now: Live) -> Given:
    whole = now.figures if not now.not_assessed else None
    dimensions = whole.more.get("dimensions", {}) if whole else {}
    covered = {one for own in now.standing.found.values() for one in own}
    leaves = rulebook.criteria_of(part.case, step)
    wanted = {leaf.dimension for leaf in leaves if leaf.dimension}
    has = {leaf.dimension for leaf in leaves if leaf.dimension and leaf.id in covered}
    samples = list(part.samples.values_list("conforms", flat=True))
    made = part.case.evaluation_schemes.first()
    judged = [one for one in samples if one is not None]
    return {
        "not_assessed": len(now.not_assessed),
        "sites_not_in_full": now.standing.sites_not_in_full,
        "dimensions_missing": len(wanted - (has | set(dimensions))),
        "grade_reached": whole is not None and now.grade is not None,
        "pass_mark_reached": made is not None
        and mark_reached(sum(judged), len(judged), made.pass_mark),
        "repeated": False,
    }

"""What makes an audit plan count, before it is sent and when the client agrees. 17065, 7.4."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.utils.timezone import localtime

from certbody.cases.editions import asked
from certbody.cases.facts import asked_of
from certbody.cases.gates import Condition, Places, judged
from certbody.cases.models import Case
from certbody.cases.moving import done_in, process_of
from certbody.cases.rulebook import section
from certbody.planning.hours import open_around
from certbody.planning.models import Plan, Sitting
from certbody.planning.opening import leads
from certbody.rules.checklists import Checklist, Item
from certbody.rules.facts import Input
from certbody.rules.process import ProcessStep

PLACES = Places("plan")
CONTENTS = "plan_contents"
CARRIED = "carried"
_KNOWN = (
    "made_by_leader",
    "written",
    "contract_signed",
    "contents_missing",
    "confirmed_by_client",
    "changed",
    "change_notified",
    "change_agreed",
    "reported",
    "not_reported_because",
    "visits",
    "open_points_carried",
)


def contents_of(case: Case) -> tuple[Item, ...]:
    """Return what a plan has to say, in the rulebook's order; nothing where it lists nothing."""
    found: Checklist | None = section(case, "checklists", CONTENTS)
    return found.items if found else ()


def questions(case: Case, step: ProcessStep) -> dict[str, Input]:
    """Return what is asked of who makes a plan, besides what the program knows."""
    inputs: dict[str, Input] = {}
    gate = section(case, "requirements", step.id)
    inputs |= gate.inputs if gate is not None else {}
    listed = section(case, "checklists", CONTENTS)
    inputs |= listed.inputs if listed is not None else {}
    known = dict.fromkeys(_KNOWN)
    ask = asked_of(inputs, known)
    return {name: one for name, one in ask.items() if "." not in name}


def before_sending(plan: Plan, step: ProcessStep, on: date) -> list[Condition]:
    """Return what must be true before a plan goes to the client: all but agreement and report."""
    agreed = {"confirmed_by_client": True, "reported": True, "change_agreed": True}
    return judged(plan.case, step.id, {**facts_of(plan, on), **agreed}, on, PLACES)


def to_confirm(plan: Plan, step: ProcessStep, on: date) -> list[Condition]:
    """Return what must be true for a plan to count the moment that the client confirms it."""
    agreed = {"confirmed_by_client": True, "change_agreed": True}
    return judged(plan.case, step.id, {**facts_of(plan, on), **agreed}, on, PLACES)


def facts_of(plan: Plan, on: date) -> dict[str, Any]:
    """Return what is known of a plan, in the words of docs/case-vocabulary.md."""
    case = plan.case
    sittings = list(plan.sittings.select_related("site"))
    earlier = case.plans.filter(number__lt=plan.number, confirmed_at__isnull=False).exists()
    points = set(case.open_points.filter(settled_at=None).values_list("pk", flat=True))
    return {
        **plan.given,
        **_outcomes(case),
        **_times(sittings),
        "made_by_leader": leads(case, plan.made_by),
        "written": True,  # what stands here is what the client reads
        "contract_signed": True,  # no case is planned before, see ``opened_for_plan``
        "contents_missing": _missing(plan, on),
        "confirmed_by_client": plan.confirmed_at is not None,
        "changed": earlier,
        "change_notified": plan.sent_at is not None,
        "change_agreed": plan.confirmed_at is not None,
        "reported": plan.reported_on is not None,
        "not_reported_because": plan.not_reported_because or None,
        "visits": [_visit(one) for one in sittings if one.site is not None],
        "open_points_carried": points <= set(plan.given.get(CARRIED, ())),
    }


def _missing(plan: Plan, on: date) -> int:
    """Return how many contents the plan lacks, as the rulebook's list counts them."""
    rule: Checklist | None = section(plan.case, "checklists", CONTENTS)
    if rule is None:
        return 0
    said: Mapping[str, str] = plan.contents.get("said", {})
    left_out: Mapping[str, str] = plan.contents.get("left_out", {})
    given = {name: one for name, one in plan.given.items() if name in rule.inputs}
    facts = {"present": sorted(said), "not_applicable": dict(left_out), **given}
    return int(str(asked(plan.case, CONTENTS, facts, on).value))


def _outcomes(case: Case) -> dict[str, str]:
    return {f"outcomes.{step}": one for step, one in done_in(case).items() if one}


def _times(sittings: Sequence[Sitting]) -> dict[str, str]:
    """Return when each part begins and ends by the plan."""
    found: dict[str, str] = {}
    for step in {one.step for one in sittings}:
        own = [one for one in sittings if one.step == step]
        found[f"starts.{step}"] = _moment(min(one.starts for one in own))
        found[f"ends.{step}"] = _moment(max(one.ends for one in own))
    return found


def _visit(one: Sitting) -> dict[str, str]:
    starts, ends = localtime(one.starts), localtime(one.ends)
    around = open_around(one.site.hours, starts, ends) if one.site else None
    hours = {"opens": _moment(around[0]), "closes": _moment(around[1])} if around else {}
    site = one.site.name if one.site else ""
    return {"site": site, "starts": _moment(starts), "ends": _moment(ends), **hours}


def _moment(moment: datetime) -> str:
    return localtime(moment).strftime("%Y-%m-%dT%H:%M")


def parts_of(case: Case) -> list[ProcessStep]:
    """Return the steps that a plan has sittings of: those in which something is assessed."""
    process = process_of(case)
    return [one for one in (process.steps if process else ()) if one.work == "assessment"]

"""What a programme rests on: audit time and sites to visit, as the rulebook answers them.

What the program knows it fills in; all else is asked of the planner.
Source: IAF MD 1:2023, 6; ISO/IEC 17065:2012, 7.4.1.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from certbody.application import rulebook as application_rulebook
from certbody.application.models import Application, Determination
from certbody.cases.editions import asked
from certbody.cases.facts import asked_of, known_for
from certbody.cases.models import Case
from certbody.cases.rulebook import section
from certbody.clients.models import Site
from certbody.planning.drawing import drawn
from certbody.planning.models import SiteToVisit
from certbody.rules.facts import Choice, Input
from certbody.rules.process import ProcessStep
from certbody.rules.samples import Sample
from certbody.rules.terms import Answer

Why = SiteToVisit.Why
SITES = "sites"


@dataclass(frozen=True, slots=True)
class Visits:
    """The sites that are visited, each with why; and the rulebook's answer, if it has one."""

    sites: Sequence[tuple[Site, str]]
    answer: Answer | None


def questions(case: Case, step: ProcessStep, on: date) -> dict[str, Input]:
    """Return what a planner is asked: of time, of sampling, of the programme itself."""
    inputs: dict[str, Input] = {}
    time = application_rulebook.sum_for(_application(case), application_rulebook.MAN_DAYS)
    inputs |= time[1].inputs if time else {}
    rule: Sample | None = section(case, "samples", SITES)
    inputs |= _of_the_sample(rule) if rule is not None else {}
    gate = section(case, "requirements", step.id)
    inputs |= gate.inputs if gate is not None else {}
    return asked_of(inputs, {**_known(case, on), **_of_the_draw(case, on), "visited_sites": 1})


def _of_the_sample(rule: Sample) -> dict[str, Input]:
    """Return what sampling asks; its conditions as a list to tick."""
    inputs = dict(rule.inputs)
    if rule.conditions:
        shown = inputs[rule.shown]
        ticked = {one.id: Choice(zh=one.zh, en=one.en) for one in rule.conditions}
        inputs[rule.shown] = Input(zh=shown.zh, en=shown.en, type="list", of=ticked)
    return inputs


def visits(case: Case, given: Mapping[str, Any], seed: str, on: date) -> Visits:
    """Return the sites to visit: the head office, classes never sampled, and the sample.

    Raises ``BadInput`` and ``Refused`` as the rulebook answers.
    """
    rule: Sample | None = section(case, "samples", SITES)
    head, never, population = _split(case, rule, on)
    if rule is None:
        every = [*head, *population]
        return Visits([(one, Why.ALL) for one in every], None)
    facts = {**given, **_known(case, on), **_of_the_draw(case, on)}
    answer = asked(case, SITES, known_for(rule.inputs, facts), on)
    number = int(str(answer.value))
    if number == len(population):
        sample = [(one, str(Why.ALL)) for one in population]
    else:
        sample = [(one, str(Why.DRAWN)) for one in drawn(population, number, seed)]
    return Visits(
        [
            *((one, str(Why.HEAD_OFFICE)) for one in head),
            *((one, str(Why.NEVER_SAMPLED)) for one in never),
            *sample,
        ],
        answer,
    )


def audit_time(
    case: Case, given: Mapping[str, Any], visited: int, on: date
) -> tuple[dict[str, Any], Answer] | None:
    """Return the audit time with the facts it rests on; None where the rulebook has none.

    What the last determination rests on holds on unless the planner says otherwise.
    """
    found = application_rulebook.sum_for(_application(case), application_rulebook.MAN_DAYS)
    if found is None:
        return None
    name, rule = found
    last = Determination.objects.filter(application__case=case).order_by("-number").first()
    facts = {
        **(last.given if last else {}),
        **given,
        **_known(case, on),
        "visited_sites": visited,
    }
    known = known_for(rule.inputs, facts)
    answer = asked(case, name, known, on)
    idle = {note.facts["name"] for note in answer.warnings if note.code == "input_not_used"}
    used = {key: one for key, one in known.items() if key not in idle}
    return used, asked(case, name, used, on)


def _split(case: Case, rule: Sample | None, on: date) -> tuple[list[Site], list[Site], list[Site]]:
    """Return head office, sites of classes never sampled, and the rest, the largest first."""
    sites = list(case.client.sites.exclude(closed_on__lte=on))
    classes = {one.id for one in rule.never_sampled} if rule else set()
    head = [one for one in sites if one.head_office]
    others = [one for one in sites if not one.head_office]
    never = [one for one in others if one.kind in classes]
    rest = [one for one in others if one.kind not in classes]
    return head, never, sorted(rest, key=lambda one: (-(one.people or 0), one.number))


def _of_the_draw(case: Case, on: date) -> dict[str, Any]:
    """Return the counts that sampling asks for; ``sites`` is the number that may be sampled."""
    _, never, population = _split(case, section(case, "samples", SITES), on)
    return {"sites": len(population), "never_sampled": len(never)}


def _known(case: Case, on: date) -> dict[str, Any]:
    return application_rulebook.known(_application(case), on)


def _application(case: Case) -> Application:
    return Application.objects.select_related("case__client").get(case=case)

"""Asking a rulebook: one door for every kind of question.

The command line, the pages, the examples and (later) the cases all ask here, so each
gets the same answer, with the same steps and clauses.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from fractions import Fraction
from typing import Any

from certbody.rules.checklists import Checklist, missing_of
from certbody.rules.choices import Choices, chosen
from certbody.rules.conditions import Requirements, judged
from certbody.rules.criteria import CriteriaSet
from certbody.rules.dates import WorkingDays
from certbody.rules.due_dates import calendar_of, clock_named, clock_of
from certbody.rules.facts import Facts, Input, flat, read_fact
from certbody.rules.grades import Grades, grade_of
from certbody.rules.lifecycle import Lifecycle, state_after
from certbody.rules.process import Process, open_steps, refusals_to_start
from certbody.rules.rates import Rates, rates_of
from certbody.rules.samples import Sample, sample_of
from certbody.rules.schedule import Schedule
from certbody.rules.scores import Scoring
from certbody.rules.scoring import score_of
from certbody.rules.spent import with_time_spent
from certbody.rules.sums import Sum
from certbody.rules.terms import (
    Answer,
    BadInput,
    Note,
    Problem,
    Refused,
    open_in_rulebook,
)
from certbody.rules.working import work_out
from certbody.schemes.endings import ending_notes
from certbody.schemes.facets import FACETS
from certbody.schemes.loader import Rulebook
from certbody.schemes.shapes import Edition

Given = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What a question rests on besides its facts: the working days and the day it is asked."""

    working_days: WorkingDays
    on: date | None = None


def ask(rulebook: Rulebook, name: str, given: Given, around: Circumstances) -> Answer:
    """Answer under every variant of the edition; unresolved readings show each result."""
    if len(rulebook.variants) == 1:
        return ask_edition(rulebook.edition, name, given, around)
    outcomes = [_outcome(variant.edition, name, given, around) for variant in rulebook.variants]
    first = outcomes[0]
    if all(_same(first, other) for other in outcomes[1:]):
        if isinstance(first, Refused):
            raise first
        return first
    results = [
        {"readings": dict(variant.unresolved), **_told(outcome)}
        for variant, outcome in zip(rulebook.variants, outcomes, strict=True)
    ]
    names = sorted({name for variant in rulebook.variants for name in variant.unresolved})
    notes = [Note("readings_unresolved", {"names": names}, None)]
    unit = next(one.unit for one in outcomes if isinstance(one, Answer))
    return Answer(None, unit, (), notes, {"readings": results})


def _outcome(edition: Edition, name: str, given: Given, around: Circumstances) -> Answer | Refused:
    try:
        return ask_edition(edition, name, given, around)
    except Refused as refused:
        return refused


def _same(one: Answer | Refused, other: Answer | Refused) -> bool:
    if isinstance(one, Answer) and isinstance(other, Answer):
        return (one.value, one.more) == (other.value, other.more)
    return isinstance(one, Refused) and isinstance(other, Refused)


def _told(outcome: Answer | Refused) -> dict[str, Any]:
    if isinstance(outcome, Refused):
        return {"value": None, "steps": (), "refusals": outcome.refusals}
    return {"value": outcome.value, "steps": outcome.steps, **outcome.more}


def ask_edition(edition: Edition, name: str, given: Given, around: Circumstances) -> Answer:
    """Answer one question under one edition with every reading chosen."""
    notes = ending_notes(edition, around.on)
    if name in FACETS:
        return FACETS[name](edition, given)
    found = edition.find(name)
    if found is None:
        raise _open(edition, name)
    kind, section = found
    answer = _KINDS[kind](edition, section, given, around)
    return replace(answer, warnings=[*notes, *answer.warnings])


def _open(edition: Edition, name: str) -> Refused:
    part = edition.open_part(name)
    if part is not None:
        return open_in_rulebook(part.words, part.clause)
    return open_in_rulebook(name, edition.info.clause)


def _noted(answer: Answer, facts: Facts, *known: str) -> Answer:
    """Add a note for each given fact that the rulebook did not use."""
    notes = [note for note in facts.notes_on_unused() if note.facts["name"] not in known]
    return replace(answer, warnings=[*answer.warnings, *notes])


def _sum(_: Edition, section: Sum, given: Given, __: Circumstances) -> Answer:
    facts = Facts(section.inputs, flat(given))
    answer = with_time_spent(section, work_out(section, facts), given.get("spent"))
    return _noted(answer, facts, "spent")


def _sample(_: Edition, section: Sample, given: Given, __: Circumstances) -> Answer:
    facts = Facts(section.inputs, flat(given))
    return _noted(sample_of(section, facts), facts)


def _requirements(_: Edition, section: Requirements, given: Given, __: Circumstances) -> Answer:
    facts = Facts(section.inputs, flat(given))
    return _noted(judged(section, facts), facts)


def _checklist(_: Edition, section: Checklist, given: Given, __: Circumstances) -> Answer:
    facts = Facts(section.inputs, given)
    return _noted(missing_of(section, given, facts), facts, "present", "not_applicable")


def _choices(_: Edition, section: Choices, given: Given, __: Circumstances) -> Answer:
    facts = Facts(section.inputs, flat(given))
    return _noted(chosen(section, given, facts), facts, "choose")


def _criteria(_: Edition, section: CriteriaSet, given: Given, __: Circumstances) -> Answer:
    wanted = given.get("criterion")
    if wanted is None:
        leaves = section.leaves()
        more = {
            "ids": [leaf.id for leaf in leaves],
            "sample": section.sample,
            "tiers": [row.id for row in section.tiers],
            "dimensions": [row.id for row in section.dimensions],
            "vetoes": [leaf.id for leaf in leaves if leaf.veto],
        }
        return Answer(Fraction(len(leaves)), "criterion", more=more)
    found = next((one for one in section.walk() if one.id == wanted), None)
    if found is None:
        raise BadInput([Problem("criterion", "unknown_criterion", {"name": str(wanted)})])
    more = {"tier": found.tier, "dimension": found.dimension, "veto": found.veto}
    return Answer(found.points, "point", more={**more, "parts": [one.id for one in found.parts]})


def _scoring(edition: Edition, section: Scoring, given: Given, _: Circumstances) -> Answer:
    answer = score_of(section, edition.of_kind("criteria"), given)
    known = {"results", "sites", "earlier", "special_deductions", "bonus"}
    used = known if section.special_deductions else known - {"special_deductions"}
    used = used if section.bonus else used - {"bonus"}
    return _with_notes(answer, edition, given, used, [part.criteria for part in section.components])


def _rates(edition: Edition, section: Rates, given: Given, _: Circumstances) -> Answer:
    answer = rates_of(section, edition.of_kind("criteria")[section.criteria], given)
    return _with_notes(answer, edition, given, {"results", "sites"}, [section.criteria])


def _with_notes(
    answer: Answer, edition: Edition, given: Given, used: set[str], sets: list[str]
) -> Answer:
    notes = [Note("input_not_used", {"name": name}) for name in given if name not in used]
    for name in sets:
        criteria = edition.of_kind("criteria")[name]
        if criteria.sample:
            notes.append(Note("sample_criteria", {"what": criteria.words}, criteria.clause))
    return replace(answer, warnings=[*answer.warnings, *notes])


def _grades(_: Edition, section: Grades, given: Given, __: Circumstances) -> Answer:
    facts = Facts(section.inputs, flat(given))
    return _noted(grade_of(section, facts), facts)


_DAY = Input(zh="日期", en="day", type="date")


def _schedule(edition: Edition, section: Schedule, given: Given, around: Circumstances) -> Answer:
    if "clock" in given:
        return _clock(_with_clock(edition, section, str(given["clock"])), given, around)
    facts = Facts(section.inputs, given)
    known = {name: given[name] for name in given if name in section.events}
    events = {name: _days(name, raw) for name, raw in known.items() if raw is not None}
    _check_repeats(section, events)
    on = _day("on", given["on"]) if given.get("on") is not None else None
    answer = calendar_of(section.fitted(facts), events, around.working_days, on)
    known_names = (*section.events, "on")
    unused = [name for name in events if name not in section.used_events()]
    notes = [Note("input_not_used", {"name": name}) for name in unused]
    return _noted(replace(answer, warnings=[*answer.warnings, *notes]), facts, *known_names)


def _with_clock(edition: Edition, section: Schedule, name: str) -> Schedule:
    """Return the schedule that holds a clock: the one asked, or the only other that has it."""
    if section.clock(name) is not None:
        return section
    others = [one for one in edition.of_kind("schedules").values() if one.clock(name)]
    return others[0] if len(others) == 1 else section


def _clock(section: Schedule, given: Given, around: Circumstances) -> Answer:
    facts = Facts(section.inputs, given)
    clock = clock_named(section, str(given["clock"])).fitted(facts)
    start = _moment_or_day("from", given.get("from"))
    at = _moment_or_day("at", given["at"]) if given.get("at") is not None else None
    answer = clock_of(section, clock, start, around.working_days, at)
    return _noted(answer, facts, "clock", "from", "at")


def _day(name: str, raw: object) -> date:
    day: date = read_fact(_DAY, raw, name, Facts({}, {}))
    return day


def _days(name: str, raw: object) -> tuple[date, ...]:
    many = raw if isinstance(raw, list | tuple) else [raw]
    return tuple(sorted(_day(name, one) for one in many))


def _check_repeats(section: Schedule, events: Mapping[str, tuple[date, ...]]) -> None:
    """Refuse several dates of an event that the rulebook knows only once."""
    doubled = [name for name, days in events.items() if len(days) > 1]
    problems = [
        Problem(name, "happens_once", {"name": name, "days": list(events[name])})
        for name in doubled
        if not section.events[name].many
    ]
    if problems:
        raise BadInput(problems)


def _moment_or_day(name: str, raw: object) -> date | datetime:
    if raw is None:
        raise BadInput([Problem(name, "missing_input", {"name": name, "what": name})])
    if isinstance(raw, str) and "T" in raw:
        moment: datetime = read_fact(
            _DAY.model_copy(update={"type": "moment"}), raw, name, Facts({}, {})
        )
        return moment
    return _day(name, raw)


def _process(_: Edition, section: Process, given: Given, __: Circumstances) -> Answer:
    outcomes = _done(given.get("done"))
    if "start" in given:
        refusals = refusals_to_start(section, str(given["start"]), outcomes)
        if refusals:
            raise Refused(refusals)
    return open_steps(section, outcomes)


def _done(raw: object) -> dict[str, str]:
    """Return each done step's outcome; a plain list names steps that have none."""
    match raw:
        case None:
            return {}
        case Mapping():
            return {str(step): "" if end is None else str(end) for step, end in raw.items()}
        case list() | tuple():
            return {str(step): "" for step in raw}
    raise BadInput([Problem("done", "not_a_list", {"name": "done", "value": raw})])


def _lifecycle(_: Edition, section: Lifecycle, given: Given, __: Circumstances) -> Answer:
    return state_after(section, str(given.get("state")), str(given.get("act")))


_KINDS: Mapping[str, Callable[[Edition, Any, Given, Circumstances], Answer]] = {
    "sums": _sum,
    "samples": _sample,
    "requirements": _requirements,
    "checklists": _checklist,
    "choices": _choices,
    "criteria": _criteria,
    "scoring": _scoring,
    "rates": _rates,
    "grades": _grades,
    "schedules": _schedule,
    "processes": _process,
    "lifecycles": _lifecycle,
}

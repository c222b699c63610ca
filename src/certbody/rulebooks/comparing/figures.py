"""What a section of each kind says, row by row, as words with a figure that can be compared."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from certbody.rulebooks.telling import amounts, codes, figures
from certbody.rulebooks.telling.conditions import condition
from certbody.rules.checklists import Checklist
from certbody.rules.choices import Choices
from certbody.rules.conditions import Requirement, Requirements
from certbody.rules.criteria import CriteriaSet
from certbody.rules.grades import Grades
from certbody.rules.lifecycle import Lifecycle
from certbody.rules.process import Process
from certbody.rules.rates import Rates
from certbody.rules.samples import Sample
from certbody.rules.schedule import Schedule, Window
from certbody.rules.scores import Scoring
from certbody.rules.sums import Line, Sum
from certbody.rules.terms import Clause, Section
from certbody.web.language import in_words


@dataclass(frozen=True, slots=True)
class Figure:
    """One row: what it is known by, its words, its figure, its clause."""

    key: str
    words: str
    value: str
    clause: Clause


def figures_of(kind: str, section: Section) -> list[Figure]:
    """Return everything a section says that another could say otherwise."""
    return list(_KINDS[kind](section))


def _requirements(section: Requirements) -> Iterator[Figure]:
    for row in section.rows:
        yield _requirement(row, section.inputs)


def _requirement(row: Requirement, inputs: Mapping[str, Any], prefix: str = "") -> Figure:
    test = condition(row.require, inputs)
    if row.when is not None:
        said = {"condition": condition(row.when, inputs), "test": test}
        test = _("if %(condition)s: %(test)s") % said
    if not row.on:
        test = f"{_('switched off')} · {test}"
    return Figure(f"{prefix}{row.id}", in_words(row), test, row.clause)


def _checklist(section: Checklist) -> Iterator[Figure]:
    needed = {
        "never": _("always"),
        "with_reason": _("may be left out with a reason"),
        "freely": _("may be left out"),
    }
    for item in section.items:
        value = needed[item.may_be_left_out]
        if item.when is not None:
            said = {"condition": condition(item.when, section.inputs)}
            value = _("only if %(condition)s") % said
        yield Figure(item.id, in_words(item), value, item.clause)


def _choices(section: Choices) -> Iterator[Figure]:
    for option in section.options:
        said = [part for part in (option.code, option.leads_to) if part]
        yield Figure(option.id, in_words(option), " → ".join(said), option.clause)


def _sum(section: Sum) -> Iterator[Figure]:
    for line in section.lines:
        yield from _line(line, section)
    for cut in section.reductions:
        most = f"≤ {figures.percent(cut.greatest)}"
        value = _(", ").join([most, figures.rounding(section.reduced)])
        yield Figure(f"reduction {cut.id}", in_words(cut), value, cut.clause)
    for cap in section.together:
        yield Figure(
            f"together {cap.id}", in_words(cap), f"≤ {figures.percent(cap.at_most)}", cap.clause
        )
    for factor in section.factors:
        yield Figure(
            f"factor {factor.id}",
            in_words(factor),
            f"× {figures.figure(factor.times)}",
            factor.clause,
        )
    for share in section.least_shares:
        yield Figure(
            f"share {share.id}",
            in_words(share),
            f"≥ {figures.percent(share.at_least)}",
            share.clause,
        )
    for row in section.not_counted:
        yield Figure(f"role {row.id}", in_words(row), _("time does not count"), row.clause)


def _line(line: Line, section: Sum) -> Iterator[Figure]:
    said = [amounts.amount(line, section), *amounts.terms(line, section)]
    yield Figure(line.id, in_words(line), _("; ").join(said), line.clause)
    if line.lookup is not None:
        for row in line.lookup.bands:
            words = f"{in_words(line)} {figures.band(row)}"
            key = f"{line.id} {row.in_figures()}"
            yield Figure(key, words, figures.figure(row.value), row.clause)
        beyond = line.lookup.beyond
        if beyond is not None:
            begun = _("a stretch begun counts") if beyond.begun else _("completed stretches only")
            value = f"+ {figures.figure(beyond.each)} / {figures.figure(beyond.step)} · {begun}"
            words = f"{in_words(line)} > {figures.figure(line.lookup.top)}"
            yield Figure(f"{line.id} beyond", words, value, beyond.clause)
    for number, case in enumerate(line.cases or (), start=1):
        words = f"{in_words(line)} {condition(case.when, section.inputs)}".strip()
        yield Figure(f"{line.id} {number}", words, figures.figure(case.value), case.clause)


def _sample(section: Sample) -> Iterator[Figure]:
    for number, row in enumerate(section.rows, start=1):
        when = condition(row.when, section.inputs) or _("in every other case")
        said = [amounts.formula(row), amounts.limits(row)]
        yield Figure(f"row {number}", when, " ".join(filter(None, said)), row.clause)
    for one in section.conditions:
        yield Figure(f"condition {one.id}", in_words(one), _("condition for sampling"), one.clause)
    for never in section.never_sampled:
        yield Figure(f"never {never.id}", in_words(never), _("never sampled"), never.clause)
    for top in section.on_top:
        yield Figure(f"top {top.id}", in_words(top), f"+ {figures.figure(top.number)}", top.clause)
    least = section.random_share
    if least is not None:
        yield Figure(
            "random", in_words(least), f"≥ {figures.percent(least.at_least)}", least.clause
        )


def _criteria(section: CriteriaSet) -> Iterator[Figure]:
    number = str(len(section.leaves()))
    yield Figure("indicators", _("Indicators"), number, section.clause)
    for top in section.tree:
        leaves = str(sum(1 for _leaf in top.leaves()))
        value = leaves if top.points is None else f"{leaves} · {figures.figure(top.points)}"
        yield Figure(top.id, f"{top.id} {in_words(top)}", value, top.clause)


def _scoring(section: Scoring) -> Iterator[Figure]:
    yield Figure("full", _("Full score"), figures.figure(section.full), section.clause)
    for part in section.components:
        weight = f"{_('weight')} {figures.percent(part.weight)}"
        yield Figure(part.id, in_words(part), weight, part.clause)
    special = section.special_deductions
    if special is not None:
        effects = {"lower": "−", "count": _("counted only"), "fail": _("fails")}
        value = f"{effects[special.effect]} {figures.figure(special.each)}"
        if special.fail_at is not None:
            said = {"number": figures.figure(special.fail_at)}
            value += " · " + _("from %(number)s on, not passed whatever the score") % said
        yield Figure("special", in_words(special), value, special.clause)
    if section.bonus is not None:
        bonus = section.bonus
        yield Figure("bonus", in_words(bonus), f"≤ {figures.figure(bonus.at_most)}", bonus.clause)
    for row in section.floors:
        yield Figure(row.id, in_words(row), f"≥ {figures.percent(row.at_least)}", row.clause)
    yield Figure("rounding", _("Rounding"), figures.rounding(section.rounding), section.clause)


def _rates(section: Rates) -> Iterator[Figure]:
    excluded = _("left out of both sides") if section.exclusions else _("not allowed")
    yield Figure("exclusions", _("Not applicable"), excluded, section.clause)
    sampled = {"all_must_pass": _("every sample passes"), "proportional": _("in proportion")}
    yield Figure("samples", _("Sampled"), sampled[section.samples], section.clause)


def _grades(section: Grades) -> Iterator[Figure]:
    for row in section.needs:
        yield _requirement(row, section.inputs, "need ")
    for level in section.levels:
        tests = [condition(row.require, section.inputs) for row in (*level.require, *level.gates)]
        band = [figures.band(level.band)] if level.band is not None else []
        words = f"{level.id} {in_words(level)}" if in_words(level) != level.id else level.id
        yield Figure(level.id, words, _("; ").join([*band, *tests]), level.clause)


def _schedule(section: Schedule) -> Iterator[Figure]:
    validity = section.validity
    if validity is not None:
        yield Figure("validity", _("Validity"), figures.stated(validity), validity.clause)
    for window in (*section.windows, *section.clocks):
        yield Figure(window.id, in_words(window), _times(window, section), window.clause)
    for row in section.least:
        yield Figure(f"least {row.id}", in_words(row), f"≥ {row.number}", row.clause)


def _times(window: Window, section: Schedule) -> str:
    event = section.events.get(window.from_)
    start = in_words(event) if event is not None else window.from_
    times = (
        (_("earliest %(length)s"), window.earliest),
        (_("due %(length)s"), window.due),
        (_("latest %(length)s"), window.latest),
    )
    said = [text % {"length": figures.length(of)} for text, of in times if of is not None]
    if window.open:
        said.append(_("left open by the rulebook"))
    return f"{start} → {_(', ').join(said)}"


def _process(section: Process) -> Iterator[Figure]:
    steps = {step.id: in_words(step) for step in section.steps}
    for step in section.steps:
        before = _(", ").join(steps[one.step] for one in step.after) or _("the start")
        who = codes.name(codes.BY, step.by)
        yield Figure(step.id, steps[step.id], f"{who} ← {before}", step.clause)


def _lifecycle(section: Lifecycle) -> Iterator[Figure]:
    for number, arrow in enumerate(section.arrows):
        start = _(", ").join(codes.name(codes.STATES, state) for state in arrow.from_)
        value = f"{start} → {codes.name(codes.STATES, arrow.to)}"
        same = sum(one.id == arrow.id for one in section.arrows[:number])
        yield Figure(f"{arrow.id} {same}", in_words(arrow), value, arrow.clause)


_KINDS: Mapping[str, Callable[[Any], Iterator[Figure]]] = {
    "requirements": _requirements,
    "checklists": _checklist,
    "choices": _choices,
    "sums": _sum,
    "samples": _sample,
    "criteria": _criteria,
    "scoring": _scoring,
    "rates": _rates,
    "grades": _grades,
    "schedules": _schedule,
    "processes": _process,
    "lifecycles": _lifecycle,
}

"""What a form asks, from the inputs that a section declares.

A *spec* is one thing asked: an input of the rulebook, an event of a schedule, the results of
the criteria. Its name is the name the question gives it.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from certbody.rulebooks.calculable import Calculator
from certbody.rules.components import criteria_of
from certbody.rules.criteria import CriteriaSet, Criterion
from certbody.rules.facts import Input
from certbody.rules.numbers import in_figures
from certbody.rules.rates import Rates
from certbody.rules.samples import Sample
from certbody.rules.schedule import Schedule, Window
from certbody.rules.scores import RESULTS, Scoring
from certbody.rules.terms import Words
from certbody.web.language import TwoLanguages

RESERVED = {"lang", "ask", "with", "rest"}  # parameters of the page itself


@dataclass(frozen=True, slots=True)
class Leaf:
    """An indicator that takes a result, with the headings it stands under."""

    criterion: Criterion
    above: tuple[Criterion, ...]


@dataclass(frozen=True, slots=True)
class Spec:
    """One thing that a form asks for."""

    name: str
    words: TwoLanguages
    type: str
    unit: str = ""
    bounds: str = ""
    default: str = ""
    many: bool = False
    may_be_none: bool = True
    options: Mapping[str, TwoLanguages] = field(default_factory=dict)
    columns: tuple["Spec", ...] = ()
    leaves: tuple[Leaf, ...] = ()

    @property
    def parameter(self) -> str:
        """The name in the address; never one of the page's own."""
        return f"{self.name}." if self.name in RESERVED else self.name


def specs_of(calculator: Calculator) -> list[Spec]:
    """Return what the form of a calculator asks for, in the rulebook's order."""
    return list(_SPECS[calculator.kind](calculator))


def _inputs(calculator: Calculator) -> Iterator[Spec]:
    for name, declared in calculator.section.inputs.items():
        yield spec_of(name, declared)


def spec_of(name: str, declared: Input) -> Spec:
    """Return what a form asks for one input of a rulebook."""
    columns = tuple(spec_of(inner, one) for inner, one in declared.items.items())
    return Spec(
        name,
        declared,
        declared.type,
        unit=declared.unit,
        bounds=_bounds(declared),
        default=_default(declared.default),
        many=declared.type == "list",
        options=dict(declared.of),
        columns=columns,
    )


def _bounds(declared: Input) -> str:
    low, high = declared.least, declared.at_most
    if declared.type == "ratio" or (low is None and high is None):
        return ""
    if low is not None and high is not None and high < 10**6:
        return f"{in_figures(low)}–{in_figures(high)}"
    if low is not None:
        return f"≥ {in_figures(low)}"
    return f"≤ {in_figures(high)}" if high is not None else ""


def _default(value: object) -> str:
    if value is None:
        return ""
    return str(value).lower() if isinstance(value, bool) else str(value)


def _sample(calculator: Calculator) -> Iterator[Spec]:
    """The conditions that are shown to hold are ticked off the rulebook's own list."""
    section: Sample = calculator.section
    for spec in _inputs(calculator):
        if spec.name == section.shown and section.conditions:
            conditions = {row.id: row.words for row in section.conditions}
            yield replace(spec, options=conditions, may_be_none=False)
        else:
            yield spec


def _scoring(calculator: Calculator) -> Iterator[Spec]:
    section: Scoring = calculator.section
    sets = calculator.book.edition.of_kind("criteria")
    own = {leaf.id for leaf in criteria_of(section, sets)}
    used = dict.fromkeys(part.criteria for part in section.components)
    leaves = [one for name in used for one in _leaves(sets[name]) if one.criterion.id in own]
    scale = {row.id: row.words for row in section.scale}
    yield _results(tuple(leaves), scale, exclusions=section.exclusions)
    if section.special_deductions is not None:
        words = section.special_deductions.words
        yield Spec("special_deductions", words, "count", bounds="≥ 0", default="0")
    if section.bonus is not None:
        yield Spec("bonus", section.bonus.words, "number", bounds="≥ 0")


def _rates(calculator: Calculator) -> Iterator[Spec]:
    section: Rates = calculator.section
    criteria = calculator.book.edition.of_kind("criteria")[section.criteria]
    yield _results(tuple(_leaves(criteria)), {}, exclusions=section.exclusions)


def _leaves(criteria: CriteriaSet) -> Iterator[Leaf]:
    for top in criteria.tree:
        yield from _below(top, ())


def _below(criterion: Criterion, above: tuple[Criterion, ...]) -> Iterator[Leaf]:
    if not criterion.parts:
        yield Leaf(criterion, above)
    for part in criterion.parts:
        yield from _below(part, (*above, criterion))


_RESULT = {
    "met": Words("符合", "met"),
    "not_met": Words("不符合", "not met"),
    "not_applicable": Words("不适用", "not applicable"),
}


def _results(
    leaves: tuple[Leaf, ...], scale: Mapping[str, TwoLanguages], *, exclusions: bool
) -> Spec:
    named = {
        name: _RESULT[name]
        for name in _RESULT
        if name in RESULTS and (exclusions or name != "not_applicable")
    }
    words = Words("各项结果", "Results")
    return Spec("results", words, "results", options={**named, **scale}, leaves=leaves)


def _schedule(calculator: Calculator) -> Iterator[Spec]:
    section: Schedule = calculator.section
    used = section.used_events()
    for name, event in section.events.items():
        if name in used and not _only_starts_clocks(name, section):
            yield Spec(name, event, "date", many=event.many, may_be_none=False)
    yield from _inputs(calculator)
    yield Spec("on", Words("查看日期", "as of"), "date")


def _only_starts_clocks(name: str, section: Schedule) -> bool:
    windows = section.model_copy(update={"clocks": ()})
    return name not in windows.used_events()


def _clock(calculator: Calculator) -> Iterator[Spec]:
    section: Schedule = calculator.section
    clocks = [one for one in (*section.clocks, *section.windows) if not one.open]
    hours = any(_counts_hours(one) for one in clocks)
    kind = "moment_or_day" if hours else "date"
    words = Words("时限", "time limit")
    yield Spec("clock", words, "choice", options={one.id: one.words for one in clocks})
    yield Spec("from", Words("起算日", "counted from"), kind)
    yield Spec("at", Words("实际发生日", "happened on"), kind)
    yield from _inputs(calculator)


def _counts_hours(clock: Window) -> bool:
    return any(duration.unit == "hours" for duration in clock.durations())


_SPECS: Mapping[str, Callable[[Calculator], Iterator[Spec]]] = {
    "requirements": _inputs,
    "sums": _inputs,
    "samples": _sample,
    "grades": _inputs,
    "scoring": _scoring,
    "rates": _rates,
    "schedules": _schedule,
    "clocks": _clock,
}

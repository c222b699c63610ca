"""Grades: which level the results reach.

Levels are listed best first. A level is reached when what it requires holds and its
gates hold. Where a gate is missed a rulebook either lets the grade fall to the highest
level whose gates all hold, or gives no grade. Levels may also be bands of one figure.

Units      scores in points, rates as fractions; compared exactly, never rounded
Errors     ``Refused`` with ``not_covered`` for a figure in a declared gap;
           ``BadInput`` naming every missing fact
Source     ISO/IEC 17065:2012, 7.6 (the decision rests on the evaluation's results)
"""

from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from functools import partial
from typing import Literal

from pydantic import Field, model_validator

from certbody.rules.bands import Gap, Overlap, Range, Span, band_of, faults_of, not_covered
from certbody.rules.conditions import Members, Requirement, Test
from certbody.rules.facts import Facts, Inputs, gathered
from certbody.rules.terms import Answer, BadInput, Note, Refused, Row, Section, Step


class Level(Row):
    """A grade: its code as the rulebook prints it, and what it takes."""

    band: Range | None = Field(default=None, description="where the figure 'of' must lie")
    require: tuple[Requirement, ...] = ()
    gates: tuple[Requirement, ...] = ()


class Grades(Section):
    """The closed list of grades, best first."""

    inputs: Inputs
    of: str | None = Field(default=None, description="the figure that the bands divide")
    needs: tuple[Requirement, ...] = Field(default=(), description="for any grade at all")
    levels: tuple[Level, ...] = Field(min_length=1)
    gaps: tuple[Gap, ...] = ()
    overlaps: tuple[Overlap, ...] = ()
    gate_missed: Literal["fall", "refuse"] = "fall"
    applied_for: str | None = Field(default=None, description="the input naming the grade wanted")

    @model_validator(mode="after")
    def _sound(self) -> "Grades":
        faults = [*self._band_faults(), *self._unknown_facts()]
        if faults:
            raise ValueError("; ".join(faults))
        return self

    def bands(self) -> list[Range]:
        """Return the levels' bands, best first."""
        return [level.band for level in self.levels if level.band is not None]

    def _band_faults(self) -> Iterator[str]:
        bands = self.bands()
        if not bands:
            return
        if self.of is None or self.of not in self.inputs or len(bands) != len(self.levels):
            yield "with bands, every level has one, and 'of' names an input"
            return
        figure = self.inputs[self.of]
        if figure.type not in {"count", "number", "ratio"}:
            yield f"bands divide a number; '{self.of}' is a {figure.type}"
            return
        span = Span(figure.type == "count", figure.at_least, figure.at_most)
        yield from faults_of(bands, self.gaps, self.overlaps, span)

    def _unknown_facts(self) -> Iterator[str]:
        rows = [*self.needs, *(r for level in self.levels for r in (*level.require, *level.gates))]
        for row in rows:
            for name in (*row.require.facts_named(), *(row.when.facts_named() if row.when else ())):
                if name not in self.inputs:
                    yield f"'{row.id}' asks for '{name}', which is no input"
        if self.applied_for is not None:
            wanted = self.inputs.get(self.applied_for)
            if wanted is None or set(wanted.of) != {level.id for level in self.levels}:
                yield "'applied_for' names a choice input whose values are the levels' ids"


def grade_of(section: Grades, facts: Facts) -> Answer:
    """Return the grade reached, or none, with what kept it from the next one."""
    _ask_for_everything(section, facts)
    tested = [row for row in section.needs if _applies(row, facts)]
    unmet = [row for row in tested if _bars(row, facts)]
    if unmet:
        return _answer(section, None, [_missed(None, row, facts) for row in unmet], tested, facts)
    levels = _candidates(section, facts)
    reached = next((level for level in levels if not _unmet(level, facts)), None)
    if reached is not None:
        tested += [row for row in (*reached.require, *reached.gates) if _applies(row, facts)]
    better = _wanted(section, facts) or _next_better(section, reached, levels)
    missed = [_missed(better, row, facts) for row in _unmet(better, facts)]
    missed = [*_band_missed(section, better, facts), *missed]
    return _answer(section, reached, missed, tested, facts)


def _band_missed(section: Grades, better: Level | None, facts: Facts) -> list[dict[str, object]]:
    """Return how far the figure is from the band of the next better level."""
    if better is None or better.band is None or section.of is None:
        return []
    figure: Fraction = facts[section.of]
    bands = section.bands()
    own = band_of(bands, section.overlaps, figure)
    if own is None or bands.index(own) <= bands.index(better.band):
        return []  # the figure would do; something else kept it
    sign, bound = _nearer_end(better.band, figure)
    return [
        {
            "grade": better.id,
            "id": section.of,
            "code": "missed_comparison",
            "what": facts.words(section.of),
            "clause": better.band.clause,
            "sign": sign,
            "bound": bound,
            "actual": figure,
            "ratio": facts.type_of(section.of) == "ratio",
        }
    ]


def _nearer_end(band: Range, figure: Fraction) -> tuple[str, Fraction | None]:
    """Return the end that a figure outside the band has not reached, with its sign."""
    low = band.from_ if band.from_ is not None else band.over
    if low is not None and figure <= low:
        return ("≥" if band.over is None else ">"), low
    return ("≤", band.to) if band.under is None else ("<", band.under)


def _ask_for_everything(section: Grades, facts: Facts) -> None:
    """Read every fact that any level rests on, so that all missing ones are named at once."""
    bad: list[BadInput] = []
    rows = [*section.needs, *(r for lv in section.levels for r in (*lv.require, *lv.gates))]
    asking: list[Callable[[], object]] = [partial(_bars, row, facts) for row in rows]
    if section.of is not None and section.bands():
        asking.append(partial(facts.__getitem__, section.of))
    for ask in asking:
        try:
            ask()
        except BadInput as one:
            bad.append(one)
    seen: dict[str, BadInput] = {one.problems[0].where: one for one in bad}
    gathered(list(seen.values()))


def _applies(row: Requirement, facts: Facts) -> bool:
    return row.on and (row.when is None or row.when.holds(facts))


def _bars(row: Requirement, facts: Facts) -> bool:
    """Tell whether the row keeps anyone from a grade; one that only warns never does."""
    return _applies(row, facts) and not row.require.holds(facts) and not row.warn


def _candidates(section: Grades, facts: Facts) -> Sequence[Level]:
    levels = list(section.levels)
    if section.of is not None and section.bands():
        figure: Fraction = facts[section.of]
        band = band_of(section.bands(), section.overlaps, figure)
        if band is None:
            what = facts.words(section.of)
            raise Refused([not_covered(figure, what, section.gaps, section)])
        levels = levels[section.bands().index(band) :]
    if section.gate_missed == "refuse":
        return _the_one_asked_for(section, levels, facts)
    return levels


def _wanted(section: Grades, facts: Facts) -> Level | None:
    """Return the level that was applied for, where the rulebook gives that one or none."""
    name = section.applied_for
    if section.gate_missed != "refuse" or name is None or not facts.given(name):
        return None
    return next((level for level in section.levels if level.id == facts[name]), None)


def _the_one_asked_for(section: Grades, levels: Sequence[Level], facts: Facts) -> Sequence[Level]:
    """Without falling: only the level applied for counts, or the one reached before gates."""
    wanted = _wanted(section, facts)
    if wanted is not None:
        return [level for level in levels if level is wanted]
    for level in levels:
        if not any(_bars(row, facts) for row in level.require):
            return [level]
    return []


def _unmet(level: Level | None, facts: Facts) -> list[Requirement]:
    if level is None:
        return []
    return [row for row in (*level.require, *level.gates) if _bars(row, facts)]


def _next_better(section: Grades, reached: Level | None, levels: Sequence[Level]) -> Level | None:
    if section.gate_missed == "refuse" and reached is None and levels:
        return levels[0]
    order = list(section.levels)
    place = order.index(reached) if reached is not None else len(order)
    return order[place - 1] if place > 0 else None


def _step(row: Requirement, facts: Facts) -> Step:
    said = {"what": row.words, **_compared(row, facts)}
    code = "compared" if "sign" in said else "requirement"
    return Step(code, said, row.require.holds(facts), row.clause)


def _warnings(tested: Sequence[Requirement], facts: Facts) -> list[Note]:
    """Return what is departed from among the rows that only warn."""
    return [
        Note("requirement_not_met", {"what": row.words}, row.clause)
        for row in tested
        if row.warn and not row.require.holds(facts)
    ]


_SIGNS = {"at_least": "≥", "over": ">", "at_most": "≤", "under": "<", "is": "="}


def _compared(row: Requirement, facts: Facts) -> dict[str, object]:
    """Return fact, sign and bound of a plain comparison of numbers, for sentences."""
    test = row.require
    if isinstance(test, Members) or not isinstance(test, Test) or test.operator not in _SIGNS:
        return {}
    if not isinstance(test.operand, Fraction) or not facts.given(test.fact):
        return {}
    ratio = facts.type_of(test.fact) == "ratio"
    said = {"sign": _SIGNS[test.operator], "bound": test.operand, "actual": facts[test.fact]}
    return {**said, "ratio": ratio}


def _missed(level: Level | None, row: Requirement, facts: Facts) -> dict[str, object]:
    compared = _compared(row, facts)
    return {
        "grade": level.id if level else None,
        "id": row.id,
        "code": "missed_comparison" if compared else "missed_requirement",
        "what": row.words,
        "clause": row.clause,
        **compared,
    }


def _answer(
    section: Grades,
    reached: Level | None,
    missed: Sequence[dict[str, object]],
    tested: Sequence[Requirement],
    facts: Facts,
) -> Answer:
    grade = reached.id if reached else None
    name = reached.words if reached else None
    clause = reached.clause if reached else section.clause
    said = {"what": name} if name else {}
    last = Step("grade_reached" if name else "no_grade", said, grade, clause)
    more = {"grade": grade, "name": name, "missed": list(missed)}
    steps = [_step(row, facts) for row in tested]
    return Answer(grade, "grade", [*steps, last], _warnings(tested, facts), more)

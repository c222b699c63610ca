"""The amounts a line may have, one function each.

Units      as the sum's unit
Rounding   none here; the line's rounding is applied by ``working``
Errors     ``Refused`` (not covered, outside the range, no reason, open in the rulebook);
           ``BadInput`` for a missing fact
Source     none of its own; each line carries its clause
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import TypeVar

from certbody.rules.bands import look_up
from certbody.rules.facts import Facts
from certbody.rules.sums import Each, Entered, Line, Tiers
from certbody.rules.terms import Clause, Note, Refusal, Refused, Step, open_in_rulebook


@dataclass(slots=True)
class Amount:
    """What a line comes to before floor, cap and rounding; None where nothing was entered."""

    value: Fraction | None
    steps: list[Step] = field(default_factory=list)
    warnings: list[Note] = field(default_factory=list)
    at_cost: bool = False


T = TypeVar("T")
Earlier = Mapping[str, Fraction]


def amount_of(line: Line, facts: Facts, earlier: Earlier) -> Amount:
    """Return the amount of one line; ``earlier`` holds the lines above it."""
    return _KINDS[line.amount](line, facts, earlier)


def _fixed(line: Line, _: Facts, __: Earlier) -> Amount:
    value = line.fixed or Fraction(0)
    return Amount(value, [Step("fixed", {"what": line.words}, value, line.clause)])


def _lookup(line: Line, facts: Facts, _: Earlier) -> Amount:
    table = _needed(line.lookup)
    asked = facts[table.of]
    found = look_up(table, asked, facts.words(table.of))
    said = {"what": facts.words(table.of), "given": asked, "range": found.range}
    return Amount(found.value, [Step("looked_up", said, found.value, found.row.clause)])


def _cases(line: Line, facts: Facts, _: Earlier) -> Amount:
    cases = line.cases or ()
    for case in cases:
        if case.when is None or case.when.holds(facts):
            said = {"what": line.words}
            return Amount(case.value, [Step("fixed", said, case.value, case.clause)])
    names = dict.fromkeys(name for c in cases if c.when for name in c.when.facts_named())
    told = {"what": line.words, "value": [facts[name] for name in names if facts.given(name)]}
    raise Refused([Refusal("not_covered", line.clause, told)])


def _each(line: Line, facts: Facts, _: Earlier) -> Amount:
    each = _needed(line.each)
    count = max(_count(each, facts) - each.beyond, Fraction(0))
    rate = facts[each.amount] if isinstance(each.amount, str) else each.amount
    value = count * rate
    said = {"what": line.words, "count": count, "each": rate}
    return Amount(value, [Step("each", said, value, line.clause)])


def _count(each: Each, facts: Facts) -> Fraction:
    counted = facts[each.count]
    if not isinstance(counted, tuple):
        return Fraction(counted)
    met = [m for m in counted if each.where is None or each.where.holds(m)]
    return Fraction(len(met))


def _tiers(line: Line, facts: Facts, _: Earlier) -> Amount:
    tiers = _needed(line.tiers)
    value = _graduated(tiers, facts[tiers.count])
    said = {"what": line.words, "count": facts[tiers.count]}
    return Amount(value, [Step("tiers", said, value, line.clause)])


def _graduated(tiers: Tiers, count: Fraction) -> Fraction:
    value, left = Fraction(0), count
    for tier in tiers.steps:
        taken = left if tier.first is None else min(left, tier.first)
        value += taken * tier.each
        left -= taken
    return value


def _share(line: Line, facts: Facts, earlier: Earlier) -> Amount:
    share = _needed(line.share)
    whole = sum((_named(name, facts, earlier) for name in share.of), Fraction(0))
    value = whole * share.part
    said = {"what": line.words, "whole": whole, "part": share.part}
    return Amount(value, [Step("share", said, value, line.clause)])


def _greatest(line: Line, facts: Facts, earlier: Earlier) -> Amount:
    value = max(_named(name, facts, earlier) for name in line.greatest or ())
    return Amount(value, [Step("greatest", {"what": line.words}, value, line.clause)])


def _least(line: Line, facts: Facts, earlier: Earlier) -> Amount:
    value = min(_named(name, facts, earlier) for name in line.least or ())
    return Amount(value, [Step("least", {"what": line.words}, value, line.clause)])


def _named(name: str, facts: Facts, earlier: Earlier) -> Fraction:
    return earlier[name] if name in earlier else Fraction(facts[name])


def _entered(line: Line, facts: Facts, _: Earlier) -> Amount:
    entered = _needed(line.entered)
    if entered.missing != "needed" and not facts.given(entered.input):
        if entered.missing == "none":
            return Amount(None)
        return _entered_nothing(line, entered)
    value = facts[entered.input]
    refusals = [*_outside(line, entered, value)]
    if entered.reason is not None and value and not facts.given(entered.reason):
        refusals.append(reason_missing(line.clause, what=line.words, name=entered.reason))
    if refusals:
        raise Refused(refusals)
    if not value and entered.missing == "warned":
        return _entered_nothing(line, entered)
    return Amount(value, [Step("entered", {"what": line.words}, value, line.clause)])


def _entered_nothing(line: Line, entered: Entered) -> Amount:
    note = Note("entered_nothing", {"what": line.words, "name": entered.input}, line.clause)
    return Amount(Fraction(0), warnings=[note])


def _outside(line: Line, entered: Entered, value: Fraction) -> list[Refusal]:
    low, high = entered.at_least, entered.at_most
    if (low is None or value >= low) and (high is None or value <= high):
        return []
    said = {"what": line.words, "value": value, "low": low, "high": high}
    return [Refusal("outside_range", line.clause, said)]


def reason_missing(clause: Clause, **said: object) -> Refusal:
    """Return the refusal of a change that gives no reason."""
    return Refusal("reason_missing", clause, said)


def _at_cost(line: Line, _: Facts, __: Earlier) -> Amount:
    step = Step("at_cost", {"what": line.words}, None, line.clause)
    return Amount(None, [step], at_cost=True)


def _open(line: Line, _: Facts, __: Earlier) -> Amount:
    raise open_in_rulebook(line.words, line.clause)


def _needed(value: T | None) -> T:
    if value is None:  # the shape has checked it; this tells the type checker
        raise LookupError
    return value


_KINDS: Mapping[str, Callable[[Line, Facts, Earlier], Amount]] = {
    "fixed": _fixed,
    "lookup": _lookup,
    "cases": _cases,
    "each": _each,
    "tiers": _tiers,
    "share": _share,
    "greatest": _greatest,
    "least": _least,
    "entered": _entered,
    "at_cost": _at_cost,
    "open": _open,
}

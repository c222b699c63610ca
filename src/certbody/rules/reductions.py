"""What is taken off the lines of a sum, within the caps of a rulebook.

Each reduction has its own cap where a person enters it; several, or all together, may
have one more. What applies by itself is held to a common cap; what a person enters
beyond it is refused.

Units      shares of a line before any reduction, as fractions
Errors     none raised; ``Cut`` carries the refusals, ``reduction_too_large`` or
           ``reason_missing``
Source     ISO/IEC 17065:2012, 7.4; IAF MD 5 (reasons for less time are recorded)
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from certbody.rules.amounts import reason_missing
from certbody.rules.facts import Facts
from certbody.rules.sums import Reduction, Sum, Together
from certbody.rules.terms import Refusal, Step

ZERO = Fraction(0)
Shares = dict[str, Fraction]


@dataclass(slots=True)
class Cut:
    """The share taken off each line, with the steps to it and what stands against it."""

    shares: Shares = field(default_factory=dict)
    steps: list[Step] = field(default_factory=list)
    refusals: list[Refusal] = field(default_factory=list)


def cut_by(section: Sum, facts: Facts) -> Cut:
    """Return what the reductions that apply take off each line; note every reason against."""
    cut = Cut()
    taken = {row.id: _taken(row, facts, cut) for row in section.reductions}
    for row in section.reductions:
        if taken[row.id]:
            said = {"what": row.words, "percent": taken[row.id]}
            cut.steps.append(Step("reduction", said, None, row.clause))
    by_line = _by_line(section.reductions, taken)
    for cap in section.together:
        _tell_cap(cap, section, by_line, cut)
        _hold(cap, section.reductions, by_line)
    cut.shares = {name: sum(shares.values(), ZERO) for name, shares in by_line.items()}
    return cut


def greatest_cut(section: Sum, facts: Facts) -> Shares:
    """Return the most that may be taken off each line."""
    taken = {
        row.id: row.greatest
        for row in section.reductions
        if row.when is None or row.when.holds(facts)
    }
    by_line = _by_line(section.reductions, taken)
    for cap in section.together:
        _hold(cap, section.reductions, by_line)
    return {name: sum(shares.values(), ZERO) for name, shares in by_line.items()}


def _taken(row: Reduction, facts: Facts, cut: Cut) -> Fraction:
    if row.when is not None and not row.when.holds(facts):
        return ZERO
    if row.input is None:
        return row.by or ZERO
    if not facts.given(row.input):
        return ZERO
    percent: Fraction = facts[row.input]
    if percent > row.greatest:
        asked = {"percent": percent, "at_most": row.greatest}
        cut.refusals.append(Refusal("reduction_too_large", row.clause, asked))
    if percent and row.reason is not None and not facts.given(row.reason):
        said = {"what": row.words, "name": row.reason}
        cut.refusals.append(reason_missing(row.clause, **said))
    return percent


def _by_line(rows: Sequence[Reduction], taken: Mapping[str, Fraction]) -> dict[str, Shares]:
    """Return for each line what each reduction takes off it."""
    by_line: dict[str, Shares] = {}
    for row in rows:
        for name in row.of if taken.get(row.id) else ():
            by_line.setdefault(name, {})[row.id] = taken[row.id]
    return by_line


def _covered(cap: Together, shares: Shares) -> Fraction:
    return sum((share for name, share in shares.items() if cap.covers(name)), ZERO)


def _tell_cap(cap: Together, section: Sum, by_line: Mapping[str, Shares], cut: Cut) -> None:
    """Note where a common cap is passed: a refusal if a person entered any of it."""
    asked = max((_covered(cap, shares) for shares in by_line.values()), default=ZERO)
    if asked <= cap.at_most:
        return
    used = {name for shares in by_line.values() for name in shares if cap.covers(name)}
    if any(row.input is not None and row.id in used for row in section.reductions):
        said = {"percent": asked, "at_most": cap.at_most}
        cut.refusals.append(Refusal("reduction_too_large", cap.clause, said))
    held = {"what": cap.words, "percent": cap.at_most}
    cut.steps.append(Step("reduction_held", held, None, cap.clause))


def _hold(cap: Together, rows: Sequence[Reduction], by_line: Mapping[str, Shares]) -> None:
    """Hold the reductions of each line to their common cap, lowering the last ones first."""
    for shares in by_line.values():
        over = _covered(cap, shares) - cap.at_most
        for row in reversed(rows):
            if over > 0 and row.id in shares and cap.covers(row.id):
                lowered = min(over, shares[row.id])
                shares[row.id] -= lowered
                over -= lowered

"""Working out a sum: its lines, what changes them, its total and its least.

Algorithm  (1) each line in order: amount, floor, cap, rounding; (2) factors, line by
line; (3) reductions, once, of the figure before any reduction; (4) additions; (5) floor
and cap of the total. The least is the total with every reduction at its greatest and
no addition.

Units      the sum's unit; parts and total in the same
Rounding   a line by its own; a reduced line by the sum's ``reduced``
Errors     ``Refused`` with every reason; ``BadInput`` with every missing fact
Source     ISO/IEC 17065:2012, 7.4; IAF MD 5 for the order of reductions and additions
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from certbody.rules.amounts import Amount, amount_of, reason_missing
from certbody.rules.facts import Facts, gathered
from certbody.rules.numbers import Rounding, settled
from certbody.rules.reductions import Shares, cut_by, greatest_cut
from certbody.rules.sums import Line, Sum
from certbody.rules.terms import Answer, BadInput, Note, Refusal, Refused, Step

ZERO = Fraction(0)


@dataclass(slots=True)
class Sheet:
    """The working sheet of one sum."""

    values: dict[str, Fraction] = field(default_factory=dict)
    lines: dict[str, Line] = field(default_factory=dict)
    not_entered: set[str] = field(default_factory=set)
    at_cost: list[Line] = field(default_factory=list)
    steps: list[Step] = field(default_factory=list)
    warnings: list[Note] = field(default_factory=list)
    refusals: list[Refusal] = field(default_factory=list)
    bad: list[BadInput] = field(default_factory=list)


def work_out(section: Sum, facts: Facts) -> Answer:
    """Return the total with its parts, lines, least figure and steps."""
    sheet = _lines(section, facts)
    gathered(sheet.bad)
    base = _with_factors(section, facts, sheet)
    shares = _cut(section, facts, sheet)
    cut = _reduced(section, base, shares, sheet) if not sheet.refusals else base
    added = _added(section, facts, sheet)
    if sheet.refusals:
        raise Refused(sheet.refusals)
    parts = _parts(sheet, cut, added)
    _check_shares(section, parts)
    sheet.warnings += _left_out(section, sheet)
    extra = sum((value for part, value in added.items() if part not in section.apart), ZERO)
    total = _limited(section, _total(section, sheet, cut) + extra, sheet)
    more = {
        "parts": parts,
        "minimum": _minimum(section, facts, base, sheet),
        "lines": _listed(sheet, cut),
        "at_cost": [line.words for line in sheet.at_cost],
        "carried": sum((cut[name] for name, line in sheet.lines.items() if line.carried), ZERO),
    }
    return Answer(total, section.unit, sheet.steps, sheet.warnings, more)


def _minimum(
    section: Sum, facts: Facts, base: Mapping[str, Fraction], sheet: Sheet
) -> Fraction | None:
    """Return the total after the greatest reductions; None where their rounding is open."""
    try:
        least = _reduced(section, base, greatest_cut(section, facts), None)
    except Refused as refused:
        clause = refused.refusals[0].clause
        sheet.warnings.append(Note("minimum_open", {"what": section.words}, clause))
        return None
    return _limited(section, _total(section, sheet, least), None)


def _lines(section: Sum, facts: Facts) -> Sheet:
    sheet = Sheet()
    for line in section.lines:
        try:
            if line.when is None or line.when.holds(facts):
                _enter(line, facts, sheet)
            else:
                sheet.values[line.id] = ZERO
        except BadInput as bad:
            sheet.bad.append(bad)
            sheet.values[line.id] = ZERO
        except Refused as refused:
            sheet.refusals += refused.refusals
            sheet.values[line.id] = ZERO
    if sheet.refusals and not sheet.bad:
        _cut(section, facts, sheet)  # a question that is refused still hears every reason
        raise Refused(sheet.refusals)
    return sheet


def _enter(line: Line, facts: Facts, sheet: Sheet) -> None:
    amounts = _amounts(line, facts, sheet.values)
    figures = [_finished(line, amount.value) for amount in amounts if amount.value is not None]
    value = sum(figures, ZERO)
    sheet.lines[line.id] = line
    sheet.values[line.id] = value
    for amount in amounts:
        sheet.steps += amount.steps
        sheet.warnings += amount.warnings
    if any(amount.at_cost for amount in amounts):
        sheet.at_cost.append(line)
    elif not figures and line.per is None:
        sheet.not_entered.add(line.id)
    raw = sum((a.value for a in amounts if a.value is not None), ZERO)
    if value != raw or len(amounts) > 1:
        sheet.steps.append(Step("line_settled", {"what": line.words}, value, line.clause))


def _amounts(line: Line, facts: Facts, earlier: Mapping[str, Fraction]) -> list[Amount]:
    if line.per is None:
        return [amount_of(line, facts, earlier)]
    members = [m for m in facts[line.per] if line.each_when is None or line.each_when.holds(m)]
    return [amount_of(line, member, earlier) for member in members]


def _finished(line: Line, value: Fraction) -> Fraction:
    if line.floor is not None:
        value = max(value, line.floor)
    if line.cap is not None:
        value = min(value, line.cap)
    if line.rounding is None and line.share is None:
        return value  # only a share can fall between the figures the rulebook gives
    return settled(value, line.rounding, line.words, line.clause)


def _with_factors(section: Sum, facts: Facts, sheet: Sheet) -> dict[str, Fraction]:
    values = dict(sheet.values)
    for factor in section.factors:
        if factor.when is not None and not factor.when.holds(facts):
            continue
        for name in factor.of:
            if name in sheet.lines:
                raw = values[name] * factor.times
                values[name] = settled(raw, factor.rounding, factor.words, factor.clause)
        total = sum((values[name] for name in factor.of), ZERO)
        said = {"what": factor.words, "times": factor.times}
        sheet.steps.append(Step("factor", said, total, factor.clause))
    return values


def _cut(section: Sum, facts: Facts, sheet: Sheet) -> Shares:
    """Return what is taken off each line, with its steps and refusals on the sheet."""
    cut = cut_by(section, facts)
    sheet.steps += cut.steps
    sheet.refusals += cut.refusals
    return cut.shares


def _reduced(
    section: Sum, base: Mapping[str, Fraction], cuts: Shares, sheet: Sheet | None
) -> dict[str, Fraction]:
    values = dict(base)
    for name, share in cuts.items():
        if not share or not base.get(name):
            continue
        reduction = next(r for r in section.reductions if name in r.of)
        left = base[name] * max(1 - share, ZERO)
        rounded = settled(left, section.reduced, reduction.words, reduction.clause)
        values[name] = min(rounded, base[name])  # rounding up never turns a cut into more
        if sheet is not None:
            said = {"what": reduction.words, "left": left, "rounded": _way(section.reduced)}
            sheet.steps.append(Step("reduced", said, values[name], reduction.clause))
    return values


def _way(rounding: Rounding | None) -> str:
    if rounding is None or rounding.up_to is None:
        return "other" if rounding and (rounding.down_to or rounding.nearest) else "exact"
    return "up"


def _added(section: Sum, facts: Facts, sheet: Sheet) -> dict[str | None, Fraction]:
    added: dict[str | None, Fraction] = {}
    for addition in section.additions:
        if addition.when is not None and not addition.when.holds(facts):
            continue
        if not facts.given(addition.input) or not facts[addition.input]:
            continue
        value = facts[addition.input]
        if addition.reason is not None and not facts.given(addition.reason):
            said = {"what": addition.words, "name": addition.reason}
            sheet.refusals.append(reason_missing(addition.clause, **said))
        added[addition.part] = added.get(addition.part, ZERO) + value
        sheet.steps.append(Step("addition", {"what": addition.words}, value, addition.clause))
    return added


def _parts(
    sheet: Sheet, values: Mapping[str, Fraction], added: Mapping[str | None, Fraction]
) -> dict[str, Fraction | None]:
    parts: dict[str, Fraction | None] = {}
    for name, line in sheet.lines.items():
        if line.part is None or not line.counted:
            continue
        if name in sheet.not_entered:
            parts.setdefault(line.part, None)
        else:
            parts[line.part] = (parts.get(line.part) or ZERO) + values[name]
    for part, value in added.items():
        if part is not None:
            parts[part] = (parts.get(part) or ZERO) + value
    return parts


def _total(section: Sum, sheet: Sheet, values: Mapping[str, Fraction]) -> Fraction:
    counted = (values[name] for name, line in sheet.lines.items() if _in_total(section, line))
    return sum(counted, ZERO)


def _in_total(section: Sum, line: Line) -> bool:
    return line.counted and not line.carried and line.part not in section.apart


def _left_out(section: Sum, sheet: Sheet) -> list[Note]:
    """Return a warning for each line that the total lacks because nobody entered it yet."""
    return [
        Note("not_in_total", {"what": line.words}, line.clause)
        for name, line in sheet.lines.items()
        if name in sheet.not_entered and _in_total(section, line)
    ]


def _limited(section: Sum, total: Fraction, sheet: Sheet | None) -> Fraction:
    limited = total
    if section.floor is not None:
        limited = max(limited, section.floor)
    if section.cap is not None:
        limited = min(limited, section.cap)
    if sheet is not None and limited != total:
        sheet.steps.append(Step("limited", {"what": section.words}, limited, section.clause))
    return limited


def _check_shares(section: Sum, parts: Mapping[str, Fraction | None]) -> None:
    whole = sum((value or ZERO for value in parts.values()), ZERO)
    refusals = []
    for rule in section.least_shares:
        own = sum((parts.get(part) or ZERO for part in rule.parts), ZERO)
        if whole and own / whole < rule.at_least:
            said = {"what": rule.words, "share": own / whole, "at_least": rule.at_least}
            refusals.append(Refusal("share_too_small", rule.clause, said))
    if refusals:
        raise Refused(refusals)


def _listed(sheet: Sheet, values: Mapping[str, Fraction]) -> list[dict[str, object]]:
    return [
        {
            "id": name,
            "what": line.words,
            "value": None if line.at_cost or name in sheet.not_entered else values[name],
            "part": line.part,
            "every": line.every,
            "due_before": line.due_before,
            "carried": line.carried,
            "clause": line.clause,
        }
        for name, line in sheet.lines.items()
    ]

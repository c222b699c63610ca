"""Lines of a sum and rows of a sample in words."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from certbody.rulebooks.telling.conditions import Inputs, condition, named
from certbody.rulebooks.telling.figures import figure, percent, rounding
from certbody.rules.samples import Take
from certbody.rules.sums import Each, Entered, Line, Sum, Tiers
from certbody.web.language import in_words


def amount(line: Line, section: Sum) -> str:
    """Say what a line comes to; a lookup is a table of its own and says what it looks up."""
    inputs = _inputs_of(line, section)
    if line.fixed is not None:
        return figure(line.fixed)
    if line.lookup is not None:
        return _("by %(what)s") % {"what": named(line.lookup.of, inputs)}
    if line.cases is not None:
        return _("by case")
    if line.each is not None:
        return _each(line.each, inputs)
    if line.tiers is not None:
        return _tiers(line.tiers, inputs)
    if line.share is not None:
        said = {"part": percent(line.share.part), "whole": names(line.share.of, section)}
        return _("%(part)s of %(whole)s") % said
    if line.greatest is not None:
        return _("the greatest of: %(names)s") % {"names": names(line.greatest, section)}
    if line.least is not None:
        return _("the least of: %(names)s") % {"names": names(line.least, section)}
    if line.entered is not None:
        return _entered(line.entered)
    return _("at cost") if line.at_cost else _("left open by the rulebook")


def terms(line: Line, section: Sum) -> list[str]:
    """Say what else holds for a line: its condition, limits, rounding and dates."""
    return list(_terms(line, section))


def names(codes: tuple[str, ...], section: Sum) -> str:
    """Return lines or facts of a sum in words."""
    lines = {line.id: line for line in section.lines}
    said = (in_words(lines[c]) if c in lines else named(c, section.inputs) for c in codes)
    return _(", ").join(said)


def _inputs_of(line: Line, section: Sum) -> Inputs:
    members = section.inputs[line.per].items if line.per in section.inputs else {}
    return {**section.inputs, **members}


def _terms(line: Line, section: Sum) -> Iterator[str]:
    inputs = _inputs_of(line, section)
    if line.when is not None:
        yield _("if %(condition)s") % {"condition": condition(line.when, section.inputs)}
    if line.per is not None:
        yield _("worked out for each of: %(what)s") % {"what": named(line.per, section.inputs)}
    if line.each_when is not None:
        yield _("only where %(condition)s") % {"condition": condition(line.each_when, inputs)}
    if line.floor is not None:
        yield _("at least %(figure)s") % {"figure": figure(line.floor)}
    if line.cap is not None:
        yield _("at most %(figure)s") % {"figure": figure(line.cap)}
    if line.rounding is not None or line.share is not None:
        yield rounding(line.rounding)
    if line.entered is not None and line.entered.reason is not None:
        yield _("with a written reason")
    yield from _billing(line)


def _billing(line: Line) -> Iterator[str]:
    if not line.counted:
        yield _("not in the total")
    if line.every == "year":
        yield _("every year")
    if line.carried is not None:
        yield _("carried to the next bill")


def _each(each: Each, inputs: Inputs) -> str:
    rate = named(each.amount, inputs) if isinstance(each.amount, str) else figure(each.amount)
    said = {"amount": rate, "count": named(each.count, inputs), "first": figure(each.beyond)}
    if each.beyond:
        text = _("%(amount)s × %(count)s beyond the first %(first)s") % said
    else:
        text = f"{rate} × {said['count']}"
    if each.where is None:
        return text
    declared = inputs.get(each.count)
    inner = {**inputs, **(declared.items if declared else {})}
    return f"{text} ({condition(each.where, inner)})"


def _tiers(tiers: Tiers, inputs: Inputs) -> str:
    steps = [
        _("each of the first %(first)s: %(each)s")
        % {"first": figure(tier.first), "each": figure(tier.each)}
        if tier.first is not None
        else _("each further one: %(each)s") % {"each": figure(tier.each)}
        for tier in tiers.steps
    ]
    return f"{named(tiers.count, inputs)}: {_('; ').join(steps)}"


def _entered(entered: Entered) -> str:
    low, high = entered.at_least, entered.at_most
    if low is not None and high is not None:
        bounds = f"{figure(low)}–{figure(high)}"
        return _("entered by a person, %(bounds)s") % {"bounds": bounds}
    if low is not None:
        return _("entered by a person, %(bounds)s") % {"bounds": f"≥ {figure(low)}"}
    if high is not None:
        return _("entered by a person, %(bounds)s") % {"bounds": f"≤ {figure(high)}"}
    return _("entered by a person")


def formula(row: Take) -> str:
    """Write how many of x are drawn."""
    if row.open:
        return _("left open by the rulebook")
    if row.all:
        return _("all")
    if row.fixed is not None:
        return figure(row.fixed)
    if row.share is not None:
        inner = f"{percent(row.share)} × x"
    else:
        factor = row.root.factor if row.root else 1
        inner = "√x" if factor == 1 else f"{figure(factor)} × √x"
    if row.rounding is None:
        return inner
    if row.rounding.up_to:
        return f"⌈{inner}⌉"
    return f"⌊{inner}⌋" if row.rounding.down_to else f"[{inner}]"


def limits(row: Take) -> str:
    """Say the least and the most that a row draws."""
    said = []
    if row.at_least is not None:
        said.append(_("at least %(figure)s") % {"figure": figure(row.at_least)})
    if row.at_most is not None:
        said.append(_("at most %(figure)s") % {"figure": figure(row.at_most)})
    return _(", ").join(said)

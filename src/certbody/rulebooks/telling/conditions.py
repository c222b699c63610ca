"""Conditions in words: what the program tests, as a sentence a reader can check."""

from collections.abc import Callable, Mapping
from datetime import date
from fractions import Fraction

from django.utils.translation import gettext as _

from certbody.rulebooks.telling.figures import counted, figure, percent
from certbody.rules.conditions import Condition, Join, Members, SomeOf, Test
from certbody.rules.facts import Input
from certbody.rules.operators import FactName, Period
from certbody.web.language import in_words

Inputs = Mapping[str, Input]

_SIGNS = {"at_least": "≥", "over": ">", "at_most": "≤", "under": "<", "is": "="}


def condition(what: Condition | None, inputs: Inputs) -> str:
    """Say a condition; an empty text for none."""
    match what:
        case None:
            return ""
        case Test():
            return _test(what, inputs)
        case Members():
            return _members(what, inputs)
        case SomeOf():
            return _some_of(what, inputs)
        case Join():
            return _join(what, inputs)


def named(fact: str, inputs: Inputs) -> str:
    """Return a fact's name in words; its code where the rulebook declares none."""
    return in_words(inputs[fact]) if fact in inputs else fact


def _join(what: Join, inputs: Inputs) -> str:
    parts = [condition(part, inputs) for part in what.parts]
    if what.how == "not":
        return _("not (%(condition)s)") % {"condition": parts[0]}
    if what.how == "all":
        return _("; and ").join(parts)
    return _("; or ").join(parts)


def _members(what: Members, inputs: Inputs) -> str:
    inner = {**inputs, **(inputs[what.fact].items if what.fact in inputs else {})}
    said = {"what": named(what.fact, inputs), "condition": condition(what.condition, inner)}
    if what.counted:
        counted_by = {**said, "signs": _signs(what.counted, inputs)}
        if what.condition is None:
            return _("number of %(what)s %(signs)s") % counted_by
        return _("number of %(what)s with “%(condition)s” %(signs)s") % counted_by
    patterns = {
        "every": _("each of %(what)s: %(condition)s"),
        "some": _("at least one of %(what)s: %(condition)s"),
        "none": _("none of %(what)s: %(condition)s"),
    }
    return patterns[what.operator] % said


def _some_of(what: SomeOf, inputs: Inputs) -> str:
    parts = _("; ").join(condition(part, inputs) for part in what.parts)
    said = {"parts": parts, "signs": _signs(what.counted, inputs)}
    return _("how many of these hold %(signs)s: %(parts)s") % said


def _signs(tests: tuple[Test, ...], inputs: Inputs) -> str:
    return ", ".join(f"{_SIGNS[test.operator]} {_operand(test, inputs)}" for test in tests)


def _test(what: Test, inputs: Inputs) -> str:
    said = {"what": named(what.fact, inputs), "value": _operand(what, inputs)}
    if what.operator == "is" and isinstance(what.operand, bool):
        pattern = _("%(what)s: yes") if what.operand else _("%(what)s: no")
        return pattern % said
    if what.operator == "given":
        pattern = _("%(what)s is given") if what.operand else _("%(what)s is not given")
        return pattern % said
    if what.operator in _SIGNS:
        return f"{said['what']} {_SIGNS[what.operator]} {said['value']}"
    return _patterns()[what.operator] % said


def _patterns() -> dict[str, str]:
    return {
        "one_of": _("%(what)s is one of: %(value)s"),
        "none_of": _("%(what)s is none of: %(value)s"),
        "has": _("%(what)s includes %(value)s"),
        "not_before": _("%(what)s is not before %(value)s"),
        "not_after": _("%(what)s is not after %(value)s"),
        "standing": _("%(what)s lies at least %(value)s"),
        "within": _("%(what)s lies within %(value)s"),
        "same_as": _("%(what)s is the same as %(value)s"),
        "in_year_of": _("%(what)s lies in the calendar year of %(value)s"),
    }


def _operand(what: Test, inputs: Inputs) -> str:
    values = what.operand if isinstance(what.operand, tuple) else (what.operand,)
    return _(", ").join(_value(one, what.fact, inputs) for one in values)


def _value(value: object, fact: str, inputs: Inputs) -> str:
    declared = inputs.get(fact)
    match value:
        case FactName():
            name = named(value.name, inputs)
            return name if value.times == 1 else f"{percent(value.times)} × {name}"
        case Period():
            return _period(value, inputs)
        case bool():
            return _("yes") if value else _("no")
        case Fraction():
            return _number(value, declared)
        case date():
            return value.isoformat()
        case _:
            return _choice(str(value), declared)


def _choice(value: str, declared: Input | None) -> str:
    return in_words(declared.of[value]) if declared and value in declared.of else value


def _number(value: Fraction, declared: Input | None) -> str:
    write: Callable[[Fraction], str] = figure
    if declared is not None and declared.type == "ratio":
        write = percent
    return write(value)


def _period(period: Period, inputs: Inputs) -> str:
    lengths = (("years", period.years), ("months", period.months), ("days", period.days))
    said = " ".join(counted(unit, number) for unit, number in lengths if number)
    return _("%(length)s before %(day)s") % {"length": said, "day": named(period.before, inputs)}

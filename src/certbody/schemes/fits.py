"""Do conditions fit the facts they test? Found when a rulebook loads, not when it is asked.

A condition that names no input, compares a text by size, or waits for a choice that is
not on the list would hold never or stop in the middle of a case.
"""

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from fractions import Fraction

from certbody.rules.conditions import Condition, Join, Members, SomeOf, Test
from certbody.rules.facts import Input
from certbody.rules.numbers import number_from
from certbody.rules.operators import FactName, Period, facts_in
from certbody.rules.sums import Each, Line
from certbody.rules.terms import Shape
from certbody.schemes.yaml_files import Where

Scope = Mapping[str, Input]

_NUMBERS = {"count", "number", "ratio"}
_NEEDED = (
    (("at_least", "over", "at_most", "under"), _NUMBERS),
    (("standing", "within", "in_year_of"), {"date"}),
    (("not_before", "not_after"), {"date", "moment"}),
    (("has",), {"list"}),
)
_TYPES = {operator: types for operators, types in _NEEDED for operator in operators}


def misfits(section: Shape) -> Iterator[tuple[Where, str]]:
    """Give each place where a condition of the section does not fit its facts, in words."""
    scope = getattr(section, "inputs", None)
    if scope is not None:
        yield from _within(section, scope, ())


def _within(shape: object, scope: Scope, where: Where) -> Iterator[tuple[Where, str]]:
    if isinstance(shape, Shape):
        for name, field in type(shape).model_fields.items():
            inner = _scope(shape, name, scope)
            yield from _within(getattr(shape, name), inner, (*where, field.alias or name))
    elif isinstance(shape, Mapping):
        for key, value in shape.items():
            yield from _within(value, scope, (*where, str(key)))
    elif isinstance(shape, tuple):
        for number, value in enumerate(shape):
            yield from _within(value, scope, (*where, number))
    elif isinstance(shape, Condition):
        yield from ((where, message) for message in _misfits(shape, scope))


def _scope(shape: Shape, field: str, scope: Scope) -> Scope:
    """Return what a field may test: inside a list's members, their facts too."""
    if isinstance(shape, Line) and shape.per is not None and field != "when":
        return _members(shape.per, scope)
    if isinstance(shape, Each) and field == "where":
        return _members(shape.count, scope)
    return scope


def _members(name: str, scope: Scope) -> Scope:
    return {**scope, **scope[name].items} if name in scope else scope


def _misfits(condition: Condition, scope: Scope) -> Iterator[str]:
    match condition:
        case Join() | SomeOf():
            for part in condition.parts:
                yield from _misfits(part, scope)
        case Members():
            yield from _member_misfits(condition, scope)
        case Test():
            yield from _test_misfits(condition, scope)


def _member_misfits(condition: Members, scope: Scope) -> Iterator[str]:
    declared = scope.get(condition.fact)
    if declared is None:
        yield f"a condition tests '{condition.fact}', which is no input"
    elif declared.type != "list" or (condition.condition is not None and not declared.items):
        yield f"'{condition.operator}' needs a list with 'items', which '{condition.fact}' is not"
    elif condition.condition is not None:
        yield from _misfits(condition.condition, _members(condition.fact, scope))


def _test_misfits(test: Test, scope: Scope) -> Iterator[str]:
    declared = scope.get(test.fact)
    unknown = [name for name in (test.fact, *facts_in(test.operand)) if name not in scope]
    if unknown or declared is None:
        yield from (f"a condition tests '{name}', which is no input" for name in unknown)
        return
    allowed = _TYPES.get(test.operator)
    if allowed is not None and declared.type not in allowed:
        kinds = " or ".join(sorted(allowed))
        yield f"'{test.operator}' needs a {kinds}; '{test.fact}' is a {declared.type}"
    else:
        yield from _operand_misfits(test, declared, scope)


def _operand_misfits(test: Test, declared: Input, scope: Scope) -> Iterator[str]:
    match test.operand:
        case FactName(name) if not _comparable(declared, scope[name]):
            yield f"'{test.fact}' cannot be compared with '{name}', a {scope[name].type}"
        case Period(before=name) if scope[name].type != "date":
            yield f"'{test.operator}' counts up to a date; '{name}' is a {scope[name].type}"
        case FactName() | Period():
            return
        case _ if test.operator in {"is", "has", "one_of", "none_of"}:
            yield from _value_misfits(test, declared)


def _comparable(one: Input, other: Input) -> bool:
    return one.type == other.type or {one.type, other.type} <= _NUMBERS


def _value_misfits(test: Test, declared: Input) -> Iterator[str]:
    """Give each value that the fact can never take."""
    operand = test.operand
    values = operand if isinstance(operand, tuple) else (operand,)
    for value in values:
        if declared.of and value not in declared.of:
            allowed = ", ".join(declared.of)
            yield f"'{test.fact}' is never '{value}'; allowed: {allowed}"
        elif declared.type == "date" and isinstance(value, str):
            yield f"'{test.fact}' is a date, never '{value}', a text; write it without quotes"
        elif not _could_be(value, declared):
            yield f"'{test.fact}' is a {declared.type}, never {str(value).lower()}"


def _could_be(value: object, declared: Input) -> bool:
    """Tell whether a fact of this type could ever be the value."""
    if declared.type in _NUMBERS:
        return isinstance(value, Fraction) or (isinstance(value, str) and _is_number(value))
    return isinstance(value, _READ_AS.get(declared.type, str))


_READ_AS: Mapping[str, type] = {"yes_no": bool, "date": date, "moment": datetime}


def _is_number(text: str) -> bool:
    try:
        number_from(text)
    except ValueError:
        return False
    return True

"""Faults of a request's shape, as pydantic finds them, in codes and sentences of our own.

Pydantic's own messages are English and speak of types; these name the place and what belongs there.
"""

from collections.abc import Mapping
from typing import Any

from certbody.rules.terms import Problem

# The kinds of pydantic's errors. Source: pydantic_core.core_schema.ErrorType, from version 2.
# Several kinds begin alike: "int_type", "int_parsing", "int_parsing_size", "int_from_float".
_BEGINNINGS = (
    ("missing", "missing_input"),
    ("int_", "must_be_whole"),
    ("bool_", "must_be_yes_no"),
    ("datetime_", "must_be_moment"),
    ("date_", "must_be_date"),
    ("decimal_", "must_be_number"),
    ("string_type", "not_a_text"),
    ("string_unicode", "not_a_text"),
    ("list_", "not_a_list"),
    ("dict_", "not_an_object"),
    ("model_", "not_an_object"),
    ("mapping_", "not_an_object"),
    ("enum", "must_be_one_of"),
    ("literal_error", "must_be_one_of"),
    ("string_too_long", "above_length"),
    ("string_too_short", "below_length"),
    ("too_long", "above_entries"),
    ("too_short", "below_entries"),
    ("greater_than_equal", "below_bound"),
    ("less_than_equal", "above_bound"),
    ("extra_forbidden", "not_asked_for"),
)
_BOUNDS = ("ge", "le", "max_length", "min_length")
_WHOLE = "body"  # a fault of all that was sent has the place of all that was sent
_ARGUMENTS = {"body"}  # here a place begins with the name of the operation's own argument


def problem_of(fault: Mapping[str, Any]) -> Problem:
    """Return a fault of the shape with its place and its code.

    ``fault`` is one of pydantic's: ``type``, ``loc``, ``ctx``.
    """
    where, kind = _place(fault["loc"]), str(fault["type"])
    code = next((code for begins, code in _BEGINNINGS if kind.startswith(begins)), "wrong_shape")
    context = fault.get("ctx") or {}
    facts = {
        "name": where,
        "what": where,
        "allowed": str(context.get("expected", "")).replace(" or ", ", "),
        "bound": next((context[name] for name in _BOUNDS if name in context), ""),
    }
    return Problem(where, code, facts)


def _place(parts: tuple[str | int, ...]) -> str:
    """Return the place as people name it: ``rows.2.name``, without what ninja puts before it."""
    inner = parts[2:] if parts[0] in _ARGUMENTS else parts[1:]
    return ".".join(str(part) for part in inner) or _WHOLE

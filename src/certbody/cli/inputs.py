"""What people give the command: JSON files, NAME=VALUE pairs, dates."""

import json
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import click

from certbody.rules.facts import Facts, Input, read_fact
from certbody.rules.terms import BadInput, Problem

BYTES_AT_MOST = 20_000_000
_DAY = Input(zh="日期", en="day", type="date")


def read_json(name: str) -> dict[str, Any]:
    """Return the object in a JSON file ("-" is standard input); numbers stay exact."""
    text = _text(name)
    try:
        content = json.loads(
            text,
            object_pairs_hook=_no_key_twice,
            parse_float=Decimal,
            parse_constant=_no_constant,
        )
    except json.JSONDecodeError as error:
        raise _bad(name, f"line {error.lineno}, column {error.colno}: {error.msg}") from error
    except RecursionError as error:
        raise _bad(name, "nested too deeply") from error
    except ValueError as error:
        raise _bad(name, str(error)) from error
    if not isinstance(content, dict):
        raise _bad(name, "the file must hold one JSON object")
    return content


def _text(name: str) -> str:
    try:
        if name == "-":
            raw = sys.stdin.buffer.read(BYTES_AT_MOST + 1)
        else:
            with Path(name).open("rb") as file:
                raw = file.read(BYTES_AT_MOST + 1)
        if len(raw) > BYTES_AT_MOST:
            raise _bad(name, f"larger than {BYTES_AT_MOST} bytes")
        return raw.decode("utf-8-sig")
    except OSError as error:
        raise _bad(name, error.strerror or str(error)) from error
    except UnicodeDecodeError as error:
        raise _bad(name, "not UTF-8 text") from error


def _no_key_twice(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        times = Counter(key for key, _ in pairs)
        doubled = sorted(key for key, number in times.items() if number > 1)
        raise ValueError(f"the key {', '.join(doubled)} stands twice")
    return found


def _no_constant(name: str) -> None:
    raise ValueError(f"{name} is not a number")


def _bad(name: str, message: str) -> BadInput:
    return BadInput([Problem(name, "bad_file", {"name": name, "message": message})])


def option(*names: str, **how: Any) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Give a command an option that may stand once; nobody knows which of two was meant."""
    return click.option(*names, multiple=True, callback=_only_one, **how)


def _only_one(_: click.Context, asked: click.Parameter, given: tuple[str, ...]) -> str | None:
    if len(given) > 1:
        raise click.UsageError(f"'{asked.opts[0]}' is given twice")
    return next(iter(given), None)


def pairs(given: Iterable[str]) -> dict[str, Any]:
    """Read ``NAME=VALUE`` pairs; a value that starts with [ or { is JSON."""
    named: dict[str, Any] = {}
    for text in given:
        name, equals, value = text.partition("=")
        if not equals or not name:
            raise click.UsageError(f"'{text}' is not NAME=VALUE")
        if name in named:
            raise click.UsageError(f"'{name}' is given twice")
        named[name] = _value(name, value)
    return named


def joined(given: Mapping[str, Any], more: Mapping[str, Any]) -> dict[str, Any]:
    """Return all facts; none may be given twice, since nobody knows which one was meant."""
    for name in more:
        if name in given:
            raise click.UsageError(f"'{name}' is given twice")
    return {**given, **more}


def day_of(name: str, text: str) -> date:
    """Read a date as rulebooks do."""
    day: date = read_fact(_DAY, text, name, Facts({}, {}))
    return day


def dated(given: Iterable[str]) -> dict[str, list[str]]:
    """Read ``NAME=DATE`` pairs; the same event may happen more than once."""
    days: dict[str, list[str]] = {}
    for text in given:
        ((name, day),) = pairs([text]).items()
        days.setdefault(name, []).append(str(day))
    return days


def _value(name: str, text: str) -> object:
    if text[:1] not in ("[", "{"):
        return text
    try:
        value: object = json.loads(text, object_pairs_hook=_no_key_twice, parse_float=Decimal)
    except (ValueError, RecursionError) as error:
        raise _bad(name, f"not JSON: {error}") from error
    return value


def given_only(facts: Mapping[str, Any]) -> dict[str, Any]:
    """Return the facts that were given."""
    return {name: value for name, value in facts.items() if value not in (None, ())}


def percent(text: str | None) -> str | None:
    """Read the number of a percentage: ``30`` and ``30%`` are the same."""
    return text if text is None or text.strip().endswith("%") else f"{text.strip()}%"

"""What the command prints: one JSON object or list, or text for people; and its exit code.

Exit codes: 0 an answer, 2 bad usage or input, 3 refused by the rulebook. With ``--json``
stdout holds exactly one JSON value in each of the three cases.
"""

import json
import os
import sys
from collections.abc import Callable, Mapping, Sequence
from functools import wraps
from io import TextIOWrapper
from itertools import pairwise
from typing import Any, NoReturn, ParamSpec, TypeVar

import click

from certbody.rules.terms import BadInput, Refused
from certbody.schemes.faults import Faults
from certbody.words import LANGUAGES, Language
from certbody.words.rendering import plain_problem, plain_refusal, sentence

BAD_INPUT, REFUSED = 2, 3
P = ParamSpec("P")
R = TypeVar("R")


def default_language() -> Language:
    """Return the language of ``CERTBODY_LANG``, or Chinese."""
    return "en" if os.environ.get("CERTBODY_LANG", "").startswith("en") else "zh"


def asked_language() -> Language:
    """Return the language asked for on the command line, however far it was understood."""
    words = [*sys.argv, ""]
    asked = [after for word, after in pairwise(words) if word == "--lang"]
    asked += [word.removeprefix("--lang=") for word in words if word.startswith("--lang=")]
    return next((one for one in LANGUAGES if one in asked), default_language())


def ready(*, as_json: bool) -> None:
    """Let no letter stop the output: JSON is UTF-8, and what a terminal lacks is escaped."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            encoding = "utf-8" if as_json else stream.encoding
            stream.reconfigure(encoding=encoding, errors="backslashreplace")


def spoken(command: Callable[P, R]) -> Callable[P, R]:
    """Give a command the options every command has: ``--json`` and ``--lang``."""

    @click.option("--json", "as_json", is_flag=True, help="Print exactly one JSON value.")
    @click.option(
        "--lang",
        type=click.Choice(LANGUAGES),
        default=default_language,
        help="Language of texts; CERTBODY_LANG sets it for good.",
    )
    @wraps(command)
    def with_options(*args: P.args, **kwargs: P.kwargs) -> R:
        return command(*args, **kwargs)

    return with_options


def emit(payload: Mapping[str, Any] | Sequence[Any], text: str, *, as_json: bool) -> None:
    """Print the payload as JSON, or the text."""
    click.echo(_json(payload) if as_json else text)


def _json(payload: Mapping[str, Any] | Sequence[Any]) -> str:
    return json.dumps(payload, ensure_ascii=False, indent=2)


def fail(
    error: Exception,
    *,
    as_json: bool,
    lang: Language,
    scheme: str | None = None,
    edition: str | None = None,
) -> NoReturn:
    """Print why there is no answer, and leave with 2 or 3."""
    refusals = reasons(error, lang)
    payload = {
        "scheme": scheme,
        "edition": edition,
        "value": None,
        "unit": None,
        "steps": [],
        "refusals": refusals,
        "warnings": [],
    }
    if as_json or sys.argv[-1:] == ["--json"]:  # taken for the value of an option before it
        click.echo(_json(payload))
    else:
        click.echo("\n".join(_line(one) for one in refusals), err=True)
    sys.exit(REFUSED if isinstance(error, Refused) else BAD_INPUT)


def reasons(error: Exception, lang: Language) -> list[dict[str, object]]:
    """Return every reason an error carries, as code, clause and message."""
    match error:
        case Refused():
            return [plain_refusal(refusal, lang) for refusal in error.refusals]
        case BadInput():
            return [plain_problem(problem, lang) for problem in error.problems]
        case Faults():
            return [
                _reason("bad_scheme", {"name": fault.place, "message": fault.message}, lang)
                for fault in error.faults
            ]
        case OSError():
            name = str(error.filename or "")
            return [_reason("bad_file", {"name": name, "message": error.strerror}, lang)]
        case click.UsageError():
            return [_reason("bad_usage", {"message": error.format_message()}, lang)]
        case click.ClickException():
            return [_reason("cannot", {"message": error.format_message()}, lang)]
        case _:
            raise error


def _reason(code: str, facts: Mapping[str, object], lang: Language) -> dict[str, object]:
    return {"code": code, "clause": None, "message": sentence(code, facts, lang)}


def _line(reason: Mapping[str, object]) -> str:
    clause = f"  [{reason['clause']}]" if reason["clause"] else ""
    return f"✕ {reason['message']}{clause}"

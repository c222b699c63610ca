"""Turning answers into plain data in one language: the same for screen, paper, API and JSON."""

import json
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from fractions import Fraction
from functools import cache
from importlib.resources import files
from string import Formatter
from typing import Any

import yaml

from certbody.rules.numbers import in_figures
from certbody.rules.terms import Answer, Clause, Note, Problem, Refusal, Step, Words
from certbody.words.labels import label
from certbody.words.speech import Language

Plain = Any  # None, bool, str, or lists and mappings of these
HUNDRED = 100
REPEATED_AT_MOST = 200  # letters of what somebody gave that a sentence repeats


_packages = ["certbody.words"]


def add_sentences(package: str) -> None:
    """Add the sentences of an app: what its refusals and problems say, beside its code."""
    if package not in _packages:
        _packages.append(package)
        sentences.cache_clear()


@cache
def sentences() -> Mapping[str, Mapping[str, str]]:
    """Return every sentence by code and language; a code that two apps explain is a fault."""
    found: dict[str, Mapping[str, str]] = {}
    for package in _packages:
        text = files(package).joinpath("sentences.yaml").read_text(encoding="utf-8")
        own: Mapping[str, Mapping[str, str]] = yaml.load(text, Loader=yaml.CSafeLoader)
        doubled = found.keys() & own.keys()
        if doubled:
            raise ValueError(f"{package} explains again: {', '.join(sorted(doubled))}")
        found |= own
    return found


def said(value: object, language: Language) -> str:
    """Write one fact as people read it: figures, dates, words, lists."""
    match value:
        case None:
            return "—"
        case Words():
            return value.zh if language == "zh" else value.en
        case bool():
            return {"zh": ("否", "是"), "en": ("no", "yes")}[language][value]
        case Fraction():
            return in_figures(value)
        case date() | datetime():
            return value.isoformat()
        case str():
            return value
        case list() | tuple():
            return ("、" if language == "zh" else ", ").join(said(v, language) for v in value)
        case dict():
            return json.dumps(value, ensure_ascii=False, default=str)
        case _:
            return str(value)


class _Teller(Formatter):
    """Formats facts; ``{share:%}`` writes a fraction as a percentage."""

    def __init__(self, language: Language) -> None:
        self.language = language

    def format_field(self, value: object, format_spec: str) -> str:
        if format_spec == "%" and isinstance(value, Fraction):
            return f"{in_figures(value * HUNDRED)} %"
        return said(value, self.language)


def sentence(code: str, facts: Mapping[str, object], language: Language) -> str:
    """Return the sentence of a code with its facts filled in."""
    known = sentences().get(code)
    if known is None and code.startswith("unit:"):
        return code.removeprefix("unit:")  # a unit of a rulebook's own is its own word
    pattern = sentences()[code][language]
    return _Teller(language).vformat(pattern, (), _worded(facts, language))


def _worded(facts: Mapping[str, object], language: Language) -> dict[str, object]:
    """Put in words what a fact holds as a code, such as a state; keep what was given short."""
    worded = {key: _brief(key, value) for key, value in facts.items()}
    state = facts.get("state")
    if isinstance(state, str):
        worded["state"] = label("lifecycle", state, language)
    calendar = facts.get("calendar")
    if isinstance(calendar, str) and calendar in sentences():
        worded["calendar"] = sentences()[calendar][language]
    return worded


def _brief(key: str, value: object) -> object:
    if key == "value" and isinstance(value, str) and len(value) > REPEATED_AT_MOST:
        return f"{value[:REPEATED_AT_MOST]}…"
    return value


def step_text(step: Step, language: Language) -> str:
    """Return a step as a sentence."""
    code = f"{step.code}_ratio" if step.facts.get("ratio") else step.code
    return sentence(code, step.facts, language)


def refusal_text(refusal: Refusal, language: Language) -> str:
    """Return a refusal as a sentence; a requirement of the rulebook speaks for itself."""
    if "requirement" in refusal.facts:
        return sentence("requirement_refused", refusal.facts, language)
    return sentence(refusal.code, refusal.facts, language)


def plain_refusal(refusal: Refusal, language: Language) -> dict[str, object]:
    """Return a refusal as code, clause and message."""
    return {
        "code": refusal.code,
        "clause": _clause(refusal.clause),
        "message": refusal_text(refusal, language),
    }


def plain_problem(problem: Problem, language: Language) -> dict[str, object]:
    """Return a fault of a question as code, place and message."""
    return {
        "code": problem.code,
        "clause": None,
        "where": problem.where,
        "message": sentence(problem.code, _named(problem.facts, language), language),
    }


def _named(facts: Mapping[str, object], language: Language) -> Mapping[str, object]:
    """Put the words of a fact before its name, where both are known."""
    what, name = facts.get("what"), facts.get("name")
    if not isinstance(what, Words) or name is None:
        return facts
    inner = f"（{name}）" if language == "zh" else f" ({name})"
    return {**facts, "name": f"{said(what, language)}{inner}"}


def plain_note(note: Note, language: Language) -> dict[str, object]:
    """Return a note as code, clause and message."""
    return {
        "code": note.code,
        "clause": _clause(note.clause),
        "message": sentence(note.code, note.facts, language),
    }


def plain(answer: Answer, language: Language) -> dict[str, Any]:
    """Return an answer as plain data: strings, lists and mappings only."""
    return {
        "value": _plain(answer.value, language),
        "unit": answer.unit,
        "steps": [_plain_step(step, language) for step in answer.steps],
        "refusals": [],
        "warnings": [plain_note(note, language) for note in answer.warnings],
        **{key: _plain(value, language) for key, value in answer.more.items()},
    }


def _plain_step(step: Step, language: Language) -> dict[str, object]:
    return {
        "text": step_text(step, language),
        "value": _plain(step.value, language),
        "clause": _clause(step.clause),
    }


def _clause(clause: Clause | None) -> str | None:
    return None if clause is None else str(clause)


def _plain(value: object, language: Language) -> Plain:
    match value:
        case None | bool():
            return value
        case Step():
            return _plain_step(value, language)
        case Refusal():
            return plain_refusal(value, language)
        case int():
            return str(value)
        case Clause():
            return str(value)
        case Mapping():
            return _plain_mapping(value, language)
        case str():
            return value
        case Sequence():
            return [_plain(one, language) for one in value]
        case _:
            return said(value, language)


def _plain_mapping(value: Mapping[str, object], language: Language) -> dict[str, Any]:
    shown = {key: _plain(one, language) for key, one in value.items() if key != "ratio"}
    if "code" in value and str(value["code"]).startswith("missed_"):
        code = f"{value['code']}{'_ratio' if value.get('ratio') else ''}"
        shown["message"] = sentence(code, value, language)
    return shown

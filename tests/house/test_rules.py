"""House rules for the code that reads and applies rulebooks: pure, exact, of no scheme."""

from collections.abc import Iterator
from typing import Any

import yaml

from tests.house.checkout import at, refuse, text_of, under
from tests.house.finders import clock_calls, floats, imports_beyond, named

RULES = "src/certbody/rules"
SCHEMES = "src/certbody/schemes"
WORDS = "src/certbody/words"

# Known without reading any rulebook; the rest comes from the rulebooks themselves.
NAMES = ("ecpsc", "ccai", "ZHDH", "27922", "CCAI-CS")


def test_rules_name_no_scheme():
    names = sorted({*NAMES, *names_in_rulebooks()})
    refuse(
        (
            at(path, line, what)
            for path in under(RULES, SCHEMES)
            for line, what in named(text_of(path), names)
        ),
        "A scheme, its body and its standard are named in schemes/ only: code that knows one of "
        "them holds for that one, and a third scheme would need Python.",
    )


def names_in_rulebooks() -> Iterator[str]:
    """Codes, owners and documents as scheme.yaml and edition.yaml name them."""
    for path in under("schemes", suffix=".yaml"):
        if path.name in {"scheme.yaml", "edition.yaml"}:
            data = yaml.safe_load(text_of(path)) or {}
            for found in (data.get("code"), data.get("owner"), documents(data.get("documents"))):
                yield from filter(tells, strings(found))


def documents(data: Any) -> list[Any]:
    """The ids of documents, whether they are keys or stand in a list."""
    if isinstance(data, list):
        return [entry.get("id") if isinstance(entry, dict) else entry for entry in data]
    return list(data or ())


def strings(data: Any) -> Iterator[str]:
    """All text below a value: a name may be given by language."""
    if isinstance(data, str):
        yield data
    elif isinstance(data, dict):
        yield from (text for value in data.values() for text in strings(value))
    elif isinstance(data, list):
        yield from (text for value in data for text in strings(value))


def tells(name: str) -> bool:
    """Say whether a name points at one scheme; a year such as 2021 does not."""
    return any(letter.isalpha() for letter in name)


def test_rules_know_no_float():
    refuse(
        (
            at(path, line, what)
            for path in under(RULES, suffix=".py")
            for line, what in floats(text_of(path))
        ),
        "Rules compute exactly, with int, Fraction and Decimal: with floats 84.9 % of something "
        "may be 84.89999 %, and a certificate hangs on it.",
    )


def test_rules_ask_no_clock():
    refuse(
        (
            at(path, line, what)
            for path in under(RULES, suffix=".py")
            for line, what in clock_calls(text_of(path))
        ),
        "A rule is told which day it is: only so can a decision be recomputed years later.",
    )


def test_words_know_only_terms():
    allowed = ("yaml", "certbody.words", "certbody.rules.terms", "certbody.rules.numbers")
    refuse(
        (
            at(path, line, what)
            for path in under(WORDS, suffix=".py")
            for line, what in imports_beyond(text_of(path), allowed)
        ),
        "Sentences are made from codes and facts alone: certbody.words imports rules.terms, "
        "rules.numbers, yaml and the standard library, nothing else (import-linter has no "
        "allow-list).",
    )

"""Facts for a rulebook's questions: what the program knows, and what is left to be asked.

A rulebook names facts. Those of the vocabulary (docs/case-vocabulary.md) the program fills in; all
others are asked of a person. No scheme is known by name here.
"""

from collections.abc import Mapping
from typing import Any

from certbody.rules.facts import Facts, Input, flat
from certbody.rules.terms import BadInput

Given = dict[str, Any]


def known_for(inputs: Mapping[str, Input], facts: Mapping[str, Any]) -> Given:
    """Return the known facts among these inputs, lists cut to the columns they declare."""
    return {name: fitted(inputs[name], facts[name]) for name in inputs if name in facts}


def asked_of(inputs: Mapping[str, Input], facts: Mapping[str, Any]) -> dict[str, Input]:
    """Return the inputs that somebody has to answer."""
    return {name: one for name, one in inputs.items() if name not in facts}


def refuse_unreadable(inputs: Mapping[str, Input], given: Mapping[str, object]) -> None:
    """Raise ``BadInput`` with every answer that cannot be read as its input declares."""
    problems = Facts(inputs, flat(given)).problems()
    if problems:
        raise BadInput(problems)


def fitted(declared: Input, fact: object) -> object:
    """Cut the rows of a list to the columns that the rulebook declares.

    Where the list has no column ``held``, what is not held is no member of it.
    """
    if not declared.items or not isinstance(fact, list):
        return fact
    rows = fact if "held" in declared.items else [row for row in fact if row.get("held", True)]
    return [
        {name: row[name] for name in declared.items if row.get(name) is not None} for row in rows
    ]

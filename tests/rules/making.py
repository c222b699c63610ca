"""Small parts of rulebooks for tests: words and clauses filled in, the rest as data writes it."""

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

import pytest

from certbody.rules.facts import Facts, Input
from certbody.rules.terms import Answer, BadInput, Refused


def cited(**more: Any) -> dict[str, Any]:
    """A row that only names its clause."""
    return {"clause": "1", **more}


def said(**more: Any) -> dict[str, Any]:
    """A section or a row: words, a clause, and what the test is about."""
    return {"clause": "1", "zh": "某项", "en": "something", **more}


def row(name: str, **more: Any) -> dict[str, Any]:
    """A row with an id."""
    return said(id=name, **more)


def declared(**types: str | dict[str, Any]) -> dict[str, dict[str, Any]]:
    """Inputs by name: a type alone, or a type with its bounds."""
    return {
        name: {"zh": f"{name}的名称", "en": f"the {name}"}
        | ({"type": one} if isinstance(one, str) else one)
        for name, one in types.items()
    }


def facts(given: Mapping[str, object], **types: str | dict[str, Any]) -> Facts:
    """Facts of these types."""
    inputs = {name: Input.model_validate(one) for name, one in declared(**types).items()}
    return Facts(inputs, given)


def refused(call: Any, *args: Any, **kwargs: Any) -> list[str]:
    """The codes of every reason against what was asked."""
    with pytest.raises(Refused) as caught:
        call(*args, **kwargs)
    return [refusal.code for refusal in caught.value.refusals]


def faults(call: Any, *args: Any, **kwargs: Any) -> list[tuple[str, str]]:
    """Where a question is at fault, and how."""
    with pytest.raises(BadInput) as caught:
        call(*args, **kwargs)
    return [(problem.where, problem.code) for problem in caught.value.problems]


def figure(answer: Answer) -> Fraction:
    """The value of an answer that is a number."""
    assert isinstance(answer.value, Fraction)
    return answer.value


def notes(answer: Answer) -> list[str]:
    """The codes of what an answer warns of."""
    return [note.code for note in answer.warnings]

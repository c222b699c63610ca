"""What a person is asked when a part begins or ends: the rulebook's questions the program can't."""

from collections.abc import Iterable, Mapping
from typing import Any

from certbody.cases.facts import asked_of
from certbody.cases.models import Case
from certbody.evaluation import rulebook
from certbody.rules.facts import Input

_KINDS = ("requirements", "choices")


def questions(
    case: Case, names: Iterable[str | None], known: Mapping[str, Any]
) -> dict[str, Input]:
    """Return the inputs of these sections that nothing known answers; a reason has its field."""
    inputs: dict[str, Input] = {}
    for name in names:
        for kind in _KINDS:
            section = rulebook.section(case, kind, name)
            inputs |= section.inputs if section is not None else {}
    return {name: one for name, one in asked_of(inputs, known).items() if name != "reason"}

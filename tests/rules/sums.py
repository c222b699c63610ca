"""A sum for tests: short to write, complete as data."""

from typing import Any

from certbody.rules.sums import Sum
from certbody.rules.terms import Answer
from certbody.rules.working import work_out
from tests.rules.making import declared, facts, row, said

BANDS = [
    {"clause": "a", "from": 1, "to": 65, "value": 2},
    {"clause": "b", "from": 66, "to": 150, "value": 3},
]
FACTS: dict[str, Any] = {
    "people": {"type": "count", "at_least": 1},
    "sites": {"type": "count", "at_least": 1},
    "earlier": {"type": "number", "at_least": 0},
    "days": {"type": "number"},
    "extra": {"type": "number", "at_least": 0},
    "cut": "ratio",
    "deep": "ratio",
    "reason": "text",
    "combined": "yes_no",
    "places": {"type": "list", "items": declared(people="count", far="yes_no")},
}
REDUCTION = row("cut", of=["base"], input="cut", at_most="30%", reason="reason")


def line(name: str = "base", **more: Any) -> dict[str, Any]:
    return row(name, part=more.pop("part", "on_site"), **more)


def made(*lines: dict[str, Any], **more: Any) -> Sum:
    stated = {"unit": "man-day", "inputs": declared(**FACTS), "lines": list(lines)}
    return Sum.model_validate(said(**stated) | more)


def worked(section: Sum, **given: Any) -> Answer:
    return work_out(section, facts(given, **FACTS))

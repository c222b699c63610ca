"""Checklists: what must be there, what may be left out and when.

Used for application documents, review questions, contents of reports, contracts and
certificates, and what a surveillance looks at.

Units      none; the answer's value is the number of items missing
Errors     ``BadInput`` for an item that the list does not have
Source     ISO/IEC 17065:2012, 7.2, 7.3, 7.7.1 (lists of required information)
"""

from collections.abc import Mapping
from fractions import Fraction
from typing import Literal

from certbody.rules.conditions import When
from certbody.rules.facts import Facts, Inputs
from certbody.rules.terms import Answer, BadInput, Problem, Refusal, Row, Section, Step

PRESENT, LEFT_OUT = "present", "not_applicable"


class Item(Row):
    """One item of a list."""

    label: str = ""
    group: str = ""
    when: When | None = None
    may_be_left_out: Literal["never", "with_reason", "freely"] = "never"
    left_out_when: When | None = None


class Checklist(Section):
    """A closed list of items."""

    inputs: Inputs = {}
    items: tuple[Item, ...]


def missing_of(section: Checklist, given: Mapping[str, object], facts: Facts) -> Answer:
    """Return how many items are missing, and which, for what is present or left out."""
    present, reasons = _names(given, PRESENT), _reasons(given)
    known = {item.id: item for item in section.items}
    for where, names in ((PRESENT, present), (LEFT_OUT, list(reasons))):
        unknown = [name for name in names if name not in known]
        if unknown:
            said = {"name": where, "value": ", ".join(unknown), "allowed": list(known)}
            raise BadInput([Problem(where, "not_a_choice", said)])
    needed = [i for i in section.items if i.when is None or i.when.holds(facts)]
    missing, refusals = [], []
    for item in needed:
        if item.id in present:
            continue
        fault = _not_to_be_left_out(item, reasons, facts)
        if fault is not None:
            missing.append(item)
            refusals.append(fault)
    steps = [Step("missing_item", {"what": item.words}, None, item.clause) for item in missing]
    more = {
        "required": [item.id for item in needed],
        "missing": [item.id for item in missing],
        "refusals": refusals,
    }
    return Answer(Fraction(len(missing)), "item", steps, (), more)


def _names(given: Mapping[str, object], where: str) -> list[str]:
    raw = given.get(where)
    if raw is None:
        return []
    if not isinstance(raw, list | tuple):
        raise BadInput([Problem(where, "not_a_list", {"name": where, "value": raw})])
    return [str(name) for name in raw]


def _reasons(given: Mapping[str, object]) -> Mapping[str, object]:
    """Return the reason for each item left out; those of a plain list give none."""
    raw = given.get(LEFT_OUT)
    return raw if isinstance(raw, Mapping) else dict.fromkeys(_names(given, LEFT_OUT), "")


def _not_to_be_left_out(item: Item, reasons: Mapping[str, object], facts: Facts) -> Refusal | None:
    """Return why a missing item counts as missing; None if it may be left out as it was."""
    if item.may_be_left_out == "freely":
        return None
    if item.id not in reasons or item.may_be_left_out == "never":
        return Refusal("item_missing", item.clause, {"what": item.words})
    if not str(reasons[item.id] or "").strip():
        return Refusal("reason_missing", item.clause, {"what": item.words, "name": item.id})
    if item.left_out_when is not None and not item.left_out_when.holds(facts):
        return Refusal("may_not_be_left_out", item.clause, {"what": item.words})
    return None

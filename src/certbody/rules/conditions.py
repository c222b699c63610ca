"""Conditions over facts: the closed vocabulary of "when" and "require".

A condition is a mapping. ``{people: {at_least: 100}}`` tests a fact; several facts in
one mapping must all hold; ``all``, ``any``, ``not`` and ``some_of`` combine. There is no
other way to write one: no code, no formula.

Units      a number is compared in the unit of its fact
Errors     ``ValueError`` for a word that is not in the vocabulary (a fault of the
           rulebook's data); ``BadInput`` for a fact that is missing
Source     ISO/IEC 17065:2012, 7.1.3 (requirements are specific and can be checked)
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Any

from pydantic import BeforeValidator

from certbody.rules.facts import Facts, Inputs, gathered
from certbody.rules.operators import (
    COMPARISONS,
    LIST_OPERATORS,
    OPERATORS,
    facts_in,
    operand_from,
)
from certbody.rules.terms import Answer, BadInput, Flag, Note, Refusal, Refused, Row, Section, Step


@dataclass(frozen=True, slots=True)
class Test:
    """One fact compared with one operand."""

    fact: str
    operator: str
    operand: Any

    def holds(self, facts: Facts) -> bool:
        """Tell whether the fact passes."""
        if self.operator == "given":
            return facts.given(self.fact) is self.operand
        return bool(OPERATORS[self.operator](facts[self.fact], self.operand, facts))

    def facts_named(self) -> Iterator[str]:
        """Give the name of each fact the test reads."""
        yield self.fact
        yield from facts_in(self.operand)


@dataclass(frozen=True, slots=True)
class Members:
    """How many members of a list meet a condition: every, some, none, or a count."""

    fact: str
    operator: str
    condition: "Condition | None" = None
    counted: tuple[Test, ...] = ()

    def holds(self, facts: Facts) -> bool:
        """Tell whether the list passes."""
        members = facts[self.fact]
        met = [self.condition is None or self.condition.holds(member) for member in members]
        if self.counted:
            return _counts(sum(met), self.counted, facts)
        return {"every": all(met), "some": any(met), "none": not any(met)}[self.operator]

    def facts_named(self) -> Iterator[str]:
        """Give the name of the list and of what its count is compared with."""
        yield self.fact
        yield from (name for test in self.counted for name in facts_in(test.operand))


@dataclass(frozen=True, slots=True)
class SomeOf:
    """So many of several conditions: at least five of these eight."""

    parts: tuple["Condition", ...]
    counted: tuple[Test, ...]

    def holds(self, facts: Facts) -> bool:
        """Tell whether as many conditions hold as are asked for."""
        return _counts(sum([part.holds(facts) for part in self.parts]), self.counted, facts)

    def facts_named(self) -> Iterator[str]:
        """Give the name of each fact the parts and the count read."""
        for part in self.parts:
            yield from part.facts_named()
        yield from (name for test in self.counted for name in facts_in(test.operand))


def _counts(number: int, tests: Sequence[Test], facts: Facts) -> bool:
    return all(OPERATORS[t.operator](number, t.operand, facts) for t in tests)


@dataclass(frozen=True, slots=True)
class Join:
    """Several conditions, joined by all, any or not."""

    how: str
    parts: tuple["Condition", ...]

    def holds(self, facts: Facts) -> bool:
        """Tell whether the joined conditions hold."""
        if self.how == "all":
            return all(part.holds(facts) for part in self.parts)
        if self.how == "any":
            return any(part.holds(facts) for part in self.parts)
        return not self.parts[0].holds(facts)

    def facts_named(self) -> Iterator[str]:
        """Give the name of each fact the parts read."""
        for part in self.parts:
            yield from part.facts_named()


Condition = Test | Members | SomeOf | Join


def condition_from(raw: object) -> Condition:
    """Read a condition from a rulebook's data."""
    if isinstance(raw, Test | Members | SomeOf | Join):
        return raw
    if not isinstance(raw, Mapping) or not raw:
        raise ValueError("a condition is a mapping such as {people: {at_least: 100}}")
    parts = tuple(_part(str(name), what) for name, what in raw.items())
    return parts[0] if len(parts) == 1 else Join("all", parts)


def _part(name: str, what: object) -> Condition:
    if name in {"all", "any"}:
        if not isinstance(what, Sequence) or isinstance(what, str) or not what:
            raise ValueError(f"'{name}' takes a list of conditions")
        return Join(name, tuple(condition_from(one) for one in what))
    if name == "not":
        return Join("not", (condition_from(what),))
    if name == "some_of":
        return _some_of(what)
    if not isinstance(what, Mapping):
        return Test(name, "one_of" if isinstance(what, list) else "is", operand_from("is", what))
    tests = tuple(_test(name, operator, operand) for operator, operand in what.items())
    return tests[0] if len(tests) == 1 else Join("all", tests)


def _test(fact: str, operator: str, operand: object) -> Condition:
    if operator in LIST_OPERATORS:
        return Members(fact, operator, condition_from(operand))
    if operator == "count":
        return _count(fact, operand)
    if operator != "given" and operator not in OPERATORS:
        allowed = ", ".join(sorted([*OPERATORS, *LIST_OPERATORS, "count", "given"]))
        raise ValueError(f"unknown test '{operator}' of '{fact}'; allowed: {allowed}")
    return Test(fact, operator, operand_from(operator, operand))


def _count(fact: str, operand: object) -> Members:
    if not isinstance(operand, Mapping):
        raise ValueError("'count' takes a comparison, and 'where' for some members only")
    where = condition_from(operand["where"]) if "where" in operand else None
    return Members(fact, "count", where, _comparisons(operand, "where"))


def _some_of(operand: object) -> SomeOf:
    if not isinstance(operand, Mapping) or not isinstance(operand.get("conditions"), list):
        raise ValueError("'some_of' takes conditions and a comparison: at_least: 2")
    parts = tuple(condition_from(one) for one in operand["conditions"])
    return SomeOf(parts, _comparisons(operand, "conditions"))


def _comparisons(operand: Mapping[str, object], besides: str) -> tuple[Test, ...]:
    """Read what a count is compared with: at_least, over, at_most, under or is."""
    unknown = [op for op in operand if op != besides and op not in COMPARISONS]
    if unknown or len(operand) == (besides in operand):
        raise ValueError(f"a count is compared by {', '.join(COMPARISONS)}")
    return tuple(
        Test("count", op, operand_from(op, what)) for op, what in operand.items() if op != besides
    )


When = Annotated[Condition, BeforeValidator(condition_from)]


class Requirement(Row):
    """A condition that must hold, or (``warn``) a departure that people should see.

    ``on: false`` keeps a custom in the data that the scheme owner has not switched on.
    """

    require: When
    when: When | None = None
    warn: Flag = False
    on: Flag = True


class Requirements(Section):
    """A list of requirements over declared facts: eligibility, a team, a decision."""

    inputs: Inputs = {}
    rows: tuple[Requirement, ...]


def refusals_and_notes(
    rows: Sequence[Requirement], facts: Facts
) -> tuple[list[Refusal], list[Note], list[Step]]:
    """Test every row; gather every reason, every note, every step and every missing fact."""
    refusals, notes, steps = [], [], []
    missing: list[BadInput] = []
    for row in rows:
        try:
            if not row.on or (row.when is not None and not row.when.holds(facts)):
                continue
            met = row.require.holds(facts)
        except BadInput as bad:
            missing.append(bad)
            continue
        steps.append(Step("requirement", {"what": row.words}, met, row.clause))
        if not met and row.warn:
            notes.append(Note("requirement_not_met", {"what": row.words}, row.clause))
        elif not met:
            refusals.append(Refusal(row.id, row.clause, {"requirement": row.words}))
    gathered(missing)
    return refusals, notes, steps


def judged(section: Requirements, facts: Facts) -> Answer:
    """Return yes with the steps, or refuse with every requirement that is not met."""
    refusals, notes, steps = refusals_and_notes(section.rows, facts)
    if refusals:
        raise Refused(refusals, steps)
    return Answer(value=True, unit="", steps=steps, warnings=notes)

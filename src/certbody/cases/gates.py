"""Gates: what must be true before an act, every condition with its clause, met or not.

The gate on the screen, the refusal of the transition and the answer of the API are all made from
these, so they cannot differ. Source: ISO/IEC 17065:2012, 7.1 (the process as operated).
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from certbody.cases.editions import asked, book_for
from certbody.cases.models import Case
from certbody.cases.moving import refusals_to_act
from certbody.rules.choices import Choices
from certbody.rules.conditions import Requirements
from certbody.rules.terms import BadInput, Clause, Problem, Refusal, Refused, Step, Words


@dataclass(frozen=True, slots=True)
class Condition:
    """One condition of a gate; ``where`` names the page on which it is mended."""

    what: Words
    clause: Clause | None
    where: str
    refusal: Refusal | None = None

    @property
    def met(self) -> bool:
        """Whether it holds."""
        return self.refusal is None


@dataclass(frozen=True, slots=True)
class Places:
    """Where conditions are mended: by the first fact that a condition names, else ``usual``."""

    usual: str
    by_fact: Mapping[str, str] = field(default_factory=dict)

    def of(self, facts: Iterable[str]) -> str:
        """Return the page on which these facts are mended."""
        named = set(facts)
        return next((page for fact, page in self.by_fact.items() if fact in named), self.usual)


def unmet(conditions: Iterable[Condition]) -> list[Refusal]:
    """Return the reasons against."""
    return [one.refusal for one in conditions if one.refusal is not None]


def in_order(case: Case, act: str, on: date, where: str = "case") -> Iterator[Condition]:
    """Give what lifecycle and process say against an act; nothing where they allow it."""
    for refusal in refusals_to_act(case, act, on):
        yield Condition(words_of(refusal), refusal.clause, where, refusal)


def judged(
    case: Case, name: str, given: Mapping[str, Any], on: date, places: Places
) -> list[Condition]:
    """Return every row of a list of requirements, met or not; what is not answered comes first.

    A rulebook without a list of that name has no such conditions.
    """
    section: Requirements | None = book_for(case).edition.of_kind("requirements").get(name)
    if section is None:
        return []
    try:
        steps, refusals = asked(case, name, given, on).steps, {}
    except Refused as refused:
        steps = refused.steps
        refusals = {(one.facts["requirement"], one.clause): one for one in refused.refusals}
    except BadInput as bad:
        return _not_judged(section.words, section.clause, bad, places)
    return [_row(section, step, refusals, places) for step in steps]


def allowed(
    case: Case, name: str, choose: str, given: Mapping[str, Any], on: date, places: Places
) -> list[Condition]:
    """Return what an option of a closed list takes, met or not."""
    section: Choices | None = book_for(case).edition.of_kind("choices").get(name)
    option = next((one for one in section.options if one.id == choose), None) if section else None
    if option is None:
        return []
    try:
        asked(case, name, {"choose": choose, **given}, on)
        refusals: dict[object, Refusal] = {}
    except Refused as refused:
        refusals = {one.facts.get("requirement", one.code): one for one in refused.refusals}
    except BadInput as bad:
        return _not_judged(option.words, option.clause, bad, places)
    return [
        Condition(
            one.words, one.clause, places.of(one.require.facts_named()), refusals.get(one.words)
        )
        for one in option.require
    ]


def unanswered(problem: Problem, clause: Clause, places: Places) -> Condition:
    """Return the condition that a question which cannot be answered yet stands for."""
    name = problem.where.split("[")[0].split(".")[0]
    words = problem.facts.get("what", Words(problem.where, problem.where))
    refusal = Refusal(problem.code, clause, {"name": problem.where, **problem.facts})
    return Condition(as_words(words), clause, places.of([name]), refusal)


def words_of(refusal: Refusal) -> Words:
    """Return what a refusal is about."""
    return as_words(refusal.facts.get("requirement", refusal.facts.get("what", refusal.code)))


def as_words(what: object) -> Words:
    """Return words, or a plain text as the words of both languages."""
    return what if isinstance(what, Words) else Words(str(what), str(what))


def _not_judged(words: Words, clause: Clause, bad: BadInput, places: Places) -> list[Condition]:
    """Return what keeps a list from being judged: one line for all that nobody has answered."""
    open_ones = [one for one in bad.problems if one.code == "missing_input"]
    found = [unanswered(one, clause, places) for one in bad.problems if one not in open_ones]
    if open_ones:
        names = [as_words(one.facts.get("what", one.where)) for one in open_ones]
        refusal = Refusal("unanswered", clause, {"number": len(names), "names": names})
        found.append(Condition(words, clause, places.usual, refusal))
    return found


def _row(
    section: Requirements,
    step: Step,
    refusals: dict[tuple[object, Clause | None], Refusal],
    places: Places,
) -> Condition:
    words = step.facts["what"]
    refusal = refusals.get((words, step.clause))
    row = next((one for one in section.rows if one.words == words), None)
    facts = row.require.facts_named() if row else ()
    return Condition(as_words(words), step.clause, places.of(facts), refusal)

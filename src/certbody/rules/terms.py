"""The words every rule speaks in: clause, words, step, answer, refusal, problem.

Units      none of its own; an ``Answer`` names the unit of its value
Errors     ``Refused`` carries every reason of a rulebook's "no"; ``BadInput`` every
           fault of a question
Source     ISO/IEC 17065:2012, 7.1 (requirements are documented and can be referred to)
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from fractions import Fraction
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, Strict, StringConstraints

Value = Fraction | date | datetime | str | bool


@dataclass(frozen=True, slots=True)
class Clause:
    """Where a requirement is written: a place, in the rulebook itself or in ``document``."""

    place: str
    document: str = ""

    def __str__(self) -> str:
        return f"{self.document} {self.place}" if self.document else self.place


@dataclass(frozen=True, slots=True)
class Words:
    """The same words in Chinese and English."""

    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class Step:
    """One line of a "why?": the sentence's code, the facts it names, its value and clause."""

    code: str
    facts: Mapping[str, object]
    value: Value | None = None
    clause: Clause | None = None


@dataclass(frozen=True, slots=True)
class Note:
    """Something a person should know although nothing is refused."""

    code: str
    facts: Mapping[str, object] = field(default_factory=dict)
    clause: Clause | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """A value with its unit, the steps that lead to it, and what else the kind of rule tells."""

    value: Value | None
    unit: str
    steps: Sequence[Step] = ()
    warnings: Sequence[Note] = ()
    more: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Refusal:
    """One reason against something: a code, the clause, the facts its message names."""

    code: str
    clause: Clause | None
    facts: Mapping[str, object] = field(default_factory=dict)


class Refused(Exception):  # noqa: N818  the rulebook refuses; nothing went wrong
    """A rule does not allow it. Carries every reason, and every step that was tested."""

    def __init__(self, refusals: Sequence[Refusal], steps: Sequence[Step] = ()) -> None:
        super().__init__("; ".join(f"{r.code} ({r.clause})" for r in refusals))
        self.refusals = tuple(refusals)
        self.steps = tuple(steps)


@dataclass(frozen=True, slots=True)
class Problem:
    """One fault of a question: where it is, and what is wrong there."""

    where: str
    code: str
    facts: Mapping[str, object] = field(default_factory=dict)


class BadInput(Exception):  # noqa: N818  the question's fault, not the program's
    """A question that cannot be answered as it was put. Carries every fault found."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__("; ".join(f"{p.where}: {p.code}" for p in problems))
        self.problems = tuple(problems)


def open_in_rulebook(what: object, clause: Clause | None) -> Refused:
    """Return the refusal for something the rulebook leaves open."""
    return Refused([Refusal("open_in_rulebook", clause, {"what": what})])


def clause_from(text: object) -> Clause:
    """Read ``"6.1(1)"`` or, for another document, ``"law: Art. 26"``."""
    if isinstance(text, Clause):
        return text
    if not isinstance(text, str) or not text.strip():
        raise ValueError("a clause is a text such as '6.1(1)' or 'law: Art. 26'")
    document, colon, place = text.partition(": ")
    return Clause(place.strip(), document.strip()) if colon else Clause(text.strip())


Cite = Annotated[Clause, BeforeValidator(clause_from)]
Flag = Annotated[bool, Strict()]  # in a rulebook file only true and false are flags
Code = Annotated[str, StringConstraints(pattern=r"^\S(.*\S)?$", max_length=80)]
Text = Annotated[str, StringConstraints(min_length=1, strip_whitespace=True)]


class Shape(BaseModel):
    """What a rulebook says, as a frozen value; an unknown key is an error."""

    model_config = ConfigDict(
        frozen=True, extra="forbid", arbitrary_types_allowed=True, populate_by_name=True
    )


class Cited(Shape):
    """A row that names its clause; ``reading`` names our interpretation of it."""

    clause: Cite
    also: tuple[Cite, ...] = ()
    reading: str | tuple[str, ...] = ()


class Row(Cited):
    """A cited row with an id and words for people."""

    id: Code
    zh: Text
    en: Text

    @property
    def words(self) -> Words:
        """The row's words in both languages."""
        return Words(self.zh, self.en)


class Section(Cited):
    """One named part of a rulebook: its clause and its title."""

    zh: Text
    en: Text
    note: str = Field(default="", description="for those who maintain the rulebook")

    @property
    def words(self) -> Words:
        """The section's title in both languages."""
        return Words(self.zh, self.en)

"""The shape of a rulebook: subject files made of sections, and the edition around them.

Every file has the same shape. A file is about one subject and holds any of the kinds of
section; a scheme that needs a further list or table adds a section, not a program.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from pydantic import Field, model_validator

from certbody.rules.checklists import Checklist
from certbody.rules.choices import Choices
from certbody.rules.conditions import Requirements
from certbody.rules.criteria import CriteriaSet
from certbody.rules.grades import Grades
from certbody.rules.lifecycle import Lifecycle
from certbody.rules.process import Process
from certbody.rules.rates import Rates
from certbody.rules.samples import Sample
from certbody.rules.schedule import Schedule
from certbody.rules.scores import Scoring
from certbody.rules.sums import Sum
from certbody.rules.terms import Cite, Cited, Code, Flag, Row, Shape, Text, Words
from certbody.schemes.yaml_files import Where

Name = Code


class Said(Shape):
    """Words in both languages."""

    zh: Text
    en: Text

    @property
    def words(self) -> Words:
        """The words as a value."""
        return Words(self.zh, self.en)


class Ending(Cited):
    """When an edition or a basis standard ends, and what happens to questions after that."""

    day: date
    then: Literal["warn", "refuse", "transition"]
    until: date | None = Field(default=None, description="end of the transition")

    @model_validator(mode="after")
    def _transition_ends(self) -> "Ending":
        if (self.then == "transition") != (self.until is not None):
            raise ValueError("'until' goes with 'then: transition', and only with it")
        return self


class Document(Shape):
    """A document that the rulebook rests on or cites."""

    zh: Text
    en: Text
    basis: Flag = False
    ends: Ending | None = None


class Revision(Cited):
    """One row of the rulebook's own revision table."""

    version: Text
    day: date
    written_by: Text
    reviewed_by: Text
    approved_by: Text


class EditionInfo(Cited):
    """What an edition is: title, owner, dates, documents, revisions, who stands for it."""

    zh: Text
    en: Text
    edition: Code
    owner: Said
    effective: date
    ends: Ending | None = None
    filing_number: str | None = None
    documents: dict[str, Document] = {}
    revisions: tuple[Revision, ...] = ()
    author: Text
    approver: Text | None = None
    checked: date = Field(description="when someone last read it against the source")
    source: str = Field(default="", description="which text it was made from")


class SourceClause(Shape):
    """One clause of the source, in our own words; ``reason`` if no row cites it."""

    clause: Cite
    zh: Text
    en: Text
    reason: str | None = None


class Reading(Cited):
    """Where the source is silent or unclear: the question, the choice, and why."""

    question: Said
    choice: Said
    reason: Said | None = None
    status: Literal["to_be_confirmed", "confirmed", "unresolved"] = "to_be_confirmed"
    options: tuple[Code, ...] = ()
    chosen: Code | None = None
    show_others: Flag = Field(default=False, description="show what the other options give")

    @model_validator(mode="after")
    def _chosen_or_unresolved(self) -> "Reading":
        if self.options and (self.chosen is None) != (self.status == "unresolved"):
            raise ValueError("say 'chosen', or 'status: unresolved'")
        if self.chosen is not None and self.chosen not in self.options:
            raise ValueError(f"'chosen' is none of {', '.join(self.options)}")
        return self


class OpenPart(Cited):
    """A part that the rulebook leaves open, or that nobody has entered yet."""

    what: Code
    zh: Text
    en: Text

    @property
    def words(self) -> Words:
        """What is open, in both languages."""
        return Words(self.zh, self.en)


class Example(Shape):
    """A worked case: a question and what it must give."""

    ask: Name
    given: dict[str, Any] = {}
    under: dict[str, Code] = Field(default={}, description="readings chosen otherwise here")
    on: date | None = Field(default=None, description="the day it is asked, for what ends")
    gives: Any = None
    refused: tuple[str, ...] | None = None
    bad_input: tuple[str, ...] | None = None
    warns: tuple[str, ...] | None = None
    says: str = Field(default="", description="the sentence of the rulebook it works out")


class Subject(Shape):
    """One file of a rulebook."""

    subject: Code
    zh: Text
    en: Text
    edition: EditionInfo | None = None
    clauses: tuple[SourceClause, ...] = ()
    readings: dict[Name, Reading] = {}
    open: tuple[OpenPart, ...] = ()
    requirements: dict[Name, Requirements] = {}
    checklists: dict[Name, Checklist] = {}
    choices: dict[Name, Choices] = {}
    sums: dict[Name, Sum] = {}
    samples: dict[Name, Sample] = {}
    criteria: dict[Name, CriteriaSet] = {}
    scoring: dict[Name, Scoring] = {}
    rates: dict[Name, Rates] = {}
    grades: dict[Name, Grades] = {}
    schedules: dict[Name, Schedule] = {}
    processes: dict[Name, Process] = {}
    lifecycles: dict[Name, Lifecycle] = {}
    examples: tuple[Example, ...] = ()

    def sections(self) -> Iterator[tuple[str, str, Any]]:
        """Give each section as kind, name, shape."""
        for kind in KINDS:
            for name, section in getattr(self, kind).items():
                yield kind, name, section


KINDS = (
    "requirements",
    "checklists",
    "choices",
    "sums",
    "samples",
    "criteria",
    "scoring",
    "rates",
    "grades",
    "schedules",
    "processes",
    "lifecycles",
)


class SchemeInfo(Shape):
    """``scheme.yaml``: what the scheme is, whoever's edition is in force."""

    code: Code
    zh: Text
    en: Text
    owner: Said
    type: Text = Field(description="the type of scheme by ISO/IEC 17067")
    languages: tuple[Text, ...] = ("zh", "en")
    current: Code = Field(description="the edition that a question without an edition means")


@dataclass(frozen=True)
class Edition:
    """One edition with every reading chosen: its subjects and a way to find sections."""

    scheme: SchemeInfo
    info: EditionInfo
    subjects: Mapping[str, Subject]

    def __post_init__(self) -> None:
        found = {
            name: (kind, section)
            for subject in self.subjects.values()
            for kind, name, section in subject.sections()
        }
        object.__setattr__(self, "_found", found)

    def find(self, name: str) -> tuple[str, Any] | None:
        """Return kind and shape of the section of that name."""
        found: Mapping[str, tuple[str, Any]] = self.__dict__["_found"]
        return found.get(name)

    def of_kind(self, kind: str) -> dict[str, Any]:
        """Return all sections of one kind by name."""
        found: Mapping[str, tuple[str, Any]] = self.__dict__["_found"]
        return {name: section for name, (own, section) in found.items() if own == kind}

    def open_part(self, name: str) -> OpenPart | None:
        """Return what the rulebook says about a part it leaves open."""
        parts = (part for subject in self.subjects.values() for part in subject.open)
        return next((part for part in parts if part.what == name), None)

    @property
    def readings(self) -> dict[str, Reading]:
        """Every reading of the edition by its id."""
        return {
            name: reading
            for subject in self.subjects.values()
            for name, reading in subject.readings.items()
        }

    @property
    def clauses(self) -> tuple[SourceClause, ...]:
        """Every clause of the source, in its order."""
        return tuple(c for subject in self.subjects.values() for c in subject.clauses)


def placed(shape: object, where: Where = ()) -> Iterator[tuple[Where, Shape]]:
    """Give every shape inside a shape with its place in the file, the shape itself first."""
    if isinstance(shape, Shape):
        yield where, shape
        for name, field in type(shape).model_fields.items():
            yield from placed(getattr(shape, name), (*where, field.alias or name))
    elif isinstance(shape, Mapping):
        for key, value in shape.items():
            yield from placed(value, (*where, str(key)))
    elif isinstance(shape, tuple):
        for number, value in enumerate(shape):
            yield from placed(value, (*where, number))


def rows_of(shape: object) -> Iterator[Cited]:
    """Give every cited row inside a shape, the shape itself first."""
    return (one for _, one in placed(shape) if isinstance(one, Cited))


__all__ = ["KINDS", "Edition", "Example", "Reading", "Row", "SchemeInfo", "Subject", "rows_of"]

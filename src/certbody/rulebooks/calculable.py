"""Which sections of a rulebook can be asked in a form: by kind, never by name."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from certbody.rulebooks.library import Book
from certbody.schemes.questions import QUESTIONS, section_for

CALCULABLE = ("sums", "samples", "scoring", "rates", "grades", "requirements", "schedules")
CLOCK = "clock"
_BY_NAME = ("man_days", "sample", "score", "grade", "eligibility", "dates", "clock", "fee")


@dataclass(frozen=True, slots=True)
class Calculator:
    """A section that can be asked; ``kind`` is ``clocks`` for the clocks of a schedule."""

    book: Book
    kind: str
    question: str
    section: Any

    @property
    def name(self) -> str:
        """The name in the address."""
        return f"{self.question}-{CLOCK}" if self.kind == "clocks" else self.question

    @property
    def zh(self) -> str:
        """The title in Chinese."""
        return f"{self.section.zh}：单项时限" if self.kind == "clocks" else str(self.section.zh)

    @property
    def en(self) -> str:
        """The title in English."""
        return (
            f"{self.section.en}: one time limit" if self.kind == "clocks" else str(self.section.en)
        )

    @property
    def template(self) -> str:
        """The template of the answer."""
        return f"rulebooks/answers/{self.kind}.html"


def calculators_in(book: Book) -> list[Calculator]:
    """Return the sections of an edition that can be asked, by kind and in the files' order."""
    return [
        one
        for kind in CALCULABLE
        for name, section in book.edition.of_kind(kind).items()
        for one in _calculators(book, kind, name, section)
    ]


def by_kind(book: Book) -> list[Calculator]:
    """Return every calculator, kind after kind; within one, those that people ask by name first."""
    kinds = (*CALCULABLE, "clocks")
    most = {one.name: place for place, one in enumerate(asked_most(book))}
    return sorted(
        calculators_in(book),
        key=lambda one: (kinds.index(one.kind), most.get(one.name, len(most))),
    )


def calculator_of(book: Book, name: str) -> Calculator | None:
    """Return a calculator by its name, or by the question that people ask by name."""
    known = {one.name: one for one in calculators_in(book)}
    plain = name.replace("-", "_")
    found = known.get(name) or known.get(plain)
    if found is None and plain in QUESTIONS:
        section = section_for(book.rulebook, plain)
        found = known.get(f"{section}-{CLOCK}" if plain == CLOCK else section)
    return found


def asked_most(book: Book) -> list[Calculator]:
    """Return the calculators that people ask by name, then the first of each further kind."""
    by_name = (calculator_of(book, question.replace("_", "-")) for question in _BY_NAME)
    found = {one.name: one for one in by_name if one is not None}
    kinds = {one.kind for one in found.values()}
    for one in calculators_in(book):
        if one.kind not in kinds:
            kinds.add(one.kind)
            found[one.name] = one
    return list(found.values())


def same_elsewhere(calculator: Calculator, books: list[Book]) -> list[Calculator]:
    """Return the calculators of the same kind and name in other editions."""
    others = (calculator_of(book, calculator.name) for book in books)
    return [
        one
        for one in others
        if one is not None and one.kind == calculator.kind and one.book.name != calculator.book.name
    ]


def _calculators(
    book: Book,
    kind: str,
    name: str,
    section: Any,  # noqa: ANN401  a section of whichever kind
) -> Iterator[Calculator]:
    if kind != "schedules":
        if kind != "requirements" or section.inputs:
            yield Calculator(book, kind, name, section)
        return
    if section.validity is not None or section.windows:
        yield Calculator(book, kind, name, section)
    if section.clocks:
        yield Calculator(book, "clocks", name, section)

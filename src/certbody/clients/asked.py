"""Which clauses of the current rulebooks ask for a part of the register.

No scheme is named here: a row that tests a fact of the vocabulary is found by that fact.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from certbody.rulebooks.library import Book, readable
from certbody.rules.terms import Row

FACTS: Mapping[str, frozenset[str]] = {
    "organisation": frozenset({"people"}),
    "sites": frozenset({"sites"}),
    "licences": frozenset({"licences"}),
    "incidents": frozenset({"incidents", "penalties"}),
    "managers": frozenset({"service_managers"}),
}


@dataclass(frozen=True, slots=True)
class Asked:
    """A row of a rulebook that looks at a part of the register."""

    book: Book
    row: Row


def asking(part: str) -> list[Asked]:
    """Return the rows of the current rulebooks that ask for a part, in their order."""
    current = [book for book in readable() if book.listed.scheme.current == book.number]
    return [Asked(book, row) for book in current for row in _rows(book, FACTS[part])]


def _rows(book: Book, facts: frozenset[str]) -> Iterator[Row]:
    eligibility = book.edition.of_kind("requirements").get("eligibility")
    for row in eligibility.rows if eligibility else ():
        if row.on and not facts.isdisjoint(row.require.facts_named()):
            yield row
    documents = book.edition.of_kind("checklists").get("application_documents")
    for item in documents.items if documents else ():
        conditions = [one for one in (item.when, item.left_out_when) if one is not None]
        if any(not facts.isdisjoint(one.facts_named()) for one in conditions):
            yield item

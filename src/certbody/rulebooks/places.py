"""Where each clause stands on a rulebook's page: one anchor for every place that is cited."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from certbody.rules.terms import Clause
from certbody.schemes.shapes import Edition, rows_of

_NOT_IN_A_SLUG = re.compile(r"[^\w.]+")


@dataclass(frozen=True, slots=True)
class Places:
    """The anchor of every clause, by the clause as it is written."""

    anchors: Mapping[str, str]

    def anchor(self, clause: Clause | str | None) -> str:
        """Return the anchor of a clause; an empty text for one that stands nowhere."""
        return self.anchors.get(str(clause), "") if clause is not None else ""


def slug(text: str) -> str:
    """Return a text as part of an address: ``6.1(1)`` as ``6.1-1``."""
    return _NOT_IN_A_SLUG.sub("-", text).strip("-.") or "x"


def places_of(edition: Edition) -> Places:
    """Return the anchors of the rulebook's own clauses and of places in other documents."""
    cited = list(cited_in(edition))
    own = [one for one in (*(c.clause for c in edition.clauses), *cited) if not one.document]
    others = [one for one in cited if one.document]
    return Places({**_anchors("clause", own), **_anchors("other", others)})


def cited_in(edition: Edition) -> Iterator[Clause]:
    """Give every clause that any row of the edition cites, in the order of the files."""
    for subject in edition.subjects.values():
        for row in rows_of(subject):
            yield row.clause
            yield from row.also


def _anchors(prefix: str, clauses: Iterable[Clause]) -> dict[str, str]:
    anchors: dict[str, str] = {}
    taken: set[str] = set()
    for name in dict.fromkeys(str(clause) for clause in clauses):
        anchor = wanted = f"{prefix}-{slug(name)}"
        number = 2
        while anchor in taken:
            anchor, number = f"{wanted}--{number}", number + 1
        taken.add(anchor)
        anchors[name] = anchor
    return anchors

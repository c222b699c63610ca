"""Sets of criteria of any shape, for Hypothesis."""

from fractions import Fraction
from itertools import count
from typing import Any

from hypothesis import strategies as st

from certbody.rules.criteria import CriteriaSet, Criterion, NamedRow
from certbody.rules.terms import Clause

DOCUMENTS = ("Pruefbuch 7", "GB/T 1", "")
SIGNS = st.characters(codec="utf-8", exclude_categories=["Cc"], exclude_characters="\ufffe\uffff")
# What YAML and Excel read as something else, should nobody keep them from it.
TRICKY = st.sampled_from(
    (
        "5.10",
        "1e5",
        "null",
        "是",
        "2011-05-01",
        "=A1",
        "'x",
        "a: b",
        "- a",
        "#REF!",
        "甲\n乙",
        "_x0041_",
    )
)
WORDS = st.one_of(TRICKY, st.text(SIGNS, min_size=1, max_size=12).map(str.strip).filter(bool))
CODES = st.sampled_from(("5.1", "0", "1.10", "a b", "甲", "B-S", "true", "1e", "2011-05-0", "x/y"))
POINTS = st.one_of(
    st.integers(0, 10**6).map(Fraction),
    st.integers(0, 10**5).map(lambda tenths: Fraction(tenths, 10)),
    st.integers(0, 10**6).map(lambda parts: Fraction(parts, 10**9)),
    st.sampled_from((Fraction(1, 3), Fraction(22, 7))),
)
CLAUSES = st.builds(Clause, st.sampled_from(("5.1", "示例", "3 (b)")), st.sampled_from(DOCUMENTS))


@st.composite
def named_rows(draw: Any) -> tuple[NamedRow, ...]:
    ids = draw(st.lists(CODES, max_size=3, unique=True))
    return tuple(
        NamedRow(id=own, zh=draw(WORDS), en=draw(WORDS), clause=Clause("4.2")) for own in ids
    )


@st.composite
def criteria_sets(draw: Any) -> CriteriaSet:
    """Any set that holds together: a tree of up to three levels whose points add up."""
    tiers, dimensions = draw(named_rows()), draw(named_rows())
    prefix = draw(CODES)
    ids = (f"{prefix}{number}" for number in count())
    scored = draw(st.booleans())

    def leaf() -> Criterion:
        return Criterion(
            id=next(ids),
            zh=draw(WORDS),
            en=draw(WORDS),
            clause=draw(CLAUSES),
            points=draw(POINTS) if scored else None,
            tier=draw(st.sampled_from(tiers)).id if tiers else None,
            dimension=draw(st.sampled_from(dimensions)).id if dimensions else None,
            veto=draw(st.booleans()),
        )

    def heading(depth: int) -> Criterion:
        below = draw(st.integers(0, 2)) if depth else 0
        if not below:
            return leaf()
        own = next(ids)
        parts = tuple(heading(depth - 1) for _ in range(below))
        total = sum((part.points or Fraction(0) for part in parts), Fraction(0))
        words = {"zh": draw(WORDS), "en": draw(WORDS), "clause": draw(CLAUSES)}
        return Criterion(id=own, points=total if scored else None, parts=parts, **words)

    tree = tuple(heading(2) for _ in range(draw(st.integers(1, 3))))
    return CriteriaSet(
        clause=draw(CLAUSES),
        zh=draw(WORDS),
        en=draw(WORDS),
        sample=draw(st.booleans()),
        full=sum((top.points or Fraction(0) for top in tree), Fraction(0)) if scored else None,
        tiers=tiers,
        dimensions=dimensions,
        tree=tree,
    )

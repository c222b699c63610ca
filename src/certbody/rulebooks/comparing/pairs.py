"""Which sections and rows of two editions belong together, and how they differ.

Sections are matched by kind and name, then by title, then as the only ones of their kind;
rows by what they are known by, then by their words.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from certbody.rulebooks.comparing.figures import Figure, figures_of
from certbody.rulebooks.layout import Placed
from certbody.rulebooks.library import Book

# What holds figures comes first, lists of words last.
ORDER = (
    "sums",
    "samples",
    "grades",
    "scoring",
    "rates",
    "schedules",
    "processes",
    "lifecycles",
    "criteria",
    "requirements",
    "checklists",
    "choices",
)
SAME, DIFFERS, GONE, NEW = "=", "≠", "−", "+"


@dataclass(frozen=True, slots=True)
class Pair:
    """Two rows side by side; one may be missing."""

    a: Figure | None
    b: Figure | None

    @property
    def sign(self) -> str:
        """How they differ, as a sign that stands beside the colour."""
        if self.a is None:
            return NEW
        if self.b is None:
            return GONE
        return SAME if self.a.value == self.b.value else DIFFERS


@dataclass(frozen=True, slots=True)
class Topic:
    """Two sections side by side."""

    a: Placed
    b: Placed
    pairs: tuple[Pair, ...]

    @property
    def different(self) -> int:
        """How many rows differ."""
        return sum(pair.sign != SAME for pair in self.pairs)


@dataclass(frozen=True, slots=True)
class Group:
    """All sections of one kind."""

    kind: str
    topics: tuple[Topic, ...]
    only_a: tuple[Placed, ...]
    only_b: tuple[Placed, ...]

    @property
    def different(self) -> int:
        """How many rows differ, and sections that only one edition has."""
        rows = sum(topic.different for topic in self.topics)
        return rows + len(self.only_a) + len(self.only_b)


def compared(a: Book, b: Book) -> list[Group]:
    """Return two editions side by side, kind by kind."""
    groups = (_group(kind, a, b) for kind in ORDER)
    return [one for one in groups if one.topics or one.only_a or one.only_b]


def _group(kind: str, a: Book, b: Book) -> Group:
    left = [one for one in a.layout.sections.values() if one.kind == kind]
    right = [one for one in b.layout.sections.values() if one.kind == kind]
    matched = list(_matched(left, right))
    taken = {id(one) for pair in matched for one in pair}
    topics = (Topic(x, y, tuple(_rows(x, y))) for x, y in matched)
    return Group(
        kind,
        tuple(topics),
        tuple(one for one in left if id(one) not in taken),
        tuple(one for one in right if id(one) not in taken),
    )


def _matched(left: Sequence[Placed], right: Sequence[Placed]) -> Iterator[tuple[Placed, Placed]]:
    rest_left, rest_right = list(left), list(right)
    for known_by in ("name", "zh"):
        for one in list(rest_left):
            other = next(
                (x for x in rest_right if _known(x, known_by) == _known(one, known_by)), None
            )
            if other is not None:
                rest_left.remove(one)
                rest_right.remove(other)
                yield one, other
    if len(left) == len(right) == len(rest_left) == len(rest_right) == 1:
        yield rest_left[0], rest_right[0]


def _known(placed: Placed, by: str) -> str:
    return placed.name if by == "name" else str(placed.section.zh)


def _rows(a: Placed, b: Placed) -> Iterator[Pair]:
    left, right = figures_of(a.kind, a.section), figures_of(b.kind, b.section)
    rest = list(right)
    for one in left:
        other = _counterpart(one, rest, left)
        if other is not None:
            rest.remove(other)
        yield Pair(one, other)
    for one in rest:
        yield Pair(None, one)


def _counterpart(one: Figure, rest: Sequence[Figure], left: Sequence[Figure]) -> Figure | None:
    found = next((other for other in rest if other.key == one.key), None)
    if found is not None:
        return found
    keys = {figure.key for figure in left}
    return next((o for o in rest if o.words == one.words and o.key not in keys), None)

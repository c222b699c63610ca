"""The contents of a rulebook: its clauses as a list to go by, narrowed by what one looks for."""

from dataclasses import dataclass

from certbody.rulebooks.layout import Entry
from certbody.rulebooks.library import Book
from certbody.web.language import in_words

_DEEP = 2
_LONGEST = 60


@dataclass(frozen=True, slots=True)
class Line:
    """One clause in the contents."""

    place: str
    anchor: str
    words: str
    depth: int
    ruled: bool

    @property
    def deep(self) -> bool:
        """Whether the clause is shown only when it is looked for."""
        return self.depth >= _DEEP


def contents(book: Book, find: str = "") -> list[Line]:
    """Return the clauses whose number or words hold what is looked for; all without it."""
    lines = [_line(entry) for entry in (*book.layout.clauses, *book.layout.unlisted)]
    wanted = find.strip().casefold()
    if not wanted:
        return lines
    return [line for line in lines if wanted in f"{line.place} {line.words}".casefold()]


def _line(entry: Entry) -> Line:
    words = in_words(entry.source) if entry.source else ""
    if not words:
        words = "、".join(in_words(placed.section) for placed in entry.sections)
    short = words if len(words) <= _LONGEST else f"{words[:_LONGEST]}…"
    return Line(entry.place, entry.anchor, short, entry.depth, entry.ruled)

"""The rulebooks that can be read, each loaded once and again when a file of it changes."""

import time
from collections.abc import Callable, Hashable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from threading import Lock
from typing import Any, TypeVar

from certbody.rulebooks.layout import Layout, layout_of
from certbody.rulebooks.places import Places, places_of
from certbody.schemes.catalogue import Listed, criteria_home, listed, rulebook
from certbody.schemes.faults import Fault, Faults
from certbody.schemes.loader import Rulebook
from certbody.schemes.published import NAME as REGISTER
from certbody.schemes.shapes import Edition

Stamp = tuple[tuple[str, int, int], ...]


class NotThere(LookupError):  # noqa: N818  what an address asks for is not there
    """No scheme or edition of that name."""


@dataclass(frozen=True)
class Book:
    """A rulebook with what its pages need, worked out once."""

    listed: Listed
    rulebook: Rulebook

    @property
    def scheme(self) -> str:
        """The scheme's code, as in addresses."""
        return self.listed.scheme.code

    @property
    def number(self) -> str:
        """The edition's directory, as in addresses."""
        return self.listed.edition

    @property
    def name(self) -> str:
        """Code and edition, as people and commands write them."""
        return f"{self.scheme}/{self.number}"

    @property
    def edition(self) -> Edition:
        """The edition itself, under its first variant."""
        return self.rulebook.edition

    @property
    def sample(self) -> bool:
        """Whether any criteria are a sample instead of the standard's own."""
        return any(one.sample for one in self.edition.of_kind("criteria").values())

    @property
    def to_confirm(self) -> int:
        """How many readings the scheme owner has not confirmed."""
        return sum(one.status != "confirmed" for one in self.edition.readings.values())

    @cached_property
    def places(self) -> Places:
        """The anchors of its clauses."""
        return places_of(self.edition)

    @cached_property
    def layout(self) -> Layout:
        """The rulebook clause by clause."""
        return layout_of(self.edition, self.places)


@dataclass(frozen=True, slots=True)
class Unreadable:
    """An edition whose files have faults."""

    listed: Listed
    faults: tuple[Fault, ...]


_books: dict[Path, tuple[Stamp, Book | Unreadable]] = {}
_lock = Lock()
_FRESH = 2.0  # seconds before the files of a rulebook are looked at again
_seen: dict[Hashable, tuple[float, Any]] = {}
Found = TypeVar("Found")


def books() -> Iterator[Book | Unreadable]:
    """Give every edition that can be found, by scheme and edition."""
    for one in listed():
        yield _current(one)


def readable() -> list[Book]:
    """Return every edition that loads."""
    return [book for book in books() if isinstance(book, Book)]


def readable_lately() -> list[Book]:
    """Return the same as it was found within the last seconds: for lists to choose from."""
    return lately("readable", readable)


def book_lately(scheme: str, number: str) -> Book:
    """Return an edition as it was found within the last seconds; errors are those of ``book_of``.

    An act asks its rulebook a dozen times; whether a file of it has changed is looked at every
    other second only. A published edition does not change at all.
    """
    return lately((scheme, number), lambda: book_of(scheme, number))


def lately(what: Hashable, look: Callable[[], Found]) -> Found:
    """Return what was found when it was looked at last, and look again once that is old."""
    now = time.monotonic()
    known = _seen.get(what)
    if known is None or now - known[0] > _FRESH:
        known = _seen[what] = (now, look())
    found: Found = known[1]
    return found


def book_of(scheme: str, number: str) -> Book:
    """Return an edition; raise ``NotThere``, or ``Faults`` where its files are faulty."""
    for one in listed():
        if (one.scheme.code, one.edition) == (scheme, number):
            found = _current(one)
            if isinstance(found, Unreadable):
                raise Faults(found.faults)
            return found
    raise NotThere(f"{scheme}/{number}")


def current_edition(scheme: str) -> str:
    """Return the edition that a question without an edition means."""
    for one in listed():
        if one.scheme.code == scheme:
            return one.scheme.current
    raise NotThere(scheme)


def _current(one: Listed) -> Book | Unreadable:
    stamp = _stamp(one.path)
    with _lock:
        known = _books.get(one.path)
        if known is None or known[0] != stamp:
            known = _books[one.path] = (stamp, _read(one))
        return known[1]


def _read(one: Listed) -> Book | Unreadable:
    try:
        return Book(one, rulebook(str(one.path)))
    except Faults as found:
        return Unreadable(one, found.faults)


def _stamp(directory: Path) -> Stamp:
    """Return what changes when any file that the edition is made from changes."""
    home = criteria_home(directory)
    register = directory.parent.parent / REGISTER
    paths = [*directory.glob("*.yaml"), directory.parent / "scheme.yaml", register]
    paths += home.glob("*.yaml")
    stats = ((path, path.stat()) for path in sorted(paths) if path.is_file())
    return tuple((str(path), stat.st_mtime_ns, stat.st_size) for path, stat in stats)

"""What the frame of every page leads to: each app adds its own entries, and who may see them.

The frame knows no app: an app registers its entries when it is ready.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry: its words, the name of its address, its place, and the rights that show it.

    Without rights everybody sees it. ``under`` is the beginning of the addresses it stands for.
    """

    label: str | Promise
    url_name: str
    order: int
    rights: tuple[str, ...] = ()
    under: str = ""


@dataclass(frozen=True, slots=True)
class Shown:
    """An entry on a page."""

    label: str | Promise
    url: str
    current: bool


_entries: dict[str, Entry] = {}


def add_entries(*entries: Entry) -> None:
    """Add entries; the same address is listed once."""
    for entry in entries:
        _entries[entry.url_name] = entry


def entries_for(request: HttpRequest) -> list[Shown]:
    """Return the entries that whoever asks may see, in their order."""
    rights = rights_in(request)
    own = [one for one in _entries.values() if not one.rights or rights.intersection(one.rights)]
    return list(_shown(sorted(own, key=lambda one: one.order), request.path))


def rights_in(request: HttpRequest) -> frozenset[str]:
    """Return the rights of whoever asks; none for a stranger."""
    user = getattr(request, "user", None)
    return user.rights if user is not None and user.is_authenticated else frozenset()


def _shown(entries: list[Entry], path: str) -> Iterator[Shown]:
    """Give the entries; of those whose addresses fit a page the longest stands for it."""
    urls = [reverse(one.url_name) for one in entries]
    fits = [_fit(path, url, one.under or url) for one, url in zip(entries, urls, strict=True)]
    best = max(fits, default=0)
    for one, url, fit in zip(entries, urls, fits, strict=True):
        yield Shown(one.label, url, fit == best and best > 0)


def _fit(path: str, url: str, beginning: str) -> int:
    """Return how much of a page's address an entry accounts for; none where it is another's."""
    if path == url:
        return len(path) + 1
    return len(beginning) if beginning != "/" and path.startswith(beginning) else 0

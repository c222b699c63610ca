"""What differs between two editions: of one scheme, or of two.

Content is compared by place: file, section, row (by its id, else its clause or number),
key. Words and figures are told apart, so that a change of wording never hides one of
substance.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from certbody.schemes.loader import Rulebook
from certbody.schemes.yaml_files import Plain

WORDING = {"zh", "en", "note", "says", "question", "choice", "reason"}
_SKIPPED = {"examples"}


@dataclass(frozen=True, slots=True)
class Difference:
    """One place that differs; ``was`` or ``now`` is None where it is missing."""

    file: str
    place: str
    clause: str | None
    was: str | None
    now: str | None
    wording: bool

    @property
    def sign(self) -> str:
        """``+`` added, ``-`` removed, ``~`` changed."""
        if self.was is None:
            return "+"
        return "-" if self.now is None else "~"


def differences(old: Rulebook, new: Rulebook) -> list[Difference]:
    """Return every difference from one edition to another, by file and place."""
    before, after = _flat(old), _flat(new)
    keys = sorted({*before, *after})
    return [
        _difference(key, before.get(key), after.get(key))
        for key in keys
        if _text(before.get(key)) != _text(after.get(key))
    ]


@dataclass(frozen=True, slots=True)
class _Leaf:
    text: str
    clause: str | None


Key = tuple[str, str]


def _text(leaf: _Leaf | None) -> str | None:
    return None if leaf is None else leaf.text


def _difference(key: Key, was: _Leaf | None, now: _Leaf | None) -> Difference:
    leaf = now or was
    clause = leaf.clause if leaf else None
    wording = key[1].rpartition(".")[2] in WORDING or any(
        f".{name}." in f".{key[1]}." for name in WORDING
    )
    return Difference(*key, clause, _text(was), _text(now), wording)


def _flat(book: Rulebook) -> dict[Key, _Leaf]:
    return {
        (name, place): leaf
        for name, file in book.files.items()
        for place, leaf in _leaves(file.content, "", None)
    }


def _leaves(content: Plain, place: str, clause: str | None) -> Iterator[tuple[str, _Leaf]]:
    if isinstance(content, dict):
        own = content.get("clause", clause)
        for key, value in content.items():
            if key not in _SKIPPED:
                inner = f"{place}.{key}" if place else key
                yield from _leaves(value, inner, str(own) if own is not None else None)
    elif isinstance(content, list):
        if all(not isinstance(value, dict | list) for value in content):
            yield place, _Leaf(", ".join(_written(value) for value in content), clause)
            return
        for number, value in enumerate(content):
            yield from _leaves(value, f"{place}.{_name(value, number)}", clause)
    else:
        yield place, _Leaf(_written(content), clause)


def _name(value: Plain, number: int) -> str:
    """Return what a row is known by: its id, or its clause, or its place in the list."""
    if isinstance(value, Mapping):
        for key in ("id", "ask", "version", "clause"):
            if key in value:
                return str(value[key])
    return str(number + 1)


def _written(value: Plain) -> str:
    if value is None:
        return "—"
    return str(value).lower() if isinstance(value, bool) else str(value)

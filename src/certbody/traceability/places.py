"""Places in documents, however they are printed: "6.1(1)-(2)", "附件一 三.2-3", "Art. 14, 38".

A place is read as its parts from the outside in: "5.2 1)" and "5.2(1)" are both 5, 2, 1;
"附件一" is 附件, 1. One place lies below another when it begins with the other's parts.

Errors     ``ValueError`` for a range whose ends do not belong together
"""

import re
import unicodedata
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from certbody.rules.terms import Clause

_NUMERALS = "一二三四五六七八九"
_PART = re.compile(rf"\d+|[{_NUMERALS}十百]+|[a-z]+|[^\W\d_a-z{_NUMERALS}十百]+")
_FILLERS = {"第", "条", "款", "项", "art", "article"}
_UNITS = {"十": 10, "百": 100}

Parts = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Place:
    """A place in a document; the empty document is the rulebook itself, no parts all of it."""

    document: str
    parts: Parts

    def holds(self, other: "Place") -> bool:
        """Tell whether ``other`` is this place or lies below it."""
        return self.document == other.document and other.parts[: len(self.parts)] == self.parts


def places_cited(clause: Clause) -> list[Place]:
    """Return the places that a row of a rulebook cites; any text will do there."""
    try:
        spread = _spread(clause.place)
    except ValueError:
        spread = [_parts(clause.place)]
    return [Place(clause.document, parts) for parts in spread]


def places_named(text: str, documents: Collection[str], default: str = "") -> list[Place]:
    """Return the places that a requirement names: "7.1.2, 附件一 一", "7.6; LAW Art. 22".

    A semicolon goes back to the ``default`` document; a document may be named by the end
    of its title.
    """
    found = []
    for group in re.split("[;；]", text):
        document = default
        for one in re.split("[,，、]", group):
            named, rest = _document_in(one.strip(), documents)
            document = named or document
            spread = _spread(rest)
            if named and not any(_has_number(parts) for parts in spread):
                spread = [()]
            found += [Place(document, parts) for parts in spread]
    return found


def _document_in(text: str, documents: Collection[str]) -> tuple[str, str]:
    """Split the longest document's name off the beginning of a text."""
    words = text.split(" ")
    for number in range(len(words), 0, -1):
        name = " ".join(words[:number]).rstrip(":：")
        for document in documents:
            if document == name or (document.endswith(name) and not name[:1].isdigit()):
                return document, " ".join(words[number:])
    return "", text


def _has_number(parts: Parts) -> bool:
    return any(part.isdigit() for part in parts)


def _spread(text: str) -> list[Parts]:
    """Return the parts of each place that a text names: one, or a range of them."""
    first, *more = (_parts(end) for end in re.split("[-–—]", text, maxsplit=1))
    if not more or not first:
        return [first] if first else []
    (last,) = more
    outer, between = first[:-1], first[len(first) - len(last) : -1]
    if not last or between != last[:-1] or not (first[-1].isdigit() and last[-1].isdigit()):
        raise ValueError(f"'{text}' is no range of places")
    return [(*outer, str(number)) for number in range(int(first[-1]), int(last[-1]) + 1)]


def _parts(text: str) -> Parts:
    found = list(_raw_parts(unicodedata.normalize("NFKC", text).lower()))
    if len(found) > 1 and found[-2].isdigit() and _is_title(found[-1]):
        found.pop()
    return tuple(found)


def _raw_parts(text: str) -> Iterator[str]:
    for part in _PART.findall(text):
        if part not in _FILLERS:
            yield str(_number(part)) if part[0] in _NUMERALS or part[0] in _UNITS else part


def _is_title(part: str) -> bool:
    """Tell a heading after its number ("2 范围") from a letter that counts ("(2)B")."""
    return len(part) > 1 and not part.isdigit()


def _number(numeral: str) -> int:
    """Read a Chinese numeral below a thousand."""
    total = digit = 0
    for sign in numeral:
        if sign in _UNITS:
            total += (digit or 1) * _UNITS[sign]
            digit = 0
        else:
            digit = _NUMERALS.index(sign) + 1
    return total + digit

"""Which characters the papers' fonts can show.

PDF/A refuses a paper with a character that has no shape, and a name or a reason may hold any
character. So what no font of ours shows is replaced beforehand by 〓, the printers' sign for a
character that is not in the case: the paper is made, and the reader sees that one is missing.
"""

import struct
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path

from pylopdf_fonts_zh_cn import sans_path, serif_path

MISSING = "〓"
_BREAKS = frozenset(map(ord, "\n\t"))
_FORMAT_12 = 12  # the table of characters beyond the first 65,536, which both fonts have


def shown(value: object) -> object:
    """Return data with every text as the papers can show it; numbers and shapes stay."""
    if isinstance(value, str):
        return _text(value)
    if isinstance(value, Mapping):
        return {key: shown(one) for key, one in value.items()}
    if isinstance(value, Sequence):
        return [shown(one) for one in value]
    return value


def _text(text: str) -> str:
    known = _known()
    if known.issuperset(map(ord, text)):
        return text
    composed = unicodedata.normalize("NFC", text)
    return "".join(_one(character, known) for character in composed)


def _one(character: str, known: frozenset[int]) -> str:
    if ord(character) in known:
        return character
    if character.isspace():
        return " "
    return "" if unicodedata.category(character) in {"Cc", "Cf", "Mn"} else MISSING


@cache
def _known() -> frozenset[int]:
    """Return what both fonts show: a title may stand in either."""
    return (_covered(sans_path()) & _covered(serif_path())) | _BREAKS


def _covered(path: Path) -> frozenset[int]:
    """Return the characters of an OpenType font. Source: OpenType 1.9, table ``cmap``."""
    font = path.read_bytes()
    cmap = next(start for tag, start in _tables(font) if tag == b"cmap")
    (count,) = struct.unpack_from(">H", font, cmap + 2)
    starts = [cmap + struct.unpack_from(">HHI", font, cmap + 4 + 8 * n)[2] for n in range(count)]
    table = next(one for one in starts if struct.unpack_from(">H", font, one)[0] == _FORMAT_12)
    (groups,) = struct.unpack_from(">I", font, table + 12)
    spans = (struct.unpack_from(">III", font, table + 16 + 12 * n) for n in range(groups))
    return frozenset(code for first, last, _glyph in spans for code in range(first, last + 1))


def _tables(font: bytes) -> Iterator[tuple[bytes, int]]:
    (count,) = struct.unpack_from(">H", font, 4)
    for number in range(count):
        tag, _sum, start, _length = struct.unpack_from(">4sIII", font, 12 + 16 * number)
        yield tag, start

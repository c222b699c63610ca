"""How wide words are, roughly, and how they break into lines. SVG does neither by itself."""

from unicodedata import east_asian_width

_WIDE = {"W", "F"}
_NARROW, _CAPITAL = 0.55, 0.68
_NO_START = "，。；：、）》”!?,.;:)%"


def width(text: str) -> float:
    """Return the width of a text in ems."""
    return sum(_advance(letter) for letter in text)


def _advance(letter: str) -> float:
    if east_asian_width(letter) in _WIDE:
        return 1.0
    return _CAPITAL if letter.isupper() else _NARROW


def broken(text: str, ems: float, lines: int) -> list[str]:
    """Break a text into at most so many lines; what is left over ends in an ellipsis."""
    found: list[str] = []
    rest = text.strip()
    while rest and len(found) < lines:
        cut = _cut(rest, ems)
        found.append(rest[:cut].rstrip())
        rest = rest[cut:].lstrip()
    if rest:
        found[-1] = _shortened(found[-1], ems)
    return found


def _cut(text: str, ems: float) -> int:
    """Return where the first line ends: after a word, or between two Chinese letters."""
    if width(text) <= ems:
        return len(text)
    best, used = 1, 0.0
    for place, letter in enumerate(text):
        used += _advance(letter)
        if used > ems:
            break
        after = text[place + 1]
        if _may_break(letter, after):
            best = place + 1
    return best


def _may_break(letter: str, after: str) -> bool:
    if after in _NO_START:
        return False
    wide = east_asian_width(letter) in _WIDE or east_asian_width(after) in _WIDE
    return wide or letter in " -/" or after == " "


def _shortened(line: str, ems: float) -> str:
    while line and width(line) + 1 > ems:
        line = line[:-1]
    return f"{line.rstrip()}…"

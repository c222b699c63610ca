"""统一社会信用代码 (GB 32100-2015): eighteen characters, the last of which checks the others.

The arithmetic of the check character is python-stdnum's; what is wrong is said here, place by
place. Eighteen characters are authority (1), kind of organisation (1), region (6, GB/T 2260),
organisation code (9, GB 11714-1997) and check (1).
"""

from dataclasses import dataclass
from unicodedata import normalize

from stdnum.cn import uscc

from certbody.rules.terms import Note, Problem

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
LENGTH = 18
_REGION, _ORGANISATION = slice(2, 8), slice(8, 17)
_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)  # GB 11714-1997
_MODULUS, _TEN = 11, 10
_SHOWN_AT_MOST = 3  # of the characters that are not allowed: a text of another kind has many


@dataclass(frozen=True, slots=True)
class Checked:
    """A code as it is kept, its region, and whether its inner organisation code checks, too."""

    code: str
    region: str
    inner_agrees: bool


def plain(typed: str) -> str:
    """Return a code as typed in one form: half-width, capitals, without blanks and hyphens."""
    return "".join(normalize("NFKC", typed).upper().split()).replace("-", "")


def problems_of(typed: str, where: str = "credit_code") -> list[Problem]:
    """Return what is wrong with a code; nothing for one that checks."""
    code = plain(typed)
    if not code:
        return [Problem(where, "code_missing", {})]
    strange = [(place, one) for place, one in enumerate(code, start=1) if one not in ALPHABET]
    found = [
        Problem(where, "code_character", {"place": place, "value": one})
        for place, one in strange[:_SHOWN_AT_MOST]
    ]
    if len(code) != LENGTH:
        found.append(Problem(where, "code_length", {"length": len(code), "bound": LENGTH}))
    if found:
        return found
    wanted = uscc.calc_check_digit(code[:-1])
    if code[-1] != wanted:
        return [Problem(where, "code_check", {"value": code[-1], "wanted": wanted})]
    return []


def checked(typed: str) -> Checked:
    """Return the parts of a code that has no problems."""
    code = plain(typed)
    inner = code[_ORGANISATION]
    return Checked(code, code[_REGION], inner[-1] == organisation_check(inner[:-1]))


def organisation_check(eight: str) -> str:
    """Return the check character of an organisation code: 0 to 9, or X for ten (GB 11714-1997)."""
    values = [int(one, 36) for one in eight]  # A is ten, Z thirty-five, no letter left out
    total = sum(value * weight for value, weight in zip(values, _WEIGHTS, strict=True))
    wanted = (_MODULUS - total % _MODULUS) % _MODULUS
    return "X" if wanted == _TEN else str(wanted)


def notes_on(typed: str, region: str) -> list[Note]:
    """Return what is unusual about a code that checks; legacy codes are so and stay valid."""
    code = checked(typed)
    notes = []
    if not code.inner_agrees:
        wanted = organisation_check(code.code[_ORGANISATION][:-1])
        value = code.code[_ORGANISATION][-1]
        notes.append(Note("code_inner_check", {"value": value, "wanted": wanted}))
    if region and region != code.region:
        notes.append(Note("code_region_differs", {"value": region, "other": code.region}))
    return notes

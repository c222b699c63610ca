"""The names of the sheets in a workbook of criteria."""

import re
from collections.abc import Iterable
from hashlib import sha256

from certbody.sheets.workbook import Sheet

GUIDE = "填写说明 Guide"
LENGTH_AT_MOST = 31  # Excel's limit
_FORBIDDEN = re.compile(r"[\[\]:*?/\\']")


def sheet_name(name: str) -> str:
    """Return the sheet of a set: its own name, or a short one that stays unique."""
    if len(name) <= LENGTH_AT_MOST and not _FORBIDDEN.search(name):
        return name
    digest = sha256(name.encode()).hexdigest()[:6]
    return f"{_FORBIDDEN.sub('_', name)[: LENGTH_AT_MOST - 7]}-{digest}"


def same(one: str, other: str) -> bool:
    """Tell whether two sheets have the same name; Excel knows no capitals."""
    return one.strip().casefold() == other.strip().casefold()


def guide_of(sheets: Iterable[Sheet]) -> Sheet | None:
    """Return the sheet of instructions, if it is still there."""
    return next((sheet for sheet in sheets if same(sheet.name, GUIDE)), None)


def placed(sheets: Iterable[Sheet], sets: Iterable[str]) -> tuple[dict[str, Sheet], list[Sheet]]:
    """Return the sheet of each set, and the sheets that belong to none.

    Where one set is wanted and one sheet is left, that is its sheet, whatever its name.
    """
    wanted = list(sets)
    left = [sheet for sheet in sheets if not same(sheet.name, GUIDE)]
    found: dict[str, Sheet] = {}
    for name in wanted:
        own = next((sheet for sheet in left if same(sheet.name, sheet_name(name))), None)
        if own is not None:
            found[name] = own
            left.remove(own)
    left = [sheet for sheet in left if sheet.cells]
    if not found and len(wanted) == len(left) == 1:
        return {wanted[0]: left[0]}, []
    return found, left

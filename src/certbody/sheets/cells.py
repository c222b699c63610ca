"""Reading one cell: text, an exact number, a choice, yes or no.

Excel keeps numbers as binary floats. The shortest decimal that names the float is what a
person typed: 0.1 in a cell is 1/10. From there on everything is exact.

Errors     ``CellFault`` with the fault's code and facts
"""

import unicodedata
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from fractions import Fraction

from certbody.rules.numbers import in_figures, number_from
from certbody.rules.terms import Words
from certbody.sheets.faults import CellFault
from certbody.sheets.workbook import Broken, Raw

YES, NO = {"是", "yes", "y", "true"}, {"否", "no", "n", "false"}
SHOWN_AT_MOST = 40  # of a faulty text, so that a message stays readable


def exact(raw: float) -> Fraction:
    """Return the number that was typed, exactly."""
    figures = in_figures(Fraction(repr(raw)))
    if "/" in figures:  # too long to be written out: nobody typed that
        raise ValueError(f"not a number of points: {raw}")
    return number_from(figures)


def text_of(raw: Raw, what: Words, limit: int, *, lines: bool = False) -> str:
    """Return a text; ``lines`` allows line breaks."""
    _whole(raw, what)
    if isinstance(raw, bool):
        raise CellFault("not_text", what=what, text=str(raw).upper())
    if isinstance(raw, int | float):
        return _number_as_text(raw, what)
    if not isinstance(raw, str):
        raise CellFault("stored_as_date", what=what, text=raw)
    text = raw.replace("\r\n", "\n").replace("\r", "\n").strip()
    if len(text) > limit:
        raise CellFault("too_long", what=what, length=len(text), limit=limit)
    _check_signs(text, what, lines=lines)
    return text


def _whole(raw: Raw, what: Words) -> None:
    """Refuse a formula that shows an error or nothing."""
    if isinstance(raw, Broken) and raw.text:
        raise CellFault("error_value", what=what, text=raw.text)
    if isinstance(raw, Broken):
        raise CellFault("no_value", what=what)


def _number_as_text(raw: float, what: Words) -> str:
    """Accept a whole number as text; a decimal may have lost its last zero."""
    text = repr(raw).removesuffix(".0")
    if not text.isdigit():
        raise CellFault("stored_as_number", what=what, text=text)
    return text


def _check_signs(text: str, what: Words, *, lines: bool) -> None:
    """Refuse control signs, and in ids the signs that nobody sees."""
    allowed, refused = ("\n\t", {"Cc", "Cs"}) if lines else ("", {"Cc", "Cs", "Cf", "Zl", "Zp"})
    for sign in text:
        if unicodedata.category(sign) in refused and sign not in allowed:
            raise CellFault("invisible", what=what, text=f"U+{ord(sign):04X}")


def number_of(raw: Raw, what: Words) -> Fraction:
    """Return a number that is not negative, exactly."""
    _whole(raw, what)
    if isinstance(raw, bool | date | datetime | time | timedelta | Broken):
        raise CellFault("not_a_number", what=what, text=raw)
    try:
        value = exact(raw) if isinstance(raw, int | float) else _typed(raw)
    except ValueError as error:
        raise CellFault("not_a_number", what=what, text=short(str(raw))) from error
    if value < 0:
        raise CellFault("negative", what=what, text=in_figures(value))
    return value


def _typed(text: str) -> Fraction:
    if "%" in text or len(text) > SHOWN_AT_MOST:
        raise ValueError("not a number of points")
    return number_from(text)


def yes_of(raw: Raw, what: Words) -> bool:
    """Return whether a cell says yes."""
    _whole(raw, what)
    said = raw if isinstance(raw, bool) else str(raw).strip().casefold()
    if said is True or said in YES:
        return True
    if said is False or said in NO:
        return False
    raise CellFault("not_yes_no", what=what, text=short(str(raw)))


def choice_of(raw: Raw, what: Words, choices: Mapping[str, str], allowed: Words) -> str:
    """Return the id of a choice named by its id or its words."""
    _whole(raw, what)
    if not choices:
        raise CellFault("no_choices", what=what)
    found = choices.get(str(raw).strip().casefold())
    if found is None:
        raise CellFault("not_a_choice", what=what, text=short(str(raw)), allowed=allowed)
    return found


def short(text: str) -> str:
    """Return a text on one line, cut where it is long."""
    line = " ".join(text.split())
    return line if len(line) <= SHOWN_AT_MOST else f"{line[:SHOWN_AT_MOST]}…"

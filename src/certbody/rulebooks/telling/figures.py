"""Numbers, roundings and lengths of time in words."""

from datetime import date, datetime
from fractions import Fraction

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from certbody.rules.bands import Range
from certbody.rules.dates import Duration
from certbody.rules.numbers import Rounding, in_figures
from certbody.rules.schedule import Length

HUNDRED = 100
PLACES = 2


def figure(value: Fraction | int | None) -> str:
    """Write a number in figures; a dash where there is none."""
    return "—" if value is None else in_figures(Fraction(value))


def percent(value: Fraction | None) -> str:
    """Write a share as a percentage."""
    if value is None:
        return "—"
    share = value * HUNDRED
    exact = in_figures(share)
    return f"{exact} %" if "/" not in exact else f"≈ {in_figures(round(share, PLACES))} %"


def with_rounded(text: str) -> str:
    """Write a fraction as it is exactly, and about how much that is."""
    top, slash, bottom = text.partition("/")
    if not slash or not (top.lstrip("-") + bottom).isdigit():
        return text
    about = round(Fraction(int(top), int(bottom)), PLACES)
    return f"{text} ≈ {in_figures(about)}"


def day(value: date | datetime | None) -> str:
    """Write a day, or a moment to the minute."""
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d %H:%M}"
    return "—" if value is None else value.isoformat()


def rounding(how: Rounding | None) -> str:
    """Say how a figure is rounded; an unstated rounding is said too."""
    if how is None:
        return _("rounding not stated")
    for step, plain, stepped in (
        (how.up_to, _("rounded up"), _("rounded up to %(step)s")),
        (how.down_to, _("rounded down"), _("rounded down to %(step)s")),
        (how.nearest, _("rounded to the nearest whole"), _("rounded to the nearest %(step)s")),
    ):
        if step is not None:
            return plain if step == 1 else stepped % {"step": in_figures(step)}
    return _("not rounded")


def band(one: Range) -> str:
    """Write a range: a stretch of whole ends, or its bounds with signs."""
    return one.in_figures()


def length(duration: Duration | None) -> str:
    """Say a duration, such as "3 months" or "10 working days before"."""
    if duration is None:
        return "—"
    if duration.number == 0 and duration.after is None:
        return _("the same day")
    said = counted(duration.unit, abs(duration.number))
    if duration.before:
        said = _("%(length)s before") % {"length": said}
    if duration.after == "month_end":
        return _("%(length)s from the end of the month") % {"length": said}
    if duration.after == "year_end":
        return _("%(length)s from the end of the year") % {"length": said}
    return said


def stated(one: Length) -> str:
    """Say a length of validity."""
    if one.years is not None:
        return counted("years", one.years)
    return counted("months", one.in_months)


def counted(unit: str, number: int) -> str:
    """Say so many of a unit of time."""
    match unit:
        case "years":
            pattern = ngettext("%(number)s year", "%(number)s years", number)
        case "months":
            pattern = ngettext("%(number)s month", "%(number)s months", number)
        case "days":
            pattern = ngettext("%(number)s day", "%(number)s days", number)
        case "working_days":
            pattern = ngettext("%(number)s working day", "%(number)s working days", number)
        case _:
            pattern = ngettext("%(number)s hour", "%(number)s hours", number)
    return pattern % {"number": number}

"""What is kept of an organisation, in the reader's words."""

from datetime import date, timedelta

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from certbody.clients.models import Licence, ServiceManager
from certbody.clients.opening_hours import HoursFault, week_from
from certbody.clients.regions import province
from certbody.web.language import active, in_words

register = template.Library()
SOON = timedelta(days=60)


@register.filter
def hours(line: str) -> str:
    """Show opening hours; a line from before they were read by weekday as it is."""
    try:
        return week_from(line).in_words(active())
    except HoursFault:
        return line


@register.filter
def region(code: str) -> str:
    """Show a region code with its province."""
    words = province(code)
    return f"{in_words(words)} {code}" if words else code


@register.filter
def validity(one: Licence | ServiceManager, today: date) -> SafeString:
    """Show until when something is valid: by colour, sign and word."""
    if isinstance(one, Licence) and not one.held:
        return _state("bad", _("not held"), None)
    if one.valid_until is None:
        return _state("ok", _("without end"), None)
    if one.valid_until < today:
        return _state("bad", _("no longer valid"), one.valid_until)
    if one.valid_until < today + SOON:
        return _state("wait", _("ends soon"), one.valid_until)
    return _state("ok", _("valid to"), one.valid_until)


def _state(colour: str, word: str, day: date | None) -> SafeString:
    shown = f"{word} {day.isoformat()}" if day else word
    return format_html('<span class="st {}">{}</span>', colour, shown)

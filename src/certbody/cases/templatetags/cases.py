"""A case's state as every screen shows it: colour, shape and word."""

from collections.abc import Mapping

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from certbody.cases.models import Case, State

register = template.Library()

_LOOKS: Mapping[str, str] = {
    State.SUBMITTED: " wait",
    State.SUPPLEMENT_ASKED: " wait",
    State.DEFERRED: " wait",
    State.ACCEPTED: " ok",
    State.CONTRACTED: " ok",
    State.GRANTED: " ok",
    State.DECLINED: " bad",
    State.STOPPED: " bad",
    State.REFUSED: " bad",
}


@register.simple_tag
def state_of(case: Case) -> SafeString:
    """Show the state of a case."""
    look = _LOOKS.get(case.state, "")
    return format_html('<span class="st{}">{}</span>', look, case.get_state_display())

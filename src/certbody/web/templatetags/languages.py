"""Words that are kept in both languages, shown in the reader's."""

from collections.abc import Mapping
from typing import Any

from django import template

from certbody.web.language import active

register = template.Library()


@register.filter
def in_language(thing: Mapping[str, Any] | None) -> Any:  # noqa: ANN401  words, or an answer
    """Show what a mapping ``{"zh": …, "en": …}`` holds in the reader's language."""
    return "" if thing is None else thing[active()]

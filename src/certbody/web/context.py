"""What every page needs besides its own content: the language and its switch."""

from django.conf import settings
from django.http import HttpRequest

from certbody.web.language import active, switched
from certbody.web.navigation import entries_for


def frame(request: HttpRequest) -> dict[str, object]:
    """Give the templates the language, its switch, and what the frame leads to."""
    return {
        "language": active(),
        "html_language": "en" if active() == "en" else "zh-Hans",
        "in_chinese": switched(request, "zh"),
        "in_english": switched(request, "en"),
        "navigation": entries_for(request),
        "demo": settings.DEMO,
    }

"""The reader's language: Chinese, or English by the switch.

``?lang=en`` on any address switches and is remembered in a cookie, so the switch is a plain
link that works without JavaScript and keeps every other part of the address.
"""

from collections.abc import Callable
from typing import Protocol

from django.conf import settings
from django.core.exceptions import SuspiciousOperation
from django.http import HttpRequest, HttpResponseBase, QueryDict
from django.utils import translation
from django.utils.cache import patch_vary_headers

from certbody.words import Language

PARAMETER = "lang"
COOKIE = "certbody_language"
_CODES = {"zh": "zh-hans", "en": "en"}
_A_YEAR = 365 * 24 * 60 * 60


class TwoLanguages(Protocol):
    """Anything with words in both languages."""

    @property
    def zh(self) -> str:
        """The words in Chinese."""

    @property
    def en(self) -> str:
        """The words in English."""


class LanguageMiddleware:
    """Activates the language asked for, remembered, or Chinese."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer in the reader's language and remember a switch."""
        asked = query_of(request).get(PARAMETER)
        language = asked if asked in _CODES else request.COOKIES.get(COOKIE)
        with translation.override(_CODES.get(language or "", settings.LANGUAGE_CODE)):
            response = self.get_response(request)
            response.headers.setdefault("Content-Language", translation.get_language() or "")
        patch_vary_headers(response, ["Cookie"])
        if asked is not None and asked in _CODES:
            response.set_cookie(
                COOKIE, asked, max_age=_A_YEAR, httponly=True, samesite="Lax", secure=settings.HTTPS
            )
        return response


def active() -> Language:
    """Return the language of the page being made, as words know it."""
    return "en" if (translation.get_language() or "").startswith("en") else "zh"


def in_words(thing: TwoLanguages) -> str:
    """Return the words of a thing that has them in both languages."""
    return thing.en if active() == "en" else thing.zh


def switched(request: HttpRequest, language: Language) -> str:
    """Return this page's address in the other language, with everything else it carries."""
    query = QueryDict(mutable=True)
    for name, values in query_of(request).lists():
        if name != PARAMETER:
            query.setlist(name, values)
    query[PARAMETER] = language
    return f"{request.path}?{query.urlencode()}"


def query_of(request: HttpRequest) -> QueryDict:
    """Return the address's parameters; none where there are too many to be read."""
    try:
        return request.GET
    except SuspiciousOperation:  # the view meets it again and answers 400
        return QueryDict()

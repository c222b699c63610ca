"""A gate's conditions as the lines that a person reads, in the language of the page."""

from dataclasses import dataclass

from django.utils.functional import Promise

from certbody.cases.gates import Condition
from certbody.rules.terms import Clause
from certbody.web.language import active, in_words
from certbody.words.rendering import plain_refusal


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a gate; ``url`` and ``fix`` lead to where it is mended."""

    met: bool
    what: str
    clause: Clause | None
    message: str
    url: str = ""
    fix: str | Promise = ""


def line_of(one: Condition, url: str = "", fix: str | Promise = "") -> Line:
    """Return the line of a condition; a message that only repeats it is left out."""
    message = str(plain_refusal(one.refusal, active())["message"]) if one.refusal else ""
    what = in_words(one.what)
    return Line(one.met, what, one.clause, "" if message.endswith(what) else message, url, fix)

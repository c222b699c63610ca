"""What a row says in one line, at a clause where its section does not stand itself."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from certbody.rulebooks.layout import Mention
from certbody.rulebooks.telling.amounts import formula
from certbody.rulebooks.telling.figures import figure, stated
from certbody.rules.bands import Band, Beyond
from certbody.rules.samples import Take
from certbody.rules.schedule import Length
from certbody.rules.terms import Cited, Row
from certbody.web.language import in_words

MOST = 4


def mentioned(mention: Mention) -> str:
    """Say what the rows of a section give at a clause; only how many where they are many."""
    texts = list(dict.fromkeys(_texts(mention)))
    if len(texts) > MOST:
        number = len(texts)
        return ngettext("%(number)s row", "%(number)s rows", number) % {"number": number}
    return _("; ").join(texts)


def _texts(mention: Mention) -> Iterator[str]:
    for row in mention.rows:
        text = _text(row)
        if text:
            yield text


def _text(row: Cited) -> str:
    match row:
        case Row():
            return in_words(row)
        case Band():
            return f"{row.in_figures()}: {figure(row.value)}"
        case Beyond():
            return f"+ {figure(row.each)} / {figure(row.step)}"
        case Take():
            return formula(row)
        case Length():
            return stated(row)
        case _:
            return ""

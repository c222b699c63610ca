"""What templates need to show a rulebook: words, figures, and clauses as links."""

from collections.abc import Iterator, Mapping
from datetime import date
from fractions import Fraction
from typing import Any

from django import template
from django.template import Context
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from certbody.rulebooks.library import Book
from certbody.rulebooks.places import slug as slug_of
from certbody.rulebooks.telling import amounts, codes, conditions, figures
from certbody.rules.bands import Range
from certbody.rules.conditions import Condition
from certbody.rules.dates import Duration
from certbody.rules.samples import Take
from certbody.rules.schedule import Length
from certbody.rules.sums import Line, Sum
from certbody.rules.terms import Cited, Clause, Shape
from certbody.web.language import TwoLanguages, active, in_words
from certbody.words import sentence

register = template.Library()


@register.filter
def words(thing: TwoLanguages | None) -> str:
    """Show a thing's words in the reader's language."""
    return in_words(thing) if thing is not None else ""


@register.filter
def figure(value: Fraction | None) -> str:
    """Show a number."""
    return figures.figure(value)


@register.filter
def percent(value: Fraction | None) -> str:
    """Show a share as a percentage."""
    return figures.percent(value)


@register.filter
def day(value: date | None) -> str:
    """Show a day."""
    return figures.day(value)


@register.filter
def rounding_of(shape: Shape, field: str) -> str:
    """Show how a figure is rounded; a template would call the rounding itself."""
    return figures.rounding(getattr(shape, field))


@register.filter
def duration(of: Duration | None) -> str:
    """Show a length of time."""
    return figures.length(of)


@register.filter
def band(one: Range) -> str:
    """Show a range of figures."""
    return figures.band(one)


@register.filter
def condition(what: Condition | None, inputs: Mapping[str, Any]) -> str:
    """Show a condition as a sentence."""
    return conditions.condition(what, inputs)


@register.filter
def named(fact: str, inputs: Mapping[str, Any]) -> str:
    """Show a fact's name."""
    return conditions.named(fact, inputs)


@register.filter
def amount(line: Line, section: Sum) -> str:
    """Show what a line of a sum comes to."""
    return amounts.amount(line, section)


@register.filter
def terms(line: Line, section: Sum) -> list[str]:
    """Show what else holds for a line."""
    return amounts.terms(line, section)


@register.filter
def formula(row: Take) -> str:
    """Show how many sites are drawn."""
    return amounts.formula(row)


@register.filter
def limits(row: Take) -> str:
    """Show the least and most that are drawn."""
    return amounts.limits(row)


@register.filter
def lines_named(names: tuple[str, ...], section: Sum) -> str:
    """Show lines of a sum by their words."""
    return amounts.names(names, section)


@register.filter
def code(value: str | None, which: str) -> str:
    """Show one of the program's codes in words: ``{{ stage|code:"STAGES" }}``."""
    return codes.name(getattr(codes, which), value)


@register.filter
def unit(value: str) -> str:
    """Show a unit in words."""
    return codes.unit(value)


@register.filter
def stated(one: Length) -> str:
    """Show a length of validity."""
    return figures.stated(one)


@register.filter
def readings_of(row: Cited) -> tuple[str, ...]:
    """Give the readings that a row rests on."""
    return (row.reading,) if isinstance(row.reading, str) else row.reading


@register.filter
def slug(name: str) -> str:
    """Give a name as part of an address."""
    return slug_of(name)


@register.simple_tag(takes_context=True)
def cite(context: Context, clause: Clause | str | None) -> SafeString:
    """Show a clause as a link to its place in the rulebook."""
    book: Book | None = context.get("book")
    if clause is None or book is None:
        return SafeString("")
    address = address_of(book, clause, here=bool(context.get("here")))
    if not address:
        return format_html("<cite>{}</cite>", str(clause))
    return format_html('<cite><a href="{}">{}</a></cite>', address, str(clause))


@register.simple_tag(takes_context=True)
def clause_address(context: Context, clause: Clause) -> str:
    """Give the address of a clause."""
    return address_of(context["book"], clause, here=bool(context.get("here")))


@register.simple_tag(takes_context=True)
def cites(context: Context, row: Cited, home: Clause | None = None) -> SafeString:
    """Show all clauses and readings of a row; not the clause it already stands under."""
    shown = [clause for clause in dict.fromkeys((row.clause, *row.also)) if clause != home]
    links = [cite(context, clause) for clause in shown]
    links += list(_reading_links(context, row))
    return format_html_join(" ", "{}", ((link,) for link in links))


def _reading_links(context: Context, row: Cited) -> Iterator[SafeString]:
    book: Book = context["book"]
    page = "" if context.get("here") else rulebook_page(book)
    for name in readings_of(row):
        label = gettext("reading %(name)s") % {"name": name}
        yield format_html(
            '<cite class="by-reading"><a href="{}#reading-{}">{}</a></cite>',
            page,
            slug_of(name),
            label,
        )


def address_of(book: Book, clause: Clause | str, *, here: bool = False) -> str:
    """Return the address of a clause in the rulebook, or nothing where it stands nowhere."""
    anchor = book.places.anchor(clause)
    if not anchor:
        return ""
    return f"{'' if here else rulebook_page(book)}#{anchor}"


def rulebook_page(book: Book) -> str:
    """Return the address of the rulebook's page."""
    return reverse("rulebook", args=[book.scheme, book.number])


@register.filter
def shown(value: object) -> str:
    """Show an answer's value: an endless decimal also as a rounded one."""
    text = str(value)
    if value is None:
        return "—"
    if isinstance(value, bool):
        return gettext("yes") if value else gettext("no")
    return figures.with_rounded(text)


@register.filter
def shown_moment(value: object) -> str:
    """Show a moment to the minute, or a day."""
    return "—" if value is None else str(value).replace("T", " ")[:16]


@register.filter
def state_look(state: str) -> str:
    """Give the look of a window's state: good, waiting, bad, or neither."""
    looks = {"done": "ok", "open": "ok", "due": "wait", "to_explain": "wait"}
    looks |= {"done_to_explain": "wait", "overdue": "bad", "done_late": "bad", "done_early": "bad"}
    return looks.get(state, "")


@register.filter
def sentence_of(code: str) -> str:
    """Show a code that has a sentence of its own, such as a calendar."""
    return sentence(code, {}, active())

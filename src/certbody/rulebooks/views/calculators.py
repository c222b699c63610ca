"""Calculators: a form whose address carries the inputs, and the answer with its steps."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.timezone import localdate
from django.views.decorators.http import require_safe

from certbody.rulebooks.calculable import by_kind, calculator_of
from certbody.rulebooks.drawing.radar import radar_of
from certbody.rulebooks.drawing.timeline import timeline_of
from certbody.rulebooks.library import Book, readable
from certbody.rulebooks.sheet import Sheet, sheet_of
from certbody.rulebooks.views.opening import faulty, with_book
from certbody.schemes.faults import Faults


@require_safe
def calculators(request: HttpRequest) -> HttpResponse:
    """Show every calculator of every rulebook."""
    try:
        shelf = [{"book": book, "calculators": by_kind(book)} for book in readable()]
    except Faults as found:
        return faulty(request, found)
    return render(request, "rulebooks/calculators.html", {"at": "calculators", "shelf": shelf})


@with_book
def calculators_of(request: HttpRequest, book: Book) -> HttpResponse:
    """Show the calculators of one rulebook."""
    page = {"at": "calculators", "book": book, "calculators": by_kind(book)}
    return render(request, "rulebooks/calculators_of.html", page)


@with_book
def calculator(request: HttpRequest, book: Book, name: str) -> HttpResponse:
    """Show one calculator; answer when the address carries a question."""
    found = calculator_of(book, name)
    if found is None:
        raise Http404
    sheet = sheet_of(found, request.GET, localdate(), readable())
    page = {"at": "calculators", "book": book, "calculator": found, "sheet": sheet}
    return render(request, "rulebooks/calculator.html", {**page, **_drawings(sheet)})


def _drawings(sheet: Sheet) -> dict[str, object]:
    answer = sheet.asked.answer if sheet.asked else None
    if answer is None:
        return {}
    if sheet.calculator.kind == "schedules":
        return {"timeline": timeline_of(answer, sheet.day)}
    if sheet.calculator.kind == "rates":
        criteria = sheet.calculator.book.edition.of_kind("criteria")
        return {"radar": radar_of(answer, criteria[sheet.calculator.section.criteria])}
    return {}

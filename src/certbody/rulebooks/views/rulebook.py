"""The rulebook clause by clause, and its processes as diagrams."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from certbody.rulebooks.calculable import calculators_in
from certbody.rulebooks.contents import contents
from certbody.rulebooks.diagram import diagrams_of
from certbody.rulebooks.library import Book
from certbody.rulebooks.views.opening import with_book


@with_book
def rulebook(request: HttpRequest, book: Book) -> HttpResponse:
    """Show the whole rulebook; ``?find=`` narrows the contents."""
    find = request.GET.get("find", "")
    page = {
        "at": "rulebooks",
        "book": book,
        "here": True,
        "find": find,
        "contents": contents(book, find),
        "calculators": {one.name for one in calculators_in(book)},
        "diagrams": diagrams_of(book),
    }
    return render(request, "rulebooks/rulebook.html", page)


@with_book
def process(request: HttpRequest, book: Book) -> HttpResponse:
    """Show the processes as diagrams."""
    page = {"at": "rulebooks", "book": book, "diagrams": diagrams_of(book)}
    return render(request, "rulebooks/process.html", page)

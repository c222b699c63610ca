"""The first page: which rulebooks there are and what can be done with them."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from certbody.rulebooks.calculable import asked_most, calculators_in
from certbody.rulebooks.library import Book, NotThere, Unreadable, books, current_edition
from certbody.rulebooks.views.opening import faulty
from certbody.schemes.faults import Faults


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Show every rulebook as a card."""
    try:
        found = list(books())
    except Faults as faults:
        return faulty(request, faults)
    read = [one for one in found if isinstance(one, Book)]
    page = {
        "at": "rulebooks",
        "cards": [_card(book) for book in read],
        "unreadable": [one for one in found if isinstance(one, Unreadable)],
        "pair": read[:2],
    }
    return render(request, "rulebooks/home.html", page)


def _card(book: Book) -> dict[str, object]:
    return {"book": book, "most": asked_most(book), "number": len(calculators_in(book))}


@require_safe
def to_home(request: HttpRequest) -> HttpResponseRedirect:
    """The list of rulebooks is the first page."""
    del request
    return redirect("home")


@require_safe
def latest(request: HttpRequest, scheme: str) -> HttpResponse:
    """A scheme without an edition means its current one."""
    try:
        return redirect("rulebook", scheme, current_edition(scheme))
    except NotThere as missing:
        raise Http404 from missing
    except Faults as found:
        return faulty(request, found)

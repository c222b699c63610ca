"""Two editions side by side."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from certbody.rulebooks.comparing.pairs import compared
from certbody.rulebooks.library import Book, readable
from certbody.rulebooks.views.opening import faulty
from certbody.schemes.faults import Faults


@require_safe
def compare(request: HttpRequest) -> HttpResponse:
    """Show the editions that the address names; two to begin with where it names none."""
    try:
        shelf = readable()
    except Faults as found:
        return faulty(request, found)
    a = _named(request.GET.get("a", ""), shelf)
    b = _named(request.GET.get("b", ""), [book for book in shelf if book is not a] or shelf)
    page = {
        "at": "compare",
        "shelf": shelf,
        "a": a,
        "b": b,
        "only": request.GET.get("only") == "differences",
        "groups": compared(a, b) if a is not None and b is not None else [],
    }
    return render(request, "rulebooks/compare.html", page)


def _named(name: str, shelf: list[Book]) -> Book | None:
    """Return the edition of that name; the first one where the address names none."""
    if not name:
        return shelf[0] if shelf else None
    found = next((book for book in shelf if book.name == name), None)
    if found is None:
        raise Http404
    return found

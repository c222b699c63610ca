"""Finding the rulebook that an address names, or saying why it cannot be shown."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from certbody.rulebooks.library import Book, NotThere, book_of
from certbody.schemes.faults import Faults

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, Book, P], HttpResponse]


def with_book(view: View[P]) -> Callable[..., HttpResponse]:
    """Open the edition for a view; answer 404, or the page of its faults, where that fails."""

    @require_safe
    @wraps(view)
    def opened(
        request: HttpRequest, scheme: str, number: str, *args: P.args, **kwargs: P.kwargs
    ) -> HttpResponse:
        try:
            book = book_of(scheme, number)
        except NotThere as missing:
            raise Http404 from missing
        except Faults as found:
            return faulty(request, found)
        return view(request, book, *args, **kwargs)

    return opened


def faulty(request: HttpRequest, found: Faults) -> HttpResponse:
    """Say what is wrong with a rulebook's files, by file name, never by path."""
    faults = [
        {"place": fault.place.rsplit("/", 1)[-1], "message": fault.message}
        for fault in found.faults
    ]
    return render(request, "rulebooks/faulty.html", {"faults": faults}, status=503)

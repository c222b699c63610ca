"""Pages for what went wrong, in the look: each says what happened and where to go on."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Fault:
    """What an error page says."""

    status: int
    title: str | Promise
    what: str | Promise
    next: str | Promise


BAD_REQUEST = Fault(
    400,
    _("This address cannot be read"),
    _("Part of the address is malformed or far too long."),
    _("Check the address, or start again from the first page."),
)
FORBIDDEN = Fault(
    403,
    _("Not allowed"),
    _("You may not do this here, or the form has lapsed."),
    _("Go back, reload the page and send the form again."),
)
NOT_FOUND = Fault(
    404,
    _("There is no such page"),
    _("There is no page at this address: it was mistyped, or the edition does not exist."),
    _("The rulebooks and their editions are listed on the first page."),
)
TOO_MANY = Fault(
    429,
    _("Too many attempts"),
    _("There were too many attempts from your address in a short time."),
    _("Wait a few minutes, then try again."),
)
SERVER_ERROR = Fault(
    500,
    _("The program made a mistake"),
    _("The page could not be made. The fault lies with the program, not with what you entered."),
    _("Try again; if it stays, tell the administrator the address of this page and the time."),
)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer a request that cannot be understood."""
    del exception
    return fault_page(request, BAD_REQUEST)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer a request that is not allowed."""
    del exception
    return fault_page(request, FORBIDDEN)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer a form that was not sent from our own page."""
    del reason
    return fault_page(request, FORBIDDEN)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer a request for a page that does not exist."""
    del exception
    return fault_page(request, NOT_FOUND)


def too_many(request: HttpRequest) -> HttpResponse:
    """Answer whoever tries too often."""
    return fault_page(request, TOO_MANY)


def server_error(request: HttpRequest) -> HttpResponse:
    """Answer when the program itself failed."""
    return fault_page(request, SERVER_ERROR)


def fault_page(request: HttpRequest, fault: Fault) -> HttpResponse:
    """Make the page of one fault."""
    return render(request, "web/fault.html", {"fault": fault}, status=fault.status)

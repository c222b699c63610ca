"""What the pages of the register share: their order, their words, who may see them, notes."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from certbody.accounts.callers import person
from certbody.clients.asked import asking
from certbody.clients.models import Client
from certbody.clients.selectors import own_clients
from certbody.rules.terms import Note
from certbody.web.language import active
from certbody.words.rendering import plain_note

_DIGITS = 12

TITLES: Mapping[str, tuple[str | Promise, str | Promise]] = {
    "organisation": (
        _("Organisation"),
        _("As on the business licence. It is kept for all your applications."),
    ),
    "sites": (
        _("Service sites"),
        _(
            "Every place where the service is provided, the head office included. "
            "How long the audit takes and which sites are visited follow from this list."
        ),
    ),
    "licences": (
        _("Licences and permits"),
        _(
            "Every licence that the business needs, with its last day. "
            "One that has ended stands in the way of an application."
        ),
    ),
    "incidents": (
        _("Accidents, offences, penalties"),
        _(
            "What has to do with the service. "
            "Hiding one costs the certificate; one of earlier years that is dealt with does not. "
            "Nothing to tell? Leave the list empty."
        ),
    ),
    "managers": (
        _("Certified service managers"),
        _(
            "Certified after-sales service managers (售后服务管理师), if there are any: "
            "the auditors ask for their certificates."
        ),
    ),
}


@dataclass(frozen=True, slots=True)
class Page:
    """One page of the register, with how many rows it has; None for the organisation itself."""

    name: str
    title: str | Promise
    url: str
    number: int | None


def own(request: HttpRequest, pk: int) -> Client:
    """Return an organisation that the person acts for; 404 for any other."""
    client = own_clients(person(request), localdate()).filter(pk=pk).first()
    if client is None:
        raise Http404
    return client


def case_of(request: HttpRequest) -> str:
    """Return the number of the case that the person came from, if it came from one."""
    return request.POST.get("case", "") or request.GET.get("case", "")


def frame(request: HttpRequest, client: Client | None, name: str) -> dict[str, Any]:
    """Return what every page of the register shows: its title, why it is asked, the others."""
    title, lead = TITLES[name]
    case = case_of(request)
    pages = _pages(client, case) if client else []
    names = [page.name for page in pages]
    after = names.index(name) + 1 if client else 0
    return {
        "client": client,
        "case": case,
        "name": name,
        "page_title": title,
        "lead": lead,
        "pages": pages,
        "following": pages[after] if client and after < len(pages) else None,
        "asked": asking(name),
    }


def tell(request: HttpRequest, notes: Iterable[Note]) -> None:
    """Show notes once, on the next page."""
    for note in notes:
        messages.warning(request, str(plain_note(note, active())["message"]))


def number_from(raw: str | None) -> int | None:
    """Return a whole number that was sent, or None."""
    plain = raw is not None and raw.isascii() and raw.isdecimal() and len(raw) < _DIGITS
    return int(raw) if plain and raw else None


def onward(request: HttpRequest, client: Client, name: str) -> str:
    """Return to the application the person came from, or stay with the register."""
    case = case_of(request)
    if case and "stay" not in request.POST:
        return reverse("client_case", args=[case])
    return _address(client, name, case)


def _pages(client: Client, case: str) -> list[Page]:
    listed = {
        "sites": client.sites.filter(closed_on__isnull=True),
        "licences": client.licences.filter(removed_on__isnull=True),
        "incidents": client.incidents.filter(removed_on__isnull=True),
        "managers": client.service_managers.filter(removed_on__isnull=True),
    }
    return [
        Page(
            name,
            title,
            _address(client, name, case),
            listed[name].count() if name in listed else None,
        )
        for name, (title, _lead) in TITLES.items()
    ]


def _address(client: Client, name: str, case: str) -> str:
    view = "organisation" if name == "organisation" else f"organisation_{name}"
    address = reverse(view, args=[client.pk])
    return f"{address}?case={case}" if case.isalnum() or "-" in case else address

"""Who may come in by which address. Closed by default: a view that says nothing opens to nobody.

Each view is marked ``public``, ``signed_in`` or ``needs(right)``. The mark says who may come to
this address at all; which clients and cases open to them is a condition in the query of the view.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import resolve_url

View = TypeVar("View", bound=Callable[..., Any])


@dataclass(frozen=True, slots=True)
class Door:
    """What an address asks of who comes: nothing, being signed in, or one of some rights."""

    signed_in: bool
    rights: tuple[str, ...] = ()


PUBLIC = Door(signed_in=False)
SIGNED_IN = Door(signed_in=True)
BY_TOKEN = Door(signed_in=False)  # the API asks for a token itself, operation by operation


def public(view: View) -> View:
    """Open a view to anybody."""
    return _marked(view, PUBLIC)


def signed_in(view: View) -> View:
    """Open a view to whoever is signed in."""
    return _marked(view, SIGNED_IN)


def needs(*rights: str) -> Callable[[View], View]:
    """Open a view to whoever has one of the rights."""
    return lambda view: _marked(view, Door(signed_in=True, rights=rights))


def door_of(view: Callable[..., Any]) -> Door | None:
    """Return the mark of a view; None for one without, which opens to nobody."""
    return getattr(view, "door", None)


def _marked(view: View, door: Door) -> View:
    view.door = door  # type: ignore[attr-defined]  # a function holds attributes
    return view


class DoorsMiddleware:
    """Lets in who may come in; sends to sign-in who has not yet said who they are."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Pass the request on."""
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], *_: object
    ) -> HttpResponseBase | None:
        """Refuse, redirect or let pass, before the view runs."""
        door = door_of(view)
        if door is None:
            raise PermissionDenied
        if not door.signed_in:
            return None
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path(), resolve_url(settings.LOGIN_URL))
        if door.rights and request.user.rights.isdisjoint(door.rights):
            raise PermissionDenied
        return None

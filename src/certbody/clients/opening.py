"""Opening a client's register for those who act for it."""

from datetime import datetime

from django.utils.timezone import localdate

from certbody.accounts.models import Account
from certbody.accounts.roles import Right
from certbody.clients.models import Client
from certbody.clients.selectors import own_clients
from certbody.rules.terms import Refusal, Refused


def opened(client: int, by: Account, at: datetime, seen: int | None = None) -> Client:
    """Return a client, locked, for somebody who acts for it.

    Raises ``Client.DoesNotExist`` for any other, and ``Refused`` without the right or when it
    has been changed since the person saw it (``seen`` is the revision that was shown).
    """
    found = own_clients(by, localdate(at)).select_for_update(of=("self",)).get(pk=client)
    refusals = []
    if not by.has(Right.APPLICATION_APPLY):
        refusals.append(Refusal("right_missing", None, {"right": Right.APPLICATION_APPLY}))
    if seen is not None and seen != found.revision:
        refusals.append(Refusal("register_changed_meanwhile", None, {"what": found.name}))
    if refusals:
        raise Refused(refusals)
    return found

"""For which clients somebody acts, and who acts for a client."""

from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

from certbody.accounts.models import Account
from certbody.clients.models import Client, Membership


def open_memberships(account: Account, day: date) -> QuerySet[Membership]:
    """Return for which clients a person acts on a day."""
    return Membership.objects.filter(
        Q(until__isnull=True) | Q(until__gte=day), account=account, since__lte=day
    )


def members_of(client: Client, day: date) -> QuerySet[Account]:
    """Return who acts for a client on a day and can be told."""
    memberships = Membership.objects.filter(
        Q(until__isnull=True) | Q(until__gte=day), client=client, since__lte=day
    )
    return Account.objects.filter(is_active=True, pk__in=memberships.values("account"))


def own_clients(account: Account, day: date) -> QuerySet[Client]:
    """Return the clients that a person acts for."""
    mine = open_memberships(account, day).filter(client=OuterRef("pk"))
    return Client.objects.filter(Exists(mine))

"""Which cases somebody may see: one condition inside the query, in force from the next request."""

from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

from certbody.accounts.models import Account
from certbody.accounts.roles import Right
from certbody.cases.models import Assignment, Case, State
from certbody.clients.models import Client
from certbody.clients.selectors import open_memberships
from certbody.personnel.models import Interest


def visible_to(account: Account, day: date) -> QuerySet[Case]:
    """Return the cases open to a person on a day.

    Office roles see all but drafts, an auditor those assigned, a client its own, and nobody sees
    a case of a client with which an interest is declared.
    """
    mine = Exists(open_memberships(account, day).filter(client=OuterRef("client")))
    reasons = Q(mine)
    if account.has(Right.CASE_READ_ALL):
        reasons |= ~Q(state=State.DRAFT)
    elif account.has(Right.OFFICE_ENTER):
        reasons |= Q(Exists(assignments_of(account, day).filter(case=OuterRef("pk"))))
    barred = Exists(Interest.barring(day).filter(account=account, client=OuterRef("client")))
    return Case.objects.filter(reasons).exclude(barred) if account.rights else Case.objects.none()


def clients_visible_to(account: Account, day: date) -> QuerySet[Client]:
    """Return the clients open to a person on a day: an auditor's are those of assigned cases."""
    reasons = Q(Exists(open_memberships(account, day).filter(client=OuterRef("pk"))))
    if account.has(Right.CLIENT_READ_ALL):
        reasons |= Q(pk__gt=0)
    elif account.has(Right.OFFICE_ENTER):
        reasons |= Q(Exists(assignments_of(account, day).filter(case__client=OuterRef("pk"))))
    barred = Exists(Interest.barring(day).filter(account=account, client=OuterRef("pk")))
    return (
        Client.objects.filter(reasons).exclude(barred) if account.rights else Client.objects.none()
    )


def assignments_of(account: Account, day: date) -> QuerySet[Assignment]:
    """Return what a person is assigned to on a day."""
    return Assignment.objects.filter(Q(until__isnull=True) | Q(until__gte=day), account=account)

"""The body's people, with what they hold. ISO/IEC 17065:2012, 6.1.2."""

from datetime import date, timedelta

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from certbody.accounts.models import Account, Grant
from certbody.accounts.roles import Right, roles_with
from certbody.personnel.models import Qualification, Undertaking

WARNED_DAYS = 90  # how long before its last day a registration is warned about


def staff(day: date) -> QuerySet[Account]:
    """Return who works for the body on a day."""
    granted = Grant.in_force(day).filter(
        account=OuterRef("pk"), role__in=roles_with(Right.INTEREST_DECLARE)
    )
    return Account.objects.filter(Exists(granted), is_active=True)


def with_standing(people: QuerySet[Account], day: date) -> QuerySet[Account]:
    """Read people with what they hold on a day and what they have undertaken, in three queries."""
    own_grants = Prefetch("grants", Grant.in_force(day), to_attr="granted")
    held = Prefetch("qualifications", Qualification.touching(day, day), to_attr="held")
    signed = Prefetch(
        "undertakings", Undertaking.objects.filter(ended_on__isnull=True), to_attr="undertaken"
    )
    return people.prefetch_related(own_grants, held, signed)


def matching(people: QuerySet[Account], words: str, state: str, day: date) -> QuerySet[Account]:
    """Narrow people down by words and by how they are registered on a day."""
    held = Qualification.touching(day, day).filter(account=OuterRef("pk"))
    registered = held.filter(kind=Qualification.Kind.REGISTRATION)
    beyond = registered.filter(until__gt=day + timedelta(days=WARNED_DAYS), ended_on=None)
    if words:
        coded = held.filter(value__icontains=words)
        people = people.filter(Q(name__icontains=words) | Q(login__icontains=words) | Exists(coded))
    if state == "registered":
        return people.filter(Exists(registered))
    if state == "ending":
        return people.filter(Exists(registered), ~Exists(beyond))
    if state == "unregistered":
        return people.filter(~Exists(registered))
    return people

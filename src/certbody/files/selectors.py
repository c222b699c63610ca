"""Which files somebody may have."""

from datetime import date

from django.db.models import Q, QuerySet

from certbody.accounts.models import Account
from certbody.accounts.roles import Right
from certbody.cases.selectors import clients_visible_to, visible_to
from certbody.files.models import StoredFile


def files_visible_to(account: Account, day: date) -> QuerySet[StoredFile]:
    """Return the files of cases, and of clients outside any case, that are open to a person.

    Who is not of the body is given none that is internal.
    """
    found = StoredFile.objects.filter(
        Q(case__in=visible_to(account, day))
        | Q(case__isnull=True, client__in=clients_visible_to(account, day))
    )
    return found if account.has(Right.OFFICE_ENTER) else found.filter(internal=False)

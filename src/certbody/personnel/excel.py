"""The body's people as an Excel sheet."""

from collections.abc import Iterator

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from certbody.accounts.models import Account
from certbody.personnel.models import Qualification
from certbody.web.excel import sheet

_KIND = Qualification.Kind


def people_sheet(people: QuerySet[Account]) -> bytes:
    """Return what each person holds today, one holding a row, in the order of the list."""
    columns = (
        (_("Person"), 16),
        (_("Login"), 18),
        (_("Kind"), 16),
        (_("What is held"), 24),
        (_("Number, or how it was shown"), 40),
        (_("Since"), 12),
        (_("Last day"), 12),
    )
    return sheet(_("Staff"), columns, _rows(people))


def _rows(people: QuerySet[Account]) -> Iterator[tuple[str, ...]]:
    for one in people:
        held: list[Qualification] = getattr(one, "held", [])
        for row in held:
            last = row.last_day.isoformat() if row.last_day else ""
            kind = str(_KIND(row.kind).label)
            yield (
                one.name,
                one.login,
                kind,
                str(row.shown),
                row.basis,
                row.since.isoformat(),
                last,
            )
        if not held:
            yield (one.name, one.login, "", "", "", "", "")

"""The lists of cases and of clients as Excel sheets."""

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from certbody.cases.models import Case
from certbody.clients.models import Client
from certbody.web.excel import sheet

ROWS_AT_MOST = 50_000


def cases_sheet(cases: QuerySet[Case]) -> bytes:
    """Return the cases, one a row, in the order of the list."""
    titles = (
        _("Case"),
        _("Client"),
        _("Credit code"),
        _("Scheme"),
        _("Activity"),
        _("State"),
        _("Applied on"),
        _("Last step"),
    )
    rows = (_row(one) for one in cases[:ROWS_AT_MOST].iterator(chunk_size=2000))
    return sheet(
        _("Cases"), tuple(zip(titles, (12, 40, 22, 18, 16, 16, 12, 18), strict=True)), rows
    )


def clients_sheet(clients: QuerySet[Client]) -> bytes:
    """Return the clients, one a row, in the order of the list."""
    titles = (
        _("Name"),
        _("Credit code"),
        _("Region"),
        _("Address"),
        _("Legal representative"),
        _("Contact"),
        _("Telephone"),
        _("E-mail"),
        _("People"),
        _("Service sites"),
        _("Cases"),
    )
    widths = (40, 22, 16, 44, 16, 16, 18, 28, 10, 10, 10)
    rows = (_client_row(one) for one in clients[:ROWS_AT_MOST].iterator(chunk_size=2000))
    return sheet(_("Clients"), tuple(zip(titles, widths, strict=True)), rows)


def _client_row(one: Client) -> tuple[str | int, ...]:
    counts = (getattr(one, "site_count", 0), getattr(one, "case_count", 0))
    return (
        one.name,
        one.credit_code,
        one.region,
        one.address,
        one.legal_representative,
        one.contact,
        one.phone,
        one.email,
        one.people,
        *counts,
    )


def _row(case: Case) -> tuple[str, ...]:
    applied = case.submitted_on.isoformat() if case.submitted_on else ""
    return (
        case.number,
        case.client.name,
        case.client.credit_code,
        case.rulebook,
        str(case.get_activity_display()),
        str(case.get_state_display()),
        applied,
        f"{case.moved_at:%Y-%m-%d %H:%M}",
    )

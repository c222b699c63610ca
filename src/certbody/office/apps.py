"""The app of the office."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from certbody.accounts.roles import Right
from certbody.web.navigation import Entry, add_entries


class OfficeConfig(AppConfig):
    """Worklist, cases, clients, the record."""

    name = "certbody.office"

    def ready(self) -> None:
        """Give the frame its entries."""
        office = (Right.OFFICE_ENTER,)
        add_entries(
            Entry(_("Worklist"), "worklist", 20, office),
            Entry(_("Board"), "board", 21, office),
            Entry(_("Cases"), "cases", 22, office, "/office/cases/"),
            Entry(_("Clients"), "clients", 23, (Right.CLIENT_READ_ALL,)),
            Entry(_("Record"), "record", 24, (Right.RECORD_READ_ALL,)),
        )

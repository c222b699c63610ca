"""The app of the portal."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from certbody.accounts.roles import Right
from certbody.web.navigation import Entry, add_entries


class PortalConfig(AppConfig):
    """What a client sees and does."""

    name = "certbody.portal"

    def ready(self) -> None:
        """Give the frame its entries."""
        add_entries(
            Entry(_("My certification"), "portal", 10, (Right.PORTAL_ENTER,), "/portal/cases/"),
            Entry(_("Apply"), "apply", 11, (Right.APPLICATION_APPLY,)),
        )

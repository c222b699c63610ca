"""The app of the rulebook pages."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from certbody.web.navigation import Entry, add_entries


class RulebooksConfig(AppConfig):
    """Rulebooks, read clause by clause, and their calculators."""

    name = "certbody.rulebooks"

    def ready(self) -> None:
        """Give the frame its entries."""
        add_entries(
            Entry(_("Rulebooks"), "home", 70, under="/rulebooks/"),
            Entry(_("Calculators"), "calculators", 71),
            Entry(_("Compare"), "compare", 72),
        )

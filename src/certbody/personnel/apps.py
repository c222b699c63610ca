"""The app of personnel."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from certbody.accounts.roles import Right
from certbody.records.kinds import register
from certbody.web.navigation import Entry, add_entries
from certbody.words import add_sentences


class PersonnelConfig(AppConfig):
    """What the body's people hold, undertake and are interested in."""

    name = "certbody.personnel"

    def ready(self) -> None:
        """Tell the log and the frame what this app adds."""
        register(self.name)
        add_sentences(self.name)
        add_entries(
            Entry(_("Staff"), "people", 55, (Right.PERSONNEL_READ,)),
            Entry(_("Undertakings"), "undertakings", 60, (Right.INTEREST_DECLARE,)),
            Entry(_("Interests"), "interests", 61, (Right.INTEREST_DECLARE,)),
        )

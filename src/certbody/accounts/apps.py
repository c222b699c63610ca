"""The app of accounts."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from certbody.accounts.roles import Right
from certbody.records.kinds import register
from certbody.web.navigation import Entry, add_entries
from certbody.words import add_sentences


class AccountsConfig(AppConfig):
    """Accounts, roles, tokens."""

    name = "certbody.accounts"

    def ready(self) -> None:
        """Tell the log and the pages this app's sentences."""
        register(self.name)
        add_sentences(self.name)
        add_entries(Entry(_("Accounts"), "accounts", 60, (Right.ACCOUNT_MANAGE,)))

"""The app of evaluation."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from certbody.accounts.roles import Right
from certbody.records.kinds import register
from certbody.web.navigation import Entry, add_entries
from certbody.words import add_sentences


class EvaluationConfig(AppConfig):
    """Document review, parts of the audit, findings."""

    name = "certbody.evaluation"

    def ready(self) -> None:
        """Tell the log and the pages this app's sentences, and the frame its entry."""
        register(self.name)
        add_sentences(self.name)
        add_entries(Entry(_("My audits"), "audits", 19, (Right.AUDIT_WORK,)))

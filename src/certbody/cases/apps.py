"""The app of cases."""

from django.apps import AppConfig

from certbody.records.kinds import register
from certbody.words import add_sentences


class CasesConfig(AppConfig):
    """Cases, their steps, and who is assigned to them."""

    name = "certbody.cases"

    def ready(self) -> None:
        """Tell the log and the pages this app's sentences."""
        register(self.name)
        add_sentences(self.name)

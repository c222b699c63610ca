"""The app of notices."""

from django.apps import AppConfig

from certbody.records.kinds import register
from certbody.words import add_sentences


class NoticesConfig(AppConfig):
    """Letters, mail and one-time codes."""

    name = "certbody.notices"

    def ready(self) -> None:
        """Tell the log and the pages this app's sentences."""
        register(self.name)
        add_sentences(self.name)

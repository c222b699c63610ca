"""The app of the event log."""

from django.apps import AppConfig

from certbody.words import add_sentences


class RecordsConfig(AppConfig):
    """The event log."""

    name = "certbody.records"

    def ready(self) -> None:
        """Tell the pages and the command what the faults of a log say."""
        add_sentences(self.name)

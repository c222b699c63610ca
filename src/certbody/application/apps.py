"""The app of applications."""

from django.apps import AppConfig

from certbody.records.kinds import register
from certbody.words import add_sentences


class ApplicationConfig(AppConfig):
    """Application, review, contract."""

    name = "certbody.application"

    def ready(self) -> None:
        """Tell the log and the pages this app's sentences."""
        register(self.name)
        add_sentences(self.name)

"""The app of what all endpoints share."""

from django.apps import AppConfig

from certbody.words import add_sentences


class ApiConfig(AppConfig):
    """Errors, idempotency, pages."""

    name = "certbody.api"
    label = "api"

    def ready(self) -> None:
        """Tell the pages this app's sentences."""
        add_sentences(self.name)

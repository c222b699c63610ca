"""The app of clients."""

from django.apps import AppConfig

from certbody.records.kinds import register
from certbody.words import add_sentences


class ClientsConfig(AppConfig):
    """Clients, sites, licences, incidents, service managers."""

    name = "certbody.clients"

    def ready(self) -> None:
        """Tell the log and the pages this app's sentences."""
        register(self.name)
        add_sentences(self.name)

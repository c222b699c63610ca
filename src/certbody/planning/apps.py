"""The app of planning."""

from django.apps import AppConfig

from certbody.records.kinds import register
from certbody.words import add_sentences


class PlanningConfig(AppConfig):
    """Programme, team, plan."""

    name = "certbody.planning"

    def ready(self) -> None:
        """Tell the log and the pages this app's sentences."""
        register(self.name)
        add_sentences(self.name)

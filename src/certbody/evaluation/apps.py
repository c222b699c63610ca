"""The app of evaluation."""

from django.apps import AppConfig

from certbody.records.kinds import register
from certbody.words import add_sentences


class EvaluationConfig(AppConfig):
    """Document review, parts of the audit, findings."""

    name = "certbody.evaluation"

    def ready(self) -> None:
        """Tell the log and the pages this app's sentences."""
        register(self.name)
        add_sentences(self.name)

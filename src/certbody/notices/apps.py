"""The app of notices."""

from django.apps import AppConfig

from certbody.records.kinds import register
from certbody.words import add_sentences


class NoticesConfig(AppConfig):
    """Letters, mail and one-time codes."""

    name = "certbody.notices"

    def ready(self) -> None:
        """Tell the log and the pages this app's sentences."""
        from certbody.files.handing import handing_out  # noqa: PLC0415  there are models now
        from certbody.notices.transitions.open import hand_paper_out  # noqa: PLC0415

        handing_out.connect(hand_paper_out)
        register(self.name)
        add_sentences(self.name)

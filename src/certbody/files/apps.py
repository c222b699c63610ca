"""The app of stored files."""

from datetime import timedelta

from django.apps import AppConfig

from certbody.jobs.jobs import register as register_job
from certbody.records.kinds import register
from certbody.words import add_sentences


class FilesConfig(AppConfig):
    """Files of clients and cases."""

    name = "certbody.files"

    def ready(self) -> None:
        """Tell the log and the pages this app's sentences, and list its job."""
        from certbody.files.sweeping import sweep  # noqa: PLC0415  its models load before this

        register(self.name)
        add_sentences(self.name)
        register_job("files", timedelta(days=1), sweep)

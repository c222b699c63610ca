"""The app of jobs."""

from datetime import timedelta

from django.apps import AppConfig

from certbody.jobs.jobs import register


class JobsConfig(AppConfig):
    """What is done in the background, again and again."""

    name = "certbody.jobs"

    def ready(self) -> None:
        """List the jobs that belong to no other app."""
        from certbody.jobs import own  # noqa: PLC0415  imports models, which load before this

        register("seal", timedelta(minutes=1), own.seal_leftovers)
        register("heads", timedelta(days=1), own.write_head_down)
        register("sessions", timedelta(days=1), own.drop_sessions)
        register("keys", timedelta(days=1), own.drop_keys)

"""Events, the heads of their chains, and the seals over all chains.

Written by ``records.writing`` and ``records.sealing`` only. Triggers of the database refuse every
change and deletion of events and seals, whoever asks.
"""

from django.db import models

_DIGEST = 64


class Event(models.Model):
    """One thing that happened. ``text`` is what was hashed; the other columns only find it."""

    stream = models.CharField(max_length=40)
    number = models.PositiveIntegerField()
    what = models.CharField(max_length=60)
    at = models.DateTimeField()
    written_at = models.DateTimeField()
    actor = models.PositiveBigIntegerField(null=True)
    text = models.TextField()
    digest = models.CharField(max_length=_DIGEST)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["stream", "number"], name="one_event_at_a_place")
        ]
        indexes = [models.Index(fields=["at"], name="events_by_time")]

    def __str__(self) -> str:
        return f"{self.stream} #{self.number} {self.what}"


class Chain(models.Model):
    """The head of one chain; its row is the lock of whoever adds to it."""

    stream = models.CharField(max_length=40, primary_key=True)
    length = models.PositiveIntegerField(default=0)
    head = models.CharField(max_length=_DIGEST, default="")

    def __str__(self) -> str:
        return f"{self.stream}: {self.length}"


class Unsealed(models.Model):
    """An event that no seal holds yet."""

    event = models.OneToOneField(Event, models.PROTECT, primary_key=True)

    def __str__(self) -> str:
        return str(self.event_id)


class Seal(models.Model):
    """One link of the running chain over all events. ``text`` is what was hashed."""

    number = models.PositiveBigIntegerField(primary_key=True)
    text = models.TextField()
    digest = models.CharField(max_length=_DIGEST)

    def __str__(self) -> str:
        return f"seal {self.number}"

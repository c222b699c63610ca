"""Keys with which a program may send the same request twice and have it done once."""

from django.conf import settings
from django.db import models


class IdempotencyKey(models.Model):
    """One key of one account, and the answer that its request was given."""

    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    key = models.CharField(max_length=200)
    fingerprint = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField(null=True)
    answer = models.TextField(default="")
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["account", "key"], name="a_key_is_used_once")
        ]
        indexes = [models.Index(fields=["made_at"], name="keys_by_time")]

    def __str__(self) -> str:
        return self.key

"""Letters as they were sent, and one-time codes."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from certbody.cases.models import Case
from certbody.files.models import StoredFile

_ACCOUNT = settings.AUTH_USER_MODEL


class Notice(models.Model):
    """One letter to a client. Its words and its paper are fixed when it is sent.

    ``opened_*`` is the proof of delivery: the first time somebody of the client opened it.
    """

    number = models.CharField(_("number"), max_length=20, unique=True)
    case = models.ForeignKey(Case, models.PROTECT, related_name="notices")
    kind = models.CharField(_("kind"), max_length=40)
    subject = models.JSONField(_("subject"))
    content = models.JSONField()
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    sent_by = models.ForeignKey(_ACCOUNT, models.PROTECT, related_name="+")
    sent_at = models.DateTimeField(_("sent"))
    opened_by = models.ForeignKey(_ACCOUNT, models.PROTECT, null=True, related_name="+")
    opened_at = models.DateTimeField(_("opened"), null=True)

    class Meta:
        ordering = ["-sent_at", "-pk"]
        indexes = [models.Index(fields=["case", "-sent_at"], name="notices_by_case")]

    def __str__(self) -> str:
        return self.number


class OneTimeCode(models.Model):
    """A code sent to a person for one purpose; only its digest is kept."""

    account = models.ForeignKey(_ACCOUNT, models.CASCADE, related_name="+")
    purpose = models.CharField(max_length=80)
    digest = models.CharField(max_length=128)
    made_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["account", "purpose", "-made_at"], name="codes_by_purpose")]

    def __str__(self) -> str:
        return self.purpose

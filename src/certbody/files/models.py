"""Stored files: what came, byte for byte, with its digest."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from certbody.cases.models import Case
from certbody.clients.models import Client


class StoredFile(models.Model):
    """One file as it came. ``key`` is where the storage keeps it; nobody chooses that name.

    ``internal`` ones are the body's own until they are published: no client is given them.
    """

    client = models.ForeignKey(Client, models.PROTECT, related_name="files")
    case = models.ForeignKey(Case, models.PROTECT, null=True, blank=True, related_name="files")
    name = models.CharField(_("name"), max_length=200)
    key = models.CharField(max_length=120, unique=True)
    size = models.PositiveBigIntegerField(_("size"))
    content_type = models.CharField(_("kind"), max_length=100)
    sha256 = models.CharField("SHA-256", max_length=64)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("uploaded by")
    )
    uploaded_at = models.DateTimeField(_("uploaded"))
    internal = models.BooleanField(default=False)

    class Meta:
        indexes = [models.Index(fields=["case", "id"], name="files_by_case")]

    def __str__(self) -> str:
        return self.name

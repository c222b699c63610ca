"""Interests that somebody has in a client. ISO/IEC 17065:2012, 4.2."""

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from certbody.rules.dates import add_months


class Interest(models.Model):
    """A relation of a person to a client that bars the person from all that concerns it."""

    class Kind(models.TextChoices):
        """What the relation is."""

        EMPLOYMENT = "employment", _("Employment")
        CONSULTANCY = "consultancy", _("Consultancy")
        SHARE = "share", _("Share or other financial interest")
        FAMILY = "family", _("Family")
        OTHER = "other", _("Other")

    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="interests")
    client = models.ForeignKey("clients.Client", models.PROTECT, related_name="interests")
    kind = models.CharField(_("kind"), max_length=12, choices=Kind)
    since = models.DateField(_("since"))
    until = models.DateField(_("last day"), null=True, blank=True)
    remark = models.CharField(_("remark"), max_length=300, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="interest_ends_after_it_begins",
                condition=Q(until__isnull=True) | Q(until__gte=models.F("since")),
            )
        ]

    def __str__(self) -> str:
        return f"{self.account_id}: {self.kind} {self.client_id}"

    @classmethod
    def barring(cls, day: date) -> "models.QuerySet[Interest]":
        """Return the interests that bar on a day: in force, or ended too short a time before."""
        ended_by = add_months(day, -settings.INTEREST_BARS_MONTHS)
        still_bars = Q(until__isnull=True) | Q(until__gt=ended_by)
        return cls._default_manager.filter(still_bars, since__lte=day)

"""What a person undertakes by signature. ISO/IEC 17065:2012, 4.2, 4.5, 6.1.3."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Undertaking(models.Model):
    """An undertaking, signed with one's name; it holds from the day of the signature on."""

    class Kind(models.TextChoices):
        """What is undertaken."""

        LAW_AND_TRUTH = (
            "law_and_truth",
            _("I keep the law and answer for the truth of what I report."),
        )
        CONFIDENTIALITY = (
            "confidentiality",
            _("I keep secret what I learn of clients, also after I have left."),
        )
        ONE_BODY = "one_body", _("I work for this certification body only.")

    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="undertakings"
    )
    kind = models.CharField(_("kind"), max_length=16, choices=Kind)
    name = models.CharField(_("signed as"), max_length=120)
    signed_at = models.DateTimeField(_("signed at"))
    signed_on = models.DateField(_("signed on"))
    ended_on = models.DateField(_("last day"), null=True, blank=True)

    class Meta:
        ordering = ["kind", "-signed_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["account", "kind"],
                condition=models.Q(ended_on__isnull=True),
                name="an_undertaking_is_signed_once",
            ),
            models.CheckConstraint(
                name="undertaking_ends_after_it_begins",
                condition=models.Q(ended_on__isnull=True)
                | models.Q(ended_on__gte=models.F("signed_on")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.account_id}: {self.kind}"

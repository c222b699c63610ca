"""Nonconformities with their corrections, and the evidence of what was found."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from certbody.clients.models import Site
from certbody.evaluation.models.assessment import Part, Result, Sample
from certbody.files.models import StoredFile

_ACCOUNT = settings.AUTH_USER_MODEL


class Nonconformity(models.Model):
    """A requirement that is not fulfilled, as told to the client. 7.4.6, 7.4.7.

    ``deduction`` is the kind of special deduction that it stands for, if it is one.
    """

    part = models.ForeignKey(Part, models.PROTECT, related_name="nonconformities")
    number = models.PositiveIntegerField()
    criterion = models.CharField(max_length=80, blank=True)
    site = models.ForeignKey(Site, models.PROTECT, null=True, blank=True, related_name="+")
    grade = models.CharField(_("grade"), max_length=40, blank=True)
    deduction = models.CharField(_("special deduction"), max_length=40, blank=True)
    statement = models.TextField(_("what was found"))
    deadline = models.DateField(_("deadline"), null=True, blank=True)
    raised_by = models.ForeignKey(_ACCOUNT, models.PROTECT, related_name="+")
    raised_at = models.DateTimeField()
    taken_back_at = models.DateTimeField(null=True)
    taken_back_because = models.TextField(blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["part", "number"], name="one_nonconformity_a_number")
        ]

    def __str__(self) -> str:
        return f"nonconformity {self.number}: {self.statement[:60]}"


class Correction(models.Model):
    """The client's answer to a nonconformity, and what verifying it came to."""

    nonconformity = models.ForeignKey(Nonconformity, models.PROTECT, related_name="corrections")
    cause = models.TextField(_("cause"))
    correction = models.TextField(_("correction"))
    corrective_action = models.TextField(_("corrective action"))
    corrected_on = models.DateField(_("corrected on"))
    by = models.ForeignKey(_ACCOUNT, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    effective = models.BooleanField(null=True)
    verification = models.TextField(_("verification"), blank=True)
    verified_by = models.ForeignKey(_ACCOUNT, models.PROTECT, null=True, related_name="+")
    verified_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["nonconformity"],
                condition=Q(verified_at__isnull=True),
                name="one_correction_waits",
            )
        ]

    def __str__(self) -> str:
        return self.correction[:60]


class Evidence(models.Model):
    """A file that shows what was found, at a result, a sample or a nonconformity."""

    part = models.ForeignKey(Part, models.PROTECT, related_name="evidence")
    result = models.ForeignKey(Result, models.PROTECT, null=True, related_name="evidence")
    sample = models.ForeignKey(Sample, models.PROTECT, null=True, related_name="evidence")
    nonconformity = models.ForeignKey(
        Nonconformity, models.PROTECT, null=True, related_name="evidence"
    )
    correction = models.ForeignKey(Correction, models.PROTECT, null=True, related_name="evidence")
    file = models.OneToOneField(StoredFile, models.PROTECT, related_name="+")
    captured_at = models.DateTimeField(_("taken"), null=True, blank=True)
    place = models.CharField(_("place"), max_length=200, blank=True)
    by = models.ForeignKey(_ACCOUNT, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    taken_back_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"evidence {self.file_id}"

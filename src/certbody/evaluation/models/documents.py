"""The review of the client's documents: findings, open points. ISO/IEC 17065:2012, 7.4.4."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from certbody.cases.models import Case

_ACCOUNT = settings.AUTH_USER_MODEL


class DocumentReview(models.Model):
    """A signed review of the client's documents; a later one supersedes it. 7.4.4."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="document_reviews")
    number = models.PositiveIntegerField()
    step = models.CharField(max_length=80)
    outcome = models.CharField(max_length=80)
    focus = models.TextField(_("focus of what follows"), blank=True)
    given = models.JSONField(default=dict)
    reviewer = models.ForeignKey(_ACCOUNT, models.PROTECT, related_name="+")
    reviewer_name = models.CharField(max_length=80)
    signed_at = models.DateTimeField()

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["case", "number"], name="one_document_review_a_number")
        ]

    def __str__(self) -> str:
        return f"document review {self.number} of {self.case_id}"


class DocumentFinding(models.Model):
    """What was found on one point of the rulebook's list."""

    review = models.ForeignKey(DocumentReview, models.PROTECT, related_name="findings")
    item = models.CharField(max_length=80)
    met = models.BooleanField()
    finding = models.TextField(_("audit finding"))

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["review", "item"], name="one_finding_an_item")
        ]

    def __str__(self) -> str:
        return f"{self.item}: {self.met}"


class OpenPoint(models.Model):
    """Something in the documents that the client has to put right or complete."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="open_points")
    review = models.ForeignKey(DocumentReview, models.PROTECT, related_name="points")
    text = models.TextField()
    answer = models.TextField(_("answer of the client"), blank=True)
    answered_at = models.DateTimeField(null=True)
    settled_by = models.ForeignKey(_ACCOUNT, models.PROTECT, null=True, related_name="+")
    settled_at = models.DateTimeField(null=True)
    settled_how = models.TextField(blank=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.text[:60]

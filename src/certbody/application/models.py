"""What an application holds, what its review found, and the contract that follows."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from certbody.cases.models import Case
from certbody.files.models import StoredFile
from certbody.words import Language

_ACCOUNT = settings.AUTH_USER_MODEL


class Application(models.Model):
    """What the client asks for, as far as it has been filled in.

    ``facts`` are the answers to the rulebook's own questions, by their names, as they were
    typed. ``scope`` has a text for each element that the rulebook wants the scope to have.
    ``revision`` grows with every change: who saves over a change unseen is told.
    """

    case = models.OneToOneField(Case, models.PROTECT, primary_key=True, related_name="application")
    scope_text = models.TextField(_("scope applied for"), blank=True)
    scope = models.JSONField(default=dict)
    people = models.PositiveIntegerField(_("people within the scope"), null=True, blank=True)
    facts = models.JSONField(default=dict)
    declared_by = models.CharField(_("declared by"), max_length=80, blank=True)
    declared_at = models.DateTimeField(_("declared"), null=True, blank=True)
    revision = models.PositiveIntegerField(default=1)

    def __str__(self) -> str:
        return f"application {self.case_id}"


class Document(models.Model):
    """A file handed in for one item of the rulebook's list. Taken back, it stays in the record."""

    application = models.ForeignKey(Application, models.PROTECT, related_name="documents")
    item = models.CharField(max_length=80)
    file = models.OneToOneField(StoredFile, models.PROTECT, related_name="+")
    taken_back_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.item}: {self.file_id}"


class LeftOut(models.Model):
    """Why an item of the list does not apply."""

    application = models.ForeignKey(Application, models.PROTECT, related_name="left_out")
    item = models.CharField(max_length=80)
    reason = models.CharField(max_length=300)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["application", "item"], name="one_reason_an_item")
        ]

    def __str__(self) -> str:
        return f"{self.item}: {self.reason}"


class Supplement(models.Model):
    """Something that the body asks for, item by item; its messages are a thread."""

    application = models.ForeignKey(Application, models.PROTECT, related_name="supplements")
    item = models.CharField(max_length=80, blank=True)
    asked = models.TextField(_("what is asked for"))
    asked_by = models.ForeignKey(_ACCOUNT, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True, blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.asked[:60]


class Message(models.Model):
    """One message of a thread."""

    supplement = models.ForeignKey(Supplement, models.PROTECT, related_name="messages")
    by = models.ForeignKey(_ACCOUNT, models.PROTECT, related_name="+")
    from_client = models.BooleanField()
    at = models.DateTimeField()
    text = models.TextField()
    file = models.ForeignKey(StoredFile, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.text[:60]


class Review(models.Model):
    """A signed review. It is never altered: a later one supersedes it.

    Source: ISO/IEC 17065:2012, 7.3.
    """

    application = models.ForeignKey(Application, models.PROTECT, related_name="reviews")
    number = models.PositiveIntegerField()
    reviewer = models.ForeignKey(_ACCOUNT, models.PROTECT, related_name="+")
    reviewer_name = models.CharField(max_length=80)
    signed_at = models.DateTimeField()

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["application", "number"], name="one_review_a_number")
        ]

    def __str__(self) -> str:
        return f"review {self.number} of {self.application_id}"


class ReviewAnswer(models.Model):
    """The answer to one question of the rulebook in one review."""

    review = models.ForeignKey(Review, models.PROTECT, related_name="answers")
    question = models.CharField(max_length=80)
    met = models.BooleanField()
    finding = models.TextField(_("finding"))
    remark = models.TextField(_("remark"), blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["review", "question"], name="one_answer_a_question")
        ]

    def __str__(self) -> str:
        return f"{self.question}: {self.met}"


class Determination(models.Model):
    """Audit time as determined: what was given, and the answer with its steps as they stood."""

    application = models.ForeignKey(Application, models.PROTECT, related_name="determinations")
    number = models.PositiveIntegerField()
    given = models.JSONField()
    answer_zh = models.JSONField()
    answer_en = models.JSONField()
    by = models.ForeignKey(_ACCOUNT, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["application", "number"], name="one_determination_a_number"
            )
        ]

    def __str__(self) -> str:
        return f"{self.answer_zh.get('value')} man-days"

    def answer_in(self, language: Language) -> dict[str, Any]:
        """Return the answer as it was given, in one language."""
        answer: dict[str, Any] = self.answer_en if language == "en" else self.answer_zh
        return answer


class Contract(models.Model):
    """The certification agreement (4.1.2): its content is fixed once it is drawn up.

    ``content`` holds parties, scope, audit time, fees with their lines, obligations and what
    will be public, in both languages. A later number supersedes an unsigned one.
    """

    application = models.ForeignKey(Application, models.PROTECT, related_name="contracts")
    number = models.CharField(_("number"), max_length=20, unique=True)
    version = models.PositiveIntegerField()
    content = models.JSONField()
    digest = models.CharField(max_length=64)
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    drawn_up_by = models.ForeignKey(_ACCOUNT, models.PROTECT, related_name="+")
    drawn_up_at = models.DateTimeField()
    superseded_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-version"]
        constraints = [
            models.UniqueConstraint(
                fields=["application"],
                condition=Q(superseded_at__isnull=True),
                name="one_contract_in_force",
            )
        ]

    def __str__(self) -> str:
        return self.number


class Signature(models.Model):
    """One side's signature: typed name and one-time code, by whom and when."""

    class Side(models.TextChoices):
        """Who signs."""

        CLIENT = "client", _("The client")
        BODY = "body", _("Certification body")

    contract = models.ForeignKey(Contract, models.PROTECT, related_name="signatures")
    side = models.CharField(max_length=6, choices=Side)
    account = models.ForeignKey(_ACCOUNT, models.PROTECT, related_name="+")
    typed_name = models.CharField(max_length=80)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["contract", "side"], name="each_side_signs_once")
        ]

    def __str__(self) -> str:
        return f"{self.typed_name} ({self.side})"

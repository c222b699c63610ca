"""Cases, the steps done in them, and assignments."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from certbody.clients.models import Client


class State(models.TextChoices):
    """Where a case can stand; which arrows lead there, the rulebook says."""

    DRAFT = "draft", _("Draft")
    SUBMITTED = "submitted", _("Submitted")
    SUPPLEMENT_ASKED = "supplement_asked", _("Supplement asked for")
    DEFERRED = "deferred", _("Deferred")
    ACCEPTED = "accepted", _("Accepted")
    DECLINED = "declined", _("Declined")
    WITHDRAWN_BY_CLIENT = "withdrawn_by_client", _("Withdrawn by the client")
    CONTRACTED = "contracted", _("Contract signed")
    PLANNED = "planned", _("Planned")
    AUDITED = "audited", _("Audited")
    STOPPED = "stopped", _("Audit stopped")
    REPORTED = "reported", _("Reported")
    RETURNED = "returned", _("Returned by the review")
    REVIEWED = "reviewed", _("Review complete")
    GRANTED = "granted", _("Granted")
    REFUSED = "refused", _("Refused")


class Activity(models.TextChoices):
    """What a case is for, as the rulebooks' questions name it."""

    INITIAL = "initial", _("Initial certification")
    RECERTIFICATION = "recertification", _("Recertification")


class Case(models.Model):
    """One passage from application to decision, under one edition of one scheme.

    ``state`` is the outcome of the acts in the log, written by ``cases.moving`` only.
    ``submitted_on`` is the day of application, from which eligibility is judged.
    """

    number = models.CharField(_("case number"), max_length=12, unique=True)
    client = models.ForeignKey(Client, models.PROTECT, related_name="cases")
    scheme = models.CharField(_("scheme"), max_length=80)
    edition = models.CharField(_("edition"), max_length=80)
    activity = models.CharField(_("activity"), max_length=16, choices=Activity)
    state = models.CharField(_("state"), max_length=20, choices=State)
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    opened_at = models.DateTimeField(_("begun"))
    submitted_on = models.DateField(_("day of application"), null=True, blank=True)
    moved_at = models.DateTimeField(_("last step"))
    due_on = models.DateField(_("next step due"), null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["state", "due_on", "moved_at", "id"], name="cases_by_state"),
            models.Index(fields=["client", "id"], name="cases_by_client"),
            models.Index(fields=["-moved_at", "-id"], name="cases_by_last_step"),
        ]
        constraints = [
            models.CheckConstraint(
                name="case_applied_on_a_day",
                condition=models.Q(submitted_on__isnull=False)
                | models.Q(state__in=["draft", "withdrawn_by_client"]),
            )
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def stream(self) -> str:
        """The name of this case's chain in the log."""
        return f"case:{self.pk}"

    @property
    def rulebook(self) -> str:
        """Scheme and edition, as rulebooks are named."""
        return f"{self.scheme}/{self.edition}"


class StepDone(models.Model):
    """A step of the process that is done, with its outcome; going back takes it away again."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="steps_done")
    step = models.CharField(max_length=80)
    outcome = models.CharField(max_length=80, blank=True)
    done_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "step"], name="a_step_is_done_once")]

    def __str__(self) -> str:
        return f"{self.step}: {self.outcome}"


class Assignment(models.Model):
    """A person who works on a case; for auditors it is what opens the case to them."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="assignments")
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="assignments"
    )
    part = models.CharField(_("part"), max_length=24)
    since = models.DateField(_("since"))
    until = models.DateField(_("last day"), null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case", "account", "part"],
                condition=models.Q(until__isnull=True),
                name="one_open_assignment_a_part",
            )
        ]

    def __str__(self) -> str:
        return f"{self.account_id}: {self.part}"


class Counter(models.Model):
    """The last number given in a series, such as the cases of a year."""

    series = models.CharField(max_length=40, primary_key=True)
    last = models.PositiveBigIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.series}: {self.last}"

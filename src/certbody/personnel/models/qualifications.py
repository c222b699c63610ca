"""What a person holds for some time: registrations, competences, functions. 17065, 6.1.2."""

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

_ACCOUNT = settings.AUTH_USER_MODEL


class Level(models.TextChoices):
    """Levels of a registration as auditor, the lowest first."""

    TRAINEE = "trainee", _("Trainee auditor")
    AUDITOR = "auditor", _("Registered auditor")
    SENIOR = "senior", _("Senior auditor")


class Function(models.TextChoices):
    """Functions of certification that a person is authorised for."""

    APPLICATION_REVIEW = "application_review", _("Application review")
    PLANNING = "planning", _("Planning of audits")
    AUDIT = "audit", _("Audit")
    LEADING = "leading", _("Leading a team")
    EXPERTISE = "expertise", _("Technical expertise")
    TRANSLATION = "translation", _("Interpreting")
    REVIEW = "review", _("Review")
    DECISION = "decision", _("Certification decision")


class Qualification(models.Model):
    """A registration, a competence code or a function, held from a day on.

    ``value`` is the level, the code or the function. ``until`` is the last day it was given for;
    ``ended_on`` the last day it really held, where it was taken away before.
    """

    class Kind(models.TextChoices):
        """What is held."""

        REGISTRATION = "registration", _("Registration")
        COMPETENCE = "competence", _("Competence code")
        AUTHORISATION = "authorisation", _("Function")

    account = models.ForeignKey(_ACCOUNT, models.PROTECT, related_name="qualifications")
    kind = models.CharField(_("kind"), max_length=16, choices=Kind)
    value = models.CharField(_("what is held"), max_length=40)
    basis = models.CharField(_("number or how it was shown"), max_length=300)
    since = models.DateField(_("since"))
    until = models.DateField(_("last day"), null=True, blank=True)
    ended_on = models.DateField(_("ended on"), null=True, blank=True)
    ended_because = models.CharField(_("why it ended"), max_length=300, blank=True)
    recorded_by = models.ForeignKey(_ACCOUNT, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ["kind", "value", "-since", "pk"]
        indexes = [models.Index(fields=["account", "kind"], name="qualifications_of_a_person")]
        constraints = [
            models.CheckConstraint(
                name="qualification_ends_after_it_begins",
                condition=(Q(until__isnull=True) | Q(until__gte=F("since")))
                & (Q(ended_on__isnull=True) | Q(ended_on__gte=F("since"))),
            ),
            models.CheckConstraint(
                name="registration_has_a_last_day",
                condition=~Q(kind="registration") | Q(until__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.account_id}: {self.kind} {self.value}"

    @property
    def last_day(self) -> date | None:
        """The last day on which it holds; nothing while no end is known."""
        known = [one for one in (self.until, self.ended_on) if one is not None]
        return min(known, default=None)

    @property
    def shown(self) -> str | Promise:
        """What is held, in words."""
        if self.kind == self.Kind.REGISTRATION:
            return Level(self.value).label
        if self.kind == self.Kind.AUTHORISATION:
            return Function(self.value).label
        return self.value

    @classmethod
    def touching(cls, first: date, last: date) -> "models.QuerySet[Qualification]":
        """Return what holds on at least one of the days."""
        return cls._default_manager.filter(
            Q(until__isnull=True) | Q(until__gte=first),
            Q(ended_on__isnull=True) | Q(ended_on__gte=first),
            since__lte=last,
        )

    def covers(self, first: date, last: date) -> bool:
        """Tell whether it holds on every one of the days."""
        return self.since <= first and (self.last_day is None or self.last_day >= last)

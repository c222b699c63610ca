"""Parts of the audit and what was found in them: results, elements, samples, time."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from certbody.cases.models import Case
from certbody.clients.models import Site

_ACCOUNT = settings.AUTH_USER_MODEL


class EvaluationScheme(models.Model):
    """How the evaluation is to be done, made beforehand: what, by which samples, the pass mark.

    ``pass_mark`` is the share of conforming samples that is needed, as typed ("90%").
    """

    case = models.ForeignKey(Case, models.PROTECT, related_name="evaluation_schemes")
    number = models.PositiveIntegerField()
    content = models.TextField(_("what is evaluated, and how"))
    pass_mark = models.CharField(_("pass mark"), max_length=20, blank=True)
    given = models.JSONField(default=dict)
    made_by = models.ForeignKey(_ACCOUNT, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["case", "number"], name="one_scheme_a_no")]

    def __str__(self) -> str:
        return f"evaluation scheme {self.number} of {self.case_id}"


class Part(models.Model):
    """A part of the audit that has been started: a step of the process that is assessed.

    ``outcome`` is that of its last ending; after corrections it may be ended again.
    """

    case = models.ForeignKey(Case, models.PROTECT, related_name="parts")
    step = models.CharField(max_length=80)
    given = models.JSONField(default=dict)
    bonus = models.CharField(_("special bonus"), max_length=20, blank=True)
    bonus_reason = models.TextField(_("reason of the bonus"), blank=True)
    started_by = models.ForeignKey(_ACCOUNT, models.PROTECT, related_name="+")
    started_at = models.DateTimeField()
    ended_by = models.ForeignKey(_ACCOUNT, models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=80, blank=True)
    reason = models.TextField(_("reason of the outcome"), blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["case", "step"], name="one_part_a_step")]

    def __str__(self) -> str:
        return f"{self.step} of {self.case_id}"


class Result(models.Model):
    """The result of one criterion, at one site or (without) for the organisation as a whole.

    ``value`` is as the rules read it: "met", "not_met", "not_applicable", points or samples.
    ``revision`` grows with every change: who saves over a change unseen is told. 7.4.9.
    """

    part = models.ForeignKey(Part, models.PROTECT, related_name="results")
    site = models.ForeignKey(Site, models.PROTECT, null=True, blank=True, related_name="+")
    criterion = models.CharField(max_length=80)
    value = models.JSONField()
    note = models.TextField(_("audit finding"), blank=True)
    reason = models.TextField(_("reason of the deduction"), blank=True)
    revision = models.PositiveIntegerField(default=1)
    by = models.ForeignKey(_ACCOUNT, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["part", "criterion"],
                condition=Q(site__isnull=True),
                name="one_result_a_criterion",
            ),
            models.UniqueConstraint(
                fields=["part", "site", "criterion"],
                condition=Q(site__isnull=False),
                name="one_result_a_site_and_criterion",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.criterion}: {self.value}"


class ElementNote(models.Model):
    """What was found on one element of an audit, or on which ground it is left out."""

    part = models.ForeignKey(Part, models.PROTECT, related_name="elements")
    element = models.CharField(max_length=80)
    finding = models.TextField(_("audit finding"), blank=True)
    left_out = models.BooleanField(default=False)
    ground = models.CharField(max_length=80, blank=True)
    reason = models.TextField(_("reason"), blank=True)
    by = models.ForeignKey(_ACCOUNT, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["part", "element"], name="one_note_an_element")
        ]

    def __str__(self) -> str:
        return self.element


class Sample(models.Model):
    """One sample: what, where, when, by whom, how, with which result.

    ``hidden`` ones are no concern of the client's until they are revealed.
    """

    part = models.ForeignKey(Part, models.PROTECT, related_name="samples")
    number = models.PositiveIntegerField()
    criterion = models.CharField(max_length=80, blank=True)
    what = models.TextField(_("what was looked at"))
    site = models.ForeignKey(Site, models.PROTECT, null=True, blank=True, related_name="+")
    place = models.CharField(_("place"), max_length=200, blank=True)
    taken_at = models.DateTimeField(_("when"))
    by = models.ForeignKey(_ACCOUNT, models.PROTECT, related_name="+")
    method = models.CharField(_("method"), max_length=80, blank=True)
    given = models.JSONField(default=dict)
    conforms = models.BooleanField(_("conforms"), null=True)
    result = models.TextField(_("result"), blank=True)
    hidden = models.BooleanField(default=False)
    revealed_at = models.DateTimeField(null=True)
    at = models.DateTimeField()

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["part", "number"], name="one_sample_a_number")
        ]

    def __str__(self) -> str:
        return f"sample {self.number}: {self.what[:60]}"


class TimeSpent(models.Model):
    """Man-days that a person has spent on a part of the audit on one day. 7.4.9."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="time_spent")
    account = models.ForeignKey(_ACCOUNT, models.PROTECT, related_name="+")
    step = models.CharField(max_length=80)
    day = models.DateField(_("day"))
    man_days = models.DecimalField(_("man-days"), max_digits=3, decimal_places=2)
    by = models.ForeignKey(_ACCOUNT, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["day", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["case", "account", "step", "day"], name="one_entry_a_person_part_and_day"
            ),
            models.CheckConstraint(
                name="a_day_has_one_man_day", condition=Q(man_days__gt=0, man_days__lte=1)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.account_id} {self.day}: {self.man_days}"

"""What an audit is planned from, who carries it out, and the plan that the client agrees to."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from certbody.accounts.models import Account
from certbody.cases.models import Case
from certbody.clients.models import Site
from certbody.words import Language

_ACCOUNT = settings.AUTH_USER_MODEL


class Programme(models.Model):
    """Time, sites to visit and competences asked for; a later number supersedes.

    ``given`` is what was answered besides the facts the program knows; ``time`` and ``draw`` are
    the rulebook's answers with their steps as they stood. ``seed`` repeats the draw.
    Source: IAF MD 1, 6.1; ISO/IEC 17065:2012, 7.4.1.
    """

    case = models.ForeignKey(Case, models.PROTECT, related_name="programmes")
    number = models.PositiveIntegerField()
    competences = models.JSONField(default=list)
    given = models.JSONField(default=dict)
    seed = models.CharField(_("seed of the draw"), max_length=40, blank=True)
    time_zh = models.JSONField(default=dict)
    time_en = models.JSONField(default=dict)
    draw_zh = models.JSONField(default=dict)
    draw_en = models.JSONField(default=dict)
    by = models.ForeignKey(_ACCOUNT, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["case", "number"], name="one_programme_a_number")
        ]

    def __str__(self) -> str:
        return f"programme {self.number} of {self.case_id}"

    def time_in(self, language: Language) -> dict[str, Any]:
        """Return the audit time with its steps, in one language."""
        answer: dict[str, Any] = self.time_en if language == "en" else self.time_zh
        return answer

    def draw_in(self, language: Language) -> dict[str, Any]:
        """Return the sample of sites with its steps, in one language."""
        answer: dict[str, Any] = self.draw_en if language == "en" else self.draw_zh
        return answer


class SiteToVisit(models.Model):
    """A site that the audit visits, and why this one."""

    class Why(models.TextChoices):
        """Why a site is visited."""

        HEAD_OFFICE = "head_office", _("Head office")
        ALL = "all", _("Every site is visited")
        NEVER_SAMPLED = "never_sampled", _("Of a class that is never sampled")
        DRAWN = "drawn", _("Drawn by lot")
        CHOSEN = "chosen", _("Added by the planner")

    programme = models.ForeignKey(Programme, models.PROTECT, related_name="sites")
    site = models.ForeignKey(Site, models.PROTECT, related_name="+")
    why = models.CharField(max_length=16, choices=Why)
    reason = models.CharField(_("reason"), max_length=300, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["programme", "site"], name="a_site_is_listed_once")
        ]

    def __str__(self) -> str:
        return f"{self.site_id}: {self.why}"


class Team(models.Model):
    """A team as proposed for its days, and confirmed when it meets the rulebook.

    A later proposal supersedes an earlier one only once it is confirmed.
    Source: ISO/IEC 17065:2012, 6.1.2, 7.4.2.
    """

    case = models.ForeignKey(Case, models.PROTECT, related_name="teams")
    number = models.PositiveIntegerField()
    first_day = models.DateField(_("first day"))
    last_day = models.DateField(_("last day"))
    given = models.JSONField(default=dict)
    proposed_by = models.ForeignKey(_ACCOUNT, models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    confirmed_by = models.ForeignKey(_ACCOUNT, models.PROTECT, null=True, related_name="+")
    confirmed_at = models.DateTimeField(null=True)
    superseded_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["case", "number"], name="one_team_a_number"),
            models.UniqueConstraint(
                fields=["case"],
                condition=Q(confirmed_at__isnull=False, superseded_at__isnull=True),
                name="one_team_in_force",
            ),
            models.CheckConstraint(
                name="team_ends_after_it_begins", condition=Q(last_day__gte=F("first_day"))
            ),
        ]

    def __str__(self) -> str:
        return f"team {self.number} of {self.case_id}"

    @classmethod
    def in_force(cls) -> "models.QuerySet[Team]":
        """Return the teams that are confirmed and that no other has taken the place of."""
        return cls._default_manager.filter(confirmed_at__isnull=False, superseded_at__isnull=True)


class Member(models.Model):
    """A person in a team, with the rulebook's role; ``under`` is the auditor who answers for it."""

    team = models.ForeignKey(Team, models.PROTECT, related_name="members")
    account = models.ForeignKey(_ACCOUNT, models.PROTECT, related_name="+")
    role = models.CharField(_("role"), max_length=40)
    under = models.ForeignKey(_ACCOUNT, models.PROTECT, null=True, blank=True, related_name="+")
    audits = models.BooleanField(_("has audit tasks"), default=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["team", "account"], name="a_person_is_in_a_team_once")
        ]

    def __str__(self) -> str:
        return f"{self.account_id}: {self.role}"


class Objection(models.Model):
    """What the client has against a member, and what the body answers."""

    member = models.ForeignKey(Member, models.PROTECT, related_name="objections")
    reason = models.TextField(_("reason"))
    by = models.ForeignKey(_ACCOUNT, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    upheld = models.BooleanField(null=True)
    answer = models.TextField(_("answer"), blank=True)
    answered_by = models.ForeignKey(_ACCOUNT, models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.reason[:60]


class Plan(models.Model):
    """One version of the audit plan: drafted, sent, confirmed by the client, superseded.

    ``contents`` tells for each item of the rulebook's list where it stands or why it is left out.
    """

    case = models.ForeignKey(Case, models.PROTECT, related_name="plans")
    number = models.PositiveIntegerField()
    contents = models.JSONField(default=dict)
    given = models.JSONField(default=dict)
    reason = models.TextField(_("why it was changed"), blank=True)
    made_by = models.ForeignKey(_ACCOUNT, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    confirmed_by = models.ForeignKey(_ACCOUNT, models.PROTECT, null=True, related_name="+")
    confirmed_at = models.DateTimeField(null=True)
    reported_on = models.DateField(_("reported to the regulator on"), null=True)
    report_number = models.CharField(_("number of the report"), max_length=60, blank=True)
    not_reported_because = models.CharField(_("why not reported"), max_length=300, blank=True)
    superseded_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["case", "number"], name="one_plan_a_number"),
            models.UniqueConstraint(
                fields=["case"],
                condition=Q(superseded_at__isnull=True),
                name="one_plan_in_force",
            ),
        ]

    def __str__(self) -> str:
        return f"plan {self.number} of {self.case_id}"


class Sitting(models.Model):
    """One entry of a plan: which part, where, when, by whom, what.

    ``step`` is the step of the process; ``hidden`` ones (a mystery visit) are no concern of the
    client's until they are over.
    """

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="sittings")
    step = models.CharField(max_length=80)
    site = models.ForeignKey(Site, models.PROTECT, null=True, blank=True, related_name="+")
    starts = models.DateTimeField(_("start"))
    ends = models.DateTimeField(_("end"))
    what = models.TextField(_("what is looked at"), blank=True)
    hidden = models.BooleanField(default=False)
    people: "models.ManyToManyField[Account, Any]" = models.ManyToManyField(
        Account, related_name="sittings"
    )

    class Meta:
        ordering = ["starts", "pk"]
        constraints = [
            models.CheckConstraint(
                name="sitting_ends_after_it_begins", condition=Q(ends__gt=F("starts"))
            )
        ]

    def __str__(self) -> str:
        return f"{self.step} {self.starts:%Y-%m-%d %H:%M}"


class Wish(models.Model):
    """What the client wants otherwise in a plan: another date, another order."""

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="wishes")
    text = models.TextField(_("wish"))
    by = models.ForeignKey(_ACCOUNT, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.text[:60]

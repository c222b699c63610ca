"""A client's register: what stays true from one case to the next."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from certbody.clients.opening_hours import Week, week_from


def longest(model: type[models.Model], name: str) -> int:
    """Return how many characters a text of a model may have."""
    found = next(one.max_length for one in model._meta.fields if one.name == name)  # noqa: SLF001  Django's own way
    if found is None:
        raise TypeError(f"{name} is no text with a bound")
    return found


class Client(models.Model):
    """An organisation. Its 统一社会信用代码 (GB 32100-2015) says which one it is."""

    credit_code = models.CharField(_("unified social credit code"), max_length=18, unique=True)
    name = models.CharField(_("name"), max_length=200)
    name_en = models.CharField(_("name in English"), max_length=200, blank=True)
    address = models.CharField(_("registered address"), max_length=300)
    region = models.CharField(_("region (GB/T 2260)"), max_length=6)
    postcode = models.CharField(_("postcode"), max_length=6, blank=True)
    industry = models.CharField(_("industry (GB/T 4754)"), max_length=5, blank=True)
    legal_representative = models.CharField(_("legal representative"), max_length=80)
    contact = models.CharField(_("contact person"), max_length=80)
    phone = models.CharField(_("telephone"), max_length=40)
    email = models.EmailField(_("e-mail"), max_length=254)
    people = models.PositiveIntegerField(_("people in all"))
    revision = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(people__gte=1), name="client_has_people")]

    def __str__(self) -> str:
        return self.name

    @property
    def stream(self) -> str:
        """The name of this client's chain in the log."""
        return f"client:{self.pk}"


class Membership(models.Model):
    """An account that acts for a client."""

    client = models.ForeignKey(Client, models.PROTECT, related_name="memberships")
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="memberships"
    )
    since = models.DateField(_("since"))
    until = models.DateField(_("last day"), null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["client", "account"],
                condition=Q(until__isnull=True),
                name="one_open_membership",
            )
        ]

    def __str__(self) -> str:
        return f"{self.account_id} for {self.client_id}"


class Site(models.Model):
    """A place where the client provides the service."""

    class Kind(models.TextChoices):
        """How the place belongs to the client."""

        OWN = "own", _("Own site")
        FRANCHISE = "franchise", _("Franchise outlet")
        SUBSIDIARY = "subsidiary", _("Subsidiary")

    client = models.ForeignKey(Client, models.PROTECT, related_name="sites")
    number = models.PositiveIntegerField(_("number"))
    name = models.CharField(_("name"), max_length=120)
    address = models.CharField(_("address"), max_length=300)
    service_content = models.CharField(_("service content"), max_length=300)
    kind = models.CharField(_("kind"), max_length=12, choices=Kind, default=Kind.OWN)
    head_office = models.BooleanField(_("head office"), default=False)
    people = models.PositiveIntegerField(_("people"), null=True, blank=True)
    opening_hours = models.CharField(_("opening hours"), max_length=400, blank=True)
    closed_on = models.DateField(_("closed on"), null=True, blank=True)

    class Meta:
        ordering = ["client", "number"]
        constraints = [
            models.UniqueConstraint(fields=["client", "number"], name="one_site_for_a_number"),
            models.UniqueConstraint(
                fields=["client"],
                condition=Q(head_office=True, closed_on__isnull=True),
                name="one_head_office",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def hours(self) -> Week:
        """The opening hours by weekday, as the line that is kept says them."""
        return week_from(self.opening_hours)


class Listed(models.Model):
    """A row of a list. Taken off the list it stays: a case may have looked at it."""

    removed_on = models.DateField(_("taken off the list on"), null=True, blank=True)

    class Meta:
        abstract = True


class Licence(Listed):
    """An administrative licence or qualification that the business needs."""

    client = models.ForeignKey(Client, models.PROTECT, related_name="licences")
    name = models.CharField(_("name"), max_length=120)
    number = models.CharField(_("number"), max_length=80, blank=True)
    held = models.BooleanField(_("held"), default=True)
    no_end = models.BooleanField(_("valid without end"), default=False)
    valid_until = models.DateField(_("last day of validity"), null=True, blank=True)

    class Meta:
        ordering = ["client", "pk"]
        constraints = [
            models.CheckConstraint(
                name="licence_has_an_end_or_says_none",
                condition=Q(no_end=True, valid_until__isnull=True)
                | Q(no_end=False, valid_until__isnull=False)
                | Q(held=False),
            )
        ]

    def __str__(self) -> str:
        return self.name


class Incident(Listed):
    """An accident, an offence or a penalty that has to do with the service."""

    class Kind(models.TextChoices):
        """What happened."""

        QUALITY = "quality", _("Quality accident")
        ENVIRONMENT = "environment", _("Environmental accident")
        SAFETY = "safety", _("Safety accident")
        OFFENCE = "offence", _("Offence")
        PENALTY = "penalty", _("Administrative penalty")

    client = models.ForeignKey(Client, models.PROTECT, related_name="incidents")
    kind = models.CharField(_("kind"), max_length=12, choices=Kind)
    date = models.DateField(_("date"))
    what = models.CharField(_("what happened"), max_length=300)
    major = models.BooleanField(_("major"))
    closed = models.BooleanField(_("dealt with"))

    class Meta:
        ordering = ["client", "-date", "pk"]

    def __str__(self) -> str:
        return self.what


class ServiceManager(Listed):
    """A certified after-sales service manager (售后服务管理师) of the client."""

    client = models.ForeignKey(Client, models.PROTECT, related_name="service_managers")
    name = models.CharField(_("name"), max_length=80)
    certificate_number = models.CharField(_("certificate number"), max_length=80)
    valid_until = models.DateField(_("last day of validity"))

    class Meta:
        ordering = ["client", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["client", "certificate_number"],
                condition=Q(removed_on__isnull=True),
                name="one_manager_for_a_certificate",
            )
        ]

    def __str__(self) -> str:
        return self.name

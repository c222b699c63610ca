"""Accounts, the roles granted to them, and their tokens for programs."""

from datetime import date, datetime
from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.functional import cached_property
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from certbody.accounts.roles import Right, Role, rights_of

_LOGIN = RegexValidator(
    r"^[a-z0-9][a-z0-9._-]{1,63}\Z", _("Two to 64 of: a to z, 0 to 9, dot, hyphen, underscore.")
)


class Accounts(BaseUserManager["Account"]):
    """The only way to make an account."""

    def open(self, *, login: str, name: str, email: str, password: str | None) -> "Account":
        """Make an account; without a password nobody can sign in to it."""
        account = self.model(login=login, name=name, email=self.normalize_email(email))
        account.set_password(password)
        account.full_clean()
        account.save(using=self._db)
        return account

    def get_by_natural_key(self, username: str | None) -> "Account":
        """Return the account that signs in with this login."""
        return self.get(login=username)


class Account(AbstractBaseUser):
    """One person's way in. It may be closed, never deleted: the log names it."""

    login = models.CharField(_("login"), max_length=64, unique=True, validators=[_LOGIN])
    name = models.CharField(_("name of the person"), max_length=80)
    email = models.EmailField(_("e-mail"), max_length=254)
    is_active = models.BooleanField(_("in use"), default=True)
    opened_at = models.DateTimeField(_("opened on"), auto_now_add=True)

    objects: ClassVar[Accounts] = Accounts()

    USERNAME_FIELD = "login"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name", "email"]

    class Meta:
        constraints = [
            models.UniqueConstraint(Lower("email"), name="one_account_for_an_email"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def stream(self) -> str:
        """The name of this account's chain in the log."""
        return f"account:{self.pk}"

    @cached_property
    def roles(self) -> frozenset[str]:
        """The roles in force today, read once a request."""
        return frozenset(
            Grant.in_force(localdate()).filter(account=self).values_list("role", flat=True)
        )

    @cached_property
    def rights(self) -> frozenset[Right]:
        """What the roles in force allow; nothing once the account is closed."""
        return rights_of(self.roles) if self.is_active else frozenset()

    def has(self, right: Right) -> bool:
        """Tell whether the person has a right."""
        return right in self.rights


class Grant(models.Model):
    """A role granted to an account for some time."""

    account = models.ForeignKey(Account, models.PROTECT, related_name="grants")
    role = models.CharField(_("role"), max_length=24, choices=Role)
    since = models.DateField(_("since"))
    until = models.DateField(_("last day"), null=True, blank=True)
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="grant_ends_after_it_begins",
                condition=Q(until__isnull=True) | Q(until__gte=models.F("since")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.account.login}: {self.role}"

    @classmethod
    def in_force(cls, day: date) -> "models.QuerySet[Grant]":
        """Return the grants that are in force on a day and that nobody has ended."""
        return cls._default_manager.filter(
            Q(until__isnull=True) | Q(until__gte=day), since__lte=day, ended_at__isnull=True
        )


class ApiToken(models.Model):
    """A token with which a program acts for an account. Only its digest is kept."""

    account = models.ForeignKey(Account, models.PROTECT, related_name="tokens")
    name = models.CharField(_("what it is for"), max_length=80)
    digest = models.CharField(max_length=64, unique=True)
    start = models.CharField(_("first characters"), max_length=12)
    scopes = models.JSONField(_("scopes"))
    made_at = models.DateTimeField(_("made"))
    ends_at = models.DateTimeField(_("ends"))
    ended_at = models.DateTimeField(_("taken back"), null=True, blank=True)
    used_at = models.DateTimeField(_("last used"), null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.start}… ({self.name})"

    def opens(self, now: datetime) -> bool:
        """Tell whether the token can be used at a moment."""
        return self.ended_at is None and now < self.ends_at and self.account.is_active

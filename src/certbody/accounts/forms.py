"""What people type about accounts."""

from allauth.account.forms import LoginForm
from django import forms
from django.utils.translation import gettext_lazy as _

from certbody.accounts.roles import Role
from certbody.accounts.scopes import SCOPES

_DAY = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})  # as browsers read a day


class SignInForm(LoginForm):  # type: ignore[misc]  # allauth says nothing of its types
    """Login or e-mail, and password; what to type is said by the labels alone."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].label = _("Login or e-mail")
        self.fields["password"].help_text = ""
        for name in ("login", "password"):
            self.fields[name].widget.attrs.pop("placeholder", None)


class SignUpForm(forms.Form):
    """An applicant's own account."""

    name = forms.CharField(label=_("Your name"), max_length=80)
    email = forms.EmailField(label=_("E-mail"), max_length=254)
    login = forms.CharField(
        label=_("Login"), max_length=64, help_text=_("Small letters and figures.")
    )
    password = forms.CharField(
        label=_("Password"), widget=forms.PasswordInput, help_text=_("At least ten characters.")
    )


class OpenForm(forms.Form):
    """An account that an administrator opens."""

    name = forms.CharField(label=_("Name"), max_length=80)
    email = forms.EmailField(label=_("E-mail"), max_length=254)
    login = forms.CharField(label=_("Login"), max_length=64)
    roles = forms.MultipleChoiceField(
        label=_("Roles"), choices=Role.choices, widget=forms.CheckboxSelectMultiple, required=False
    )


class GrantForm(forms.Form):
    """A role for some time."""

    role = forms.ChoiceField(label=_("Role"), choices=Role.choices)
    since = forms.DateField(label=_("Since"), widget=_DAY)
    until = forms.DateField(label=_("Last day"), widget=_DAY, required=False)


class TokenForm(forms.Form):
    """A token for programs."""

    name = forms.CharField(label=_("What it is for"), max_length=80)
    scopes = forms.MultipleChoiceField(
        label=_("Scopes"),
        choices=[(scope, scope) for scope in SCOPES],
        widget=forms.CheckboxSelectMultiple,
    )
    days = forms.IntegerField(label=_("Days until it ends"), min_value=1, max_value=366, initial=90)


class SearchForm(forms.Form):
    """What the list of accounts is narrowed to."""

    q = forms.CharField(label=_("Name, login or e-mail"), max_length=80, required=False)
    role = forms.ChoiceField(
        label=_("Role"), choices=[("", _("every role")), *Role.choices], required=False
    )
    state = forms.ChoiceField(
        label=_("State"),
        choices=[("", _("all")), ("open", _("in use")), ("closed", _("closed"))],
        required=False,
    )


__all__ = [
    "GrantForm",
    "OpenForm",
    "SearchForm",
    "SignInForm",
    "SignUpForm",
    "TokenForm",
]

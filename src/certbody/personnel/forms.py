"""What people type about what they and others hold, undertake and are interested in."""

from collections.abc import Mapping
from datetime import date

from django import forms
from django.utils.translation import gettext_lazy as _

from certbody.personnel.models import Function, Interest, Level, Qualification, Undertaking

_DAY = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})


class DeclareForm(forms.Form):
    """An interest in a client."""

    credit_code = forms.CharField(label=_("Credit code of the client"), max_length=18)
    kind = forms.ChoiceField(label=_("Kind of relation"), choices=Interest.Kind.choices)
    since = forms.DateField(label=_("Since"), widget=_DAY)
    remark = forms.CharField(label=_("Remark"), max_length=300, required=False)


class EndForm(forms.Form):
    """The end of an interest."""

    interest = forms.IntegerField(widget=forms.HiddenInput)
    until = forms.DateField(label=_("Ended on"), widget=_DAY)


class PeopleSearch(forms.Form):
    """People by name, login or code, and by how they are registered today."""

    q = forms.CharField(label=_("Name, login or code"), max_length=80, required=False)
    state = forms.ChoiceField(
        label=_("Registration"),
        choices=[
            ("", _("every state")),
            ("registered", _("in force")),
            ("ending", _("ends within 90 days")),
            ("unregistered", _("none in force")),
        ],
        required=False,
    )


class HeldForm(forms.Form):
    """The days on which somebody holds something."""

    since = forms.DateField(label=_("Since"), widget=_DAY)
    until = forms.DateField(label=_("Last day"), widget=_DAY, required=False)


class RegistrationForm(HeldForm):
    """A registration as auditor."""

    value = forms.ChoiceField(label=_("Level"), choices=Level.choices)
    basis = forms.CharField(label=_("Number of the registration"), max_length=300)
    until = forms.DateField(label=_("Last day"), widget=_DAY)
    field_order = ("value", "basis", "since", "until")


class CompetenceForm(HeldForm):
    """A competence code, with how the competence was evaluated."""

    value = forms.CharField(label=_("Code"), max_length=40)
    basis = forms.CharField(label=_("How it was shown"), max_length=300)
    field_order = ("value", "basis", "since", "until")


class AuthorisationForm(HeldForm):
    """A function that somebody is authorised for."""

    value = forms.ChoiceField(label=_("Function"), choices=Function.choices)
    basis = forms.CharField(label=_("How it was shown"), max_length=300)
    field_order = ("value", "basis", "since", "until")


HELD_FORMS: Mapping[str, type[HeldForm]] = {
    Qualification.Kind.REGISTRATION: RegistrationForm,
    Qualification.Kind.COMPETENCE: CompetenceForm,
    Qualification.Kind.AUTHORISATION: AuthorisationForm,
}


class EndEarlyForm(forms.Form):
    """That something ends before its time."""

    qualification = forms.IntegerField(widget=forms.HiddenInput)
    on = forms.DateField(label=_("Last day"), widget=_DAY)
    reason = forms.CharField(label=_("Why"), max_length=300)


class DaysForm(forms.Form):
    """The days of some work."""

    first = forms.DateField(label=_("First day"), widget=_DAY)
    last = forms.DateField(label=_("Last day"), widget=_DAY)

    def clean_last(self) -> date:
        """Return the last day; it does not lie before the first."""
        last: date = self.cleaned_data["last"]
        first: date | None = self.cleaned_data.get("first")
        if first is not None and last < first:
            raise forms.ValidationError(_("The last day lies before the first."))
        return last


class SignForm(forms.Form):
    """An undertaking, signed with one's name."""

    kind = forms.ChoiceField(choices=Undertaking.Kind.choices, widget=forms.HiddenInput)
    name = forms.CharField(label=_("Your name, as signature"), max_length=120)

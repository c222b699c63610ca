"""What people type about their interests."""

from django import forms
from django.utils.translation import gettext_lazy as _

from certbody.personnel.models import Interest

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

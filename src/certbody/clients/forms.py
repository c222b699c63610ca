"""What people type about organisations.

Lengths and shapes are checked by the transition, which says what is wrong in its own words.
"""

from django import forms
from django.utils.translation import gettext_lazy as _

from certbody.clients.checks import PEOPLE_AT_MOST
from certbody.clients.credit_code import problems_of
from certbody.web.language import active
from certbody.words.rendering import plain_problem


class ParticularsForm(forms.Form):
    """An organisation's particulars."""

    name = forms.CharField(label=_("Name of the organisation"), max_length=200)
    credit_code = forms.CharField(
        label=_("Unified social credit code"),
        max_length=100,
        help_text=_("18 characters, as on the business licence; it tells who you are"),
    )
    legal_representative = forms.CharField(label=_("Legal representative"), max_length=80)
    address = forms.CharField(label=_("Registered address"), max_length=300)
    people = forms.IntegerField(
        label=_("People in all"),
        min_value=1,
        max_value=PEOPLE_AT_MOST,
        help_text=_("How long an audit takes follows from the people within its scope"),
    )
    contact = forms.CharField(
        label=_("Contact person"), max_length=80, help_text=_("Whom we call about the application")
    )
    phone = forms.CharField(
        label=_("Telephone"), max_length=40, widget=forms.TextInput(attrs={"inputmode": "tel"})
    )
    email = forms.EmailField(
        label=_("E-mail"), max_length=254, help_text=_("Our letters are announced here")
    )
    region = forms.CharField(
        label=_("Region code (optional)"),
        max_length=12,
        required=False,
        help_text=_("GB/T 2260, if it is not that of the credit code; otherwise leave it blank"),
    )
    postcode = forms.CharField(label=_("Postcode (optional)"), max_length=12, required=False)
    name_en = forms.CharField(
        label=_("Name in English (optional)"),
        max_length=200,
        required=False,
        help_text=_("As it should stand on an English certificate"),
    )
    industry = forms.CharField(
        label=_("Industry code (optional)"),
        max_length=12,
        required=False,
        help_text=_("GB/T 4754, as far as you know it"),
    )

    def clean_credit_code(self) -> str:
        """Say what is wrong with the code together with all else that is wrong."""
        code = str(self.cleaned_data["credit_code"])
        told = [str(plain_problem(one, active())["message"]) for one in problems_of(code)]
        if told:
            raise forms.ValidationError(told)
        return code

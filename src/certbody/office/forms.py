"""What the lists of the office are narrowed to."""

import re

from django import forms
from django.utils.functional import Promise
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from certbody.cases.models import Activity, State
from certbody.clients.regions import PROVINCES
from certbody.records.kinds import kinds
from certbody.rulebooks.library import readable_lately
from certbody.web.language import active, in_words

_LABEL_AT_MOST = 48


def _schemes() -> list[tuple[str, str | Promise]]:
    found = {book.scheme: in_words(book.listed.scheme) for book in readable_lately()}
    return [("", _("every scheme")), *found.items()]


def _kinds() -> list[tuple[str, str | Promise]]:
    told = {name: _as_label(getattr(kind, active())) for name, kind in kinds().items()}
    return [("", _("every kind")), *((name, told[name]) for name in sorted(told))]


def _as_label(sentence: str) -> str:
    """Return the sentence of a kind of event with what differs left open."""
    return Truncator(re.sub(r"\{\w+\}", "…", sentence)).chars(_LABEL_AT_MOST)


def _provinces() -> list[tuple[str, str | Promise]]:
    found = [(code, f"{in_words(words)} {code}") for code, words in PROVINCES.items()]
    return [("", _("every province")), *found]


class BoardSearch(forms.Form):
    """The board of one scheme or activity."""

    scheme = forms.ChoiceField(label=_("Scheme"), choices=_schemes, required=False)
    activity = forms.ChoiceField(
        label=_("Activity"), choices=[("", _("every activity")), *Activity.choices], required=False
    )


class CaseSearch(forms.Form):
    """Cases by number, client, scheme, state and activity."""

    q = forms.CharField(label=_("Number, client or credit code"), max_length=80, required=False)
    scheme = forms.ChoiceField(label=_("Scheme"), choices=_schemes, required=False)
    state = forms.ChoiceField(
        label=_("State"), choices=[("", _("every state")), *State.choices], required=False
    )
    activity = forms.ChoiceField(
        label=_("Activity"), choices=[("", _("every activity")), *Activity.choices], required=False
    )
    late = forms.BooleanField(label=_("late ones only"), required=False)
    sort = forms.ChoiceField(
        label=_("Order"),
        choices=[
            ("-moved_at", _("last step first")),
            ("moved_at", _("longest waiting first")),
            ("-pk", _("newest first")),
            ("number", _("by number")),
        ],
        required=False,
    )


class ClientSearch(forms.Form):
    """Clients by name, code and province."""

    q = forms.CharField(label=_("Name or credit code"), max_length=80, required=False)
    region = forms.ChoiceField(label=_("Province"), choices=_provinces, required=False)
    sort = forms.ChoiceField(
        label=_("Order"),
        choices=[
            ("name", _("by name")),
            ("-pk", _("newest first")),
            ("-people", _("largest first")),
            ("-site_count", _("most sites first")),
            ("region", _("by region")),
        ],
        required=False,
    )


class RecordSearch(forms.Form):
    """Events by kind, person, day and chain."""

    what = forms.ChoiceField(label=_("Kind"), choices=_kinds, required=False)
    actor = forms.CharField(label=_("Login of who acted"), max_length=64, required=False)
    day = forms.DateField(
        label=_("Day"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )
    stream = forms.CharField(
        label=_("Case number, or chain such as client:17"), max_length=40, required=False
    )

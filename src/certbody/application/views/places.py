"""Where on the screens each condition is mended, and by whom."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from certbody.application.models import Application
from certbody.cases.gates import Condition
from certbody.cases.lines import Line, line_of


@dataclass(frozen=True, slots=True)
class Page:
    """One page of the form: its name in addresses, its title, the address."""

    name: str
    title: str | Promise
    url: str


_TITLES = {
    "organisation": _("Organisation"),
    "sites": _("Sites"),
    "licences": _("Licences"),
    "incidents": _("Accidents, offences, penalties"),
    "scope": _("Scope"),
    "eligibility": _("Eligibility"),
    "documents": _("Papers to hand in"),
    "supplements": _("What was asked for"),
    "submit": _("Submit"),
}
_REGISTER = {
    "organisation": "organisation",
    "sites": "organisation_sites",
    "licences": "organisation_licences",
    "incidents": "organisation_incidents",
}
_OFFICE = {
    "man_days": _("Determine the audit time"),
    "outcome": _("See below"),
    "contract": _("Draw the contract up again"),
}


def pages_of(application: Application) -> list[Page]:
    """Return the pages of the form in the order in which they are filled in."""
    names = [name for name in _TITLES if name != "supplements" or application.supplements.exists()]
    return [Page(name, _TITLES[name], page_url(application, name)) for name in names]


def page_url(application: Application, name: str) -> str:
    """Return the address of a page of the form; the register's pages lead back here."""
    number = application.case.number
    if name in _REGISTER:
        address = reverse(_REGISTER[name], args=[application.case.client_id])
        return f"{address}?case={number}"
    return reverse(f"application_{name}", args=[number])


def gate(application: Application, conditions: Iterable[Condition], *, office: bool) -> list[Line]:
    """Return a gate's lines, what is missing first."""
    lines = [_line(application, one, office=office) for one in conditions]
    return sorted(lines, key=lambda line: line.met)


def _line(application: Application, one: Condition, *, office: bool) -> Line:
    url, fix = ("", "") if one.met else _way_forward(application, one.where, office=office)
    return line_of(one, url, fix)


def _way_forward(
    application: Application, where: str, *, office: bool
) -> tuple[str, str | Promise]:
    if office:
        return f"#{where}", _OFFICE.get(where, _("Ask the client"))
    if where in _TITLES:
        return page_url(application, where), _TITLES[where]
    return "", ""

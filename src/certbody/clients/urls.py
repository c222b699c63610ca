"""Addresses of the client's own register."""

from django.urls import URLPattern, path

from certbody.accounts.roles import Right
from certbody.clients.columns import LISTS
from certbody.clients.views.lists import list_page
from certbody.clients.views.organisation import organisation, register_page
from certbody.clients.views.sheets import import_page, site_sheet
from certbody.web.doors import needs

own = needs(Right.APPLICATION_APPLY)
_HOME = "portal/organisations/<int:pk>/"

urlpatterns: list[URLPattern] = [
    path("portal/organisations/new/", own(register_page), name="organisation_register"),
    path(_HOME, own(organisation), name="organisation"),
    *[
        path(f"{_HOME}{name}/", own(list_page), {"name": name}, name=f"organisation_{name}")
        for name in LISTS
    ],
    path(f"{_HOME}sites/import/", own(import_page), name="organisation_site_import"),
    path(f"{_HOME}sites.xlsx", own(site_sheet), name="organisation_site_sheet"),
]

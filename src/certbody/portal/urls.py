"""Addresses of the portal."""

from django.urls import URLPattern, path

from certbody.accounts.roles import Right
from certbody.portal.views import apply, case_page, home
from certbody.web.doors import needs

urlpatterns: list[URLPattern] = [
    path("portal/", needs(Right.PORTAL_ENTER)(home), name="portal"),
    path("portal/apply/", needs(Right.APPLICATION_APPLY)(apply), name="apply"),
    path("portal/cases/<str:number>/", needs(Right.PORTAL_ENTER)(case_page), name="client_case"),
]

"""Addresses of personnel."""

from django.urls import URLPattern, path

from certbody.accounts.roles import Right
from certbody.personnel.views import interests
from certbody.web.doors import needs

urlpatterns: list[URLPattern] = [
    path("me/interests/", needs(Right.INTEREST_DECLARE)(interests), name="interests"),
]

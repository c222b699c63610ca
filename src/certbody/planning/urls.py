"""Addresses of planning."""

from django.urls import URLPattern, path

from certbody.accounts.roles import Right
from certbody.planning.views.planning import planning
from certbody.web.doors import needs

urlpatterns: list[URLPattern] = [
    path("office/cases/<str:number>/planning/", needs(Right.AUDIT_PLAN)(planning), name="planning"),
]

"""Addresses of planning."""

from django.urls import URLPattern, path

from certbody.accounts.roles import Right
from certbody.planning.views.agreement import agreement
from certbody.planning.views.plan import plan
from certbody.planning.views.planning import planning
from certbody.web.doors import needs

urlpatterns: list[URLPattern] = [
    path("office/cases/<str:number>/planning/", needs(Right.AUDIT_PLAN)(planning), name="planning"),
    path("audits/<str:number>/plan/", needs(Right.AUDIT_PLAN, Right.AUDIT_WORK)(plan), name="plan"),
    path("portal/cases/<str:number>/plan/", needs(Right.AUDIT_ANSWER)(agreement), name="agreement"),
]

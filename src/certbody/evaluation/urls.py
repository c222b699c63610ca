"""Addresses of the audit: the auditor's screens, and what the client answers."""

from django.urls import URLPattern, path

from certbody.accounts.roles import Right
from certbody.evaluation.views.audits import audit, audits
from certbody.evaluation.views.documents import documents, points_page
from certbody.evaluation.views.part import criterion_page, part_page
from certbody.web.doors import needs

auditor = needs(Right.AUDIT_WORK)
_AUDIT = "audits/<str:number>/"

urlpatterns: list[URLPattern] = [
    path("audits/", auditor(audits), name="audits"),
    path(_AUDIT, auditor(audit), name="audit"),
    path(f"{_AUDIT}documents/", auditor(documents), name="audit_documents"),
    path(f"{_AUDIT}parts/<str:step>/", auditor(part_page), name="audit_part"),
    path(
        f"{_AUDIT}parts/<str:step>/<str:criterion>/",
        auditor(criterion_page),
        name="audit_criterion",
    ),
    path(
        "portal/cases/<str:number>/points/",
        needs(Right.AUDIT_ANSWER)(points_page),
        name="client_points",
    ),
]

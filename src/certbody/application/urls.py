"""Addresses of the application: the client's form, the review, the contract."""

from django.urls import URLPattern, path

from certbody.accounts.roles import Right
from certbody.application.views.contract import contract_page
from certbody.application.views.documents import documents
from certbody.application.views.office import review_page
from certbody.application.views.wizard import eligibility, scope, submit, supplements
from certbody.web.doors import needs

_CLIENT = "portal/cases/<str:number>/"
_OFFICE = "office/cases/<str:number>/"

client = needs(Right.APPLICATION_APPLY)
office = needs(Right.OFFICE_ENTER)

urlpatterns: list[URLPattern] = [
    path(f"{_CLIENT}scope/", client(scope), name="application_scope"),
    path(f"{_CLIENT}eligibility/", client(eligibility), name="application_eligibility"),
    path(f"{_CLIENT}documents/", client(documents), name="application_documents"),
    path(f"{_CLIENT}supplements/", client(supplements), name="application_supplements"),
    path(f"{_CLIENT}submit/", client(submit), name="application_submit"),
    path(f"{_OFFICE}application/", office(review_page), name="application_review"),
    path(
        "cases/<str:number>/contract/",
        needs(Right.APPLICATION_APPLY, Right.OFFICE_ENTER)(contract_page),
        name="application_contract",
    ),
]

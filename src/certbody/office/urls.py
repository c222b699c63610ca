"""Addresses of the office."""

from django.urls import URLPattern, path

from certbody.accounts.roles import Right
from certbody.office.clients import client_page, clients
from certbody.office.views import (
    board,
    case_page,
    cases,
    record_page,
    worklist,
)
from certbody.web.doors import needs

office = needs(Right.OFFICE_ENTER)
readers = needs(Right.CLIENT_READ_ALL)

urlpatterns: list[URLPattern] = [
    path("office/", office(worklist), name="worklist"),
    path("office/board/", office(board), name="board"),
    path("office/cases/", office(cases), name="cases"),
    path("office/cases/<str:number>/", office(case_page), name="case"),
    path("office/clients/", readers(clients), name="clients"),
    path("office/clients/<int:pk>/", office(client_page), name="client"),
    path("office/record/", needs(Right.RECORD_READ_ALL)(record_page), name="record"),
]

"""Clients for programs of the body's staff: read only, as far as they are open to the account."""

from typing import Annotated, Any

from django.db.models import Q
from django.http import HttpRequest
from django.utils.timezone import localdate
from ninja import Query, Router

from certbody.accounts.callers import caller
from certbody.accounts.tokens import TokenAuth
from certbody.api.paging import After, Limit, paged
from certbody.api.problems import PROBLEMS, ProblemDocument
from certbody.cases.selectors import clients_visible_to
from certbody.clients.schemas import (
    OrganisationsOut,
    OrganisationWithListsOut,
    lists_told,
    organisation_told,
)

_NO_NULL = "^[^\\x00]*$"  # which a database of PostgreSQL cannot look for
Words = Annotated[
    str,
    Query("", max_length=80, pattern=_NO_NULL, description="part of the name, or the code's start"),
]
Region = Annotated[
    str, Query("", max_length=6, pattern=_NO_NULL, description="how the region code begins")
]

router = Router(tags=["clients"], auth=TokenAuth("clients:read"))


@router.get(
    "/clients",
    response={200: OrganisationsOut, PROBLEMS: ProblemDocument},
    summary="Clients open to you",
)
def list_clients(
    request: HttpRequest,
    q: Words = "",
    region: Region = "",
    after: After = 0,
    limit: Limit = 50,
) -> dict[str, Any]:
    """List the clients that are open to the account, page by page."""
    found = clients_visible_to(caller(request), localdate()).filter(region__startswith=region)
    if q:
        found = found.filter(Q(name__icontains=q) | Q(credit_code__istartswith=q))
    return paged(found, after, limit, organisation_told)


@router.get(
    "/clients/{client}",
    response={200: OrganisationWithListsOut, PROBLEMS: ProblemDocument},
    summary="One client with its lists",
)
def one_client(request: HttpRequest, client: int) -> dict[str, Any]:
    """Return a client with its sites, licences, incidents and service managers."""
    found = clients_visible_to(caller(request), localdate()).get(pk=client)
    return {**organisation_told(found), **lists_told(found)}

"""Organisations and their lists for programs that act for them."""

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

from django.core.files.uploadedfile import TemporaryUploadedFile
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.timezone import localdate
from ninja import File, Form, Router, Schema, UploadedFile

from certbody.accounts.callers import caller
from certbody.accounts.tokens import TokenAuth
from certbody.api.idempotency import once
from certbody.api.paging import After, Limit, paged
from certbody.api.problems import PROBLEMS, ProblemDocument, language_of
from certbody.clients import schemas as told
from certbody.clients.checks import notes_for
from certbody.clients.importing import dry_run as dry_run_of
from certbody.clients.models import Client
from certbody.clients.selectors import own_clients
from certbody.clients.sheet import EXCEL, template
from certbody.clients.transitions.import_sites import import_sites
from certbody.clients.transitions.lists import (
    set_incidents,
    set_licences,
    set_managers,
    set_sites,
)
from certbody.clients.transitions.register import Particulars, change, register
from certbody.rules.terms import BadInput, Problem
from certbody.words.rendering import plain_note

Answered = dict[str, Any]
reads, writes = TokenAuth("clients:read"), TokenAuth("clients:write")
router = Router(tags=["organisations"], auth=reads)


@router.get(
    "/organisations",
    response={200: told.OrganisationsOut, PROBLEMS: ProblemDocument},
    summary="Your organisations",
)
def list_organisations(request: HttpRequest, after: After = 0, limit: Limit = 50) -> Answered:
    """List the organisations that the account acts for."""
    found = own_clients(caller(request), localdate())
    return paged(found, after, limit, told.organisation_told)


@router.post(
    "/organisations",
    auth=writes,
    response={201: told.WrittenOut, PROBLEMS: ProblemDocument},
    summary="Register an organisation",
)
@once(201)
def register_one(request: HttpRequest, payload: told.ParticularsIn) -> Answered:
    """Register an organisation; the account then acts for it."""
    particulars = Particulars(**payload.dict())
    made = register(particulars=particulars, by=caller(request), at=timezone.now())
    return _written(request, made)


@router.get(
    "/organisations/{organisation}",
    response={200: told.OrganisationWithListsOut, PROBLEMS: ProblemDocument},
    summary="One of your organisations with its lists",
)
def one_organisation(request: HttpRequest, organisation: int) -> Answered:
    """Return an organisation with its sites, licences, incidents and service managers."""
    client = _own(request, organisation)
    return {**told.organisation_told(client), **told.lists_told(client)}


@router.put(
    "/organisations/{organisation}",
    auth=writes,
    response={200: told.WrittenOut, PROBLEMS: ProblemDocument},
    summary="Change what is known of an organisation",
)
@once()
def change_one(
    request: HttpRequest, organisation: int, payload: told.ParticularsIn, seen: int | None = None
) -> Answered:
    """Change an organisation; the credit code stays."""
    particulars = Particulars(**payload.dict())
    by, at = caller(request), timezone.now()
    changed = change(client=organisation, particulars=particulars, by=by, at=at, seen=seen)
    return _written(request, changed)


@router.put(
    "/organisations/{organisation}/sites",
    auth=writes,
    response={200: told.CountOut, PROBLEMS: ProblemDocument},
    summary="Replace the service sites",
)
@once()
def replace_sites(request: HttpRequest, organisation: int, payload: told.SitesIn) -> Answered:
    """Replace the sites; one that is not sent is closed, one with its number keeps it."""
    return _replaced(request, organisation, set_sites, payload.rows, payload.seen)


@router.put(
    "/organisations/{organisation}/licences",
    auth=writes,
    response={200: told.CountOut, PROBLEMS: ProblemDocument},
    summary="Replace the licences and permits",
)
@once()
def replace_licences(request: HttpRequest, organisation: int, payload: told.LicencesIn) -> Answered:
    """Replace the licences and permits."""
    return _replaced(request, organisation, set_licences, payload.rows, payload.seen)


@router.put(
    "/organisations/{organisation}/incidents",
    auth=writes,
    response={200: told.CountOut, PROBLEMS: ProblemDocument},
    summary="Replace accidents, offences and penalties",
)
@once()
def replace_incidents(
    request: HttpRequest, organisation: int, payload: told.IncidentsIn
) -> Answered:
    """Replace accidents, offences and penalties."""
    return _replaced(request, organisation, set_incidents, payload.rows, payload.seen)


@router.put(
    "/organisations/{organisation}/managers",
    auth=writes,
    response={200: told.CountOut, PROBLEMS: ProblemDocument},
    summary="Replace the certified service managers",
)
@once()
def replace_managers(request: HttpRequest, organisation: int, payload: told.ManagersIn) -> Answered:
    """Replace the certified service managers."""
    return _replaced(request, organisation, set_managers, payload.rows, payload.seen)


@router.get(
    "/organisations/{organisation}/sites/sheet",
    response={200: bytes, PROBLEMS: ProblemDocument},
    summary="The site list as an Excel sheet to fill in",
    openapi_extra={
        "responses": {
            200: {
                "description": "An Excel workbook with the sites that are there",
                "content": {EXCEL: {"schema": {"type": "string", "format": "binary"}}},
            }
        }
    },
)
def site_sheet(request: HttpRequest, organisation: int) -> HttpResponse:
    """Return the sheet with the sites that are there already, and an example row."""
    client = _own(request, organisation)
    content = template(list(client.sites.filter(closed_on__isnull=True)))
    return HttpResponse(content, content_type=EXCEL)


@router.post(
    "/organisations/{organisation}/sites/sheet",
    auth=writes,
    response={200: told.SheetOut, PROBLEMS: ProblemDocument},
    summary="Import a filled sheet of sites",
)
@once()
def import_sheet(
    request: HttpRequest,
    organisation: int,
    file: File[UploadedFile],
    dry_run: Form[bool] = False,  # noqa: FBT002  ninja names it; a program sends it by name
    seen: Form[int | None] = None,
) -> Answered:
    """Replace the sites by those of a sheet, or with ``dry_run`` only tell what would change.

    Faults name the row as Excel shows it and the column: ``sites.5.address``.
    """
    client, path = _own(request, organisation), _path(file)
    changes = dry_run_of(client, path).changes
    number = len(changes.added) + len(changes.changed) + len(changes.same)
    if not dry_run:
        by, at = caller(request), timezone.now()
        number = len(import_sites(client=organisation, path=path, by=by, at=at, seen=seen))
        client.refresh_from_db()
    return {
        "number": number,
        "revision": client.revision,
        "dry_run": dry_run,
        "added": len(changes.added),
        "changed": len(changes.changed),
        "same": len(changes.same),
        "closed": [one.name for one in changes.gone],
    }


Replacing = Callable[..., Sequence[object]]


def _replaced(
    request: HttpRequest,
    organisation: int,
    act: Replacing,
    rows: Iterable[Schema],
    seen: int | None,
) -> Answered:
    by, at = caller(request), timezone.now()
    kept = act(client=organisation, rows=[one.dict() for one in rows], by=by, at=at, seen=seen)
    return {"number": len(kept), "revision": _own(request, organisation).revision}


def _own(request: HttpRequest, organisation: int) -> Client:
    return own_clients(caller(request), localdate()).get(pk=organisation)


def _path(file: UploadedFile) -> Path:
    if not isinstance(file, TemporaryUploadedFile):
        raise BadInput([Problem("file", "not_a_site_sheet", {})])
    return Path(file.temporary_file_path())


def _written(request: HttpRequest, client: Client) -> Answered:
    notes = [plain_note(one, language_of(request)) for one in notes_for(client)]
    shown = [{"code": one["code"], "message": one["message"]} for one in notes]
    return {**told.organisation_told(client), "notes": shown}

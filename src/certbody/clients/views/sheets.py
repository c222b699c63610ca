"""The site list by Excel: the sheet to fill in, its dry run, and the import."""

import json
from pathlib import Path
from typing import Any

from django.contrib import messages
from django.core.files.uploadedfile import TemporaryUploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from certbody.accounts.callers import person
from certbody.clients.columns import SITES, Column, Kind
from certbody.clients.importing import DryRun, dry_run
from certbody.clients.models import Site
from certbody.clients.rows import ROWS_AT_MOST, Row
from certbody.clients.sheet import EXCEL, shown, template
from certbody.clients.transitions.lists import set_sites
from certbody.clients.views.lists import faults
from certbody.clients.views.pages import frame, number_from, onward, own
from certbody.rules.terms import BadInput, Problem
from certbody.web.acts import NOTHING, Tried, tried
from certbody.web.language import active


@require_safe
def site_sheet(request: HttpRequest, pk: int) -> HttpResponse:
    """Hand out the Excel sheet with the sites that are there."""
    client = own(request, pk)
    content = template(list(client.sites.filter(closed_on__isnull=True)))
    response = HttpResponse(content, content_type=EXCEL)
    response.headers["Content-Disposition"] = 'attachment; filename="sites.xlsx"'
    return response


@require_http_methods(["GET", "HEAD", "POST"])
def import_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Check a sheet and show what it would change; import it when the person confirms."""
    client = own(request, pk)
    checked: Tried[DryRun] | Tried[None] = NOTHING
    done: Tried[list[Site]] | Tried[None] = NOTHING
    if "rows" in request.POST:
        by, seen = person(request), number_from(request.POST.get("seen"))
        done = tried(
            lambda: set_sites(
                client=pk,
                rows=_confirmed(request.POST["rows"]),
                by=by,
                at=timezone.now(),
                seen=seen,
            )
        )
        if done.done:
            messages.success(request, _("The sheet is imported."))
            return redirect(onward(request, client, "sites"))
    elif request.method == "POST":
        checked = tried(lambda: dry_run(client, path_of(request)))
    outcome = done if done is not NOTHING else checked
    page = {
        **frame(request, client, "sites"),
        "tried": outcome,
        "faults": faults("sites", outcome.errors),
        "preview": _preview(checked.result) if checked.result else None,
        "columns": [column for column in SITES if column.kind is not Kind.NUMBER],
    }
    return render(request, "clients/import.html", page, status=outcome.status)


def path_of(request: HttpRequest) -> Path:
    """Return where the uploaded sheet lies; raise ``BadInput`` where there is none."""
    upload = request.FILES.get("file")
    if not isinstance(upload, TemporaryUploadedFile):
        raise BadInput([Problem("file", "not_a_site_sheet", {})])
    return Path(upload.temporary_file_path())


def _confirmed(text: str) -> list[Row]:
    """Return the rows that the dry run showed, as the page sends them back."""
    try:
        rows = json.loads(text)
    except ValueError as error:
        raise BadInput([Problem("file", "not_a_site_sheet", {})]) from error
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise BadInput([Problem("file", "not_a_site_sheet", {})])
    return rows[: ROWS_AT_MOST + 1]


def _preview(run: DryRun) -> dict[str, Any]:
    """Return what would be done, row by row, with the rows to send back."""
    changes = run.changes
    told = {id(one): "added" for one in changes.added}
    told |= {id(one): "changed" for _before, one in changes.changed}
    columns = [column for column in SITES if column.kind is not Kind.NUMBER]
    return {
        "rows": [
            {
                "number": number,
                "what": told.get(id(site), "same"),
                "cells": [(column, _shown(site, column)) for column in columns],
            }
            for number, site in zip(run.sheet.numbers, run.sites, strict=True)
        ],
        "added": len(changes.added),
        "changed": len(changes.changed),
        "same": len(changes.same),
        "gone": changes.gone,
        "nothing": not changes.any,
        "sent": json.dumps(run.sheet.rows, ensure_ascii=False),
    }


def _shown(site: Site, column: Column) -> str:
    if column.kind is Kind.HOURS:
        return site.hours.in_words(active())
    return shown(site, column, active())

"""The lists of the register: each a table that is replaced by what is sent."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from certbody.accounts.callers import person
from certbody.clients.columns import LISTS, Column, Kind
from certbody.clients.models import Client
from certbody.clients.opening_hours import HoursFault, week_from
from certbody.clients.rows import Row, clean
from certbody.clients.transitions.lists import (
    set_incidents,
    set_licences,
    set_managers,
    set_sites,
)
from certbody.clients.views.pages import frame, number_from, onward, own
from certbody.rules.terms import Words
from certbody.web.acts import NOTHING, Tried, tried
from certbody.web.language import active

BLANK_ROWS = 2
TABLE_AT_MOST = 100  # longer lists are changed in Excel: so many fields are of no use on a page
_ACTS: Mapping[str, Callable[..., Sequence[object]]] = {
    "sites": set_sites,
    "licences": set_licences,
    "incidents": set_incidents,
    "managers": set_managers,
}
_ROWS: Mapping[str, Callable[[Client], Iterable[Mapping[str, Any]]]] = {
    "sites": lambda client: client.sites.filter(closed_on__isnull=True).values(),
    "licences": lambda client: client.licences.filter(removed_on__isnull=True).values(),
    "incidents": lambda client: client.incidents.filter(removed_on__isnull=True).values(),
    "managers": lambda client: client.service_managers.filter(removed_on__isnull=True).values(),
}


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of the table as it is shown."""

    column: Column
    value: str
    id: str
    options: Sequence[tuple[str, Words]]
    errors: Sequence[str]

    @property
    def widget(self) -> str:
        """How it is filled in."""
        if self.options:
            return "select"
        return {Kind.DAY: "date", Kind.COUNT: "count", Kind.NUMBER: "number"}.get(
            self.column.kind, "text"
        )


@require_http_methods(["GET", "HEAD", "POST"])
def list_page(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """Show a list of the register as a table; replace it by what is sent."""
    client = own(request, pk)
    rows: Sequence[Mapping[str, object]] = list(_ROWS[name](client))
    outcome: Tried[Sequence[object]] | Tried[None] = NOTHING
    if request.method == "POST":
        rows = _rows_sent(request, LISTS[name])
        outcome = _replaced(request, client, name, rows)
        if outcome.done:
            messages.success(request, _("Saved."))
            return redirect(onward(request, client, name))
    page = {
        **frame(request, client, name),
        "columns": LISTS[name],
        "tried": outcome,
        "rows": table(name, rows, outcome.errors, blank=BLANK_ROWS),
        "faults": faults(name, outcome.errors),
        "too_long": len(rows) > TABLE_AT_MOST,
    }
    return render(request, "clients/rows.html", page, status=outcome.status)


def table(
    name: str,
    rows: Sequence[Mapping[str, object]],
    errors: Mapping[str, Sequence[str]],
    blank: int = 0,
) -> list[list[Cell]]:
    """Return rows as they are shown, with blank ones to fill in below."""
    first = name == "sites" and not rows  # the first site is the head office, unless it is not
    more: list[Mapping[str, object]] = [
        {"head_office": "true"} if first and at == 0 else {} for at in range(blank)
    ]
    return [
        [_cell(column, name, place, row, errors) for column in LISTS[name]]
        for place, row in enumerate([*rows, *more], start=1)
    ]


def faults(name: str, errors: Mapping[str, Sequence[str]]) -> list[Mapping[str, object]]:
    """Return every fault: by row and column in the order of the rows, then those of the whole."""
    columns = {column.name: column for column in LISTS[name]}
    found: list[tuple[int, Mapping[str, object]]] = []
    for where, many in errors.items():
        parts = where.split(".")
        row = int(parts[1]) if len(parts) == 3 and parts[0] == name else 0  # noqa: PLR2004  list, row, column
        for message in many:
            told = {"row": row, "message": message, "id": where.replace(".", "-")}
            if row:
                told["column"] = columns[parts[2]].words
            found.append((row, told))
    return [fault for _row, fault in sorted(found, key=lambda pair: pair[0])]


def _replaced(
    request: HttpRequest, client: Client, name: str, rows: Sequence[Row]
) -> Tried[Sequence[object]]:
    by, seen = person(request), number_from(request.POST.get("seen"))
    act = _ACTS[name]
    return tried(lambda: act(client=client.pk, rows=rows, by=by, at=timezone.now(), seen=seen))


def _rows_sent(request: HttpRequest, columns: Sequence[Column]) -> list[Row]:
    """Return the rows of the table that are not blank, in their order."""
    sent = {column.name: request.POST.getlist(column.name) for column in columns}
    number = max((len(values) for values in sent.values()), default=0)
    rows = [
        {name: values[place] if place < len(values) else "" for name, values in sent.items()}
        for place in range(number)
    ]
    typed = [c.name for c in columns if not c.options and c.kind is not Kind.NUMBER]
    return [row for row in rows if any(row[name].strip() for name in typed)]


def _cell(
    column: Column,
    name: str,
    place: int,
    row: Mapping[str, object],
    errors: Mapping[str, Sequence[str]],
) -> Cell:
    shown = clean(row.get(column.name, column.default))
    if column.kind is Kind.HOURS:
        shown = _hours(shown)
    where = f"{name}.{place}.{column.name}"
    options = column.options
    if options and not column.default:
        options = [("", Words("请选择", "choose")), *options]
    return Cell(column, shown, where.replace(".", "-"), options, errors.get(where, ()))


def _hours(line: str) -> str:
    """Show hours in the reader's language; what cannot be read stays as it was typed."""
    try:
        return week_from(line).in_words(active())
    except HoursFault:
        return line

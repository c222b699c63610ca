"""The clients in the office: a list to search, sort and take along, and a client's own page."""

from django.core.paginator import Paginator
from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.timezone import localdate
from django.views.decorators.http import require_safe

from certbody.accounts.callers import person
from certbody.cases.models import Case, State
from certbody.cases.selectors import clients_visible_to, visible_to
from certbody.clients.credit_code import notes_on
from certbody.clients.models import Client, Site
from certbody.office.excel import clients_sheet
from certbody.office.forms import ClientSearch
from certbody.records.reading import events_of, told
from certbody.web.excel import as_download
from certbody.web.language import active
from certbody.words.rendering import plain_note

_A_PAGE = 25
_EVENTS_SHOWN = 10
_OPEN_SITES = Site.objects.filter(closed_on__isnull=True)
_NO_DRAFT = Case.objects.exclude(state=State.DRAFT)


@require_safe
def clients(request: HttpRequest) -> HttpResponse:
    """List the clients that are open to a person; as a sheet with ``?as=xlsx``."""
    search = ClientSearch(request.GET)
    found = _found(clients_visible_to(person(request), localdate()), search)
    if request.GET.get("as") == "xlsx":
        return as_download(clients_sheet(found), "clients")
    page = Paginator(found, _A_PAGE).get_page(request.GET.get("page"))
    return render(request, "office/clients.html", {"clients": page, "search": search})


@require_safe
def client_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one client: what is known of it, its lists with what was taken off them, its cases."""
    by, day = person(request), localdate()
    client = clients_visible_to(by, day).filter(pk=pk).first()
    if client is None:
        raise Http404
    sites = list(client.sites.all())
    page = {
        "client": client,
        "notes": [
            plain_note(note, active()) for note in notes_on(client.credit_code, client.region)
        ],
        "sites": [one for one in sites if one.closed_on is None],
        "closed_sites": [one for one in sites if one.closed_on is not None],
        "licences": client.licences.filter(removed_on__isnull=True),
        "incidents": client.incidents.all(),
        "managers": client.service_managers.filter(removed_on__isnull=True),
        "cases": visible_to(by, day).filter(client=client).order_by("-moved_at"),
        "record": list(told(events_of(client.stream)[:_EVENTS_SHOWN], active())),
        "today": day,
    }
    return render(request, "office/client.html", page)


def _found(found: QuerySet[Client], search: ClientSearch) -> QuerySet[Client]:
    asked = search.cleaned_data if search.is_valid() else {}
    if words := asked.get("q"):
        found = found.filter(
            Q(name__icontains=words)
            | Q(name_en__icontains=words)
            | Q(credit_code__istartswith=words)
        )
    if region := asked.get("region"):
        found = found.filter(region__startswith=region)
    counted = found.annotate(site_count=_number(_OPEN_SITES), case_count=_number(_NO_DRAFT))
    return counted.order_by(asked.get("sort") or "name", "pk")


def _number(of: QuerySet[Site] | QuerySet[Case]) -> Coalesce:
    """Count what belongs to a client, for the rows that are shown only."""
    own = of.filter(client=OuterRef("pk")).order_by().values("client")
    return Coalesce(Subquery(own.annotate(number=Count("pk")).values("number")), 0)

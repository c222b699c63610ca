"""The client's home: its organisations, its cases, what we ask of it now; and a case's own page."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from certbody.accounts.callers import person
from certbody.application.conditions import to_submit
from certbody.application.editing import CLIENTS_TURN
from certbody.application.models import Application
from certbody.application.transitions.begin import begin
from certbody.application.transitions.withdraw import withdraw
from certbody.application.views.opening import with_application
from certbody.application.views.places import gate, pages_of
from certbody.cases.editions import book_for
from certbody.cases.models import Activity
from certbody.cases.moving import done_in, open_in, process_of, refusals_to_act
from certbody.cases.rulebook import steps
from certbody.cases.selectors import visible_to
from certbody.clients.models import Client
from certbody.clients.selectors import open_memberships
from certbody.notices.selectors import notices_of
from certbody.portal.tasks import tasks_of
from certbody.records.reading import events_of, told
from certbody.rulebooks.library import readable
from certbody.web.acts import NOTHING, Tried, tried
from certbody.web.language import active


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Show what is to be done, the cases, and where to begin."""
    by, day = person(request), localdate()
    organisations = [one.client for one in open_memberships(by, day).select_related("client")]
    cases = visible_to(by, day).filter(client__in=organisations).select_related("client")
    page = {
        "organisations": organisations,
        "cases": cases.order_by("-moved_at")[:50],
        "tasks": tasks_of(by, day),
    }
    return render(request, "portal/home.html", page)


@require_http_methods(["GET", "HEAD", "POST"])
def apply(request: HttpRequest) -> HttpResponse:
    """Choose an organisation and a scheme, and begin."""
    by, day = person(request), localdate()
    organisations = [one.client for one in open_memberships(by, day).select_related("client")]
    if not organisations:
        messages.info(request, _("Register your organisation first."))
        return redirect("organisation_register")
    outcome: Tried[Application] | Tried[None] = NOTHING
    if request.method == "POST":
        sent = request.POST
        client = sent.get("client", "")
        try:
            outcome = tried(
                lambda: begin(
                    client=int(client) if client.isdecimal() else 0,
                    scheme=sent.get("scheme", ""),
                    activity=sent.get("activity", Activity.INITIAL),
                    by=by,
                    at=timezone.now(),
                )
            )
        except Client.DoesNotExist:
            outcome = Tried(errors={"client": [_("Choose one of your organisations.")]})
        if outcome.done and outcome.result is not None:
            return redirect("application_scope", outcome.result.case.number)
    current = [book for book in readable() if book.listed.scheme.current == book.number]
    page = {
        "organisations": organisations,
        "books": [(book, book.edition.find("eligibility")) for book in current],
        "tried": outcome,
        "sent": request.POST,
    }
    return render(request, "portal/apply.html", page, status=outcome.status)


@with_application
def case_page(request: HttpRequest, application: Application) -> HttpResponse:
    """Show where a case stands, what is asked of the client, its papers and its record."""
    case, day = application.case, localdate()
    done = done_in(case)
    outcome: Tried[Application] | Tried[None] = NOTHING
    if request.method == "POST":
        reason = request.POST.get("reason", "")
        outcome = tried(
            lambda: withdraw(
                number=case.number, reason=reason, by=person(request), at=timezone.now()
            )
        )
        if outcome.done:
            messages.success(request, _("The application is withdrawn."))
            return redirect("client_case", case.number)
    conditions = to_submit(application, day) if case.state in CLIENTS_TURN else []
    now = open_in(case, done)
    reached = {*done, *now}
    page = {
        "case": case,
        "application": application,
        "book": book_for(case),
        "process": process_of(case),
        "done": done,
        "now": now,
        "may_edit": case.state in CLIENTS_TURN,
        "pages": pages_of(application),
        "lacking": {one.where for one in conditions if not one.met},
        "gate": gate(application, [one for one in conditions if not one.met], office=False),
        "may_withdraw": not refusals_to_act(case, "withdraw_application", day),
        "contract": application.contracts.filter(superseded_at__isnull=True).first(),
        "planned": any(one.id in reached for one in steps(case, "document_review", "plan")),
        "notices": notices_of(case),
        "record": list(told(events_of(case.stream, for_client=True)[:100], active())),
        "tried": outcome,
        "sent": request.POST,
    }
    return render(request, "portal/case.html", page, status=outcome.status)

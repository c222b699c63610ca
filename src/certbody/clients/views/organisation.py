"""The organisation itself: registered once, changed when something changes."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from certbody.accounts.callers import person
from certbody.clients.checks import notes_for
from certbody.clients.forms import ParticularsForm
from certbody.clients.models import Client
from certbody.clients.transitions.register import NAMES, Particulars, change, register
from certbody.clients.views.pages import frame, number_from, onward, own, tell
from certbody.web.acts import NOTHING, UNPROCESSABLE, Tried, tried


@require_http_methods(["GET", "HEAD", "POST"])
def register_page(request: HttpRequest) -> HttpResponse:
    """Register an organisation."""
    form = ParticularsForm(request.POST or None)
    outcome: Tried[Client] | Tried[None] = NOTHING
    if form.is_valid():
        particulars = Particulars(**form.cleaned_data)
        outcome = tried(
            lambda: register(particulars=particulars, by=person(request), at=timezone.now())
        )
        if outcome.done and outcome.result is not None:
            messages.success(request, _("Your organisation is registered. Next: its sites."))
            tell(request, notes_for(outcome.result))
            return redirect("organisation_sites", outcome.result.pk)
        _into(form, outcome)
    return _shown(request, form, outcome, None)


@require_http_methods(["GET", "HEAD", "POST"])
def organisation(request: HttpRequest, pk: int) -> HttpResponse:
    """Show an organisation; change what is known of it."""
    client = own(request, pk)
    initial = {name: getattr(client, name) for name in NAMES}
    form = ParticularsForm(request.POST or None, initial=initial)
    outcome: Tried[Client] | Tried[None] = NOTHING
    if form.is_valid():
        particulars, seen = Particulars(**form.cleaned_data), number_from(request.POST.get("seen"))
        outcome = tried(
            lambda: change(
                client=pk, particulars=particulars, by=person(request), at=timezone.now(), seen=seen
            )
        )
        if outcome.done and outcome.result is not None:
            messages.success(request, _("Saved."))
            tell(request, notes_for(outcome.result))
            return redirect(onward(request, client, "organisation"))
        _into(form, outcome)
    return _shown(request, form, outcome, client)


def _shown(
    request: HttpRequest,
    form: ParticularsForm,
    outcome: Tried[Client] | Tried[None],
    client: Client | None,
) -> HttpResponse:
    page = {
        **frame(request, client, "organisation"),
        "form": form,
        "tried": outcome,
        "kept": _kept(form, client) if outcome.refusals else [],
    }
    status = UNPROCESSABLE if form.errors else outcome.status
    return render(request, "clients/organisation.html", page, status=status)


def _kept(form: ParticularsForm, client: Client | None) -> list[tuple[str, object]]:
    """Return what is kept by now and differs from what was typed, with its label."""
    if client is None:
        return []
    return [
        (str(form[name].label), getattr(client, name))
        for name in NAMES
        if str(form[name].value() or "") != str(getattr(client, name))
    ]


def _into(form: ParticularsForm, outcome: Tried[Client]) -> None:
    for field, errors in outcome.errors.items():
        for message in errors:
            form.add_error(field if field in form.fields else None, message)

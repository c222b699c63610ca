"""The client's form: scope, eligibility, documents, what was asked for, submission.

Each page saves for itself, so that a client may stop anywhere and go on elsewhere; every page
shows how far the others have come.
"""

from collections.abc import Mapping

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from certbody.accounts.callers import person
from certbody.application import rulebook
from certbody.application.conditions import to_submit
from certbody.application.editing import CLIENTS_TURN
from certbody.application.models import Application
from certbody.application.transitions.answer import answer, questions_to_client
from certbody.application.transitions.describe import describe
from certbody.application.transitions.submit import submit as submit_application
from certbody.application.transitions.supplement import answer_supplement
from certbody.application.views.fields import Errors, answers, asked_fields, text
from certbody.application.views.opening import with_application
from certbody.application.views.places import gate, page_url, pages_of
from certbody.cases.editions import book_for
from certbody.rulebooks.forms.fields import Field
from certbody.web.acts import NOTHING, Tried, tried
from certbody.web.language import in_words

_DIGITS_AT_MOST = 12


@with_application
def scope(request: HttpRequest, application: Application) -> HttpResponse:
    """Ask for the scope: in words, by the rulebook's elements, with the people in it."""
    if request.method != "POST":
        return _page(
            request, application, "scope", NOTHING, {"fields": _scope_fields(application, {})}
        )
    sent = request.POST
    elements = [item.id for item in rulebook.items(application, rulebook.SCOPE)]
    people, faulty = _whole(sent.get("people", ""))
    outcome = (
        tried(
            lambda: describe(
                number=application.case.number,
                scope_text=sent.get("scope_text", ""),
                scope={name: sent.get(f"scope.{name}", "") for name in elements},
                people=people,
                by=person(request),
                at=timezone.now(),
                seen=_seen(request),
            )
        )
        if not faulty
        else Tried[Application](errors=faulty)
    )
    if outcome.done:
        return _onward(request, application, "scope")
    fields = _scope_fields(application, outcome.errors, sent.dict())
    return _page(request, application, "scope", outcome, {"fields": fields})


@with_application
def eligibility(request: HttpRequest, application: Application) -> HttpResponse:
    """Ask the rulebook's own questions, and say at once what the answers mean."""
    inputs = questions_to_client(application, timezone.now())
    if request.method != "POST":
        fields = asked_fields(inputs, application.facts, None, {})
        return _page(request, application, "eligibility", NOTHING, {"fields": fields})
    outcome = tried(
        lambda: answer(
            number=application.case.number,
            answers=answers(inputs, request.POST),
            by=person(request),
            at=timezone.now(),
            seen=_seen(request),
        )
    )
    if outcome.done:
        return _onward(request, application, "eligibility")
    fields = asked_fields(inputs, application.facts, request.POST, outcome.errors)
    return _page(request, application, "eligibility", outcome, {"fields": fields})


@with_application
def submit(request: HttpRequest, application: Application) -> HttpResponse:
    """Show what is missing; take the declaration and submit."""
    declared = request.POST.get("declared_by", application.declared_by)
    outcome: Tried[Application] = Tried()
    if request.method == "POST":
        outcome = tried(
            lambda: submit_application(
                number=application.case.number,
                declared_by=declared if request.POST.get("true") else "",
                by=person(request),
                at=timezone.now(),
            )
        )
        if outcome.done:
            messages.success(request, _("The application is submitted. We will reply in writing."))
            return redirect("client_case", application.case.number)
    return _page(request, application, "submit", outcome, {"declared_by": declared})


@with_application
def supplements(request: HttpRequest, application: Application) -> HttpResponse:
    """Show what was asked for as threads; take answers with words and files."""
    outcome: Tried[object] = Tried()
    if request.method == "POST":
        file = request.FILES.get("file")
        thread = _whole(request.POST.get("supplement", ""))[0] or 0
        outcome = tried(
            lambda: answer_supplement(
                number=application.case.number,
                supplement=thread,
                text=request.POST.get("text", ""),
                upload=file,
                name=file.name or "" if file else "",
                by=person(request),
                at=timezone.now(),
            )
        )
        if outcome.done:
            messages.success(request, _("Your answer is saved."))
            return redirect(page_url(application, "supplements"))
    threads = application.supplements.prefetch_related("messages__by", "messages__file")
    more = {"threads": threads, "sent": request.POST, "items": _item_words(application)}
    return _page(request, application, "supplements", outcome, more)


def _page(
    request: HttpRequest,
    application: Application,
    name: str,
    outcome: Tried[object] | Tried[Application] | Tried[None],
    more: Mapping[str, object],
) -> HttpResponse:
    """Make a page of the form: its own part, and how far all parts have come."""
    conditions = to_submit(application, localdate())
    lacking = {one.where for one in conditions if not one.met}
    page = {
        "case": application.case,
        "application": application,
        "book": book_for(application.case),
        "pages": pages_of(application),
        "here": name,
        "lacking": lacking,
        "may_edit": application.case.state in CLIENTS_TURN,
        "gate": gate(
            application, [one for one in conditions if name in ("submit", one.where)], office=False
        ),
        "ready": not lacking - {"submit"},
        "tried": outcome,
        **more,
    }
    return render(request, f"application/{name}.html", page, status=outcome.status)


def _onward(request: HttpRequest, application: Application, name: str) -> HttpResponse:
    """Go on to the next page, or stay where the person asked to."""
    messages.success(request, _("Saved."))
    names = [page.name for page in pages_of(application)]
    after = names[min(names.index(name) + 1, len(names) - 1)]
    return redirect(page_url(application, name if "stay" in request.POST else after))


def _scope_fields(
    application: Application, errors: Errors, sent: Mapping[str, str] | None = None
) -> list[Field]:
    value = sent or {
        "scope_text": application.scope_text,
        "people": str(application.people or ""),
        **{f"scope.{name}": words for name, words in application.scope.items()},
    }
    fields = [
        text(
            "scope_text",
            _("Services to be certified"),
            value.get("scope_text"),
            errors,
            widget="area",
        ),
        text(
            "people",
            _("People within the scope (full-time equivalents, rounded up)"),
            value.get("people"),
            errors,
            widget="number",
        ),
    ]
    for item in rulebook.items(application, rulebook.SCOPE):
        name = f"scope.{item.id}"
        fields.append(
            text(name, f"{in_words(item)} ({item.clause})", value.get(name), errors, widget="area")
        )
    return fields


def _item_words(application: Application) -> dict[str, str]:
    return {item.id: in_words(item) for item in rulebook.items(application, rulebook.DOCUMENTS)}


def _seen(request: HttpRequest) -> int | None:
    return _whole(request.POST.get("seen", ""))[0]


def _whole(raw: str) -> tuple[int | None, dict[str, list[str]]]:
    """Read a whole number that a person typed; blank is none."""
    plain = raw.strip()
    if not plain:
        return None, {}
    if not plain.isdecimal() or len(plain) > _DIGITS_AT_MOST:
        return None, {"people": [_("%(value)s is not a whole number") % {"value": plain}]}
    return int(plain), {}

"""The list of documents: each uploaded, missing, or not applicable because."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import partial

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from certbody.accounts.callers import person
from certbody.application import rulebook
from certbody.application.conditions import documents as document_conditions
from certbody.application.conditions import to_submit
from certbody.application.editing import CLIENTS_TURN
from certbody.application.models import Application, Document
from certbody.application.transitions.attach import attach, leave_out, take_back
from certbody.application.views.opening import with_application
from certbody.application.views.places import page_url, pages_of
from certbody.cases.editions import book_for
from certbody.cases.gates import Condition
from certbody.rules.checklists import Item
from certbody.rules.terms import Refusal
from certbody.web.acts import NOTHING, Tried, tried
from certbody.web.language import active
from certbody.words.rendering import plain_refusal


@dataclass(slots=True)
class Entry:
    """One item of the list as a person sees it."""

    item: Item
    documents: list[Document] = field(default_factory=list)
    reason: str = ""
    missing: str = ""
    why: str = ""

    @property
    def state(self) -> str:
        """Where it stands: there, left_out or missing."""
        if self.missing:
            return "missing"
        return "there" if self.documents else "left_out"

    @property
    def may_be_left_out(self) -> bool:
        """Whether a reason may take the place of a document."""
        return self.item.may_be_left_out != "never"


def entries_of(application: Application) -> list[Entry]:
    """Return every item with its files, its reason, and what it still lacks."""
    files: dict[str, list[Document]] = {}
    for one in application.documents.filter(taken_back_at__isnull=True).select_related("file"):
        files.setdefault(one.item, []).append(one)
    reasons = dict(application.left_out.values_list("item", "reason"))
    lacking = _lacking(document_conditions(application, localdate()))
    return [
        Entry(
            item,
            files.get(item.id, []),
            reasons.get(item.id, ""),
            *lacking.get(item.words, ("", "")),
        )
        for item in rulebook.items(application, rulebook.DOCUMENTS)
    ]


def _lacking(conditions: list[Condition]) -> Mapping[object, tuple[str, str]]:
    """Return for each item that is lacking what is wrong, and why where that says more."""
    return {
        one.what: (one.refusal.code, _why(one.refusal))
        for one in conditions
        if one.refusal is not None
    }


def _why(refusal: Refusal) -> str:
    plain = "" if refusal.code == "item_missing" else plain_refusal(refusal, active())["message"]
    return str(plain)


@with_application
def documents(request: HttpRequest, application: Application) -> HttpResponse:
    """Show the list; take a file, take one back, or take a reason."""
    if request.method != "POST":
        return _page(request, application, NOTHING)
    outcome = _done(request, application)
    if not outcome.done:
        return _page(request, application, outcome)
    item = request.POST.get("item", "")
    return redirect(f"{page_url(application, 'documents')}#item-{item}")


def _done(request: HttpRequest, application: Application) -> Tried[object]:
    sent, number = request.POST, application.case.number
    by, at = person(request), timezone.now()
    act, item = sent.get("act"), sent.get("item", "")
    if act == "attach":
        return _attached(request, number, item)
    if act == "take_back":
        document = sent.get("document", "")
        if not document.isdecimal():
            raise Http404
        return tried(lambda: _taken_back(number, int(document), request))
    if act == "leave_out":
        reason = sent.get("reason", "")
        return tried(lambda: leave_out(number=number, item=item, reason=reason, by=by, at=at))
    raise Http404


def _attached(request: HttpRequest, number: str, item: str) -> Tried[object]:
    """Hand in each file that was chosen; the first that is refused stops."""
    by, at = person(request), timezone.now()
    outcome: Tried[object] = Tried(errors={"file": [_("Choose a file first")]})
    for file in request.FILES.getlist("file"):
        name = file.name or ""
        act = partial(attach, number=number, item=item, upload=file, name=name, by=by, at=at)
        outcome = tried(act)
        if not outcome.done:
            return outcome
        messages.success(request, _("%(name)s is uploaded.") % {"name": name})
    return outcome


def _taken_back(number: str, document: int, request: HttpRequest) -> object:
    try:
        return take_back(number=number, document=document, by=person(request), at=timezone.now())
    except Document.DoesNotExist as error:
        raise Http404 from error


def _page(
    request: HttpRequest, application: Application, outcome: Tried[object] | Tried[None]
) -> HttpResponse:
    conditions = to_submit(application, localdate())
    page = {
        "case": application.case,
        "application": application,
        "book": book_for(application.case),
        "pages": pages_of(application),
        "here": "documents",
        "lacking": {one.where for one in conditions if not one.met},
        "may_edit": application.case.state in CLIENTS_TURN,
        "entries": entries_of(application),
        "tried": outcome,
        "at_item": request.POST.get("item", ""),
        "sent": request.POST,
    }
    return render(request, "application/documents.html", page, status=outcome.status)

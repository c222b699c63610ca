"""The body's people in the office: a list to search and take along, and the file of a person."""

from collections.abc import Mapping
from datetime import timedelta
from functools import partial

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from certbody.accounts.callers import person
from certbody.accounts.models import Account
from certbody.accounts.roles import Right
from certbody.personnel.excel import people_sheet
from certbody.personnel.forms import HELD_FORMS, DaysForm, EndEarlyForm, HeldForm, PeopleSearch
from certbody.personnel.models import Interest, Qualification, Undertaking
from certbody.personnel.qualification import Standing, standings
from certbody.personnel.selectors import WARNED_DAYS, matching, staff, with_standing
from certbody.personnel.transitions.qualifications import end_qualification, record_qualification
from certbody.web.acts import UNPROCESSABLE, Tried, tried
from certbody.web.excel import as_download

_A_PAGE = 25
_DAYS = {"first", "last"}


@require_safe
def people(request: HttpRequest) -> HttpResponse:
    """List who works for the body with what each holds today; as a sheet with ``?as=xlsx``."""
    day, search = localdate(), PeopleSearch(request.GET)
    found = with_standing(_found(search), day)
    if request.GET.get("as") == "xlsx":
        return as_download(people_sheet(found), "people")
    page = {
        "people": Paginator(found, _A_PAGE).get_page(request.GET.get("page")),
        "search": search,
        "warned_from": day + timedelta(days=WARNED_DAYS),
        "kinds": Undertaking.Kind.choices,
    }
    return render(request, "personnel/people.html", page)


@require_http_methods(["GET", "HEAD", "POST"])
def person_file(request: HttpRequest, login: str) -> HttpResponse:
    """Show what a person holds and ever held; record more, or that something ends early."""
    day = localdate()
    found = staff(day).filter(login=login).first()
    if found is None:
        raise Http404
    act = request.POST.get("act")
    forms = {
        kind: of_kind(request.POST if act == kind else None, initial={"since": day}, prefix=kind)
        for kind, of_kind in HELD_FORMS.items()
    }
    ending = EndEarlyForm(request.POST if act == "end" else None)
    asked_for = not _DAYS.isdisjoint(request.GET)
    days = DaysForm(request.GET if asked_for else None, initial={"first": day, "last": day})
    outcome = _done(request, found, forms, ending)
    if outcome.result is not None:
        messages.success(request, _("It is recorded."))
        return redirect("person", login)
    page = {
        "found": found,
        "held": found.qualifications.select_related("recorded_by"),
        "undertakings": found.undertakings.all(),
        "interests": Interest.objects.filter(account=found).select_related("client"),
        "forms": [(Qualification.Kind(kind), form) for kind, form in forms.items()],
        "ending": ending,
        "days": days,
        "standing": _standing(found, days),
        "tried": outcome,
        "today": day,
        "warned_from": day + timedelta(days=WARNED_DAYS),
        "may_record": person(request).has(Right.PERSONNEL_MANAGE),
    }
    faulty = ending.errors or any(form.errors for form in forms.values())
    status = UNPROCESSABLE if faulty else outcome.status
    return render(request, "personnel/person.html", page, status=status)


def _done(
    request: HttpRequest, found: Account, forms: Mapping[str, HeldForm], ending: EndEarlyForm
) -> Tried[Qualification]:
    """Do what was sent, if anything was; what is wrong with it stands beside its fields."""
    by, at, login = person(request), timezone.now(), found.login
    outcome: Tried[Qualification] = Tried()
    for kind, form in forms.items():
        if form.is_bound and form.is_valid():
            said = {"kind": kind, **form.cleaned_data}
            outcome = tried(partial(record_qualification, login=login, **said, by=by, at=at))
            _into(form, outcome)
    if ending.is_bound and ending.is_valid():
        ended = partial(end_qualification, login=login, **ending.cleaned_data, by=by, at=at)
        try:
            outcome = tried(ended)
        except Qualification.DoesNotExist as error:
            raise Http404 from error
        _into(ending, outcome)
    return outcome


def _into(form: HeldForm | EndEarlyForm, outcome: Tried[Qualification]) -> None:
    for field, errors in outcome.errors.items():
        form.add_error(field, list(errors))


def _standing(found: Account, days: DaysForm) -> Standing | None:
    """Return what a person holds on the days asked for; today unless some are."""
    if not days.is_bound:
        first = last = localdate()
    elif days.is_valid():
        first, last = days.cleaned_data["first"], days.cleaned_data["last"]
    else:
        return None
    return standings([found.pk], first, last)[found.pk]


def _found(search: PeopleSearch) -> QuerySet[Account]:
    asked = search.cleaned_data if search.is_valid() else {}
    day = localdate()
    found = matching(staff(day), asked.get("q", ""), asked.get("state", ""), day)
    return found.order_by("name", "pk")

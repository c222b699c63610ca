"""Opening a case's audit for a screen: assigned to the person, or there is no such page."""

from collections.abc import Callable, Iterable, Mapping
from functools import wraps
from typing import Concatenate, ParamSpec

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.timezone import localdate
from django.views.decorators.http import require_http_methods

from certbody.accounts.callers import person
from certbody.accounts.models import Account
from certbody.cases.gates import Condition
from certbody.cases.lines import Line, line_of
from certbody.cases.models import Case
from certbody.cases.selectors import assignments_of, visible_to
from certbody.web.acts import Tried

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, Case, P], HttpResponse]
Act = Callable[[HttpRequest, Case], Tried[object]]


def assigned_to(account: Account) -> QuerySet[Case]:
    """Return the cases that a person works on in an audit, today."""
    day = localdate()
    own = assignments_of(account, day).values("case")
    return visible_to(account, day).filter(pk__in=own).select_related("client")


def with_case(view: View[P]) -> Callable[..., HttpResponse]:
    """Give a view the case of the address, if it is assigned to the person."""

    @wraps(view)
    @require_http_methods(["GET", "HEAD", "POST"])
    def opened(
        request: HttpRequest, number: str, *args: P.args, **kwargs: P.kwargs
    ) -> HttpResponse:
        try:
            case = assigned_to(person(request)).get(number=number)
        except Case.DoesNotExist as error:
            raise Http404 from error
        return view(request, case, *args, **kwargs)

    return opened


def acted(request: HttpRequest, case: Case, acts: Mapping[str, Act]) -> Tried[object]:
    """Do the act that a form asks for; there is no page for an unknown one."""
    act = acts.get(request.POST.get("act", ""))
    if act is None:
        raise Http404
    return act(request, case)


def lines(conditions: Iterable[Condition]) -> list[Line]:
    """Return a gate's lines, what is missing first."""
    return [line_of(one) for one in sorted(conditions, key=lambda one: one.met)]

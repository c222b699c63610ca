"""Opening a case's application for a screen: visible to the person, or there is no such page."""

from collections.abc import Callable
from datetime import date
from functools import wraps
from typing import Concatenate, ParamSpec

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.timezone import localdate
from django.views.decorators.http import require_http_methods

from certbody.accounts.callers import person
from certbody.accounts.models import Account
from certbody.application.models import Application
from certbody.cases.models import Case
from certbody.cases.selectors import visible_to

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, Application, P], HttpResponse]


def with_application(view: View[P]) -> Callable[..., HttpResponse]:
    """Give a view the application of the case in the address."""

    @wraps(view)
    @require_http_methods(["GET", "HEAD", "POST"])
    def opened(
        request: HttpRequest, number: str, *args: P.args, **kwargs: P.kwargs
    ) -> HttpResponse:
        return view(request, application_of(person(request), number, localdate()), *args, **kwargs)

    return opened


def application_of(account: Account, number: str, day: date) -> Application:
    """Return the application of a case that a person may see; 404 where there is none."""
    cases = visible_to(account, day).select_related("client", "application")
    try:
        case: Case = cases.get(number=number)
        application: Application = case.application
    except (Case.DoesNotExist, Application.DoesNotExist) as error:
        raise Http404 from error
    application.case = case
    return application

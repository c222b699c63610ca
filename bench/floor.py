"""Addresses of the program and one more: the least page that stands behind the same door."""

from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.urls import path
from django.views.decorators.http import require_safe

from certbody.cases.models import Case
from certbody.config.urls import urlpatterns as program
from certbody.web.doors import signed_in

LINES = 10
PAGE = engines["django"].from_string(
    "<!doctype html><title>x</title><ul>{% for one in cases %}<li>{{ one.number }}</li>"
    "{% endfor %}</ul>"
)


@require_safe
def floor(request: HttpRequest) -> HttpResponse:
    """Show ten lines of one indexed query."""
    cases = Case.objects.filter(state="submitted").order_by("state", "due_on", "moved_at", "id")[
        :LINES
    ]
    return HttpResponse(PAGE.render({"cases": cases}, request))


urlpatterns = [*program, path("floor/", signed_in(floor))]

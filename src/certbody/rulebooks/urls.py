"""Addresses of the rulebook pages."""

from django.urls import URLPattern, path

from certbody.rulebooks.views.calculators import calculator, calculators, calculators_of
from certbody.rulebooks.views.compare import compare
from certbody.rulebooks.views.home import home, latest, to_home
from certbody.rulebooks.views.rulebook import process, rulebook
from certbody.web.doors import public

_EDITION = "rulebooks/<str:scheme>/<str:number>/"

urlpatterns: list[URLPattern] = [
    path("", public(home), name="home"),
    path("calculators/", public(calculators), name="calculators"),
    path("rulebooks/", public(to_home), name="rulebooks"),
    path("rulebooks/compare/", public(compare), name="compare"),
    path("rulebooks/<str:scheme>/", public(latest), name="latest"),
    path(_EDITION, public(rulebook), name="rulebook"),
    path(f"{_EDITION}process/", public(process), name="process"),
    path(f"{_EDITION}calculators/", public(calculators_of), name="calculators_of"),
    path(f"{_EDITION}calculators/<str:name>/", public(calculator), name="calculator"),
]

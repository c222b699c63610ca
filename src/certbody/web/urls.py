"""Addresses that belong to no subject."""

from django.urls import URLPattern, path

from certbody.web.doors import public
from certbody.web.health import healthz

urlpatterns: list[URLPattern] = [
    path("healthz", public(healthz), name="healthz"),
]

"""Addresses of files."""

from django.urls import URLPattern, path

from certbody.files.views import download
from certbody.web.doors import signed_in

urlpatterns: list[URLPattern] = [
    path("files/<int:pk>/", signed_in(download), name="file"),
]

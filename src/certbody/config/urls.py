"""Every address of the program: each app lists its own."""

from django.urls import URLPattern, URLResolver, include, path, re_path

from certbody.api.addresses import nothing_there
from certbody.config.api import api_urls

urlpatterns: list[URLPattern | URLResolver] = [
    path("api/v1/", api_urls()),
    re_path("^api/", nothing_there),
    path("", include("certbody.web.urls")),
    path("", include("certbody.accounts.urls")),
    path("", include("certbody.personnel.urls")),
    path("", include("certbody.clients.urls")),
    path("", include("certbody.files.urls")),
    path("", include("certbody.notices.urls")),
    path("", include("certbody.application.urls")),
    path("", include("certbody.planning.urls")),
    path("", include("certbody.evaluation.urls")),
    path("", include("certbody.office.urls")),
    path("", include("certbody.portal.urls")),
    path("", include("certbody.rulebooks.urls")),
]

handler400 = "certbody.web.errors.bad_request"
handler403 = "certbody.web.errors.forbidden"
handler404 = "certbody.web.errors.not_found"
handler429 = "certbody.web.errors.too_many"  # asked for by allauth
handler500 = "certbody.web.errors.server_error"

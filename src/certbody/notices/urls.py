"""Addresses of letters."""

from django.urls import URLPattern, path

from certbody.notices.views import demo_mail, notice_page
from certbody.web.doors import signed_in

urlpatterns: list[URLPattern] = [
    path("notices/<str:number>/", signed_in(notice_page), name="notice"),
    path("demo/mail/", signed_in(demo_mail), name="demo_mail"),
]

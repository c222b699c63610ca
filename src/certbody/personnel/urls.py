"""Addresses of personnel."""

from django.urls import URLPattern, path

from certbody.accounts.roles import Right
from certbody.personnel.views.interests import interests
from certbody.personnel.views.people import people, person_file
from certbody.personnel.views.undertakings import undertakings
from certbody.web.doors import needs

reader = needs(Right.PERSONNEL_READ)
member = needs(Right.INTEREST_DECLARE)

urlpatterns: list[URLPattern] = [
    path("office/people/", reader(people), name="people"),
    path("office/people/<str:login>/", reader(person_file), name="person"),
    path("me/undertakings/", member(undertakings), name="undertakings"),
    path("me/interests/", member(interests), name="interests"),
]

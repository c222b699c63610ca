"""The record of everything: searched by kind, person, day and case, and verified."""

import pytest
from django.urls import reverse

from certbody.accounts.roles import Role
from certbody.records.models import Event
from certbody.records.sealing import seal
from tests.applications import submitted
from tests.people import open_account

pytestmark = pytest.mark.django_db
RECORD = "/office/record/"


@pytest.fixture
def play(client):
    """A submitted application, read by the quality manager."""
    one = submitted("ecpsc")
    client.force_login(open_account("quality", Role.QUALITY_MANAGER))
    return one


def found(client, **asked) -> set[str]:
    return {one.what for one in client.get(RECORD, asked).context["record"]}


def test_events_are_found_by_kind_person_day_and_case(client, play):
    everything = client.get(RECORD).context["events"].paginator.count

    assert found(client, what="application.submitted") == {"application.submitted"}
    assert found(client, actor="applicant", what="application.submitted")
    assert not found(client, actor="nobody")
    assert found(client, day="2026-06-30")
    assert not found(client, day="2026-07-01")
    assert found(client, stream=play.number) == found(client, stream=play.application.case.stream)
    assert not found(client, stream="case:0")
    assert client.get(RECORD).context["events"].paginator.count == everything


@pytest.mark.usefixtures("play")
def test_kinds_are_chosen_in_words(client):
    assert "… submitted the application" in client.get(RECORD, {"lang": "en"}).text
    assert ">application.submitted<" not in client.get(RECORD, {"lang": "en"}).text


@pytest.mark.usefixtures("play")
def test_the_log_is_verified_at_a_press_and_says_its_head(client):
    seal()
    response = client.post(RECORD, query_params={"lang": "en"})

    assert "Nothing was changed, removed or inserted" in response.text
    assert response.context["finding"].head in response.text
    assert response.context["finding"].events == Event.objects.count()


@pytest.mark.parametrize("role", [Role.APPLICATION_REVIEWER, Role.AUDITOR, Role.CLIENT])
def test_who_may_not_read_everything_is_refused(client, role):
    client.force_login(open_account("somebody", role))

    assert client.get(reverse("record")).status_code == 403

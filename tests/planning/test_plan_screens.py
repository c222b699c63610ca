"""The audit plan on screen: the leader makes it, the client reads and confirms it."""

import pytest
from django.urls import reverse

from certbody.accounts.models import Account
from certbody.cases.models import State
from certbody.planning.models import Plan
from tests.api.conftest import Program
from tests.people import browser_of
from tests.planning.test_plan import Planned, at

pytestmark = pytest.mark.django_db


@pytest.fixture
def ccai():
    return Planned(Program, "ccai")


def browser(login):
    return browser_of(Account.objects.get(login=login))


def typed(planned, **changed):
    """The form as a leader fills it in: one row a part, one after the other."""
    sent = {"act": "make", "covers_scope": "true"}
    for place, row in enumerate(planned.sittings()):
        sent |= {f"{place}.{name}": value for name, value in row.items()}
    return {**sent, **changed}


@pytest.mark.requirement("E-7.2a", "P-I1")
def test_the_leader_sends_it_and_the_client_confirms_it(ccai):
    leader, client = browser("leader"), browser("applicant")
    made, read = (reverse(name, args=[ccai.case.number]) for name in ("plan", "agreement"))
    assert read not in client.get(reverse("portal")).content.decode()

    sent = leader.post(made, typed(ccai), follow=True)
    assert sent.status_code == 200, sent.content.decode()
    assert all(line.met for line in sent.context["gate"])
    assert read in client.get(reverse("portal")).content.decode()
    assert "Leader" in client.get(read).content.decode()
    confirmed = client.post(read, {"act": "confirm", "plan": 1}, follow=True)

    assert confirmed.status_code == 200
    assert ccai.state == State.PLANNED
    assert read not in client.get(reverse("portal")).content.decode()


@pytest.mark.requirement("C-6.2.1.2a")
def test_a_visit_before_opening_names_the_clause_and_keeps_what_was_typed(ccai):
    sent = browser("leader").post(
        reverse("plan", args=[ccai.case.number]), typed(ccai, **{"1.starts": at(1, "08:59")})
    )
    shown = sent.content.decode()
    assert sent.status_code == 409
    assert "6.2.1.2.1" in shown
    assert f'value="{at(1, "08:59")}"' in shown
    assert not Plan.objects.exists()


def test_a_row_without_its_times_is_told_so(ccai):
    sent = browser("leader").post(
        reverse("plan", args=[ccai.case.number]), typed(ccai, **{"0.starts": "soon", "0.ends": ""})
    )
    assert sent.status_code == 422
    assert set(sent.context["tried"].errors) == {"sittings.0.starts", "sittings.0.ends"}


def test_a_client_asks_for_another_and_the_leader_reads_it(ccai):
    leader, client = browser("leader"), browser("applicant")
    made, read = (reverse(name, args=[ccai.case.number]) for name in ("plan", "agreement"))
    leader.post(made, typed(ccai))
    client.post(read, {"act": "wish", "text": "请改到周四"})
    assert "请改到周四" in leader.get(made).content.decode()
    leader.post(made, typed(ccai, **{"1.what": "改为抽查"}), follow=True)
    stale = client.post(read, {"act": "confirm", "plan": 1})
    assert stale.status_code == 409
    assert "改为抽查" in stale.content.decode()


@pytest.mark.parametrize("sent", [{}, {"act": "confirm"}, {"act": "confirm", "plan": "9" * 30}])
def test_there_is_no_page_for_what_no_form_sends(ccai, sent):
    read = reverse("agreement", args=[ccai.case.number])
    assert browser("applicant").post(read, sent).status_code == 404

"""Query counts of the pages: a baseline, and flat from ten cases to three hundred."""

from pathlib import Path

import pytest
import yaml
from django.db import connection
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from certbody.accounts.models import Grant
from certbody.accounts.roles import Role
from certbody.cases.models import Case
from certbody.clients.models import Client
from tests.applications import reviewed
from tests.people import LONG_AGO, NOON

pytestmark = pytest.mark.django_db
BASELINE = yaml.safe_load((Path(__file__).parent / "queries.yaml").read_text(encoding="utf-8"))
OFFICE = ("worklist", "board", "cases", "clients", "record")
OF_CASE = ("case", "application_review", "application_contract")
FEW, MANY = 10, 300


@pytest.fixture
def pages():
    """Every page with who opens it, on a case that has come as far as its review."""
    play = reviewed("ecpsc")
    Grant.objects.create(account=play.reviewer, role=Role.QUALITY_MANAGER, since=LONG_AGO)
    office, client = signed_in(play.reviewer), signed_in(play.applicant)
    found = {name: (office, reverse(name)) for name in OFFICE}
    found |= {name: (office, reverse(name, args=[play.number])) for name in OF_CASE}
    found["client"] = (office, reverse("client", args=[play.client.pk]))
    found["portal"] = (client, reverse("portal"))
    found["client_case"] = (client, reverse("client_case", args=[play.number]))
    return found


def signed_in(account):
    browser = Browser()
    browser.force_login(account, backend="allauth.account.auth_backends.AuthenticationBackend")
    return browser


def more_cases(number):
    """Fill up with cases of other clients: rows, because only their number matters here."""
    case = Case.objects.select_related("client").first()
    assert case is not None
    for place in range(Case.objects.count(), number):
        client = Client.objects.create(
            credit_code=f"TEST{place:014}",
            name=f"客户 {place}",
            address="—",
            region="330106",
            legal_representative="—",
            contact="—",
            phone="—",
            email="a@example.org",
            people=5,
        )
        Case.objects.create(
            number=f"T-{place}",
            client=client,
            scheme=case.scheme,
            edition=case.edition,
            activity=case.activity,
            state=("submitted", "accepted", "contracted")[place % 3],
            opened_by=case.opened_by,
            opened_at=NOON,
            submitted_on=NOON.date(),
            moved_at=NOON,
        )


def counts(pages):
    found = {}
    for name, (browser, address) in pages.items():
        browser.get(address)  # what is read once a process is not counted
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert browser.get(address).status_code == 200
        found[name] = len(queries)
    return found


def test_the_number_of_queries_is_flat_and_that_of_the_baseline(pages):
    more_cases(FEW)
    few = counts(pages)
    more_cases(MANY)

    assert counts(pages) == few
    assert few == BASELINE, (
        "fewer is welcome: lower the baseline; more needs a reason in the commit"
    )

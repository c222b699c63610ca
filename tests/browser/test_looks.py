"""Every screen of a case, for each who comes to it: it fits, and axe finds nothing serious."""

import pytest

from tests.browser.conftest import sign_in
from tests.browser.looking import faults_of
from tests.browser.playing import (
    accept,
    add_site,
    answer,
    begin,
    describe,
    draw_up,
    hand_in,
    register,
    review,
    sign_up,
    submit,
)

pytestmark = pytest.mark.browser


@pytest.mark.requirement("P-U1")
@pytest.mark.usefixtures("staff")
def test_every_screen_from_signing_up_to_the_contract(visit):
    page = visit()
    faults = faults_of(page, ["/sign-in/", "/sign-up/", "/password/forgotten/"])

    sign_up(page, "looking")
    faults += faults_of(page, ["/portal/", "/portal/organisations/new/"])
    register(page, "91330106MAT000316Q")
    own = f"/portal/organisations/{page.url.split('/organisations/')[1].split('/')[0]}/"
    add_site(page)
    lists = [f"{own}{name}/" for name in ("sites", "licences", "incidents", "managers")]
    faults += faults_of(page, [own, *lists, f"{own}sites/import/", "/portal/apply/"])

    number = begin(page, "ecpsc")
    case = f"/portal/cases/{number}/"
    parts = ("", "scope/", "eligibility/", "documents/", "supplements/", "submit/")
    faults += faults_of(page, [f"{case}{part}" for part in parts])

    describe(page, number)
    answer(page, number, "ecpsc")
    hand_in(page, number)
    submit(page, number)
    reviewer = visit()
    sign_in(reviewer, "chenjing")
    office = [f"/office/cases/{number}/", f"/office/cases/{number}/application/"]
    faults += faults_of(reviewer, office)
    review(reviewer, number)
    accept(reviewer, number)
    draw_up(reviewer, number)
    contract = f"/cases/{number}/contract/"
    client = reviewer.locator("a[href^='/office/clients/']").last.get_attribute("href")
    faults += faults_of(
        reviewer, [*office, contract, client or "", "/me/", "/me/interests/", "/me/undertakings/"]
    )
    faults += faults_of(page, [case, contract, "/portal/"])
    assert not faults, "\n".join(faults)


@pytest.mark.usefixtures("staff")
def test_every_screen_of_the_administrator(visit):
    page = visit()
    sign_in(page, "admin")
    assert (
        faults_of(
            page, ["/office/accounts/", "/office/accounts/chenjing/", "/office/record/", "/me/"]
        )
        == []
    )

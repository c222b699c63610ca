"""Planning on screen: a planner settles, proposes and confirms; what stands against it is shown."""

from datetime import timedelta

import pytest
from django.urls import reverse

from certbody.accounts.roles import Role
from certbody.planning.models import Programme, Team
from tests.people import browser_of, open_account
from tests.planning.making import FIRST, LAST, PROGRAMME, auditor, contracted, planner

pytestmark = pytest.mark.django_db


@pytest.fixture
def case():
    return contracted("ecpsc")


@pytest.fixture
def browser():
    return browser_of(planner())


def page_of(case):
    return reverse("planning", args=[case.number])


def settle(browser, case, **more):
    sent = {"act": "settle", "competences": "SC03", **PROGRAMME["ecpsc"], **more}
    return browser.post(page_of(case), sent, follow=True)


def propose(browser, case, roles, first=FIRST, last=LAST):
    days = {"first_day": first.isoformat(), "last_day": last.isoformat()}
    sent = {"act": "propose", **days, **{f"role.{login}": role for login, role in roles.items()}}
    return browser.post(page_of(case), sent, follow=True)


@pytest.mark.requirement("E-7.1.2e", "P-A1")
def test_a_planner_finds_the_case_and_plans_it_from_the_worklist_on(browser, case):
    auditor("leader", "senior")
    assert page_of(case) in browser.get(reverse("worklist")).content.decode()
    assert page_of(case) in browser.get(reverse("case", args=[case.number])).content.decode()

    settled = settle(browser, case).content.decode()
    assert "附件一 一" in settled
    proposed = propose(browser, case, {"leader": "leader"})
    assert all(line.met for line in proposed.context["gate"])
    confirmed = browser.post(page_of(case), {"act": "confirm"}, follow=True)

    assert "已确认" in confirmed.content.decode()
    assert Team.objects.get().confirmed_at is not None
    assert page_of(case) not in browser.get(reverse("worklist")).content.decode()


@pytest.mark.requirement("E-7.1.2c")
def test_a_reduction_of_31_percent_names_the_clause_and_keeps_what_was_typed(browser, case):
    sent = settle(browser, case, reduce="31%", reason="单一服务类型", seed="2026")
    assert sent.status_code == 409
    shown = sent.content.decode()
    assert "附件一 三.2" in shown
    assert 'value="单一服务类型"' in shown
    assert 'value="SC03"' in shown
    assert not Programme.objects.exists()


@pytest.mark.requirement("E-7.1.3a")
def test_a_registration_that_ends_on_day_two_is_seen_before_and_after_proposing(browser, case):
    auditor("leader", "senior", until=FIRST + timedelta(days=1))
    settle(browser, case)
    asked = {"first_day": FIRST.isoformat(), "last_day": LAST.isoformat()}
    assert "并非每天有效" in browser.get(page_of(case), asked).content.decode()
    proposed = propose(browser, case, {"leader": "leader"})
    against = [line for line in proposed.context["gate"] if not line.met]
    assert ["7.1.3(1)" in str(line.clause) for line in against] == [True]
    assert browser.post(page_of(case), {"act": "confirm"}).status_code == 409


def test_a_team_without_days_or_members_is_told_so(browser, case):
    settle(browser, case)
    without = browser.post(page_of(case), {"act": "propose", "first_day": "soon"})
    assert without.status_code == 422
    assert set(without.context["tried"].errors) == {"first_day", "last_day"}
    assert set(propose(browser, case, {}).context["tried"].errors) == {"members"}


def test_sampling_conditions_are_ticked(browser):
    case = contracted("ccai", sites=26)
    conditions = ["same_service", "same_process", "central_control", "data_and_measures"]
    sent = {"act": "settle", "competences": "SC03", "conditions": conditions, "seed": "1"}
    made = browser.post(page_of(case), {**sent, **PROGRAMME["ccai"]}, follow=True)
    assert made.status_code == 200
    assert Programme.objects.get().draw_zh["formula"] == "⌈√25⌉"
    assert Programme.objects.get().time_zh["warnings"] == []


@pytest.mark.parametrize("act", ["", "dance"])
def test_there_is_no_page_for_an_unknown_act(browser, case, act):
    assert browser.post(page_of(case), {"act": act}).status_code == 404


def test_a_case_that_is_not_open_to_somebody_is_no_page(case):
    reviewer = browser_of(open_account("other", Role.APPLICATION_REVIEWER))
    assert reviewer.get(page_of(case)).status_code == 403

"""The auditor's checklist on a tablet: it saves by itself, and loses nothing without a network."""

import subprocess
import sys

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import clean_environment, sign_in
from tests.browser.looking import faults_of

TABLET = {"width": 768, "height": 1024}
pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def audits(staff, data) -> dict[str, str]:
    """The address of a part that has begun, in an installation that has its people."""
    assert staff
    made = subprocess.run(
        [sys.executable, "-m", "tests.browser.audited", "ccai"],
        env={**clean_environment(), "CERTBODY_DATA": str(data)},
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    number, step = made.stdout.split()
    return {"number": number, "part": f"/audits/{number}/parts/{step}/"}


@pytest.fixture
def tablet(audits, visit) -> Page:
    """The team leader's tablet, at the part."""
    page: Page = visit(viewport=TABLET)
    sign_in(page, "leader")
    page.goto(audits["part"])
    return page


def criterion(page: Page, place: int):
    return page.locator("article.criterion").nth(place)


def says(page: Page, place: int, words: str) -> None:
    expect(criterion(page, place).locator(".state")).to_contain_text(words)


def test_a_tap_saves_and_the_figures_follow(tablet):
    expect(tablet.locator("#live")).to_contain_text("已评定 0 /")

    criterion(tablet, 0).locator("label:has([value=met])").click()

    says(tablet, 0, "已保存")
    expect(tablet.locator("#live")).to_contain_text("已评定 1 /")
    tablet.reload()
    expect(criterion(tablet, 0).locator("[value=met]")).to_be_checked()


def test_what_is_typed_without_a_network_is_sent_when_it_is_back(tablet):
    tablet.context.set_offline(True)
    criterion(tablet, 1).locator("label:has([value=met])").click()
    criterion(tablet, 1).locator("[name=note]").fill("抽查三个网点的维修记录")
    says(tablet, 1, "已保存在本设备")
    expect(tablet.locator("#unsent")).to_contain_text("1 条尚未发送")

    tablet.context.set_offline(False)

    says(tablet, 1, "已保存")
    expect(tablet.locator("#unsent")).to_be_empty()
    tablet.reload()
    expect(criterion(tablet, 1).locator("[name=note]")).to_have_value("抽查三个网点的维修记录")


def test_the_second_auditor_sees_the_first_one_s_change_and_keeps_what_was_typed(
    tablet, audits, visit
):
    other = visit(viewport=TABLET)
    sign_in(other, "second")
    other.goto(audits["part"])
    criterion(tablet, 2).locator("label:has([value=met])").click()
    says(tablet, 2, "已保存")

    criterion(other, 2).locator("[name=reason]").fill("没有回访记录")
    criterion(other, 2).locator("label:has([value=not_met])").click()

    says(other, 2, "Leader")
    says(other, 2, "尚未保存")
    expect(criterion(other, 2).locator("[name=reason]")).to_have_value("没有回访记录")
    tablet.reload()
    expect(criterion(tablet, 2).locator("[value=met]")).to_be_checked()


def test_a_loss_without_its_reason_is_refused_beside_the_criterion(tablet):
    criterion(tablet, 3).locator("label:has([value=not_applicable])").click()

    says(tablet, 3, "须写明理由")
    criterion(tablet, 3).locator("[name=reason]").fill("本组织没有此项服务")
    says(tablet, 3, "已保存")


def test_one_criterion_a_screen_is_worked_through_by_keys(tablet):
    criterion(tablet, 4).get_by_role("link").first.click()
    expect(tablet.locator(".alone .over")).to_contain_text("5 /")
    tablet.locator("h1").click()

    tablet.keyboard.press("1")
    expect(tablet.locator(".state")).to_contain_text("已保存")
    tablet.keyboard.press("n")
    expect(tablet.locator(".alone .over")).to_contain_text("6 /")
    tablet.keyboard.press("b")
    expect(tablet.locator("[value=met]")).to_be_checked()


@pytest.mark.requirement("P-U1")
def test_every_screen_of_the_audit_fits_and_axe_finds_nothing_serious(tablet, audits):
    own = f"/audits/{audits['number']}/"
    first = criterion(tablet, 0).get_by_role("link").first.get_attribute("href") or ""

    faults = faults_of(tablet, ["/audits/", own, f"{own}documents/", audits["part"], first])

    assert not faults, "\n".join(faults)

"""The mistakes that real applicants make: stopped with the clause, the way forward beside it."""

import re
from datetime import date, timedelta

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import sign_in
from tests.browser.playing import (
    PHONE,
    add_site,
    answer,
    begin,
    describe,
    fill,
    register,
    sign_up,
    submit,
)

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def mistaken(browser, server):
    """Somebody's draft with the mistakes that real applicants make, all at once."""
    context = browser.new_context(base_url=server, reduced_motion="reduce")
    page = context.new_page()
    sign_up(page, "mistaken")
    register(page, "91110000MAT000210Y")
    add_site(page)
    organisation = page.url.split("/organisations/")[1].split("/")[0]
    number = begin(page, "ecpsc")
    describe(page, number)
    today = date.today()  # noqa: DTZ011  the server asks for its own today as well
    answer(page, number, "ecpsc", since=(today - timedelta(days=85)).isoformat())
    page.goto(f"/portal/organisations/{organisation}/licences/")
    yesterday = (today - timedelta(days=1)).isoformat()
    fill(page, name="特种设备维修许可", valid_until=yesterday)
    page.get_by_role("button", name="保存", exact=True).click()
    page.goto(f"/portal/organisations/{organisation}/incidents/")
    fill(page, date=f"{today.year}-01-01", what="安装作业坠落")
    page.locator("[name=kind]:visible").first.select_option("safety")
    page.locator("[name=major]:visible").first.select_option("true")
    page.locator("[name=closed]:visible").first.select_option("true")
    page.get_by_role("button", name="保存", exact=True).click()
    expect(page.get_by_role("status")).to_contain_text("已保存")
    yield page, number, organisation
    context.close()


@pytest.mark.parametrize(
    ("what", "clause", "leads_to"),
    [
        ("体系在申请日前已运行足够时间", "6.1(4)", "eligibility"),
        ("每项行政许可在申请日有效", "6.1(2)", "licences"),
        ("本年度没有重大事故和违法事件", "6.1(5)", "incidents"),
        ("认证申请书", "6.2(1)", "documents"),
    ],
)
@pytest.mark.parametrize("width", [360, 1280])
def test_a_mistake_is_stopped_with_its_clause_and_the_way_forward(
    mistaken, what, clause, leads_to, width
):
    page, number, _organisation = mistaken
    page.set_viewport_size({"width": width, "height": 800})
    submit(page, number)

    line = page.locator("ul.gate li.no", has_text=what).last
    expect(line.locator("cite")).to_have_text(clause)
    line.locator("a.fix").click()
    expect(page).to_have_url(re.compile(f"/{leads_to}/"))
    page.goto(f"/portal/cases/{number}/")
    expect(page.locator(".title")).to_contain_text("草稿")


def test_a_wrong_character_in_the_credit_code_is_told_and_nothing_typed_is_lost(mistaken):
    page, _number, _organisation = mistaken
    register(page, "91330106MAT000019X")

    expect(page.locator(".err").first).to_contain_text("校验")
    expect(page.locator("[name=name]:visible").first).to_have_value("杭州远帆电器服务有限公司")


def test_a_hotel_is_taken_by_one_scheme_and_refused_by_the_other_with_its_clause(mistaken):
    page, number, _organisation = mistaken
    page.goto(f"/portal/cases/{number}/eligibility/")
    line = page.locator("ul.gate li.no", has_text="属于售后服务")
    for offering, refused in (("none", 1), ("intangible", 0)):
        page.locator(f"[name=offering][value={offering}]").check()
        page.get_by_role("button", name="保存", exact=True).click()
        expect(page.locator(f"[name=offering][value={offering}]")).to_be_checked()
        expect(line).to_have_count(refused)

    other = begin(page, "ccai")
    answer(page, other, "ccai", hotel="yes")
    page.goto(f"/portal/cases/{other}/eligibility/")
    line = page.locator("ul.gate li.no", has_text="不认证酒店服务")
    expect(line.locator("cite")).to_have_text("1")


def test_a_draft_is_there_on_another_device(mistaken, visit):
    _page, number, _organisation = mistaken
    phone = visit(viewport=PHONE)
    sign_in(phone, "mistaken")
    phone.goto(f"/portal/cases/{number}/scope/")

    expect(phone.locator("[name=people]")).to_have_value("420")

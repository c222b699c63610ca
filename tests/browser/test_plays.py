"""Both applications from the first form to the signed contract, played by the different people.

Each person has a browser of their own; the applicant goes on with a phone half-way.
"""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import sign_in
from tests.browser.playing import (
    PHONE,
    accept,
    add_site,
    answer,
    begin,
    describe,
    draw_up,
    hand_in,
    register,
    review,
    sign,
    sign_up,
    submit,
)

CODES = {"ecpsc": "91330106MAT000018X", "ccai": "91110000MAT0009156"}
pytestmark = pytest.mark.browser


@pytest.mark.requirement("P-A1", "P-U1")
@pytest.mark.parametrize("scheme", ["ecpsc", "ccai"])
@pytest.mark.usefixtures("staff")
def test_from_the_first_form_to_the_signed_contract(visit, data, scheme):
    login = f"wang-{scheme}"
    desk = visit()
    sign_up(desk, login)
    register(desk, CODES[scheme])
    add_site(desk)
    number = begin(desk, scheme)
    describe(desk, number)
    answer(desk, number, scheme)

    phone = visit(viewport=PHONE)
    sign_in(phone, login)
    phone.get_by_role("link", name="完成并提交申请").click()
    expect(phone.locator("main")).to_contain_text("还有缺项")
    hand_in(phone, number)
    submit(phone, number)
    expect(phone.get_by_role("status")).to_contain_text("申请已提交")

    reviewer = visit()
    sign_in(reviewer, "chenjing")
    reviewer.get_by_role("row").filter(has_text=number).get_by_text("打开").click()
    expect(reviewer).to_have_url(re.compile(f"/office/cases/{number}/application/"))
    reviewer.locator("[name='wanted.text']").fill("请补充服务流程图")
    reviewer.get_by_role("button", name="请客户补充").click()
    expect(reviewer.get_by_role("status")).to_contain_text("已书面请客户补充")

    phone.goto(f"/portal/cases/{number}/supplements/")
    phone.locator("[name=text]").fill("见申请资料第六项")
    phone.get_by_role("button", name="答复", exact=True).click()
    submit(phone, number)

    reviewer.goto(f"/office/cases/{number}/application/")
    reviewer.get_by_role("button", name="已解决").click()
    review(reviewer, number)
    accept(reviewer, number)
    draw_up(reviewer, number)

    desk.goto(f"/portal/cases/{number}/")
    desk.get_by_role("link", name="受理通知书").click()
    expect(desk.locator("h1")).to_have_text("受理通知书")
    sign(desk, data, number, "王磊", f"{login}@example.org")
    head = visit()
    sign_in(head, "zhaowen")
    sign(head, data, number, "zhaowen", "zhaowen@example.org")

    desk.goto(f"/portal/cases/{number}/")
    expect(desk.locator(".title")).to_contain_text("已签合同")

"""Both applications from the first form to the signed contract, played by the different people.

Each person has a browser of their own; the applicant goes on with a phone half-way.
"""

import re
from datetime import date, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import FilePayload, Page, expect

from tests.applications import PDF
from tests.browser.conftest import PASSWORD, sign_in

PHONE = {"width": 360, "height": 740}
CODES = {"ecpsc": "91330106MAT000018X", "ccai": "91110000MAT00086X0"}
pytestmark = pytest.mark.browser


def sign_up(page: Page, login: str) -> None:
    page.goto("/sign-up/")
    fill(page, name="王磊", email=f"{login}@example.org", login=login, password=PASSWORD)
    page.get_by_role("button", name="开通账号").click()
    expect(page).to_have_url(re.compile("/portal/$"))


def fill(page: Page, **values: str) -> None:
    for name, value in values.items():
        page.locator(f"[name={name}]:visible").first.fill(value)


def register(page: Page, code: str) -> None:
    page.goto("/portal/organisations/new/")
    fill(
        page,
        name="杭州远帆电器服务有限公司",
        credit_code=code,
        legal_representative="王磊",
        address="杭州市文三路 1 号",
        region="330106",
        people="420",
        contact="王磊",
        phone="0571-88880000",
        email="office@example.org",
    )
    page.get_by_role("button", name="登记", exact=True).click()


def add_site(page: Page) -> None:
    expect(page).to_have_url(re.compile(r"/sites/"))
    fill(page, name="总部", address="杭州市文三路 1 号", service_content="家电安装和维修")
    page.locator("[name=head_office]:visible").first.select_option("true")
    page.get_by_role("button", name="保存", exact=True).click()
    expect(page.get_by_role("status")).to_contain_text("已保存")


def begin(page: Page, scheme: str) -> str:
    page.goto("/portal/apply/")
    page.locator(f"form:has(input[name=scheme][value={scheme}])").get_by_role("button").click()
    expect(page).to_have_url(re.compile("/scope/"))
    return page.url.split("/cases/")[1].split("/")[0]


def describe(page: Page, number: str) -> None:
    page.goto(f"/portal/cases/{number}/scope/")
    for area in page.locator("textarea").all():
        area.fill("家用电器的配送、安装、维修")
    page.locator("[name=people]").fill("420")
    page.get_by_role("button", name="保存并继续").click()
    expect(page).not_to_have_url(re.compile("/scope/"))


def answer(page: Page, number: str, scheme: str, **changed: str) -> None:
    page.goto(f"/portal/cases/{number}/eligibility/")
    yes = {
        "ecpsc": ["legal_status", "licences_complete", "declaration_signed", "system_documented"]
    }
    no = {"ecpsc": ["licences_needed", "outsourced", "other_certificates"]}
    yes["ccai"] = ["legal_status_evidenced", "system_in_use"]
    no["ccai"] = ["separate_provider", "dishonesty_list"]
    for name in yes[scheme]:
        page.locator(f"[name={name}][value=true]").check()
    for name in no[scheme]:
        page.locator(f"[name={name}][value=false]").check()
    if scheme == "ecpsc":
        page.locator("[name=offering][value=goods]").check()
        page.locator("[name=system_since]").fill(changed.get("since", "2025-01-06"))
    else:
        page.locator("[name=organisation][value=manufacturer]").check()
        page.locator("[name=activities][value=goods_after_sales]").check()
        if "hotel" in changed:
            page.locator("[name=activities][value=hotel]").check()
    page.get_by_role("button", name="保存", exact=True).click()


def hand_in(page: Page, number: str) -> None:
    """Upload what has to be there, and give a reason where the page takes one."""
    page.goto(f"/portal/cases/{number}/documents/")
    file = FilePayload(name="证明.pdf", mimeType="application/pdf", buffer=PDF)
    names = [one.get_attribute("id") for one in page.locator("li.entry").all()]
    for name in names:
        entry = page.locator(f"li[id='{name}']")
        if entry.locator("[name=reason]").count():
            entry.locator("[name=reason]").fill("本组织不涉及")
            entry.get_by_role("button", name="保存理由").click()
        else:
            entry.locator("input[type=file]").set_input_files(file)
            entry.get_by_role("button", name="上传", exact=True).click()
        expect(page.locator(f"li[id='{name}'] .st.bad")).to_have_count(0)


def submit(page: Page, number: str) -> None:
    page.goto(f"/portal/cases/{number}/submit/")
    page.locator("[name=true]").check()
    page.locator("[name=declared_by]").fill("王磊")
    page.get_by_role("button", name="提交申请").click()


def code_sent_to(data: Path, email: str) -> str:
    """The newest one-time code in the mail that the server wrote for somebody."""
    files = sorted((data / "mail").glob("*.log"), key=lambda path: path.stat().st_mtime_ns)
    own = [text for text in (path.read_bytes() for path in files) if email.encode() in text]
    from email import message_from_bytes, policy  # noqa: PLC0415  only the plays read mail

    for text in reversed(own):
        part = message_from_bytes(text.split(b"-" * 79)[0], policy=policy.default).get_body()
        found = re.findall(r"\b\d{6}\b", part.get_content()) if part else []
        if found:
            return str(found[-1])
    raise AssertionError(f"no code was sent to {email}")


def review(page: Page, number: str) -> None:
    page.goto(f"/office/cases/{number}/application/")
    for radio in page.locator("#review input[type=radio][value=yes]").all():
        radio.check()
    for area in page.locator("#review textarea[name^=finding]").all():
        area.fill("资料充分")
    page.get_by_role("button", name="签署评审").click()
    expect(page.get_by_role("status")).to_contain_text("评审已签署")
    page.get_by_role("button", name="确定", exact=True).click()
    expect(page.get_by_role("status")).to_contain_text("审查人日已确定")


def sign(page: Page, data: Path, number: str, name: str, email: str) -> None:
    page.goto(f"/cases/{number}/contract/")
    page.get_by_role("button", name="获取验证码").click()
    expect(page.get_by_role("status")).to_contain_text("验证码")
    page.locator("[name=typed_name]").fill(name)
    page.locator("[name=code]").fill(code_sent_to(data, email))
    page.get_by_role("button", name="签署合同").click()
    expect(page.get_by_role("status")).to_contain_text("您已签署合同")


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
    for question in reviewer.locator("#outcome input[value=true]").all():
        question.check()
    reviewer.get_by_role("button", name="受理", exact=True).click()
    expect(reviewer.get_by_role("status")).to_contain_text("已受理")

    reviewer.goto(f"/cases/{number}/contract/")
    for price in reviewer.locator("input[inputmode=decimal]").all():
        price.fill("3000")
    reviewer.get_by_role("button", name="拟定", exact=True).click()
    expect(reviewer.get_by_role("status")).to_contain_text("合同已拟定")

    desk.goto(f"/portal/cases/{number}/")
    desk.get_by_role("link", name="受理通知书").click()
    expect(desk.locator("h1")).to_have_text("受理通知书")
    sign(desk, data, number, "王磊", f"{login}@example.org")
    head = visit()
    sign_in(head, "zhaowen")
    sign(head, data, number, "zhaowen", "zhaowen@example.org")

    desk.goto(f"/portal/cases/{number}/")
    expect(desk.locator(".title")).to_contain_text("已签合同")


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


def test_a_hotel_is_refused_under_one_scheme_with_its_clause(mistaken):
    page, _number, _organisation = mistaken
    number = begin(page, "ccai")
    answer(page, number, "ccai", hotel="yes")
    page.goto(f"/portal/cases/{number}/eligibility/")

    line = page.locator("ul.gate li.no", has_text="不认证酒店服务")
    expect(line.locator("cite")).to_have_text("1")


def test_a_draft_is_there_on_another_device(mistaken, visit):
    _page, number, _organisation = mistaken
    phone = visit(viewport=PHONE)
    sign_in(phone, "mistaken")
    phone.goto(f"/portal/cases/{number}/scope/")

    expect(phone.locator("[name=people]")).to_have_value("420")

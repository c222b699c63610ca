"""What people do on the screens, step by step; the tests put the steps together."""

import re
from email import message_from_bytes, policy
from pathlib import Path

from playwright.sync_api import FilePayload, Page, expect

from tests.applications import PDF
from tests.browser.conftest import PASSWORD

PHONE = {"width": 360, "height": 740}


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


def accept(page: Page, number: str) -> None:
    page.goto(f"/office/cases/{number}/application/")
    for question in page.locator("#outcome input[value=true]").all():
        question.check()
    page.get_by_role("button", name="受理", exact=True).click()
    expect(page.get_by_role("status")).to_contain_text("已受理")


def draw_up(page: Page, number: str) -> None:
    page.goto(f"/cases/{number}/contract/")
    for price in page.locator("input[inputmode=decimal]").all():
        price.fill("3000")
    page.get_by_role("button", name="拟定", exact=True).click()
    expect(page.get_by_role("status")).to_contain_text("合同已拟定")


def sign(page: Page, data: Path, number: str, name: str, email: str) -> None:
    page.goto(f"/cases/{number}/contract/")
    page.get_by_role("button", name="获取验证码").click()
    expect(page.get_by_role("status")).to_contain_text("验证码")
    page.locator("[name=typed_name]").fill(name)
    page.locator("[name=code]").fill(code_sent_to(data, email))
    page.get_by_role("button", name="签署合同").click()
    expect(page.get_by_role("status")).to_contain_text("您已签署合同")

"""A retailer with 38 sites, two of them franchise outlets; its list comes by Excel, with faults."""

import re

import pytest
from playwright.sync_api import FilePayload, Page, expect

from tests.browser.conftest import sign_in
from tests.browser.playing import (
    answer,
    begin,
    describe,
    hand_in,
    register,
    review,
    sign_up,
    submit,
)
from tests.clients.making import sheet, site

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SITES = [
    site(1, name="总部"),
    *(site(number) for number in range(2, 37)),
    site(37, kind="franchise"),
    site(38, kind="franchise"),
]
pytestmark = pytest.mark.browser


def hand_in_sheet(page: Page, content: bytes) -> None:
    file = FilePayload(name="场所.xlsx", mimeType=XLSX, buffer=content)
    page.locator("#sheet").set_input_files(file)
    page.get_by_role("button", name="检查表格").click()


def with_faults() -> bytes:
    """The sheet with three bad rows: no address, a number of people in words, no such kind."""
    rows = [dict(one) for one in SITES]
    rows[4]["address"] = ""
    rows[18]["people"] = "十二人"
    rows[36]["kind"] = "合伙"
    return sheet(rows)


@pytest.mark.usefixtures("staff")
def test_three_bad_rows_stop_the_sheet_and_38_sites_reach_the_audit_time(visit):
    desk = visit()
    sign_up(desk, "retailer")
    register(desk, "91110000MAT00070X4")
    expect(desk).to_have_url(re.compile(r"/sites/"))
    own_sites = desk.url

    hand_in_sheet(desk, with_faults())
    told = desk.get_by_role("alert")
    for place in ("第 6 行，地址", "第 20 行，人数", "第 38 行，种类"):
        expect(told).to_contain_text(place)
    expect(told.get_by_role("listitem")).to_have_count(3)
    desk.goto(own_sites)
    expect(desk.locator("tbody input[name=name]:visible").first).to_have_value("")  # nothing kept

    hand_in_sheet(desk, sheet(SITES))
    expect(desk.locator("dl.facts dd").first).to_have_text("38")
    desk.get_by_role("button", name="导入", exact=True).click()
    expect(desk.get_by_role("status")).to_be_visible()

    number = begin(desk, "ccai")
    describe(desk, number)
    answer(desk, number, "ccai")
    hand_in(desk, number)
    submit(desk, number)
    expect(desk.get_by_role("status")).to_contain_text("申请已提交")

    reviewer = visit()
    sign_in(reviewer, "chenjing")
    review(reviewer, number)
    # two man-days for the first site, a half for each further one
    expect(reviewer.locator("main")).to_contain_text("20.5")

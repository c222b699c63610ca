"""Using the pages: with the mouse, without JavaScript, on a phone, on paper."""

import re

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

TEA = "/rulebooks/teahouse/1"
DAYS = f"{TEA}/calculators/brewing_days/"


def test_a_question_is_asked_and_its_address_can_be_sent(page, context):
    page.goto(DAYS)
    page.get_by_label("座位数").fill("66")
    page.get_by_label("没有").check()
    page.get_by_role("button", name="计算").click()

    expect(page.locator(".value")).to_have_text("2.5 人日")
    assert "seats=66" in page.url
    assert "reduce=" not in page.url, "what is blank stays out of the address"

    other = context.new_page()
    other.goto(page.url)
    expect(other.locator(".value")).to_have_text("2.5 人日")


def test_a_step_leads_to_its_clause(page):
    page.goto(f"{DAYS}?seats=66&rooms.none=1")
    page.locator(".why cite a").first.click()

    expect(page).to_have_url(re.compile(rf"{TEA}/#clause-3\.1$"))
    expect(page.locator("[id='clause-3.1']")).to_be_in_viewport()


def test_rows_can_be_added(page):
    page.goto(DAYS)
    rows = page.locator("[data-rows] tr")
    before = rows.count()
    page.get_by_role("button", name="再加一行").click()

    assert rows.count() == before + 1
    field = rows.last.locator("input")
    assert field.get_attribute("name") == f"rooms.{before + 1}.area"
    assert field.evaluate("e => e === document.activeElement")


def test_the_contents_narrow_while_typing(page):
    page.goto(f"{TEA}/")
    page.get_by_role("searchbox").fill("4.1")

    shown = page.locator("[data-contents] li:visible")
    expect(shown).to_have_count(1)
    page.get_by_role("searchbox").fill("xyz")
    expect(page.get_by_text("没有含此条号或词语的条款。")).to_be_visible()


def test_the_contents_show_where_one_is(page):
    page.set_viewport_size({"width": 1280, "height": 700})
    page.goto(f"{TEA}/#clause-4.1")

    expect(page.locator("[data-contents] [aria-current]")).to_have_attribute("href", "#clause-4.1")


def test_everything_works_without_javascript(browser, server):
    plain = browser.new_context(base_url=server, java_script_enabled=False)
    page = plain.new_page()
    page.goto(DAYS)
    page.get_by_label("座位数").fill("66")
    page.get_by_label("没有").check()
    page.get_by_role("button", name="计算").click()
    expect(page.locator(".value")).to_have_text("2.5 人日")

    page.goto(f"{TEA}/")
    page.get_by_role("searchbox").fill("4.1")
    page.get_by_role("button", name="查找").click()
    expect(page.locator("[data-contents] li")).to_have_count(1)

    page.get_by_role("link", name="English").click()
    expect(page.locator("h1")).to_have_text("Rules for the certification of tea house services")
    plain.close()


def test_the_diagram_scrolls_by_itself_on_a_phone(page):
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(f"{TEA}/process/")
    drawing = page.locator(".diagram .wide").first

    assert drawing.evaluate("e => e.scrollWidth > e.clientWidth")
    drawing.evaluate(
        "e => { e.moved = new Promise(done => "
        "e.addEventListener('scroll', () => done(true), {once: true})) }"
    )
    drawing.focus()
    page.keyboard.press("ArrowRight")
    assert drawing.evaluate("e => e.moved")
    assert page.evaluate("document.documentElement.scrollWidth") == 360


def test_text_of_the_diagram_can_be_selected_and_its_steps_are_links(page):
    page.goto(f"{TEA}/process/")
    page.evaluate("getSelection().selectAllChildren(document.querySelector('.diagram svg'))")
    assert "申请评审" in page.evaluate("getSelection().toString()")

    page.locator("a.step").first.click()
    expect(page).to_have_url(re.compile(rf"{TEA}/#clause-2$"))


def test_on_paper_only_the_rulebook_is_left(page):
    page.goto(f"{TEA}/")
    page.emulate_media(media="print")

    for gone in (".masthead", ".contents", ".tabs", ".foot"):
        expect(page.locator(gone)).to_be_hidden()
    expect(page.get_by_role("heading", name="审查人日").first).to_be_visible()


def test_the_office_of_a_kiosk_may_be_very_wide(page):
    page.set_viewport_size({"width": 1920, "height": 1000})
    page.goto("/")

    assert page.locator("main").bounding_box()["width"] <= 1280

"""The office in a browser: it fits, can be used by keyboard, and axe finds nothing serious."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import sign_in
from tests.browser.looking import serious_in

pytestmark = pytest.mark.browser

PAGES = ("/office/", "/office/board/", "/office/cases/", "/office/clients/")
WIDTHS = (360, 768, 1280)


@pytest.fixture
def office(staff, visit):
    """The application reviewer, signed in."""
    assert staff
    page = visit()
    sign_in(page, "chenjing")
    return page


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_page_of_the_office_fits_and_axe_finds_nothing_serious(office, language):
    for address in PAGES:
        for width in WIDTHS:
            office.set_viewport_size({"width": width, "height": 800})
            office.goto(f"{address}?lang={language}")
            assert office.evaluate("document.documentElement.scrollWidth") <= width, address
            serious = [one["id"] for one in serious_in(office)]
            assert serious == [], f"{address} at {width}: {serious}"


def test_a_slash_goes_to_the_search_and_is_a_letter_inside_it(office):
    office.goto("/office/cases/")
    field = office.get_by_role("search").locator("input").first
    office.keyboard.press("/")
    expect(field).to_be_focused()
    office.keyboard.type("2026/")
    expect(field).to_have_value("2026/")
    office.keyboard.press("Enter")
    expect(office).to_have_url(re.compile("q=2026%2F"))


def test_the_first_key_offers_to_skip_the_spine(office):
    office.goto("/office/")
    office.keyboard.press("Tab")
    expect(office.locator(".skip")).to_be_focused()
    office.keyboard.press("Enter")
    expect(office.locator("main")).to_be_focused()

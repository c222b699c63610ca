"""The pages in a browser: they fit, can be used by keyboard, and axe finds nothing serious."""

import pytest
from playwright.sync_api import Page

from tests.browser.looking import serious_in

pytestmark = pytest.mark.browser

TEA = "/rulebooks/teahouse/1"
SHIPPED = (
    "/",
    "/calculators/",
    "/rulebooks/ecpsc/A-0/",
    "/rulebooks/ccai/2021/",
    "/rulebooks/ecpsc/A-0/process/",
    "/rulebooks/ccai/2021/process/",
    "/rulebooks/ecpsc/A-0/calculators/",
    "/rulebooks/compare/?a=ecpsc/A-0&b=ccai/2021",
    "/rulebooks/ecpsc/A-0/calculators/man-days/?activity=initial&people=1001&with=ccai/2021",
    "/rulebooks/ecpsc/A-0/calculators/score/?rest=met&special_deductions=0",
    "/rulebooks/ccai/2021/calculators/score/?rest=met",
    "/rulebooks/ecpsc/A-0/calculators/dates/?decided=2024-01-10&surveillance=2025-02-20&on=2026-11-23",
    "/rulebooks/ccai/2021/calculators/grade/?rates.basic=95%25&rates.expected=89%25&ask=1",
    "/rulebooks/ecpsc/A-0/calculators/eligibility/?ask=1",
)
INVENTED = (
    f"{TEA}/",
    f"{TEA}/process/",
    f"{TEA}/calculators/brewing_days/?seats=66&rooms.1.area=x&reduce=31%25",
    f"{TEA}/calculators/the_cycle/?decided=2025-01-31&visit=2026-03-02",
    f"{TEA}/calculators/the_cycle-clock/?clock=answer&from=2026-09-28",
    f"{TEA}/calculators/leaves/?score=91&rates.base=94%25&passed=true",
    f"{TEA}/calculators/what_it_costs/?days=2.5",
    "/rulebooks/compare/?a=teahouse/1&b=teahouse/2",
    "/nowhere",
)
TOO_WIDE = """() => {
  const width = document.documentElement.clientWidth;
  const scrolls = (element) => {
    for (let above = element.parentElement; above; above = above.parentElement)
      if (["auto", "scroll", "hidden"].includes(getComputedStyle(above).overflowX)) return true;
    return false;
  };
  return [...document.body.querySelectorAll("*")]
    .filter((e) => e.getBoundingClientRect().right > width + 1 && !e.closest(".unseen"))
    .filter((e) => e.getBoundingClientRect().width > 0 && !scrolls(e))
    .map((e) => `${e.tagName}.${e.className}: ${(e.textContent ?? "").trim().slice(0, 40)}`);
}"""


def open_at(page: Page, address: str, width: int, language: str = "zh") -> None:
    page.set_viewport_size({"width": width, "height": 900})
    mark = "&" if "?" in address else "?"
    page.goto(f"{address}{mark}lang={language}")


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("width", [360, 768, 1280])
def test_nothing_is_wider_than_the_window(context, width, language):
    page = context.new_page()
    for address in (*SHIPPED, *INVENTED):
        open_at(page, address, width, language)
        scrolls = page.evaluate("document.documentElement.scrollWidth")
        assert scrolls <= width, f"{address}: {scrolls} {page.evaluate(TOO_WIDE)}"
        assert page.evaluate(TOO_WIDE) == [], address


CRUSHED = """() => [...document.querySelectorAll("main .cited")]
  .filter((e) => e.innerText.trim().length > 5 && e.checkVisibility())
  .filter((e) => [...e.querySelectorAll("a")].some((a) => {
    const box = a.getBoundingClientRect();
    return box.height > 60 && box.width < 34;
  }))
  .map((e) => e.innerText.slice(0, 40))"""


@pytest.mark.parametrize("width", [360, 768])
@pytest.mark.parametrize("address", ["/rulebooks/ccai/2021/", "/rulebooks/ecpsc/A-0/"])
def test_no_clause_beside_a_rule_is_crushed_to_a_letter_a_line(context, address, width):
    page = context.new_page()
    open_at(page, address, width, "en")
    assert page.evaluate(CRUSHED) == []


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("address", [*INVENTED, *SHIPPED[:2], *SHIPPED[8:]])
def test_axe_finds_nothing_serious(context, address, language, width):
    page = context.new_page()
    open_at(page, address, width, language)

    assert not [(one["id"], one["nodes"][0]["html"][:200]) for one in serious_in(page)]


@pytest.mark.parametrize("address", SHIPPED[2:8:3])
def test_axe_finds_nothing_serious_in_the_long_pages(context, address):
    page = context.new_page()
    open_at(page, address, 1280)

    assert not [(one["id"], one["nodes"][0]["html"][:200]) for one in serious_in(page)]


FOCUSABLE = """() => [...document.querySelectorAll(
    'a[href], button, input, select, textarea, summary, [tabindex="0"]')]
  .filter((e) => e.type !== "hidden" && !e.disabled && e.checkVisibility())
  .filter((e) => e.type !== "radio" || e.checked
    || !document.querySelector(`input[name="${e.name}"]:checked`)
       && e === document.querySelector(`input[name="${e.name}"]`))
  .length"""
FOCUSED = """() => {
  const e = document.activeElement, look = getComputedStyle(e);
  if (!e || e === document.body) return null;
  e.dataset.seen = "1";
  return look.outlineStyle !== "none" && parseFloat(look.outlineWidth) > 0;
}"""


@pytest.mark.parametrize("address", ["/", f"{TEA}/process/", *INVENTED[2:6]])
def test_the_keyboard_reaches_everything_and_shows_where_it_is(context, address):
    page = context.new_page()
    open_at(page, address, 1280)
    expected = page.evaluate(FOCUSABLE)

    shown = []
    for _ in range(expected + 40):
        page.keyboard.press("Tab")
        focused = page.evaluate(FOCUSED)
        if focused is None:
            break
        shown.append(focused)
    reached = page.evaluate("document.querySelectorAll('[data-seen]').length")
    assert reached >= expected, address
    assert all(shown), "every focus can be seen"


def test_the_first_tab_leads_past_the_head(page):
    open_at(page, "/", 1280)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")

    assert page.evaluate("document.activeElement.id") == "main"


def test_the_language_switch_keeps_the_question(page):
    open_at(page, INVENTED[2], 1280)
    assert page.locator("h1").inner_text() == "审查人日"

    page.get_by_role("link", name="English").click()
    assert page.locator("h1").inner_text() == "Audit time"
    assert page.locator("html").get_attribute("lang") == "en"
    assert page.locator("[name=seats]").input_value() == "66"

    page.goto("/")
    assert "Rulebooks" in page.locator("nav").first.inner_text()

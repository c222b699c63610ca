"""How a screen looks at the three widths of the house, and what axe says of it."""

from collections.abc import Iterable, Iterator
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

WIDTHS = (360, 768, 1280)
LANGUAGES = ("en", "zh")  # a page stays in the language asked for last: that of the plays


def serious_in(page: Page) -> list[dict[str, Any]]:
    """What axe finds serious or critical on the page as it stands."""
    found = Axe().run(page).response["violations"]
    return [one for one in found if one["impact"] in {"serious", "critical"}]


def faults_of(page: Page, addresses: Iterable[str]) -> list[str]:
    """Every serious finding of axe, and every width that a page does not fit, in both languages."""
    return [fault for address in addresses for fault in _faults(page, address)]


def _faults(page: Page, address: str) -> Iterator[str]:
    for language in LANGUAGES:
        answer = page.goto(f"{address}{'&' if '?' in address else '?'}lang={language}")
        if answer is None or not answer.ok:
            yield f"{address}: {answer and answer.status}"
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 800})
            wide = page.evaluate("document.documentElement.scrollWidth")
            if wide > width:
                yield f"{address} in {language} is {wide} wide at {width}"
        for one in serious_in(page):
            yield f"{address} in {language}: {one['id']} at {one['nodes'][0]['target']}"

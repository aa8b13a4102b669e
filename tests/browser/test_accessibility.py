"""axe-core finds no violation, and the contrast of Arabic text is really measured.

axe's contrast rule skips text without Latin or similar letters in silence. So after the normal run
every Arabic letter on the page becomes an x, and the rule runs alone.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser

OpenPage = Callable[..., "Page"]
PATHS = {
    "start": "/",
    "results": "/?q=القمة&agency=xinhua&from=2019&to=2021",
    "excluded": "/?not_agency=wam&page=2",
    "relaxed": "/?q=القمة كهرومغناطيسية",
    "nothing": "/?q=«كهرومغناطيسية عابرة»",
    "article": "/articles/hostile-0?q=عدائي",
    "comparison": "/compare?a=hostile-0&b=hostile-1",
    "agencies": "/agencies?q=القمة",
    "error": "/nowhere",
    "sign in": "/sign-in?next=/",
    "english": "/?q=القمة&lang=en",
    "reference": "/docs",
}
LATINISED = r"""() => {
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) {
    walk.currentNode.data = walk.currentNode.data.replace(/\p{Script=Arabic}|\p{M}/gu, "x");
  }
}"""


def faults(found: list[dict[str, Any]]) -> list[str]:
    return [
        f"{fault['id']}: {node['html'][:200]} {node['failureSummary']}"
        for fault in found
        for node in fault["nodes"]
    ]


def arabic_contrast(page: Page) -> dict[str, Any]:
    """axe's verdict on the contrast of all text, Arabic included; the page is not fit for reading
    afterwards.
    """
    from axe_playwright_python.sync_playwright import Axe

    page.evaluate(LATINISED)
    verdict: dict[str, Any] = Axe().run(page, options={"runOnly": ["color-contrast"]}).response
    return verdict


@pytest.mark.parametrize(("scheme", "width"), [("light", 1280), ("dark", 390)])
@pytest.mark.parametrize("path", PATHS.values(), ids=PATHS.keys())
def test_no_violation_and_enough_contrast(
    open_page: OpenPage, path: str, scheme: str, width: int
) -> None:
    from axe_playwright_python.sync_playwright import Axe

    page = open_page(path, width=width, color_scheme=scheme)
    if width == 390 and page.locator(".filters").count():
        page.locator(".filters > summary").click()
    axe = Axe()
    assert faults(axe.run(page).response["violations"]) == []

    contrast = arabic_contrast(page)
    assert faults(contrast["violations"]) == []
    assert sum(len(rule["nodes"]) for rule in contrast["passes"]) >= 8


def test_faint_arabic_text_would_be_found(open_page: OpenPage) -> None:
    page = open_page("/?q=القمة")
    page.locator(".snippet").first.evaluate("snippet => { snippet.style.color = '#bbb'; }")
    assert any("snippet" in fault for fault in faults(arabic_contrast(page)["violations"]))


def test_suggestions_have_no_violation_while_open(open_page: OpenPage) -> None:
    from axe_playwright_python.sync_playwright import Axe

    page = open_page("/")
    page.locator("#q").press_sequentially("القم")
    page.locator("#suggestions").wait_for(state="visible")
    page.get_by_role("combobox").press("ArrowDown")
    assert faults(Axe().run(page).response["violations"]) == []

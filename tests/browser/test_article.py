"""Reading one article: copied, cited, linked and printed."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser

OpenPage = Callable[..., "Page"]
CLIPBOARD = ["clipboard-read", "clipboard-write"]


def opened_article(open_page: OpenPage, **options: object) -> Page:
    page = open_page("/?q=كسوف", **options)
    page.locator(".hit h2 a").first.click()
    page.locator(".story h1").wait_for()
    return page


def clipboard(page: Page) -> str:
    page.get_by_role("status").filter(has_text="نُسخ").wait_for()
    return str(page.evaluate("navigator.clipboard.readText()"))


def test_one_click_copies_headline_source_date_text_and_address(open_page: OpenPage) -> None:
    page = opened_article(open_page, permissions=CLIPBOARD)
    page.get_by_role("button", name="انسخ الخبر").click()
    copied = clipboard(page)
    parts = [
        page.locator(".story h1").inner_text(),
        page.locator(".story .meta .agency").first.inner_text(),
        page.locator(".story .meta time").inner_text(),
        page.locator(".story .body p").first.inner_text(),
        page.locator(".story .body p").last.inner_text(),
        page.locator("link[rel=canonical]").get_attribute("href") or "",
    ]
    places = [copied.index(part) for part in parts]
    assert places == sorted(places)
    assert "العودة إلى النتائج" not in copied


def test_the_link_is_the_permanent_one(open_page: OpenPage) -> None:
    page = opened_article(open_page, permissions=CLIPBOARD)
    page.get_by_role("button", name="انسخ الرابط").click()
    assert clipboard(page) == page.locator("link[rel=canonical]").get_attribute("href")


def test_a_citation_is_one_line(open_page: OpenPage) -> None:
    page = opened_article(open_page, permissions=CLIPBOARD)
    page.get_by_role("button", name="اقتباس").click()
    cited = clipboard(page)
    assert "\n" not in cited
    assert "«كسوف نادر للشمس فوق الصحراء»" in cited
    assert "2021" in cited
    assert cited.endswith(page.locator("link[rel=canonical]").get_attribute("href") or "?")


def test_the_tools_stand_near_the_top(open_page: OpenPage) -> None:
    page = opened_article(open_page)
    box = page.get_by_role("button", name="انسخ الخبر").bounding_box()
    top = page.locator(".story").bounding_box()
    assert box
    assert top
    assert box["y"] - top["y"] < 200


def test_without_script_the_permanent_link_can_be_selected(open_page: OpenPage) -> None:
    page = opened_article(open_page, java_script_enabled=False)
    assert page.get_by_role("button", name="انسخ الخبر").count() == 0
    shown = page.locator(".permalink").inner_text()
    assert (page.locator("link[rel=canonical]").get_attribute("href") or "?") in shown


def test_on_paper_there_is_the_address_and_no_tool(open_page: OpenPage) -> None:
    page = opened_article(open_page)
    page.emulate_media(media="print")
    assert page.locator(".permalink").is_visible()
    assert not page.locator(".tools").is_visible()
    assert not page.locator(".back").is_visible()

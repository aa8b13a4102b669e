"""The copies of a story, two of them side by side, and the page of all agencies."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser

OpenPage = Callable[..., "Page"]
both = pytest.mark.parametrize(
    "javascript", [True, False], ids=["with-javascript", "without-javascript"]
)


def story_page(open_page: OpenPage, **options: object) -> Page:
    page = open_page("/?q=كسوف", **options)
    page.locator(".copies a").first.click()
    page.locator(".copy-list").wait_for()
    return page


@both
def test_the_copies_of_a_hit_keep_the_search(open_page: OpenPage, javascript: bool) -> None:
    page = story_page(open_page, java_script_enabled=javascript)
    assert page.locator(".copy-list > li").count() == 3
    labels = page.locator(".copy-list .agency").all_inner_texts()
    assert len(set(labels)) == 3
    assert page.title().startswith("نسخ: كسوف نادر")
    assert page.locator("#q").input_value() == "كسوف"
    page.locator(".back a").click()
    page.locator(".hit").first.wait_for()
    assert page.locator("#q").input_value() == "كسوف"


@both
def test_two_copies_are_compared_by_words(open_page: OpenPage, javascript: bool) -> None:
    page = open_page("/?q=القمة الاقتصادية&group=false", java_script_enabled=javascript)
    ids = [
        (link.get_attribute("href") or "").split("/articles/")[1].split("?")[0]
        for link in page.locator(".hit h2 a").all()[:2]
    ]
    page.goto(f"/compare?a={ids[0]}&b={ids[1]}")
    assert page.locator(".sides > article").count() == 2
    assert page.locator("del").count() > 0
    assert page.locator("ins").count() > 0
    assert "نص مشترك" in page.locator(".total").inner_text()
    page.get_by_role("link", name="أخفِ فروق الإملاء والترقيم").click()
    assert page.locator(".spelling").count() == 0


@pytest.mark.parametrize("width", [1280, 390, 320])
def test_nothing_is_wider_than_the_window(open_page: OpenPage, width: int) -> None:
    page = story_page(open_page, width=width)
    for path in (page.url, "/agencies", "/compare?a=hostile-0&b=hostile-1"):
        page.goto(path)
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_copies_stand_under_each_other_on_a_phone(open_page: OpenPage) -> None:
    page = open_page("/compare?a=hostile-0&b=hostile-1", width=390)
    one, other = (side.bounding_box() for side in page.locator(".sides > article").all())
    assert one
    assert other
    assert other["y"] >= one["y"] + one["height"]


@both
def test_an_agency_is_reached_from_the_page_of_all(open_page: OpenPage, javascript: bool) -> None:
    page = open_page("/?q=القمة", java_script_enabled=javascript)
    if javascript:
        page.get_by_role("link", name="كل الوكالات").click()
    else:
        page.goto(page.get_by_role("link", name="كل الوكالات").get_attribute("href") or "")
    row = page.locator("tbody tr", has_text="شينخوا")
    assert row.locator("td").all_inner_texts()[-1]  # the last date
    row.get_by_role("link").click()
    page.locator(".hit").first.wait_for()
    assert "agency=xinhua" in page.url
    assert page.locator("#q").input_value() == "القمة"

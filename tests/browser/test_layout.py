"""Boxes, direction and order at the widths of a desk and of a telephone."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

pytestmark = pytest.mark.browser

OpenPage = Callable[..., "Page"]
LONG_WORD = "قسطنطينية" * 40
PATHS = (
    "/",
    "/?q=القمة",
    "/?q=القمة&agency=xinhua&from=2019&to=2021",
    "/?q=عدائي&size=50",
    f"/?q={LONG_WORD}",
    "/nowhere",
    "/docs",
)


def left(locator: Locator) -> float:
    found = locator.bounding_box()
    assert found is not None
    return found["x"]


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("width", [390, 1280])
def test_nothing_is_wider_than_the_window(open_page: OpenPage, path: str, width: int) -> None:
    page = open_page(path, width=width)
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("width", [390, 1280])
def test_an_article_fits_the_window(open_page: OpenPage, width: int) -> None:
    page = open_page("/articles/hostile-0", width=width)
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_the_page_reads_from_right_to_left(open_page: OpenPage) -> None:
    page = open_page("/?q=القمة")
    assert page.locator("html").get_attribute("lang") == "ar"
    assert page.evaluate("getComputedStyle(document.body).direction") == "rtl"
    assert left(page.locator(".brand")) > left(page.locator("#q")) > left(page.locator(".language"))
    assert left(page.locator(".panel")) > left(page.locator(".hits"))


def test_english_labels_read_from_left_to_right_round_arabic_news(open_page: OpenPage) -> None:
    page = open_page("/?q=القمة&lang=en")
    assert page.locator("html").get_attribute("lang") == "en"
    assert left(page.locator(".brand")) < left(page.locator("#q"))
    assert (
        page.locator(".hit h2").first.evaluate("title => getComputedStyle(title).direction")
        == "rtl"
    )
    assert page.locator(".total").inner_text().startswith("15 results")
    assert "lang=en" in str(page.get_by_role("link", name="Next").get_attribute("href"))


def test_a_latin_name_does_not_turn_the_line_around_it(open_page: OpenPage) -> None:
    page = open_page("/?q=القمة&sort=oldest")
    meta = page.locator(".meta", has_text="Gulf Times").first
    assert meta.locator("bdi", has_text="Gulf Times").count() == 1
    assert (
        left(meta.locator(".agency")) > left(meta.locator("time")) > left(meta.locator(".outlet"))
    )


def test_filters_stand_beside_the_results_on_a_desk_and_behind_a_button_on_a_telephone(
    open_page: OpenPage,
) -> None:
    desk = open_page("/?q=القمة", width=1280)
    assert desk.locator(".panel .facet").first.is_visible()
    telephone = open_page("/?q=القمة", width=390)
    assert not telephone.locator(".panel .facet").first.is_visible()
    telephone.get_by_text("تصفية النتائج").first.click()
    assert telephone.locator(".panel .facet").first.is_visible()


def test_dark_mode_turns_paper_and_ink(open_page: OpenPage) -> None:
    script = "getComputedStyle(document.body).backgroundColor"
    assert open_page("/", color_scheme="light").evaluate(script) == "rgb(255, 255, 255)"
    assert open_page("/", color_scheme="dark").evaluate(script) == "rgb(17, 25, 29)"


def test_print_shows_the_article_alone(open_page: OpenPage) -> None:
    page = open_page("/?q=كسوف")
    page.locator(".hit h2 a").click()
    page.locator(".body").wait_for()
    page.emulate_media(media="print")
    assert page.locator(".body").is_visible()
    assert not page.locator("#search").is_visible()
    assert not page.locator(".related").first.is_visible()


def test_the_keyboard_reaches_the_results_past_the_head(open_page: OpenPage) -> None:
    page = open_page("/?q=القمة")
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="انتقل إلى المحتوى")
    assert skip.evaluate("link => document.activeElement === link")
    assert (skip.bounding_box() or {"y": -1})["y"] >= 0
    page.keyboard.press("Enter")
    assert page.evaluate("location.hash") == "#content"
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('#results') !== null")


def test_focus_can_be_seen(open_page: OpenPage) -> None:
    page = open_page("/?q=القمة")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"

"""Searching on the page, with JavaScript and without: every step must work both ways."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser

OpenPage = Callable[..., "Page"]
SUMMIT = "القمة"
both = pytest.mark.parametrize(
    "javascript", [True, False], ids=["with-javascript", "without-javascript"]
)


def search(page: Page, words: str) -> None:
    page.get_by_role("searchbox").or_(page.get_by_role("combobox")).fill(words)
    page.get_by_role("button", name="بحث", exact=True).click()
    page.wait_for_url("**q=*")
    settled(page)


def settled(page: Page) -> None:
    page.wait_for_load_state("networkidle")
    page.locator("#results[aria-busy]").wait_for(state="detached")


def titles(page: Page) -> list[str]:
    return [title.strip() for title in page.locator(".hit h2").all_inner_texts()]


@both
def test_words_find_articles_and_are_marked(open_page: OpenPage, javascript: bool) -> None:
    page = open_page("/", java_script_enabled=javascript)
    search(page, SUMMIT)
    assert page.locator(".total").inner_text().startswith("15 نتيجة")
    assert len(titles(page)) == 10
    assert all("القمة" in title for title in titles(page))
    marks = page.locator(".hit mark").all_inner_texts()
    assert "القمة" in marks
    assert "القمّة" in marks  # as the text writes it, with its shadda
    assert page.title() == "القمة | نبأ"
    assert page.locator("#q").input_value() == SUMMIT


@both
def test_an_agency_is_chosen_and_taken_away(open_page: OpenPage, javascript: bool) -> None:
    page = open_page(f"/?q={SUMMIT}", java_script_enabled=javascript)
    value = page.locator(".facet .value", has_text="شينخوا").first
    counted = int(value.locator(".count").inner_text())
    value.get_by_role("link").first.click()
    page.wait_for_url("**agency=xinhua*")
    settled(page)
    assert page.locator(".hit").count() == counted
    assert set(page.locator(".hit .agency").all_inner_texts()) == {"شينخوا"}
    assert page.locator(".value.selected a[aria-current]").count() == 1
    page.locator(".chip", has_text="شينخوا").click()
    page.wait_for_url(lambda url: "agency" not in url)
    settled(page)
    assert page.locator(".chip").count() == 0
    assert page.locator(".total").inner_text().startswith("15 نتيجة")


@both
def test_a_year_is_drilled_into_and_widened_again(open_page: OpenPage, javascript: bool) -> None:
    page = open_page(f"/?q={SUMMIT}", java_script_enabled=javascript)
    years = page.locator(".dates > ul").first.locator(".name").all_inner_texts()
    assert years == ["2021", "2020", "2019", "2018"]
    page.locator(".dates a", has_text="2020").first.click()
    page.wait_for_url("**from=2020*")
    settled(page)
    dates = page.locator(".hit time").evaluate_all("times => times.map((time) => time.dateTime)")
    assert dates
    assert all(date.startswith("2020-") for date in dates)
    page.locator(".dates .up").click()
    page.wait_for_url(lambda url: "from=2020&to=2020" not in url)


@both
def test_a_range_is_typed_and_empty_boxes_ask_for_nothing(
    open_page: OpenPage, javascript: bool
) -> None:
    page = open_page(f"/?q={SUMMIT}", java_script_enabled=javascript)
    page.locator("#from").fill("2021")
    page.get_by_role("button", name="طبّق").click()
    page.wait_for_url("**from=2021*")
    settled(page)
    assert page.locator(".chip").all_inner_texts()[0].endswith("منذ 2021")
    assert page.locator("#q").input_value() == SUMMIT


@both
def test_pages_are_turned_forwards_and_back(open_page: OpenPage, javascript: bool) -> None:
    page = open_page(f"/?q={SUMMIT}&sort=newest", java_script_enabled=javascript)
    first = titles(page)
    page.get_by_role("link", name="التالية").click()
    page.wait_for_url("**page=2*")
    settled(page)
    second = titles(page)
    assert (len(first), len(second)) == (10, 5)
    assert not set(first) & set(second)
    assert page.locator(".pager [aria-current]").inner_text() == "2"
    page.get_by_role("link", name="السابقة").click()
    page.wait_for_url(lambda url: "page=2" not in url)
    settled(page)
    assert titles(page) == first


def test_the_browsers_back_button_brings_the_results_and_words_back(open_page: OpenPage) -> None:
    page = open_page("/")
    search(page, SUMMIT)
    search(page, "كسوف")
    assert titles(page) == ["كسوف نادر للشمس فوق الصحراء"]
    page.go_back()
    page.locator(".hit mark", has_text="القمة").first.wait_for()
    assert page.locator("#q").input_value() == SUMMIT
    assert len(titles(page)) == 10


def test_javascript_swaps_the_results_without_loading_the_page_anew(open_page: OpenPage) -> None:
    page = open_page("/")
    page.evaluate("window.same = true")
    search(page, SUMMIT)
    page.locator(".facet a", has_text="شينخوا").first.click()
    page.wait_for_url("**agency=xinhua*")
    settled(page)
    assert page.evaluate("window.same") is True
    assert "نتائج" in page.locator("#announcement").inner_text()
    assert page.evaluate("document.activeElement.tagName") == "H1"


def test_a_jump_within_the_page_fetches_nothing(open_page: OpenPage) -> None:
    page = open_page(f"/?q={SUMMIT}")
    fetched: list[str] = []
    page.on("request", lambda request: fetched.append(request.url))
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**#content")
    page.wait_for_load_state("networkidle")
    assert fetched == []


@both
def test_copies_take_one_place_and_are_one_click_away(
    open_page: OpenPage, javascript: bool
) -> None:
    page = open_page("/?q=كسوف", java_script_enabled=javascript)
    assert page.locator(".total").inner_text().split() == ["3", "نتائج", "في", "قصة", "واحدة"]
    assert len(titles(page)) == 1
    page.get_by_role("link", name="نسختان أخريان").click()
    page.wait_for_url("**/stories/*")
    assert page.locator(".copy-list > li").count() == 3


@both
def test_an_article_is_read_with_the_words_that_led_to_it(
    open_page: OpenPage, javascript: bool
) -> None:
    page = open_page("/?q=كسوف", java_script_enabled=javascript)
    page.locator(".hit h2 a").click()
    page.wait_for_url("**/articles/*")
    assert page.locator("h1").inner_text() == "كسوف نادر للشمس فوق الصحراء"
    assert page.locator(".body p").count() == 5
    assert page.locator(".body mark").first.inner_text() == "كسوف"
    assert page.locator(".related").first.get_by_role("listitem").count() == 2
    page.get_by_role("link", name="العودة إلى النتائج").click()
    assert page.locator("#q").input_value() == "كسوف"


@both
@pytest.mark.parametrize("start", ["/articles/hostile-0", "/nowhere"])
def test_a_search_begins_on_any_page(open_page: OpenPage, start: str, javascript: bool) -> None:
    page = open_page(start, java_script_enabled=javascript)
    search(page, SUMMIT)
    assert len(titles(page)) == 10


def test_nothing_found_says_what_to_do(open_page: OpenPage) -> None:
    page = open_page("/?q=«كهرومغناطيسية عابرة»&agency=wam", java_script_enabled=False)
    nothing = page.locator(".nothing")
    assert nothing.locator("h2").inner_text() == "لا نتائج"
    assert nothing.get_by_role("link").all_inner_texts() == [
        "ابحث بلا علامات تنصيص",
        "ابحث بلا مرشحات",
        "اعرض أحدث الأخبار",
    ]


@pytest.mark.parametrize(
    ("path", "status", "heading"),
    [
        ("/nowhere", 404, "لا توجد هذه الصفحة"),
        ("/articles/unknown", 404, "لا يوجد هذا الخبر"),
        ("/?from=soon", 422, "طلب غير مفهوم"),
        ("/?colour=red", 422, "طلب غير مفهوم"),
    ],
)
def test_an_error_is_a_page_in_arabic(
    open_page: OpenPage, path: str, status: int, heading: str
) -> None:
    page = open_page("/")
    answer = page.goto(path)
    assert answer is not None
    assert answer.status == status
    assert page.locator("h1").inner_text() == heading
    assert page.locator("html").get_attribute("dir") == "rtl"
    assert page.locator("#q").is_visible()

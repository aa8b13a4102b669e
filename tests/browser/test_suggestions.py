"""Suggestions while typing: a combobox that a keyboard and a screen reader can use."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

pytestmark = pytest.mark.browser

OpenPage = Callable[..., "Page"]


@pytest.fixture
def page(open_page: OpenPage) -> Page:
    """The start page with the first letters of "the summit" typed."""
    page = open_page("/")
    page.locator("#q").press_sequentially("القم")
    page.locator("#suggestions").wait_for(state="visible")
    return page


def box(page: Page) -> Locator:
    return page.get_by_role("combobox")


def test_typing_opens_a_list_of_completions(page: Page) -> None:
    options = page.get_by_role("option").all_inner_texts()
    assert options
    assert all(option.startswith("القم") for option in options)
    assert box(page).get_attribute("aria-expanded") == "true"
    assert box(page).get_attribute("aria-controls") == page.get_by_role("listbox").get_attribute(
        "id"
    )


def test_arrows_move_through_the_list_and_the_box_names_the_option(page: Page) -> None:
    box(page).press("ArrowDown")
    first = page.get_by_role("option").first
    assert first.get_attribute("aria-selected") == "true"
    assert box(page).get_attribute("aria-activedescendant") == first.get_attribute("id")
    box(page).press("ArrowUp")
    assert box(page).get_attribute("aria-activedescendant") is None
    assert box(page).evaluate("box => document.activeElement === box")


def test_enter_searches_for_the_option(page: Page) -> None:
    box(page).press("ArrowDown")
    wanted = page.get_by_role("option").first.inner_text()
    box(page).press("Enter")
    page.wait_for_url("**q=*")
    assert box(page).input_value() == wanted
    page.locator(".hit mark").first.wait_for()
    assert page.get_by_role("listbox").count() == 0


def test_a_click_searches_for_the_option(page: Page) -> None:
    wanted = page.get_by_role("option").first.inner_text()
    page.get_by_role("option").first.click()
    page.wait_for_url("**q=*")
    assert box(page).input_value() == wanted


@pytest.mark.parametrize("key", ["Escape", "Tab"])
def test_the_list_closes_and_what_was_typed_stays(page: Page, key: str) -> None:
    box(page).press(key)
    page.locator("#suggestions").wait_for(state="hidden")
    assert box(page).get_attribute("aria-expanded") == "false"
    assert box(page).input_value() == "القم"


def test_without_javascript_the_box_is_an_ordinary_search_box(open_page: OpenPage) -> None:
    page = open_page("/", java_script_enabled=False)
    assert page.get_by_role("searchbox").count() == 1
    assert page.get_by_role("combobox").count() == 0

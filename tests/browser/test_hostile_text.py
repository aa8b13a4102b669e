"""Hostile articles and queries are shown as text: no script runs, no markup appears, no address is
followed.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest
from defusedxml.ElementTree import fromstring

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser

OpenPage = Callable[..., "Page"]
QUERIES = (
    "<script>window.hit=1</script>",
    '"><img src=x onerror=window.hit=1>',
    "'-alert(1)-'",
    "</title><script>window.hit=1</script>",
    "</script><script>window.hit=1</script>",
    "\u202eقمة",
    "{{ 7*7 }}",
    "javascript:window.hit=1",
)
ALIEN = (
    "#results script, #results img, #results iframe, .story script, .story img, [onerror], "
    "[onload], [onfocus]"
)


def nothing_ran(page: Page) -> None:
    page.wait_for_load_state("networkidle")
    assert page.evaluate("window.hit") is None
    assert page.locator(ALIEN).count() == 0
    schemes = page.locator("a").evaluate_all("links => links.map((link) => link.protocol)")
    assert set(schemes) <= {"http:", "https:"}


def test_hostile_articles_in_the_results(open_page: OpenPage) -> None:
    page = open_page("/?q=عدائي&size=50&group=false")
    nothing_ran(page)
    assert page.locator(".hit").count() == 10
    shown = page.locator(".hit h2").all_inner_texts()
    assert any("<script>window.hit=1</script>" in title for title in shown)
    assert any("{{ 7*7 }}${7*7}" in title for title in shown)
    assert page.locator(".hit mark").count() >= 10


@pytest.mark.parametrize("number", range(10))
def test_a_hostile_article(open_page: OpenPage, number: int) -> None:
    page = open_page(f"/articles/hostile-{number}?q=عدائي")
    nothing_ran(page)
    assert page.locator("h1 mark").inner_text() == "عدائي"
    assert page.get_by_role("link", name="الخبر في موقعه الأصلي").count() == 0


@pytest.mark.parametrize("query", QUERIES)
def test_a_hostile_query(open_page: OpenPage, query: str) -> None:
    page = open_page(f"/?q={quote(query)}")
    nothing_ran(page)
    assert page.locator("#q").input_value() == query
    page.locator("#q").fill(query)  # and once more through the script that swaps results
    page.get_by_role("button", name="بحث", exact=True).click()
    nothing_ran(page)


@pytest.mark.parametrize("name", ["agency", "from", "sort", "story", "lang", "<b>"])
def test_a_hostile_parameter(open_page: OpenPage, name: str) -> None:
    page = open_page(f"/?{quote(name)}={quote(QUERIES[1])}")
    nothing_ran(page)


def test_hostile_articles_leave_the_feed_well_formed(open_page: OpenPage) -> None:
    page = open_page("/")
    answer = page.request.get(f"/feed.atom?q={quote('عدائي')}")
    root = fromstring(answer.body())
    titles = [element.text for element in root.iter("{http://www.w3.org/2005/Atom}title")]
    assert any("<script>window.hit=1</script>" in str(title) for title in titles)
    assert not [
        element for element in root.iter() if element.tag.endswith(("script", "img", "svg"))
    ]
    assert all("javascript:" not in str(element.get("href")) for element in root.iter())


def test_a_hostile_query_in_feed_and_suggestions(open_page: OpenPage) -> None:
    page = open_page("/")
    for query in QUERIES:
        assert page.request.get(f"/feed.atom?q={quote(query)}").ok
        fromstring(page.request.get(f"/feed.atom?q={quote(query)}").body())
        assert page.request.get(f"/opensearch/suggest?q={quote(query)}").json()[0] == query

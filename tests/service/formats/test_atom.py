"""A search as an Atom feed."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any
from xml.etree.ElementTree import Element
from zoneinfo import ZoneInfo

import pytest
from defusedxml.ElementTree import fromstring

from mappings.article import Article
from service.answer import (
    AgencyLabel,
    DateFacet,
    Facet,
    Facets,
    Highlight,
    Hit,
    Links,
    QueryEcho,
    SearchResponse,
    Total,
)
from service.formats.atom import NEVER, atom_feed, feed_search, instant
from service.params import FilterParams

NS = {"a": "http://www.w3.org/2005/Atom", "o": "http://a9.com/-/spec/opensearch/1.1/"}
HERE = "https://naba.example"
RIYADH = ZoneInfo("Asia/Riyadh")
LOADED = datetime(2024, 5, 2, 7, 30, tzinfo=UTC)


def article(**changes: Any) -> Article:
    known = Article(
        id="a1",
        source="samples",
        title="افتتاح معرض الكتاب",  # the book fair opens
        title_origin="line",
        body="",
        content_hash="",
        loaded_at=LOADED,
        agencies=("wam", "afp"),
        published=date(2020, 12, 30),
        precision="day",
    )
    return replace(known, **changes)


def hit(found: Article, *fragments: str) -> Hit:
    labels = {"wam": "وام", "afp": "فرانس برس"}
    return Hit(
        found,
        tuple(AgencyLabel(id, labels[id]) for id in found.agencies),
        None,
        Highlight(None, fragments),
    )


def feed(*hits: Hit, public_url: str = HERE, **params: Any) -> Element:
    asked = FilterParams.model_validate(params)
    result = SearchResponse(
        query=QueryEcho(asked.q, "all", False, None),
        total=Total(len(hits), len(hits), True),
        took_ms=1,
        hits=hits,
        facets=Facets(Facet((), 0, 0), Facet((), 0, 0), DateFacet("year", (), 0, 0, None)),
        links=Links("/v1/search", None, None, "/?q=x", "/feed.atom", "/v1/export.csv"),
    )
    root: Element = fromstring(atom_feed(asked, result, public_url=public_url, zone=RIYADH))
    return root


def text(element: Element, path: str) -> str | None:
    return element.findtext(path, namespaces=NS)


def link(element: Element, rel: str) -> str | None:
    found = element.find(f"a:link[@rel='{rel}']", NS)
    return None if found is None else found.get("href")


def test_a_feed_has_what_the_form_demands() -> None:
    root = feed(hit(article()), q="كتاب")
    assert root.tag == f"{{{NS['a']}}}feed"
    assert text(root, "a:title") == "كتاب | نبأ"
    assert text(root, "a:updated") == "2024-05-02T07:30:00Z"
    assert text(root, "o:totalResults") == "1"
    assert link(root, "self") == f"{HERE}/feed.atom?q=%D9%83%D8%AA%D8%A7%D8%A8"
    assert link(root, "alternate") == f"{HERE}/?q=%D9%83%D8%AA%D8%A7%D8%A8"


def test_an_entry_says_who_supplied_it_and_when() -> None:
    entry = feed(hit(article(), "قال &quot;<mark>كتاب</mark>&quot;", "آخر")).find("a:entry", NS)
    assert entry is not None
    assert text(entry, "a:title") == "افتتاح معرض الكتاب"
    assert text(entry, "a:updated") == "2024-05-02T07:30:00Z"
    assert text(entry, "a:published") == "2020-12-30T00:00:00+03:00"
    assert text(entry, "a:summary") == 'قال "كتاب" … آخر'
    assert text(entry, "a:author/a:name") == "وام"
    assert text(entry, "a:source/a:title") == "وام"
    assert [category.get("term") for category in entry.findall("a:category", NS)] == ["wam", "afp"]
    assert link(entry, "alternate") == f"{HERE}/articles/a1"


@pytest.mark.parametrize("precision", ["month", "year"])
def test_a_day_that_is_not_known_is_not_published(precision: str) -> None:
    assert text(feed(hit(article(precision=precision))), "a:entry/a:published") is None


def test_without_agency_there_is_no_source_but_still_an_author() -> None:
    entry = feed(hit(article(agencies=(), outlet="الخليج"))).find("a:entry", NS)  # a newspaper
    assert entry is not None
    assert entry.find("a:source", NS) is None
    assert text(entry, "a:author/a:name") == "الخليج"


def test_ids_are_the_same_under_every_address() -> None:
    here, there = feed(hit(article())), feed(hit(article()), public_url="http://127.0.0.1:8000")
    for path in ("a:id", "a:entry/a:id"):
        assert text(here, path) == text(there, path)
        assert str(text(here, path)).startswith("urn:uuid:")
    assert text(here, "a:id") != text(feed(q="كتاب"), "a:id")


def test_an_empty_feed_is_still_a_feed() -> None:
    assert text(feed(), "a:updated") == instant(NEVER)


HOSTILE = [
    "<script>alert(1)</script>",
    "]]></title><script>",
    "&amp;&lt;b&gt;",
    "a\x00b\x08c\x1bd",
    "\ufffe\uffff",
    "\u202eright to left\u202c",
    '"><entry/>',
    "<!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/passwd'>]>&e;",
]


@pytest.mark.parametrize("bad", HOSTILE)
def test_hostile_text_stays_text(bad: str) -> None:
    hostile = Hit(
        article(title=bad, outlet=bad, author=bad, agencies=(bad,)),
        (AgencyLabel(bad, bad),),
        None,
        Highlight(bad, (bad,)),
    )
    root = feed(hostile, hit(article()), q=bad)
    assert len(root.findall("a:entry", NS)) == 2
    assert {element.tag.partition("}")[2] for element in root.iter()}.isdisjoint({"script", "b"})
    shown = str(text(root, "a:entry/a:title"))
    assert not any(character in shown for character in "\x00\x08\x1b\ufffe\u202e\u202c")
    if "<script" in bad:
        assert "<script>" in shown


@pytest.mark.parametrize("asked", [{}, {"q": "a"}, {"sort": "relevance"}, {"sort": "loaded"}])
def test_the_newest_come_first_whatever_the_order_of_the_page(asked: dict[str, Any]) -> None:
    search = feed_search(FilterParams.model_validate(asked))
    assert (search.sort, search.group, search.page) == ("newest", False, 1)
    assert link(feed(**asked), "self") == link(feed(q=asked.get("q", "")), "self")


def test_filters_reach_the_search() -> None:
    asked = {"q": "a", "agency": ["wam"], "from": "2020", "in": "title"}
    search = feed_search(FilterParams.model_validate(asked))
    assert (search.agency, search.from_, search.in_) == (["wam"], "2020", "title")

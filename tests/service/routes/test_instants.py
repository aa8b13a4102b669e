"""Times of publication: the order within a day, bounds at an instant, feeds, linked data, export.

A small newsroom in Riyadh (UTC+3), whose day begins at 21:00 UTC of the day before.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from typing import Any

import pytest
from fastapi.testclient import TestClient

from mappings.article import Article
from service.app import create_app
from service.settings import ServiceSettings

# id -> (day in Riyadh, instant of publication)
ARTICLES: dict[str, tuple[date | None, datetime | None]] = {
    "yesterday": (date(2026, 11, 26), datetime(2026, 11, 26, 20, 59, tzinfo=UTC)),
    "midnight": (date(2026, 11, 27), datetime(2026, 11, 26, 21, 0, tzinfo=UTC)),
    "noon": (date(2026, 11, 27), datetime(2026, 11, 27, 9, 0, tzinfo=UTC)),
    "evening": (date(2026, 11, 27), datetime(2026, 11, 27, 17, 40, 22, 636000, tzinfo=UTC)),
    "untimed-a": (date(2026, 11, 27), None),
    "untimed-b": (date(2026, 11, 27), None),
    "tomorrow": (date(2026, 11, 28), None),
    "undated": (None, None),
}


@pytest.fixture(scope="module")
def riyadh(
    elasticsearch_url: str,
    index_prefix: str,
    fill_index: Callable[..., None],
) -> Iterator[TestClient]:
    alias = f"{index_prefix}-instants"
    articles = [
        Article(
            id=name,
            source="wires",
            title=f"افتتاح جسر {name}",  # a bridge opens
            title_origin="line",
            body="افتُتح جسر جديد.",
            content_hash="",
            loaded_at=datetime(2026, 11, 28, tzinfo=UTC),
            published=day,
            precision="day" if day else None,
            published_at=instant,
            updated_at=datetime(2026, 11, 27, 18, tzinfo=UTC) if name == "evening" else None,
            guid=f"tag:wires,{name}",
            version="2" if name == "evening" else None,
        )
        for name, (day, instant) in ARTICLES.items()
    ]
    fill_index(f"{alias}-1", articles, alias=alias)
    settings = ServiceSettings(
        elasticsearch_url=elasticsearch_url, alias=alias, time_zone="Asia/Riyadh"
    )
    with TestClient(create_app(settings)) as client:
        yield client


def ids(client: TestClient, **params: Any) -> list[str]:
    answer = client.get("/v1/search", params={"size": 100, **params})
    assert answer.status_code == 200, answer.text
    return [hit["id"] for hit in answer.json()["hits"]]


NEWEST = ["tomorrow", "evening", "noon", "midnight", "untimed-a", "untimed-b", "yesterday"]


def test_within_a_day_the_time_decides_and_the_untimed_follow(riyadh: TestClient) -> None:
    assert ids(riyadh) == [*NEWEST, "undated"]
    oldest = ["yesterday", "midnight", "noon", "evening", "untimed-a", "untimed-b", "tomorrow"]
    assert ids(riyadh, sort="oldest") == [*oldest, "undated"]


@pytest.mark.parametrize("sort", ["newest", "oldest"])
def test_a_walk_meets_every_article_once(riyadh: TestClient, sort: str) -> None:
    found, address = [], f"/v1/search?sort={sort}&size=1&cursor=*"
    while address:
        answer = riyadh.get(address).json()
        found += [hit["id"] for hit in answer["hits"]]
        address = answer["links"]["next"]
    assert found == ids(riyadh, sort=sort)


@pytest.mark.parametrize(
    ("bounds", "expected"),
    [
        ({"from": "2026-11-27T09:00:00Z"}, {"noon", "evening", "tomorrow"}),
        ({"from": "2026-11-27T12:00:01+03:00"}, {"evening", "tomorrow"}),
        ({"to": "2026-11-27T09:00:00Z"}, {"yesterday", "midnight", "noon"}),
        ({"from": "2026-11-26T21:00:00Z", "to": "2026-11-27T17:40:22Z"}, {"midnight", "noon"}),
        ({"from": "2026-11-27", "to": "2026-11-27T09:00:00Z"}, {"midnight", "noon"}),
        (
            {"from": "2026-11-27", "to": "2026-11-27"},
            {"midnight", "noon", "evening", "untimed-a", "untimed-b"},
        ),
    ],
)
def test_bounds_are_days_or_instants(
    riyadh: TestClient, bounds: dict[str, str], expected: set[str]
) -> None:
    """Of the day of an instant, articles without a time are in no part."""
    assert set(ids(riyadh, **bounds)) == expected


def test_a_day_of_the_facet_finds_what_it_counts(riyadh: TestClient) -> None:
    bounds = {"from": "2026-11-27T09:00:00Z", "to": "2026-11-28"}
    values = riyadh.get("/v1/search", params=bounds).json()["facets"]["date"]["values"]
    assert [(day["value"], day["count"]) for day in values] == [
        ("2026-11-27", 2),
        ("2026-11-28", 1),
    ]
    for day in values:
        assert riyadh.get(day["url"]).json()["total"]["articles"] == day["count"]


def test_what_the_sender_said_is_returned_and_exported(riyadh: TestClient) -> None:
    fields = ("published_at", "updated_at", "guid", "version")
    article = riyadh.get("/v1/articles/evening").json()
    assert [article[name] for name in fields] == [
        "2026-11-27T17:40:22.636000+00:00",
        "2026-11-27T18:00:00+00:00",
        "tag:wires,evening",
        "2",
    ]
    (row,) = riyadh.get("/v1/export.jsonl?q=evening").text.splitlines()
    assert all(f'"{name}":"' in row for name in fields)
    assert set(fields) <= set(riyadh.get("/v1/export.csv").text[1:].splitlines()[0].split(","))


def test_feeds_and_linked_data_tell_the_instant(riyadh: TestClient) -> None:
    feed = riyadh.get("/feed.atom?q=evening").text
    assert "<published>2026-11-27T17:40:22Z</published>" in feed
    accept = {"Accept": "application/ld+json"}
    data = riyadh.get("/v1/articles/evening", headers=accept).json()
    assert data["datePublished"] == "2026-11-27T17:40:22.636000Z"
    assert data["dateModified"] == "2026-11-27T18:00:00Z"
    assert data["version"] == "2"
    untimed = riyadh.get("/v1/articles/untimed-a", headers=accept).json()
    assert untimed["datePublished"] == "2026-11-27"


def test_the_page_shows_the_time_of_the_newsroom(riyadh: TestClient) -> None:
    page = riyadh.get("/articles/evening?lang=en").text
    shown = re.findall(r'<time datetime="([^"]+)">([^<]+)</time>', page)[0]
    assert shown == ("2026-11-27T17:40:22.636000Z", "Friday 27 November 2026 20:40")

"""Pages, cursors and exports: all of them walk over the same articles, in an order without ties."""

from __future__ import annotations

import csv
import gzip
import io
import threading
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import orjson
import pytest
from elasticsearch import Elasticsearch, helpers
from fastapi.testclient import TestClient

from mappings.article import Article
from mappings.index import index_body
from service.app import create_app
from service.settings import ServiceSettings


def ids(answer: dict[str, Any]) -> list[str]:
    return [hit["id"] for hit in answer["hits"]]


def walk(api: TestClient, address: str | None) -> list[str]:
    """All ids from `address` on, following `next`."""
    found: list[str] = []
    while address:
        answer = api.get(address)
        assert answer.status_code == 200, answer.text
        found += ids(answer.json())
        address = answer.json()["links"]["next"]
    return found


@pytest.mark.parametrize("sort", ["newest", "oldest", "loaded"])
def test_pages_cursor_and_export_agree(api: TestClient, sort: str) -> None:
    """One order, whichever way it is walked; articles without a date come last both ways."""
    paged = walk(api, f"/v1/search?sort={sort}&size=100&fields=id")
    by_cursor = walk(api, f"/v1/search?sort={sort}&size=60&cursor=*&fields=id")
    rows = api.get(f"/v1/export.jsonl?sort={sort}").text.splitlines()
    articles = [orjson.loads(row) for row in rows]
    assert paged == by_cursor == [article["id"] for article in articles]
    assert len(paged) == len(set(paged)) == 239
    dates = [article["published"] for article in articles if article["published"]]
    if sort != "loaded":
        assert all(article["published"] is None for article in articles[len(dates) :])
        assert dates == sorted(dates, reverse=sort == "newest")


def test_what_only_leaves_out_comes_newest_first(api: TestClient) -> None:
    """There is nothing to rank by."""
    for order in ("", "&sort=relevance"):
        assert walk(api, f"/v1/search?q=-القمح&size=50{order}") == walk(
            api, "/v1/search?q=-القمح&size=50&sort=newest"
        )


def test_relevance_pages_without_repeating(api: TestClient) -> None:
    paged = walk(api, "/v1/search?q=القمح&size=25")
    assert (
        len(paged)
        == len(set(paged))
        == api.get("/v1/search?q=القمح&size=0").json()["total"]["articles"]
    )


def test_relevance_pages_of_stories_without_repeating(api: TestClient) -> None:
    paged = walk(api, "/v1/search?q=القمح&size=25&group=true")
    assert (
        len(paged)
        == len(set(paged))
        == api.get("/v1/search?q=القمح&size=0").json()["total"]["stories"]
    )


def test_pages_back_and_forth(api: TestClient) -> None:
    second = api.get("/v1/search?size=7&page=2").json()
    third = api.get(second["links"]["next"]).json()
    assert ids(api.get(third["links"]["prev"]).json()) == ids(second)
    assert second["links"]["self"] == "/v1/search?size=7&page=2"


def test_the_last_page_has_no_next(api: TestClient) -> None:
    assert api.get("/v1/search?size=100&page=3").json()["links"]["next"] is None
    assert api.get("/v1/search?size=0").json()["links"]["next"] is None


def test_a_cursor_belongs_to_its_search(api: TestClient) -> None:
    following = api.get("/v1/search?sort=newest&size=5&cursor=*").json()["links"]["next"]
    assert api.get(following.replace("size=5", "size=9")).status_code == 200
    for changed in (
        following + "&agency=spa",
        following.replace("newest", "oldest"),
        following[:-1],
    ):
        answer = api.get(changed)
        assert answer.status_code == 400, changed
        assert answer.json()["type"] == "urn:naba:problem:bad-cursor"
        assert answer.json()["errors"][0]["parameter"] == "cursor"


def test_a_relaxed_walk_goes_on_relaxed(api: TestClient) -> None:
    """All words together match nothing: `next` asks for any of them, so the walk does not change
    its mind.
    """
    address = "/v1/search?q=القمح الهجن&sort=newest&cursor=*&size=50"
    first = api.get(address).json()
    assert first["query"]["relaxed"]
    assert first["query"]["match"] == "any"
    assert "match=any" in first["links"]["next"]
    assert len(set(walk(api, address))) == first["total"]["articles"]


@pytest.fixture
def growing(
    elasticsearch: Elasticsearch, elasticsearch_url: str, index_prefix: str, articles: list[Article]
) -> Iterator[tuple[TestClient, str]]:
    """A service over an index of its own, which a test may write to."""
    name = f"{index_prefix}-growing"
    elasticsearch.indices.create(index=f"{name}-1", aliases={name: {}}, **index_body())
    write(elasticsearch, f"{name}-1", articles)
    with TestClient(
        create_app(ServiceSettings(elasticsearch_url=elasticsearch_url, alias=name))
    ) as client:
        yield client, f"{name}-1"
    elasticsearch.indices.delete(index=f"{name}-1")


def write(elasticsearch: Elasticsearch, index: str, articles: list[Article]) -> None:
    actions = (
        {"_index": index, "_id": article.id, "_source": article.to_source()} for article in articles
    )
    helpers.bulk(elasticsearch, actions, refresh=True)


@pytest.mark.parametrize("sort", ["newest", "oldest", "loaded"])
def test_each_article_once_while_loading_goes_on(
    growing: tuple[TestClient, str],
    elasticsearch: Elasticsearch,
    articles: list[Article],
    sort: str,
) -> None:
    """Articles come in before, between and after, others change their text: those there throughout
    come once.
    """
    api, index = growing
    stop = threading.Event()
    written = 0

    def load() -> None:
        nonlocal written
        while not stop.is_set():
            base = articles[written % len(articles)]
            later = base.loaded_at + timedelta(days=1, seconds=written)
            new = [replace(base, id=f"{'0az'[written % 3]}new{written:04}", loaded_at=later)]
            changed = [
                replace(articles[written % 7], body=f"نص مصحح {written}")
            ]  # a corrected text
            write(elasticsearch, index, [*new, *changed])
            written += 1

    loader = threading.Thread(target=load)
    loader.start()
    try:
        found: list[str] = []
        address: str | None = f"/v1/search?sort={sort}&size=10&cursor=*&fields=id"
        pages = 0
        while address and pages < 60:
            answer = api.get(address).json()
            found += ids(answer)
            address = answer["links"]["next"]
            pages += 1
            time.sleep(0.01)
    finally:
        stop.set()
        loader.join()
    throughout = {article.id for article in articles if article.status == "published"}
    seen = Counter(found)
    assert written > 3
    assert throughout <= seen.keys()
    assert [article for article, times in seen.items() if times > 1] == []


@pytest.mark.parametrize(
    "query",
    ["", "q=القمح", "q=القمح الهجن", "agency=none&from=2019", "date=none", "match=exact&q=قمة"],
)
def test_totals_agree(api: TestClient, query: str) -> None:
    """Search, count, facets, both exports: the article is the unit everywhere."""
    total = api.get(f"/v1/search?{query}").json()["total"]["articles"]
    assert api.get(f"/v1/search?size=0&group=true&{query}").json()["total"]["articles"] == total
    assert len(api.get(f"/v1/export.jsonl?{query}").text.splitlines()) == total
    assert len(list(csv.reader(io.StringIO(api.get(f"/v1/export.csv?{query}").text)))) == total + 1


def test_an_export_in_several_batches(api: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    for bound in ("FIRST", "LARGEST"):
        monkeypatch.setattr(f"service.search.batches.{bound}", 50)
    rows = api.get("/v1/export.jsonl?fields=id,body").text.splitlines()
    assert len({orjson.loads(row)["id"] for row in rows}) == len(rows) == 239
    assert all(orjson.loads(row).keys() == {"id", "body"} for row in rows)


def test_csv_opens_in_a_spreadsheet(api: TestClient) -> None:
    answer = api.get("/v1/export.csv?fields=id,title,agencies&agency=spa&from=2019&to=2019")
    assert answer.content.startswith(b"\xef\xbb\xbfid,title,agencies\r\n")
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    assert answer.headers["content-disposition"] == 'attachment; filename="naba.csv"'
    assert any(row[2] == "spa; wam" for row in csv.reader(io.StringIO(answer.text)))


def test_an_export_is_compressed_when_asked(api: TestClient) -> None:
    with api.stream("GET", "/v1/export.csv", headers={"Accept-Encoding": "gzip"}) as answer:
        assert answer.headers["content-encoding"] == "gzip"
        raw = b"".join(answer.iter_raw())
    plain = api.get("/v1/export.csv", headers={"Accept-Encoding": "identity"})
    assert "content-encoding" not in plain.headers
    assert gzip.decompress(raw) == plain.content


def test_monitors(api: TestClient) -> None:
    """`since` leaves out the instant itself; the last one seen is where the next question
    begins.
    """
    first = api.get("/v1/search?since=2024-03-01T09:00:00Z&sort=loaded&size=3").json()
    assert ids(first) == ["a181", "a182", "a183"]
    after = first["hits"][-1]["loaded_at"]
    assert ids(
        api.get("/v1/search", params={"since": after, "sort": "loaded", "size": 1}).json()
    ) == ["a184"]
    assert (
        api.get("/v1/search?since=2024-03-01T12:00:00+03:00&size=0").json()["total"]
        == first["total"]
    )


def test_only_the_fields_asked_for(api: TestClient) -> None:
    hits = api.get("/v1/search?fields=id,title&fields=body&size=2").json()["hits"]
    assert [set(hit) for hit in hits] == [{"id", "title", "body"}] * 2
    assert all(hit["body"] for hit in hits)
    assert "body" not in api.get("/v1/search?size=1").json()["hits"][0]

"""An export's batches: every article once, and little in memory at a time, whatever the articles'
size.
"""

from __future__ import annotations

import asyncio
import tracemalloc
from collections.abc import Iterator
from contextlib import aclosing
from typing import Any

import orjson
import pytest
from elasticsearch import Elasticsearch, helpers
from fastapi.testclient import TestClient

from service.app import create_app
from service.elasticsearch.index import ArticleIndex
from service.errors import SearchTimeout
from service.search.batches import FIRST, LARGEST, SHORT, TOGETHER, batches, next_size, portions
from service.settings import ServiceSettings

# Many small ones, a huge one, some about the bounds, then nothing but huge ones of 2 MB: 87 MB of
# Arabic in all.
HUGE = 1_000_000
LENGTHS = (
    [20] * 150 + [HUGE] + [SHORT - 1, SHORT, SHORT + 1, 0] * 5 + [TOGETHER // 3] * 4 + [HUGE] * 40
)
# bytes; articles that were kept until the end came to 215 million, as text and as bytes
ENOUGH = 70_000_000


def text(number: int, length: int) -> str:
    return (f"{number}ب" + "ب" * length)[:length]


@pytest.fixture(scope="module")
def archive(
    elasticsearch: Elasticsearch, elasticsearch_url: str, index_prefix: str
) -> Iterator[TestClient]:
    """A service over articles of all sizes. Their texts are not analysed, which would take
    minutes.
    """
    name = f"{index_prefix}-large"
    date, keyword = {"type": "date"}, {"type": "keyword"}
    kept = {"id": keyword, "published": date, "published_at": date, "status": keyword}
    elasticsearch.indices.create(index=name, mappings={"dynamic": False, "properties": kept})
    actions = (
        {
            "_index": name,
            "_id": f"a{number:03}",
            "id": f"a{number:03}",
            "source": "large",
            "status": "published",
            "loaded_at": "2024-03-01T06:00:00+00:00",
            "body": text(number, length),
        }
        for number, length in enumerate(LENGTHS)
    )
    helpers.bulk(elasticsearch, actions, max_chunk_bytes=10_000_000, refresh=True)
    settings = ServiceSettings(elasticsearch_url=elasticsearch_url, alias=name, search_timeout=30)
    with TestClient(create_app(settings)) as client:
        yield client
    elasticsearch.indices.delete(index=name)


def test_texts_of_any_size_come_once_each(
    archive: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No answer of Elasticsearch holds more than the bounds say, and the whole stays in few
    megabytes.
    """
    held: list[int] = []
    ask = ArticleIndex.search

    async def measured(self: ArticleIndex, *arguments: Any, **more: Any) -> dict[str, Any]:
        answer = await ask(self, *arguments, **more)
        texts = [
            value
            for hit in answer["hits"]["hits"]
            for value in hit.get("fields", {}).get("text", ())
        ]
        texts += [hit.get("_source", {}).get("body", "") for hit in answer["hits"]["hits"]]
        held.append(sum(len(value) for value in texts if isinstance(value, str)))
        return answer

    monkeypatch.setattr(ArticleIndex, "search", measured)
    found: list[str] = []
    tracemalloc.start()
    try:
        # The client keeps an answer whole, so the rows are taken where they are made.
        asyncio.run(_exported(archive, found))
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert found == [f"a{number:03} {length}" for number, length in enumerate(LENGTHS)]
    assert max(held) <= max(SHORT * LARGEST, TOGETHER)
    assert peak < ENOUGH


async def _exported(archive: TestClient, found: list[str]) -> None:
    """Name and length of every article exported, from the application itself."""
    rest = b""

    async def receive() -> dict[str, Any]:
        await asyncio.sleep(3600)
        return {"type": "http.disconnect"}

    async def send(message: Any) -> None:
        nonlocal rest
        if message["type"] == "http.response.start":
            assert message["status"] == 200
            return
        rows = (rest + message["body"]).split(b"\n")
        rest = rows.pop()
        for row in map(orjson.loads, rows):
            number, length = int(row["id"][1:]), len(row["body"])
            assert row["body"] == text(number, length)
            found.append(f"{row['id']} {length}")

    settings: ServiceSettings = archive.app_state["settings"]
    app = create_app(settings)
    async with app.router.lifespan_context(app) as state:
        scope = {
            "type": "http",
            "method": "GET",
            "path": "/v1/export.jsonl",
            "raw_path": b"/v1/export.jsonl",
            "query_string": b"fields=id,body&sort=newest",
            "headers": [],
            "scheme": "http",
            "root_path": "",
            "http_version": "1.1",
            "server": ("naba", 80),
            "client": ("naba", 1),
            "state": dict(state or {}),
        }
        await app(scope, receive, send)
    assert not rest


@pytest.mark.parametrize("fields", ["id", "id,body"])
def test_an_export_is_whole_whatever_its_fields(archive: TestClient, fields: str) -> None:
    rows = archive.get(f"/v1/export.jsonl?fields={fields}").text.splitlines()
    assert [orjson.loads(row)["id"] for row in rows] == [
        f"a{number:03}" for number in range(len(LENGTHS))
    ]


@pytest.mark.parametrize(
    ("size", "seconds", "following"),
    [
        (FIRST, 0.01, FIRST * 4),  # never more than four times as many
        (FIRST, 0.0, FIRST * 4),
        (400, 0.1, LARGEST),
        (LARGEST, 0.1, LARGEST),
        (LARGEST, 2.0, LARGEST // 2),
        (100, 10.0, 10),
        (4, 60.0, 1),
        (1, 60.0, 1),
    ],
)
def test_the_next_batch_takes_about_a_second(size: int, seconds: float, following: int) -> None:
    assert next_size(size, seconds) == following


@pytest.mark.parametrize(
    ("texts", "parts"),
    [
        ([], [0]),
        (["a", "b", None], [3]),
        ([TOGETHER * 2], [1]),
        (["a", TOGETHER * 2, "b"], [3]),
        ([TOGETHER, TOGETHER], [1, 1]),
        ([TOGETHER // 2, "a", TOGETHER // 2, "b", 5000], [4, 1]),
        ([5000, TOGETHER * 2, 5000], [1, 1, 1]),
    ],
)
def test_long_texts_come_few_at_a_time(texts: list[str | int | None], parts: list[int]) -> None:
    slices = list(portions(texts))
    assert [part.stop - part.start for part in slices] == parts
    assert [text for part in slices for text in texts[part]] == texts


class Overwhelmed(ArticleIndex):
    """Has `count` articles and no time for more than `bearable` at once."""

    def __init__(self, count: int, bearable: int) -> None:
        self.count, self.bearable = count, bearable

    async def search(self, body: Any, *, point_in_time: bool = False) -> dict[str, Any]:
        if body["size"] > self.bearable:
            raise SearchTimeout("too much")
        start = body.get("search_after", [0])[0]
        return {
            "hits": {
                "hits": [
                    {"sort": [n + 1]} for n in range(start, min(start + body["size"], self.count))
                ]
            }
        }


async def _walk(index: ArticleIndex) -> list[int]:
    async with aclosing(batches(index, {}, "pit", texts=False)) as found:
        return [hit["sort"][0] async for hits in found for hit in hits]


@pytest.mark.parametrize("bearable", [FIRST, 30, 130, 5000])
def test_a_batch_that_took_too_long_is_asked_for_in_parts(bearable: int) -> None:
    assert asyncio.run(_walk(Overwhelmed(3000, bearable))) == list(range(1, 3001))


def test_an_index_that_does_not_even_bear_the_first_batch_has_failed() -> None:
    with pytest.raises(SearchTimeout):
        asyncio.run(_walk(Overwhelmed(3000, FIRST - 1)))

"""The designs that are compared: the product through its own endpoint, and Elasticsearch's stock
analysers.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from elasticsearch import Elasticsearch, helpers
from fastapi.testclient import TestClient

from benchmarks.relevance.judged import Document
from mappings.arabic.text import clean_text
from mappings.index import index_body
from service.app import create_app
from service.settings import ServiceSettings

LOADED_AT = "2024-01-01T00:00:00+00:00"
DEPTH = 100  # hits asked for: recall@100


@dataclass(frozen=True, slots=True)
class Loading:
    """What it took to index a collection."""

    documents_per_second: float
    megabytes: float


def load(
    es: Elasticsearch, index: str, body: dict[str, Any], documents: Sequence[Document]
) -> Loading:
    """Index `documents` (title and body, the same for every design) and merge to one segment."""
    settings = {
        **body["settings"],
        "refresh_interval": "-1",
        "number_of_replicas": 0,
        "auto_expand_replicas": False,
    }
    es.indices.create(index=index, settings=settings, mappings=body["mappings"])
    strict = "id" in body["mappings"]["properties"]

    def actions() -> Iterator[dict[str, Any]]:
        for document in documents:
            source: dict[str, Any] = {"body": clean_text(document.body)}
            if document.title:
                source["title"] = clean_text(document.title)
            if strict:
                source |= {
                    "id": document.id,
                    "source": "benchmark",
                    "loaded_at": LOADED_AT,
                    "title_origin": "given",
                }
            yield {"_index": index, "_id": document.id, "_source": source}

    begin = time.perf_counter()
    for _ in helpers.streaming_bulk(es, actions(), chunk_size=500):
        pass
    es.indices.refresh(index=index)
    seconds = time.perf_counter() - begin
    es.options(request_timeout=600).indices.forcemerge(index=index, max_num_segments=1)
    es.indices.flush(index=index, force=True, wait_if_ongoing=True)
    es.indices.refresh(index=index)
    size = es.indices.stats(index=index, metric="store")["_all"]["primaries"]["store"][
        "size_in_bytes"
    ]
    return Loading(len(documents) / seconds, size / 1e6)


def stock_body(analyzer: str) -> dict[str, Any]:
    """The yardstick: title and body with one of Elasticsearch's own analysers."""
    text = {"type": "text", "analyzer": analyzer}
    settings = {"number_of_shards": 1}
    return {
        "settings": settings,
        "mappings": {"dynamic": "strict", "properties": {"title": text, "body": text}},
    }


def product_body() -> dict[str, Any]:
    """The product's own index."""
    return index_body()


def stock_answers(
    es: Elasticsearch, index: str, queries: Sequence[str], fields: Sequence[str]
) -> list[list[str]]:
    """Ranked ids for each query, by a `match`, or by the best mix of title and body measured for
    stock analysers.
    """
    answers: list[list[str]] = []
    for start in range(0, len(queries), 100):
        searches: list[dict[str, Any]] = []
        for query in queries[start : start + 100]:
            asked = {"multi_match": {"query": query, "type": "most_fields", "fields": list(fields)}}
            searches += [
                {},
                {"query": asked, "size": DEPTH, "_source": False, "track_total_hits": False},
            ]
        found = es.options(request_timeout=300).msearch(index=index, searches=searches)
        answers += [[hit["_id"] for hit in one["hits"]["hits"]] for one in found["responses"]]
    return answers


@contextmanager
def endpoint(url: str, alias: str) -> Iterator[TestClient]:
    """The service over one index, in this process."""
    settings = ServiceSettings(
        elasticsearch_url=url, alias=alias, search_timeout=60, log_level="error"
    )
    with TestClient(create_app(settings)) as client:
        yield client


def product_answers(client: TestClient, queries: Sequence[str], **params: str) -> list[list[str]]:
    """Ranked ids for each query from `GET /v1/search`. Raises AssertionError for any answer but
    200.
    """
    answers: list[list[str]] = []
    for query in queries:
        asked = {"q": query[:512], "size": str(DEPTH), "fields": "id", "group": "false", **params}
        answer = client.get("/v1/search", params=asked)
        assert answer.status_code == 200, answer.text
        answers.append([hit["id"] for hit in answer.json()["hits"]])
    return answers

"""The two indices that are compared, filled side by side by the same sender, and resumed."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from elasticsearch import Elasticsearch

from benchmarks.scale.articles import Recombined
from loader.stories.fingerprints import bands, fingerprint
from mappings.article import Article, Field
from mappings.index import index_body

BATCH = 500  # articles of one bulk request
STEP = 2_000  # articles after which is noted how far an index is filled
SEGMENTS = 1  # for both: a search looks each of its terms up in every segment
FIRST_RATES = {"stock": 2_500.0, "naba": 450.0}  # articles a second, before any was measured
FIRST_BYTES = {"stock": 2_300.0, "naba": 6_500.0}  # an article

Body = dict[str, Any]


def stock_body() -> Body:
    """The same fields where every text has the stock `arabic` analyser and nothing else."""
    body = index_body()
    texts = {"type": "text", "analyzer": "arabic", "index_options": "offsets"}
    replaced = {"text": texts, "completion": {"type": "object", "enabled": False}}
    properties = {
        name: replaced.get(definition["type"], definition)
        for name, definition in body["mappings"]["properties"].items()
    }
    return {
        "settings": {"number_of_shards": 1},
        "mappings": {"dynamic": "strict", "properties": properties},
    }


BODIES: dict[str, Callable[[], Body]] = {"stock": stock_body, "naba": index_body}


@dataclass
class Filled:
    """How far an index is filled, and what that took."""

    articles: int = 0
    documents_seconds: float = 0.0  # articles as documents, fingerprints included
    bulk_seconds: float = 0.0
    merge_seconds: float = 0.0
    bytes: int = 0
    steps: list[tuple[int, float]] = field(default_factory=list)  # articles, of those a second

    def rate(self, side: str) -> float:
        """Articles a second that the last steps were taken at, or are expected to be."""
        recent = self.steps[-5:]
        return sum(rate for _, rate in recent) / len(recent) if recent else FIRST_RATES[side]

    def expected(self, side: str, articles: int) -> tuple[float, float]:
        """Seconds and bytes that filling up to so many articles will take."""
        each = self.bytes / self.articles if self.bytes else FIRST_BYTES[side]
        missing = max(0, articles - self.articles)
        merging = 1.3 if missing else 1.0
        return missing / self.rate(side) * merging, articles * each


def name_of(prefix: str, side: str) -> str:
    """The name of one of the two indices."""
    return f"{prefix}-{side}"


def create(client: Elasticsearch, name: str, side: str) -> None:
    """Make the empty index, without what would disturb a first load."""
    client.indices.create(index=name, **BODIES[side]())
    quiet = {"refresh_interval": "-1", "auto_expand_replicas": False, "number_of_replicas": 0}
    client.indices.put_settings(index=name, settings=quiet)


def document(article: Article) -> Body:
    """The document as the loader writes it, but for completions; its story is known."""
    made = fingerprint(article)
    return article.to_source() | {Field.STORY_BANDS: list(bands(made)) if made else []}


def fill(
    client: Elasticsearch, name: str, filled: Filled, articles: Recombined, end: int
) -> Iterator[None]:
    """Fill the index up to `end` articles; yields after each step, when `filled` is true again."""
    while filled.articles < end:
        start = filled.articles
        stop = min(start + STEP, end)
        began = filled.bulk_seconds
        made = articles.between(start, stop)
        while batch := list(islice(made, BATCH)):
            _send(client, name, batch, filled)
        filled.articles = stop
        filled.steps.append((stop, round((stop - start) / (filled.bulk_seconds - began), 1)))
        yield


def _send(client: Elasticsearch, name: str, batch: list[Article], filled: Filled) -> None:
    began = time.perf_counter()
    lines = [
        line for article in batch for line in ({"index": {"_id": article.id}}, document(article))
    ]
    made = time.perf_counter()
    answer = client.bulk(index=name, operations=lines, filter_path="errors")
    filled.documents_seconds += made - began
    filled.bulk_seconds += time.perf_counter() - made
    if answer["errors"]:
        raise RuntimeError(f"{name} did not take every article")


def merge(client: Elasticsearch, name: str, filled: Filled) -> None:
    """One segment, visible and measured."""
    began = time.perf_counter()
    patient = client.options(request_timeout=7_200)
    patient.indices.forcemerge(index=name, max_num_segments=SEGMENTS)
    client.indices.refresh(index=name)
    filled.merge_seconds += time.perf_counter() - began
    filled.bytes = stored_bytes(client, name)


def stored_bytes(client: Elasticsearch, name: str) -> int:
    """Bytes of the segments that are searched; what a merge has replaced may lie there still."""
    shards = client.indices.segments(index=name)["indices"][name]["shards"]
    return sum(
        segment["size_in_bytes"]
        for copies in shards.values()
        for copy in copies
        for segment in copy["segments"].values()
        if segment["search"]
    )

"""Generations change places while readers search without a pause: none gets an error, none sees two
at once.
"""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from elasticsearch import Elasticsearch, helpers

from loader.index.generations import Generations
from mappings.article import Article
from mappings.connection import connect
from mappings.settings import IndexSettings

pytestmark = pytest.mark.slow

READERS = 4
SWAPS = 20


def test_no_search_fails_and_none_mixes_generations(
    es: Elasticsearch,
    elasticsearch_url: str,
    alias: str,
    plain_index: None,
    make_article: Callable[..., Article],
) -> None:
    generations = Generations(es, alias)
    sizes = {}
    for number in range(2):
        name = generations.create(datetime(2026, 1, 1, tzinfo=UTC) + timedelta(hours=number)).name
        sizes[name] = 100 + number
        documents = (
            {"_index": name, "_id": str(n), **make_article(n).to_source(), "source": name}
            for n in range(sizes[name])
        )
        helpers.bulk(es, documents)
        generations.finish(name)
        generations.promote(name)

    ended = threading.Event()
    seen: Counter[str] = Counter()
    wrong: list[object] = []

    def search() -> None:
        with connect(IndexSettings(), elasticsearch_url) as reader:
            while not ended.is_set():
                try:
                    answer = reader.search(
                        index=alias,
                        size=0,
                        track_total_hits=True,
                        aggs={"g": {"terms": {"field": "source"}}},
                    )
                except Exception as error:  # noqa: BLE001 - whatever a reader gets instead of an answer is the finding
                    wrong.append(error)
                    continue
                [bucket] = answer["aggregations"]["g"]["buckets"]
                if answer["hits"]["total"]["value"] != sizes[bucket["key"]]:
                    wrong.append(answer.body)
                seen[bucket["key"]] += 1

    readers = [threading.Thread(target=search) for _ in range(READERS)]
    for reader in readers:
        reader.start()
    for swap in range(SWAPS):
        before = seen.total()
        generations.promote(sorted(sizes)[swap % 2])
        while seen.total() < before + 2 * READERS and not wrong:
            ended.wait(0.01)
    ended.set()
    for reader in readers:
        reader.join()
    assert wrong == []
    assert set(seen) == set(sizes)

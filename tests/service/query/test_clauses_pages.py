"""Pages of a rescored search meet, on the real node."""

from __future__ import annotations

from typing import Any

import pytest
from elasticsearch import Elasticsearch

from mappings.index import index_body
from service.params import SearchParams
from service.query import stories
from service.query.clauses import matching_query, rescoring
from service.query.question import understand
from service.query.syntax import parse


@pytest.fixture(scope="module")
def long_index(elasticsearch: Elasticsearch, index_prefix: str) -> str:
    """More articles, and more stories of two, than are put in the full order."""
    name = f"{index_prefix}-pages"
    elasticsearch.indices.create(index=name, **index_body())
    lines: list[dict[str, Any]] = []
    for number in range(450):
        words = (
            "سوق النفط " * (number % 7 + 1) + "العالمية " * (number % 5) + "خبر " * (number % 11)
        )
        lines += [
            {"index": {"_id": str(number)}},
            {"id": str(number), "body": words, "story_id": f"s{number // 2}"},
        ]
    assert not elasticsearch.bulk(index=name, operations=lines, refresh=True)["errors"]
    return name


@pytest.mark.parametrize(("unit", "collapse"), [("id", None), ("story_id", stories.collapse())])
def test_pages_meet_without_gap_or_overlap(
    elasticsearch: Elasticsearch, long_index: str, unit: str, collapse: dict[str, Any] | None
) -> None:
    """Beyond the window that is rescored the first order goes on; each article, or story, stands on
    one page.
    """
    question = understand(parse("أسواق النفط العالمية"), SearchParams())
    body: dict[str, Any] = {"query": matching_query(question), "rescore": rescoring(question)}
    matching = {
        hit["_source"][unit]
        for hit in elasticsearch.search(index=long_index, size=450, **body)["hits"]["hits"]
    }
    pages = [
        elasticsearch.search(index=long_index, from_=start, size=30, collapse=collapse, **body)[
            "hits"
        ]
        for start in range(0, 450, 30)
    ]
    hits = [hit for page in pages for hit in page["hits"]]
    shown = [hit["_source"][unit] for hit in hits]
    assert len(shown) == len(set(shown))
    assert set(shown) == matching
    scores = [hit["_score"] for hit in hits]
    assert scores == sorted(scores, reverse=True)

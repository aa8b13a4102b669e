"""Stories counted beside articles: exactly, and only up to a limit that is told."""

from __future__ import annotations

import random
from collections import Counter

import pytest
from elasticsearch import Elasticsearch, helpers

from service.query import stories

SOURCES = [
    {
        "story_id": f"s{random.Random(number).randrange(400)}",
        "section": f"part{number % 3}",
        "status": "published",
    }
    for number in range(1_000)
]


@pytest.fixture(scope="module")
def index(elasticsearch: Elasticsearch, index_prefix: str) -> str:
    name = f"{index_prefix}-story-counts"
    keyword = {"type": "keyword"}
    properties = {"story_id": keyword, "section": keyword, "status": keyword}
    elasticsearch.indices.create(
        index=name, settings={"number_of_shards": 1}, mappings={"properties": properties}
    )
    helpers.bulk(
        elasticsearch, ({"_index": name, "_source": source} for source in SOURCES), refresh=True
    )
    return name


@pytest.mark.parametrize("section", ["part0", "part1", "part2", "none"])
def test_counts_equal_counting_by_hand(
    elasticsearch: Elasticsearch, index: str, section: str
) -> None:
    by_hand = {source["story_id"] for source in SOURCES if source["section"] == section}
    answer = elasticsearch.search(
        index=index,
        size=0,
        query={"term": {"section": section}},
        aggs={"stories": {"filter": {"match_all": {}}, "aggs": stories.count_aggs()}},
        filter_path=stories.UNREAD,
    )
    assert "buckets" not in answer["aggregations"]["stories"]["copied"]
    articles = answer["hits"]["total"]["value"]
    assert stories.count_stories(answer["aggregations"]["stories"], articles) == (
        len(by_hand),
        True,
    )


def test_beyond_the_limit_the_count_is_not_called_exact(
    elasticsearch: Elasticsearch, index: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stories, "COUNTED", 10)
    answer = elasticsearch.search(index=index, size=0, aggs=stories.count_aggs())
    count, exact = stories.count_stories(answer["aggregations"], answer["hits"]["total"]["value"])
    assert not exact
    assert count >= len({source["story_id"] for source in SOURCES})


def test_copies_of_the_stories_on_a_page(elasticsearch: Elasticsearch, index: str) -> None:
    counts = Counter(source["story_id"] for source in SOURCES)
    wanted = [*sorted(counts)[:20], "nowhere"]
    copies = stories.read_copies(
        elasticsearch.search(index=index, **stories.copies_body(wanted)).body
    )
    assert copies == {story: counts[story] - 1 for story in wanted if story in counts}


def test_no_stories_no_copies(elasticsearch: Elasticsearch, index: str) -> None:
    assert (
        stories.read_copies(elasticsearch.search(index=index, **stories.copies_body([])).body) == {}
    )

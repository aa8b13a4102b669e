"""The scale benchmark: articles made from their numbers, and an index that is filled in parts."""

from __future__ import annotations

from datetime import UTC, date, datetime
from itertools import islice
from pathlib import Path

import pytest
from elasticsearch import Elasticsearch

from benchmarks.scale import indices
from benchmarks.scale.__main__ import Run
from benchmarks.scale.articles import Recombined
from mappings.article import Article

REAL = [
    Article(
        id=str(number),
        source="ant",
        title=f"عنوان الخبر رقم {number}",  # the headline of report no.
        title_origin="given",
        body=f"قال الوزير في الخبر الأول {number}. وأضاف المصدر في الجملة الثانية {number}.",
        content_hash="",
        loaded_at=datetime(2019, 1, 1, tzinfo=UTC),
        outlet="CNN",
        published=date(2019, 1, 1),
        precision="day",
    )
    for number in range(40)
]


def test_an_article_is_the_same_wherever_making_begins() -> None:
    articles = Recombined(REAL)
    whole = list(articles.between(0, 400))
    assert [*articles.between(0, 137), *articles.between(137, 400)] == whole
    assert len({article.id for article in whole}) == 400
    assert whole[:40] == list(articles.between(0, 40))
    copies = [article for article in whole if article.story_id != article.id]
    assert 0 < len(copies) < 60
    assert all(article.agencies == ("cnn",) for article in whole)


def test_what_was_ended_goes_on_where_it_stood(
    elasticsearch: Elasticsearch,
    index_prefix: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(indices, "STEP", 50)
    articles, state = Recombined(REAL), tmp_path / "state.json"
    prefix = f"{index_prefix}-scale"
    first = Run(elasticsearch, state, prefix, minutes=10)
    name = first.names["naba"]
    indices.create(elasticsearch, name, "naba")
    for _ in islice(indices.fill(elasticsearch, name, first.filled["naba"], articles, 150), 2):
        first.save()
    second = Run(elasticsearch, state, prefix, minutes=10)
    assert second.filled["naba"].articles == 100
    second.fill(articles, 150)
    assert {side: filled.articles for side, filled in second.filled.items()} == {
        "stock": 150,
        "naba": 150,
    }
    for side in second.names.values():
        assert elasticsearch.count(index=side)["count"] == 150
    second.ask(150, {"headlines": [article.title or "" for article in REAL[:2]]})
    assert "naba: whole request" in second.measured["150"]["sets"]["headlines"]["took"]
    assert second.estimate((150,), {"headlines": []}).startswith("about 0 minutes")
    second.remove()
    assert not elasticsearch.indices.exists(index=name)

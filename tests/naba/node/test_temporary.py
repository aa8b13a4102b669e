"""The throw-away node of the test suite."""

from __future__ import annotations

from elasticsearch import Elasticsearch


def test_the_suite_has_a_real_elasticsearch_9(elasticsearch: Elasticsearch) -> None:
    assert elasticsearch.info()["version"]["number"].startswith("9.")


def test_a_misspelt_index_is_not_created(elasticsearch: Elasticsearch, index_prefix: str) -> None:
    answer = elasticsearch.options(ignore_status=404).index(
        index=f"{index_prefix}-typo", document={"a": 1}
    )
    assert answer.meta.status == 404

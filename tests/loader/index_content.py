"""What a load left in the index, for the tests of loads."""

from __future__ import annotations

from typing import Any

from elasticsearch import Elasticsearch


def stored(es: Elasticsearch, alias: str) -> dict[str, Any]:
    """Every searchable document with its version, by id."""
    hits = es.search(index=alias, size=1_000, version=True)["hits"]["hits"]
    return {hit["_id"]: (hit["_version"], hit["_source"]) for hit in hits}


def id_of(es: Elasticsearch, alias: str, title: str) -> str:
    """The id of the one article with this title."""
    [found] = [
        key for key, (_version, source) in stored(es, alias).items() if source["title"] == title
    ]
    return found

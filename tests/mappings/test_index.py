"""The index body: golden file, completeness, and that the real node takes it."""

from __future__ import annotations

import hashlib
import json
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
from elasticsearch import BadRequestError, Elasticsearch

from mappings.article import FIELDS, Article
from mappings.index import INDEX_VERSION, generation_name, index_body

GOLDEN = Path(__file__).parents[1] / "golden" / "index_body.json"


def _abridged(body: dict[str, Any]) -> dict[str, Any]:
    """The body with its long lists (rules, characters) replaced by their length and digest."""
    if isinstance(body, dict):
        return {key: _abridged(value) for key, value in body.items()}
    if isinstance(body, list) and len(body) > 20:
        return {
            "entries": len(body),
            "sha256": hashlib.sha256("\n".join(body).encode()).hexdigest(),
        }
    return body


def test_body_equals_the_golden_file() -> None:
    """To accept a change: raise INDEX_VERSION and write the new body (shown by the failure) into
    the golden file.
    """
    assert _abridged(index_body()) == json.loads(GOLDEN.read_text("utf-8"))


def test_every_field_has_a_mapping_and_no_other_exists() -> None:
    assert set(index_body()["mappings"]["properties"]) == set(FIELDS)


def test_version_stands_in_the_mapping() -> None:
    assert index_body()["mappings"]["_meta"]["version"] == INDEX_VERSION


@pytest.fixture(scope="module")
def index(elasticsearch: Elasticsearch, index_prefix: str) -> str:
    name = f"{index_prefix}-index-body"
    elasticsearch.indices.create(index=name, **index_body())
    return name


def _article(**values: Any) -> dict[str, Any]:
    given: dict[str, Any] = {
        "id": "a",
        "source": "s",
        "title": "عنوان",  # a title
        "title_origin": "line",
        "body": "نص",  # a text
        "content_hash": "h",
        "loaded_at": datetime(2024, 5, 1, 12, 0, 0, 123456, tzinfo=UTC),
    }
    return Article(**{**given, **values}).to_source()


def test_longest_values_are_stored(elasticsearch: Elasticsearch, index: str) -> None:
    """A value beyond the longest term Lucene takes must not cost the article."""
    long = "ﷺ" * 40_000
    source = _article(
        url=long,
        author=long,
        credit=long,
        outlet=long,
        section=long,
        title=long,
        title_origin="lead",
    )
    elasticsearch.index(index=index, id="long", document=source)
    assert elasticsearch.get(index=index, id="long")["_source"]["url"] == long


def test_unknown_field_is_refused(elasticsearch: Elasticsearch, index: str) -> None:
    with pytest.raises(BadRequestError, match="strict_dynamic_mapping"):
        elasticsearch.index(index=index, id="x", document={**_article(), "surprise": 1})


def test_lead_title_is_not_searched(elasticsearch: Elasticsearch, index: str) -> None:
    """Its words stand in the body; as a title they would count twice."""
    words = "بركان خامد"  # a dormant volcano
    elasticsearch.index(
        index=index, id="lead", document=_article(title=words, title_origin="lead"), refresh=True
    )
    found = elasticsearch.search(
        index=index, query={"multi_match": {"query": words, "fields": ["title", "body"]}}
    )
    assert "lead" not in [hit["_id"] for hit in found["hits"]["hits"]]


def test_generation_name_is_utc_and_lower_case() -> None:
    riyadh = timezone(timedelta(hours=3))
    assert (
        generation_name("naba", datetime(2024, 5, 1, 2, 3, 4, tzinfo=riyadh))
        == "naba-20240430t230304"
    )
    with pytest.raises(ValueError, match="zone"):
        generation_name("naba", datetime(2024, 5, 1))  # noqa: DTZ001 - the case under test

"""Beside an article: its copies, and apart from them what is on the same subject."""

from __future__ import annotations

from typing import Any

import pytest
from fastapi.testclient import TestClient
from pydantic import TypeAdapter

from service.routes.suggest import SimilarArticles

COPIES = {"telescope-1", "telescope-2", "telescope-3"}


def beside(client: TestClient, article_id: str, **params: str) -> dict[str, Any]:
    answer = client.get(f"/v1/articles/{article_id}/similar", params=params)
    assert answer.status_code == 200, answer.text
    TypeAdapter(SimilarArticles).validate_json(answer.text)
    found: dict[str, Any] = answer.json()
    return found


def ids(hits: list[dict[str, Any]]) -> list[str]:
    return [hit["id"] for hit in hits]


@pytest.mark.parametrize("article_id", sorted(COPIES))
def test_copies_stand_apart_from_what_is_similar(dozen: TestClient, article_id: str) -> None:
    found = beside(dozen, article_id)
    assert set(ids(found["story"]["copies"])) == COPIES - {article_id}
    assert found["story"]["total"] == 2
    assert not COPIES & set(ids(found["similar"]))
    assert "withdrawn" not in ids(found["similar"]) + ids(found["story"]["copies"])


def test_the_subject_decides(dozen: TestClient) -> None:
    assert set(ids(beside(dozen, "telescope-1")["similar"])[:2]) == {"mirror", "galaxies"}
    assert ids(beside(dozen, "cup")["similar"])[:1] == ["cup-final"]


def test_of_a_story_one_copy_is_enough(dozen: TestClient) -> None:
    similar = ids(beside(dozen, "mirror", size="20")["similar"])
    assert len(COPIES & set(similar)) == 1


def test_an_article_without_title_date_and_neighbour(dozen: TestClient) -> None:
    found = beside(dozen, "undated")
    assert found["story"] == {"id": "undated", "total": 0, "copies": []}
    assert found["similar"] == []


def test_newest_copies_first(dozen: TestClient) -> None:
    assert ids(beside(dozen, "telescope-1")["story"]["copies"]) == ["telescope-3", "telescope-2"]


@pytest.mark.parametrize("article_id", ["nobody", "withdrawn", "x" * 300, "%00", "..%2f", "\u202e"])
def test_no_such_article(dozen: TestClient, article_id: str) -> None:
    answer = dozen.get(f"/v1/articles/{article_id}/similar")
    assert answer.status_code == 404
    assert answer.headers["content-type"].startswith("application/problem+json")

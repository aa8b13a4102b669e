"""Copies folded on a page, one click away, and stories counted beside articles."""

from __future__ import annotations

from typing import Any

import pytest
from fastapi.testclient import TestClient

COPIES = {"telescope-1", "telescope-2", "telescope-3"}


def search(client: TestClient, **params: str) -> dict[str, Any]:
    answer = client.get("/v1/search", params=params)
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


def ids(found: dict[str, Any]) -> list[str]:
    return [hit["id"] for hit in found["hits"]]


@pytest.mark.parametrize("sort", ["relevance", "newest", "oldest", "loaded"])
@pytest.mark.parametrize("q", ["التلسكوب", ""])
def test_a_grouped_page_has_one_copy_of_each_story(dozen: TestClient, q: str, sort: str) -> None:
    found = search(dozen, q=q, sort=sort, group="true", size="100")
    assert len(COPIES & set(ids(found))) == 1
    assert len(found["hits"]) == found["total"]["stories"] == found["total"]["articles"] - 2
    assert found["total"]["stories_exact"]
    [folded] = [hit for hit in found["hits"] if hit["id"] in COPIES]
    assert folded["copies"]["count"] == 2
    assert all(hit["copies"] is None for hit in found["hits"] if hit["id"] not in COPIES)


@pytest.mark.parametrize("q", ["التلسكوب", "مرآة الفضاء"], ids=["found", "filled up"])
def test_the_copies_are_one_click_away(dozen: TestClient, q: str) -> None:
    found = search(dozen, q=q, group="true")
    [folded] = [hit for hit in found["hits"] if hit["copies"]]
    answer = dozen.get(folded["copies"]["url"]).json()
    assert set(ids(answer)) == COPIES
    assert answer["total"]["articles"] == folded["copies"]["count"] + 1


def test_articles_stay_the_unit_of_totals_and_facets(dozen: TestClient) -> None:
    alone = search(dozen, q="التلسكوب")
    grouped = search(dozen, q="التلسكوب", group="true")
    assert alone["total"] == grouped["total"]
    assert alone["facets"]["agency"]["missing"] == grouped["facets"]["agency"]["missing"]
    assert set(ids(alone)) > COPIES


def test_pages_of_stories_hold_each_once(dozen: TestClient) -> None:
    pages = [ids(search(dozen, group="true", size="3", page=str(page))) for page in range(1, 6)]
    walked = [id_ for page in pages for id_ in page]
    assert len(walked) == len(set(walked)) == search(dozen)["total"]["stories"]


def test_one_story(dozen: TestClient) -> None:
    story = dozen.get("/v1/articles/telescope-2/similar").json()["story"]["id"]
    found = search(dozen, story=story)
    assert set(ids(found)) == COPIES
    assert found["total"] == {"articles": 3, "stories": 1, "stories_exact": True}

"""Withdrawing over HTTP: gone from everything, told to those who ask, and back when it is
restored.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from elasticsearch import Elasticsearch
from fastapi.testclient import TestClient

from mappings.article import Article
from mappings.keys import Key, Token, keys_body, keys_index
from naba.newsroom import LoadersNewsroom
from service.app import create_app
from service.elasticsearch import keys as known_keys
from service.settings import ServiceSettings
from tests.service.conftest import fill

REASON = "طلبت الوكالة سحبه"  # the agency asked for it back
TITLE = "زيارة نادرة لمرصد الزلازل"  # a rare visit to the seismic observatory


@pytest.fixture
def settings(
    elasticsearch: Elasticsearch,
    elasticsearch_url: str,
    index_prefix: str,
    articles: list[Article],
    request: pytest.FixtureRequest,
    monkeypatch: pytest.MonkeyPatch,
) -> ServiceSettings:
    alias = f"{index_prefix}-withdrawn-{abs(hash(request.node.name))}"
    first, second = (replace(article, title=TITLE) for article in articles[:2])
    first = replace(first, source="wires")
    fill(elasticsearch, f"{alias}-20260101t000000", [first, second], alias=alias)
    elasticsearch.indices.create(index=keys_index(alias), **keys_body())
    monkeypatch.setattr(known_keys, "MAX_AGE", 0.0)  # a key is known with the next request
    return ServiceSettings(elasticsearch_url=elasticsearch_url, alias=alias)


@pytest.fixture
def api(elasticsearch: Elasticsearch, settings: ServiceSettings) -> Iterator[TestClient]:
    app = create_app(settings, LoadersNewsroom(elasticsearch, settings.alias))
    with TestClient(app, raise_server_exceptions=False) as client:
        yield client


def key(
    elasticsearch: Elasticsearch, settings: ServiceSettings, *scopes: Any, **changes: Any
) -> dict[str, str]:
    """The header of a new key."""
    token = Token.new()
    made: dict[str, Any] = {
        "id": token.id,
        "name": f"key {token.id}",
        "scopes": frozenset(scopes),
        "digest": token.digest,
        "created": datetime.now(UTC),
        **changes,
    }
    elasticsearch.index(
        index=keys_index(settings.alias),
        id=token.id,
        document=Key(**made).to_source(),
        refresh=True,
    )
    return {"Authorization": f"Bearer {token}"}


def test_withdrawn_and_restored(
    api: TestClient, elasticsearch: Elasticsearch, settings: ServiceSettings
) -> None:
    header = key(elasticsearch, settings, "withdraw")
    before = api.get("/v1/articles/a000").json()
    for _ in range(2):  # asked twice it is no error
        answer = api.delete("/v1/articles/a000", params={"reason": REASON}, headers=header)
        assert answer.status_code == 204
    gone = api.get("/v1/articles/a000")
    assert gone.status_code == 410
    assert gone.headers["content-type"] == "application/problem+json"
    assert gone.json()["type"] == "urn:naba:problem:withdrawn"
    assert REASON in gone.json()["detail"]
    page = api.get("/articles/a000", headers={"Accept": "text/html"})
    assert page.status_code == 410
    assert "سُحب هذا الخبر" in page.text
    assert api.get("/v1/articles/a000/similar").status_code == 410
    found = api.get("/v1/search", params={"q": TITLE}).json()
    assert [hit["id"] for hit in found["hits"]] == ["a001"]
    assert "a000" not in api.get("/v1/export.csv").text
    assert "a000" not in api.get("/feed.atom").text

    [told] = api.get("/v1/withdrawals").json()["withdrawn"]
    assert (told["id"], told["reason"]) == ("a000", REASON)
    later = api.get("/v1/withdrawals", params={"since": told["at"]}).json()
    assert later == {"withdrawn": []}

    assert api.post("/v1/articles/a000/restore", headers=header).status_code == 204
    after = api.get("/v1/articles/a000").json()
    assert {**after, "loaded_at": None} == {**before, "loaded_at": None}
    assert after["loaded_at"] > before["loaded_at"]
    assert api.post("/v1/articles/a000/restore", headers=header).status_code == 404
    assert api.get("/v1/withdrawals").json() == {"withdrawn": []}


def test_who_may_withdraw(
    api: TestClient, elasticsearch: Elasticsearch, settings: ServiceSettings
) -> None:
    """A key that may withdraw, and where it names sources, those of the article's."""
    cases: tuple[tuple[dict[str, str], int], ...] = (
        ({}, 401),
        (key(elasticsearch, settings, "read", "push"), 403),
        (key(elasticsearch, settings, "withdraw", sources=("library",)), 403),
        (key(elasticsearch, settings, "withdraw", sources=("wires",)), 204),
    )
    for header, status in cases:
        assert api.delete("/v1/articles/a000", headers=header).status_code == status
    others = key(elasticsearch, settings, "withdraw", sources=("library",))
    own = key(elasticsearch, settings, "withdraw", sources=("wires",))
    assert api.post("/v1/articles/a000/restore", headers=others).status_code == 403
    assert api.post("/v1/articles/a000/restore", headers=own).status_code == 204


def test_one_that_has_yet_to_come(
    api: TestClient, elasticsearch: Elasticsearch, settings: ServiceSettings
) -> None:
    """Nobody can tell its source: only a key for all sources may decide of it."""
    some = key(elasticsearch, settings, "withdraw", sources=("wires",))
    every = key(elasticsearch, settings, "withdraw")
    assert api.get("/v1/articles/later").status_code == 404
    assert api.delete("/v1/articles/later", headers=some).status_code == 403
    assert api.delete("/v1/articles/later", headers=every).status_code == 204
    assert api.get("/v1/articles/later").status_code == 410


def test_a_service_that_only_reads(elasticsearch: Elasticsearch, settings: ServiceSettings) -> None:
    header = key(elasticsearch, settings, "withdraw")
    with TestClient(create_app(settings), raise_server_exceptions=False) as reading:
        answer = reading.delete("/v1/articles/a000", headers=header)
        assert answer.status_code == 503
        assert answer.json()["type"] == "urn:naba:problem:not-writable"
        assert reading.get("/v1/articles/a000").status_code == 200

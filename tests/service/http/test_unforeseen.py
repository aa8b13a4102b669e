"""What nobody foresaw: a 500 with its request id and every header, and nothing of the inside."""

from __future__ import annotations

from typing import Any

import pytest
from fastapi.testclient import TestClient

from service.search.search import SearchService


@pytest.mark.parametrize("accept", ["application/json", "*/*"])
def test_a_fault_of_ours(api: TestClient, monkeypatch: pytest.MonkeyPatch, accept: str) -> None:
    async def broken(*_arguments: Any, **_more: Any) -> None:
        raise RuntimeError("secret of the inside")

    monkeypatch.setattr(SearchService, "search", broken)
    answer = api.get("/v1/search", headers={"Accept": accept, "X-Request-Id": "cms-1"})
    assert answer.status_code == 500
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.headers["x-request-id"] == answer.json()["request_id"] == "cms-1"
    assert "content-security-policy" in answer.headers
    assert answer.headers["cache-control"] == "no-store"
    assert "secret" not in answer.text


def test_a_page_tells_it_as_a_page(api: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    async def broken(*_arguments: Any, **_more: Any) -> None:
        raise RuntimeError("secret of the inside")

    monkeypatch.setattr(SearchService, "search", broken)
    answer = api.get("/", headers={"Accept": "text/html"})
    assert answer.status_code == 500
    assert answer.headers["content-type"].startswith("text/html")
    assert "secret" not in answer.text


@pytest.mark.parametrize("accepted", ["gzip", "identity"])
def test_an_export_that_fails_at_its_first_row(
    api: TestClient, monkeypatch: pytest.MonkeyPatch, accepted: str
) -> None:
    """Nothing is sent yet, so it is told as any other fault."""

    def broken(*_arguments: Any) -> None:
        raise RuntimeError("secret of the inside")

    monkeypatch.setattr("service.search.export.hit_json", broken)
    answer = api.get("/v1/export.jsonl", headers={"Accept-Encoding": accepted})
    assert answer.status_code == 500
    assert answer.headers["content-type"] == "application/problem+json"
    assert "secret" not in answer.text

"""/v1/search is answered beside FastAPI's own routes and still counted, described and guarded."""

from __future__ import annotations

import pytest
from fastapi.testclient import TestClient


def test_it_is_counted_by_its_route(api: TestClient) -> None:
    api.get("/v1/search?size=0")
    assert 'route="/v1/search",status="200"' in api.get("/metrics").text


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH"])
def test_other_methods_are_refused(api: TestClient, method: str) -> None:
    answer = api.request(method, "/v1/search")
    assert (answer.status_code, answer.headers["allow"]) == (405, "GET, HEAD")
    assert answer.headers["content-type"] == "application/problem+json"


def test_it_is_described_once_with_its_parameters(api: TestClient) -> None:
    paths = api.get("/openapi.json").json()["paths"]
    assert list(paths["/v1/search"]) == ["get"]
    names = {parameter["name"] for parameter in paths["/v1/search"]["get"]["parameters"]}
    assert {"q", "agency", "cursor", "fields"} <= names


def test_json_is_sent_whatever_is_accepted(api: TestClient) -> None:
    answer = api.get("/v1/search", headers={"Accept": "text/csv"})
    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/json")

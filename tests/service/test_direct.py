"""A direct route takes and refuses what the same route of FastAPI takes and refuses."""

from __future__ import annotations

from typing import Annotated

import pytest
from fastapi import APIRouter, Depends, FastAPI, Query, Request
from starlette.responses import Response
from starlette.testclient import TestClient

from service.direct import DirectRoute, DirectRoutes
from service.errors import add_error_handlers
from service.http.negotiation import no_repeats, produces_json
from service.params import SearchParams

ADDRESSES = [
    "",
    "q=%D9%86%D8%A8%D8%A3&size=3&page=2",  # news
    "q=a+b&in=title&match=all&group=true",
    "agency=tass,spa&agency=none&fields=id,title&fields=score",
    "agency=tass&agency=spa&not_agency=afp",
    "agency=",
    "from=2020-06&to=2020",
    "since=2024-01-31T06:00:00+02:00",
    "size=many&page=0&sort=best",
    "from=yesterday",
    "from=2021&to=2020",
    "agency=NOT%20AN%20ID",
    "fields=nothing",
    "unknown=1",
    "size=1&size=2",
    "from_=2020",
    "date=today&from=2020",
    "size=100&page=101",
    "cursor=*",
    "cursor=*&sort=newest",
]


async def echo(request: Request, params: Annotated[SearchParams, Query()]) -> Response:
    if params.q == "fault":
        raise RuntimeError("unforeseen")
    return Response(
        params.model_dump_json(),
        media_type="application/json",
        headers={"Was-Direct": was_direct(request)},
    )


def was_direct(request: Request) -> str:
    return str("fastapi_inner_astack" not in request.scope)  # FastAPI's own layers leave it there


@pytest.fixture(scope="module")
def client() -> TestClient:
    router = APIRouter(prefix="/v1", dependencies=[Depends(no_repeats)])
    checks = [Depends(produces_json)]
    router.add_api_route("/plain", echo, dependencies=checks)
    router.add_api_route("/direct", echo, dependencies=checks, route_class_override=DirectRoute)
    app = FastAPI()
    app.include_router(router)
    handler = add_error_handlers(app)
    app.add_middleware(DirectRoutes, routes=router.routes, handler=handler)
    return TestClient(app)


@pytest.mark.parametrize("query", ADDRESSES)
def test_reads_as_fastapi_does(client: TestClient, query: str) -> None:
    plain, direct = client.get(f"/v1/plain?{query}"), client.get(f"/v1/direct?{query}")
    assert (direct.status_code, direct.json()) == (plain.status_code, plain.json())
    if plain.status_code == 200:
        assert (plain.headers["was-direct"], direct.headers["was-direct"]) == ("False", "True")


def test_checks_as_fastapi_does(client: TestClient) -> None:
    accept = {"Accept": "text/csv"}
    plain, direct = (
        client.get("/v1/plain", headers=accept),
        client.get("/v1/direct", headers=accept),
    )
    assert (direct.status_code, direct.json()) == (plain.status_code, plain.json())
    assert direct.status_code == 406


def test_other_methods_are_for_fastapi(client: TestClient) -> None:
    answer = client.post("/v1/direct")
    assert (answer.status_code, answer.headers["allow"]) == (405, "GET, HEAD")


def test_a_fault_is_left_to_those_outside(client: TestClient) -> None:
    with pytest.raises(RuntimeError, match="unforeseen"):
        client.get("/v1/direct?q=fault")


def test_is_described_as_fastapi_does(client: TestClient) -> None:
    assert isinstance(client.app, FastAPI)
    paths = client.app.openapi()["paths"]
    assert paths["/v1/direct"]["get"]["parameters"] == paths["/v1/plain"]["get"]["parameters"] != []

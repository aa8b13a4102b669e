"""A route that reads its query itself takes and refuses what FastAPI's own reading takes and refuses."""

from __future__ import annotations

from typing import Annotated

import pytest
from fastapi import APIRouter, Depends, FastAPI, Query, Request
from starlette.responses import Response
from starlette.testclient import TestClient

from service.errors import add_error_handlers
from service.negotiation import no_repeats
from service.params import SearchParams
from service.query_route import QueryRoute

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
    return Response(params.model_dump_json(), media_type="application/json")


@pytest.fixture(scope="module")
def client() -> TestClient:
    router = APIRouter(dependencies=[Depends(no_repeats)])
    router.add_api_route("/plain", echo)
    router.add_api_route("/own", echo, route_class_override=QueryRoute)
    app = FastAPI()
    app.include_router(router)
    add_error_handlers(app)
    return TestClient(app)


@pytest.mark.parametrize("query", ADDRESSES)
def test_reads_as_fastapi_does(client: TestClient, query: str) -> None:
    plain, own = client.get(f"/plain?{query}"), client.get(f"/own?{query}")
    assert (own.status_code, own.json()) == (plain.status_code, plain.json())


def test_is_described_as_fastapi_does(client: TestClient) -> None:
    assert isinstance(client.app, FastAPI)
    paths = client.app.openapi()["paths"]
    assert paths["/own"]["get"]["parameters"] == paths["/plain"]["get"]["parameters"] != []

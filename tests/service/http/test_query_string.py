"""Our reader of a query takes and refuses what FastAPI's takes and refuses."""

from __future__ import annotations

from typing import Annotated

import pytest
from fastapi import Depends, FastAPI, Query, Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.testclient import TestClient

from service.http.problems import add_error_handlers
from service.http.query_string import no_repeats, read_query
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
    return Response(params.model_dump_json(), media_type="application/json")


async def echo_plainly(request: Request) -> Response:
    await no_repeats(request)
    return await echo(request, read_query(SearchParams, request.query_params.multi_items()))


@pytest.fixture(scope="module")
def client() -> TestClient:
    app = FastAPI()
    app.add_api_route("/fastapi", echo, dependencies=[Depends(no_repeats)])
    app.router.routes.append(Route("/plain", echo_plainly))
    add_error_handlers(app)
    return TestClient(app)


@pytest.mark.parametrize("query", ADDRESSES)
def test_a_query_is_read_as_fastapi_does(client: TestClient, query: str) -> None:
    fastapi, plain = client.get(f"/fastapi?{query}"), client.get(f"/plain?{query}")
    assert (plain.status_code, plain.json()) == (fastapi.status_code, fastapi.json())

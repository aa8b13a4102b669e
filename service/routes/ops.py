"""For those who run Naba: is it alive, may it get requests, how does it fare."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Query, Request
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from starlette.responses import Response

from service.answer import Described
from service.errors import Draining
from service.http.problems import failures
from service.http.query_string import no_repeats
from service.http.responses import json_response
from service.params import NoParams
from service.search.search import SearchService


@dataclass(frozen=True)
class Live(Described):
    status: Literal["live"] = "live"


@dataclass(frozen=True)
class Ready(Described):
    status: Literal["ready"] = "ready"


router = APIRouter(tags=["operation"], dependencies=[Depends(no_repeats)])


@router.get(
    "/health/live",
    response_model=Live,
    responses=failures(),
    summary="Is the process alive?",
    operation_id="isLive",
)
async def live(request: Request, params: Annotated[NoParams, Query()]) -> Response:
    """Always 200 while the process answers; it asks nobody else."""
    return json_response(request, Live(), cache="no-store")


@router.get(
    "/health/ready",
    response_model=Ready,
    responses=failures(503),
    summary="May requests be sent here?",
    operation_id="isReady",
)
async def ready(request: Request, params: Annotated[NoParams, Query()]) -> Response:
    """200 when the index answers; 503 when it does not, and while the service is being stopped."""
    if request.app.state.stopping:
        raise Draining("Naba is being stopped; send requests elsewhere.")
    service: SearchService = request.state.service
    await service.index.ready()
    return json_response(request, Ready(), cache="no-store")


@router.get(
    "/metrics",
    response_class=Response,
    responses={200: {"content": {"text/plain": {}}}},
    summary="Metrics",
    operation_id="getMetrics",
)
async def metrics(request: Request, params: Annotated[NoParams, Query()]) -> Response:
    """Prometheus text format."""
    content = generate_latest(request.app.state.metrics.registry)
    return Response(content, media_type=CONTENT_TYPE_LATEST, headers={"Cache-Control": "no-store"})

"""The least that a service of this make costs: one route that passes a body on to Elasticsearch and
its answer back.

FastAPI and orjson as in Naba, the client with its own connections (aiohttp), and nothing of Naba's.
What Naba takes is told as a multiple of this, for milliseconds of one machine say nothing on
another.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import orjson
from elasticsearch import AsyncElasticsearch
from fastapi import FastAPI, Request
from starlette.responses import Response

from mappings.connection import client_options
from service.elasticsearch.client import CONNECTIONS
from service.settings import ServiceSettings


def relay_app(settings: ServiceSettings) -> FastAPI:
    """POST /relay with a search body."""

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[dict[str, Any]]:
        async with AsyncElasticsearch(
            **client_options(settings), connections_per_node=CONNECTIONS
        ) as es:
            yield {"es": es}

    app = FastAPI(lifespan=lifespan)

    @app.post("/relay")
    async def relay(request: Request) -> Response:
        answer = await request.state.es.search(
            index=settings.alias, **orjson.loads(await request.body())
        )
        return Response(orjson.dumps(answer.body), media_type="application/json")

    return app

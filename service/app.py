"""The application: wiring only. Nothing connects before the lifespan begins."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib.metadata import version
from typing import TypedDict

from elasticsearch import AsyncElasticsearch
from fastapi import FastAPI
from starlette.middleware.cors import CORSMiddleware
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

from mappings.agencies import Registry, load_registry
from mappings.arabic.word_lists import known_words, name_openings, stop_words, whole_words
from mappings.connection import authorization
from service.access.control import AccessControl, Policy
from service.access.sessions import Sessions
from service.elasticsearch.client import connect_async
from service.elasticsearch.index import ArticleIndex
from service.elasticsearch.keys import Keys
from service.http.metrics import Metrics
from service.http.middleware import (
    Compression,
    Errors,
    HeadRequests,
    LeavingClients,
    LoadShedding,
    Observation,
    SecurityHeaders,
)
from service.http.openapi import describe
from service.http.problems import add_error_handlers
from service.page.errors import error_page
from service.routes import (
    api,
    docs,
    export,
    feeds,
    newsroom,
    ops,
    page,
    sign_in,
    stories,
    suggest,
)
from service.search.newsroom import Newsroom
from service.search.search import SearchService
from service.settings import ServiceSettings

GZIP_LEVEL = 5  # 9 costs three times the time for two hundredths of the size


class State(TypedDict):
    """What every request finds in `request.state`."""

    es: AsyncElasticsearch
    service: SearchService
    settings: ServiceSettings
    registry: Registry
    keys: Keys
    sessions: Sessions


def create_app(settings: ServiceSettings, decides: Newsroom | None = None) -> FastAPI:
    """The service for these settings, whose `elasticsearch_url` must be set. Without `decides` it
    only reads.

    Raises RegistryError when NABA_AGENCIES names no registry.
    """
    registry = load_registry(settings.agencies)
    secret = settings.session_secret
    sessions = Sessions(secret.get_secret_value() if secret else None)
    policy = Policy(settings.reading, settings.metrics or settings.reading, settings.limit)

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[State]:
        for word_list in (stop_words, name_openings, whole_words, known_words):
            word_list()  # kept from now on; else the first reader waits for it
        async with connect_async(settings) as es:
            index = ArticleIndex(
                es, settings.alias, settings.search_timeout, authorization(settings)
            )
            yield State(
                es=es,
                service=SearchService(index, registry, settings),
                settings=settings,
                registry=registry,
                keys=Keys(es, settings.alias),
                sessions=sessions,
            )

    app = FastAPI(
        title="Naba",
        summary="Search for Arabic news",
        version=version("naba-search"),
        lifespan=lifespan,
        docs_url=None,
        redoc_url=None,
        # Metrics are our own. Else every request asks thrice whether OpenTelemetry was set up, a
        # fiftieth of its work.
        telemetry={"tracing": False, "metrics": False, "logs": False},
        # a redirect would be absolute, to a scheme and host that a proxy may have changed
        redirect_slashes=False,
    )
    metrics = Metrics()
    app.state.stopping = False  # turned by whoever serves, before the socket closes
    app.state.metrics = metrics
    app.state.newsroom = decides
    app.router.routes.append(api.search_route)
    for router in (
        api.router,
        newsroom.router,
        suggest.router,
        stories.router,
        export.router,
        feeds.router,
        ops.router,
        page.router,
        sign_in.router,
        docs.router,
    ):
        app.include_router(router)
    describe(app, settings.public_url)
    answer_error = add_error_handlers(app, error_page)

    # The last one added is the outermost.
    app.add_middleware(LeavingClients, metrics=metrics)
    app.add_middleware(Compression, minimum_size=1000, compresslevel=GZIP_LEVEL)
    app.add_middleware(HeadRequests)  # outside of compression, so that HEAD has the headers of GET
    app.add_middleware(AccessControl, policy=policy, sessions=sessions)
    app.add_middleware(LoadShedding, metrics=metrics, limit=settings.max_concurrency)
    app.add_middleware(Errors, handler=answer_error)
    if settings.cors_origins:
        app.add_middleware(
            CORSMiddleware,
            allow_origins=list(settings.cors_origins),
            allow_methods=["GET", "HEAD"],
            allow_headers=["Authorization", "If-None-Match", "X-Request-Id"],
            expose_headers=[
                "ETag",
                "X-Request-Id",
                "Server-Timing",
                "Retry-After",
                "Link",
                "RateLimit",
                "RateLimit-Policy",
            ],
            max_age=600,
        )
    app.add_middleware(SecurityHeaders)
    app.add_middleware(Observation, metrics=metrics)
    if settings.proxies:
        app.add_middleware(ProxyHeadersMiddleware, trusted_hosts=list(settings.proxies))
    return app

"""Clients that hang up: what they asked for stops in Elasticsearch, and nothing stays open."""

from __future__ import annotations

import asyncio
import socket
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any
from urllib.parse import urlsplit

import pytest
from anyio.from_thread import start_blocking_portal
from elasticsearch import Elasticsearch
from fastapi import FastAPI
from fastapi.testclient import TestClient

from service.app import create_app
from service.elasticsearch.client import connect_async
from service.elasticsearch.index import ArticleIndex
from service.search import search as searching
from service.settings import ServiceSettings


@contextmanager
def asking(base: str, address: str) -> Iterator[socket.socket]:
    """A connection that has asked and hangs up at the end of the block."""
    parts = urlsplit(base)
    with socket.create_connection((parts.hostname or "", parts.port or 0)) as connection:
        connection.sendall(f"GET {address} HTTP/1.1\r\nHost: naba\r\n\r\n".encode())
        yield connection


def searches(elasticsearch: Elasticsearch) -> list[dict[str, Any]]:
    """The search tasks that run, also those that were cancelled and have yet to notice."""
    accept = {
        "accept": "application/json"
    }  # the client's own method warns that the API is a preview
    answer = elasticsearch.perform_request(
        "GET", "/_tasks?actions=*search*&detailed=true", headers=accept
    )
    nodes = answer.body["nodes"]
    tasks = [task for node in nodes.values() for task in node["tasks"].values()]
    return [task for task in tasks if SPIN in task.get("description", "")]


SPIN = "spin-for-the-test"


def test_a_client_that_leaves_ends_the_search(
    elasticsearch: Elasticsearch,
    service_app: FastAPI,
    service_settings: ServiceSettings,
    serve: Callable[[FastAPI], str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The task in Elasticsearch is cancelled. The search is made slow by a script, which no caller
    can send.

    Left alone it would take some six seconds.
    """
    script = f"/* {SPIN} */ long f(){{long x=0; for(int i=0;i<900000;i++){{x+=i%7}} return x}} " + (
        "long y=0; for(int j=0;j<12;j++){y+=f()} return y>=0"
    )
    body = {"query": {"script": {"script": {"source": script}}}, "size": 0}
    monkeypatch.setattr(searching, "search_body", lambda *_args, **_kwargs: body)
    base = serve(create_app(service_settings.model_copy(update={"search_timeout": 60.0})))
    with asking(base, "/v1/search"):
        until(lambda: searches(elasticsearch))
    until(lambda: all(task.get("cancelled") for task in searches(elasticsearch)), seconds=3)
    until(lambda: not searches(elasticsearch), seconds=30)  # the next test counts what is open


def open_contexts(elasticsearch: Elasticsearch) -> int:
    nodes = elasticsearch.nodes.stats(metric="indices", index_metric="search").body["nodes"]
    return sum(node["indices"]["search"]["open_contexts"] for node in nodes.values())


@pytest.mark.parametrize("received", [0, 200])
def test_a_client_that_leaves_an_export_leaves_nothing_open(
    elasticsearch: Elasticsearch,
    service_settings: ServiceSettings,
    serve: Callable[[FastAPI], str],
    monkeypatch: pytest.MonkeyPatch,
    received: int,
) -> None:
    for bound in ("FIRST", "LARGEST"):
        monkeypatch.setattr(f"service.search.batches.{bound}", 1)
    before = open_contexts(elasticsearch)
    app = create_app(service_settings.model_copy(update={"max_exports": 1}))
    base = serve(app)
    for _ in range(3):
        with asking(base, "/v1/export.jsonl?fields=id,body") as connection:
            assert not received or connection.recv(received)
    until(lambda: open_contexts(elasticsearch) == before)

    import httpx2

    until(
        lambda: httpx2.get(f"{base}/v1/export.csv?agency=tass").status_code == 200
    )  # its place is free again


def test_a_point_in_time_is_closed_whenever_its_client_leaves(
    elasticsearch: Elasticsearch, service_settings: ServiceSettings
) -> None:
    """Also while it is being opened or closed, which takes a millisecond or two each."""

    async def hold(index: ArticleIndex) -> None:
        async with index.point_in_time("1m"):
            await asyncio.sleep(60)

    async def leave_at_many_moments() -> None:
        async with connect_async(service_settings) as es:
            index = ArticleIndex(es, service_settings.alias)
            for moment in range(60):
                holding = asyncio.create_task(hold(index))
                await asyncio.sleep(moment * 0.0001)
                holding.cancel()
                await asyncio.sleep(moment % 7 * 0.0001)
                holding.cancel()  # once more, perhaps while it is being closed
                with suppress(asyncio.CancelledError):
                    await holding
            await asyncio.sleep(0.5)

    before = open_contexts(elasticsearch)
    with start_blocking_portal() as portal:
        portal.call(leave_at_many_moments)
    until(lambda: open_contexts(elasticsearch) == before)


def test_exports_are_limited(service_settings: ServiceSettings) -> None:
    app = create_app(service_settings)
    with TestClient(app) as api:
        api.app_state["service"].exports = service_settings.max_exports
        refused = api.get("/v1/export.csv")
    assert refused.status_code == 429
    assert refused.headers["retry-after"]


def until(condition: Callable[[], object], seconds: float = 10) -> None:
    """Wait until `condition` holds; fails after `seconds`."""
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "it never came to that"
        time.sleep(0.02)

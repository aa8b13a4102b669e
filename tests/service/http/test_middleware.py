"""Too many requests at once, and requests while the service ends."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable
from typing import Any

from fastapi import FastAPI
from fastapi.testclient import TestClient

from service.app import create_app
from service.locale.language import load_language
from tests.service.http.test_faults import PROBLEM, settings, silent

Stub = Callable[[Callable[[socket.socket], None]], Any]


def test_readiness_turns_before_the_end(service_app: FastAPI, api: TestClient) -> None:
    service_app.state.stopping = True
    try:
        assert api.get("/health/ready").status_code == 503
        assert api.get("/health/live").status_code == 200
        assert api.get("/v1/search?size=0").status_code == 200
    finally:
        service_app.state.stopping = False


def test_too_many_at_once(stub: Stub, serve: Callable[[FastAPI], str]) -> None:
    """What is too much is turned away at once, as a problem with a time to come back; health still
    answers.
    """
    import httpx2

    with stub(silent) as url:
        limits = {
            "max_concurrency": 2,
            "search_timeout": 2,
            "cors_origins": ("https://cms.example",),
        }
        base = serve(create_app(settings(url, **limits)))
        waiting = [
            threading.Thread(target=lambda: httpx2.get(f"{base}/v1/search", timeout=10))
            for _ in range(2)
        ]
        for thread in waiting:
            thread.start()
        time.sleep(0.5)
        start = time.monotonic()
        refused = httpx2.get(f"{base}/v1/search")
        assert refused.status_code == 503
        assert refused.headers["content-type"] == PROBLEM
        assert refused.json()["type"] == "urn:naba:problem:overloaded"
        assert refused.headers["retry-after"] == "1"
        page = httpx2.get(f"{base}/?lang=ar", headers={"Accept": "text/html"})
        assert (page.status_code, page.headers["retry-after"]) == (503, "1")
        assert page.headers["content-type"] == "text/html; charset=utf-8"
        assert load_language("ar").text("error.overloaded_text") in page.text
        assert page.headers["x-request-id"] in page.text
        origin = {"Origin": "https://cms.example"}
        assert (
            httpx2.get(f"{base}/v1/search", headers=origin).headers["access-control-allow-origin"]
            == origin["Origin"]
        )
        assert httpx2.get(f"{base}/health/live").status_code == 200
        assert time.monotonic() - start < 1.9  # less than the searches that are waited for
        for thread in waiting:
            thread.join()

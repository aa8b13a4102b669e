"""Elasticsearch is away, slow, half there or talking nonsense."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from typing import Any
from urllib.parse import urlsplit

import pytest
from elasticsearch import Elasticsearch
from fastapi.testclient import TestClient

from service.app import create_app
from service.settings import ServiceSettings

Answer = Callable[[socket.socket], None]
Stub = Callable[[Answer], Any]
PROBLEM = "application/problem+json"


def settings(url: str, **changes: Any) -> ServiceSettings:
    return ServiceSettings(elasticsearch_url=url, alias="naba-test", **changes)


def closed_port() -> str:
    """An address where nobody listens."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return f"http://127.0.0.1:{listener.getsockname()[1]}"


def scripted(status: str, body: str, *, product: bool = True, length: int | None = None) -> Answer:
    """Answers every request on a connection with these words; `length` may lie."""

    def answer(connection: socket.socket) -> None:
        while connection.recv(65536):
            headers = "X-Elastic-Product: Elasticsearch\r\n" if product else ""
            head = (
                f"HTTP/1.1 {status}\r\n{headers}Content-Type: "
                f"application/vnd.elasticsearch+json;compatible-with=9\r\n"
            )
            content = body.encode()
            connection.sendall(
                f"{head}Content-Length: {length or len(content)}\r\n\r\n".encode() + content
            )
            if length:
                return

    return answer


def silent(connection: socket.socket) -> None:
    """Accepts everything and never says a word."""
    while connection.recv(65536):
        pass


def slow_drip(connection: socket.socket) -> None:
    """Sends its answer one byte at a time."""
    connection.recv(65536)
    head = (
        b"HTTP/1.1 200 OK\r\nX-Elastic-Product: Elasticsearch\r\nContent-Type: application/json\r\n"
    )
    connection.sendall(head + b"Content-Length: 1000\r\n\r\n")
    while True:
        connection.sendall(b" ")
        time.sleep(0.1)


def test_elasticsearch_down() -> None:
    """Alive but not ready; a search is refused at once, with a time to come back."""
    with TestClient(create_app(settings(closed_port())), raise_server_exceptions=False) as api:
        assert api.get("/health/live").status_code == 200
        start = time.monotonic()
        for address in (
            "/health/ready",
            "/v1/search?q=قمح",
            "/v1/articles/x",
            "/v1/export.csv",
            "/v1/status",
        ):
            answer = api.get(address)
            assert answer.status_code == 503, address
            assert answer.headers["content-type"] == PROBLEM
            assert answer.json()["type"] == "urn:naba:problem:search-unavailable"
            assert int(answer.headers["retry-after"]) > 0
        assert time.monotonic() - start < 5
        page = api.get("/", headers={"Accept": "text/html"})
        assert page.status_code == 503
        assert page.headers["content-type"].startswith("text/html")


@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        (scripted("200 OK", '{"took":1,"timed_out":true,"_shards":{"failed":0},'
                            '"hits":{}}'), "search-timeout"),
        (scripted("200 OK", '{"took":1,"timed_out":false,"_shards":{"failed":1},'
                            '"hits":{}}'), "partial-answer"),
        (scripted("200 OK", '{"took":'), "search-unavailable"),
        (scripted("200 OK", "<html>proxy</html>"), "search-unavailable"),
        (scripted("200 OK", '{"took":1}', length=5000), "search-unavailable"),
        (scripted("200 OK", '{"took":1}', product=False), "search-unavailable"),
        (scripted("404 Not Found", '{"error":{"type":"index_not_found_exception"},'
                                   '"status":404}'), "index-missing"),
        (scripted("429 Too Many", '{"error":{"type":"es_rejected_execution_exception"},'
                                  '"status":429}'), "overloaded"),
        (scripted("401 Unauthorized", '{"error":{"type":"security_exception"},'
                                      '"status":401}'), "access-refused"),
        (scripted("403 Forbidden", '{"error":{"type":"security_exception"},'
                                   '"status":403}'), "access-refused"),
        (scripted("503 Unavailable", '{"error":{"type":"search_phase_exception"},'
                                     '"status":503}'), "partial-answer"),
        (scripted("400 Bad", '{"error":{"type":"media_type_header_exception"},'
                             '"status":400}'), "search-unavailable"),
        (scripted("502 Bad Gateway", "<html>secret-host:9200</html>"), "search-unavailable"),
    ],
)  # fmt: skip
def test_answers_that_are_none(stub: Stub, answer: Answer, kind: str) -> None:
    """Whatever stands in Elasticsearch's place: 503 with its kind, no stack trace, nothing of the
    inside.
    """
    with (
        stub(answer) as url,
        TestClient(create_app(settings(url)), raise_server_exceptions=False) as api,
    ):
        found = api.get("/v1/search?q=قمح")
    assert found.status_code == 503
    assert found.json()["type"] == f"urn:naba:problem:{kind}"
    assert "retry-after" in found.headers
    assert "secret-host" not in found.text
    assert "Traceback" not in found.text


@pytest.mark.parametrize("answer", [silent, slow_drip])
def test_elasticsearch_that_never_ends(stub: Stub, answer: Answer) -> None:
    """Given up at the time limit."""
    app = create_app
    with (
        stub(answer) as url,
        TestClient(app(settings(url, search_timeout=0.5)), raise_server_exceptions=False) as api,
    ):
        start = time.monotonic()
        found = api.get("/v1/search?q=قمح")
        took = time.monotonic() - start
    assert found.status_code == 503
    assert found.json()["type"] == "urn:naba:problem:search-timeout"
    assert 0.4 < took < 3


def test_a_refused_body_is_our_fault_and_tells_nothing(stub: Stub) -> None:
    refused = scripted(
        "400 Bad Request",
        '{"error":{"type":"parsing_exception","reason":"inner secret"},"status":400}',
    )
    with (
        stub(refused) as url,
        TestClient(create_app(settings(url)), raise_server_exceptions=False) as api,
    ):
        found = api.get("/v1/search")
    assert found.status_code == 500
    assert "secret" not in found.text
    assert found.json()["request_id"]


def test_it_recovers_without_a_restart(stub: Stub, service_settings: ServiceSettings) -> None:
    """A line to Elasticsearch that is cut and mended: 503 meanwhile, then answers again."""
    target = urlsplit(str(service_settings.elasticsearch_url))
    cut = threading.Event()

    def forward(near: socket.socket) -> None:
        if cut.is_set():
            return
        with socket.create_connection((target.hostname or "", target.port or 0)) as far:
            back = threading.Thread(target=copy, args=(far, near))
            back.start()
            copy(near, far)
            back.join()

    def copy(one: socket.socket, other: socket.socket) -> None:
        with suppress(OSError):
            while (data := one.recv(65536)) and not cut.is_set():
                other.sendall(data)
        for end in (one, other):
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)

    with stub(forward) as url:
        app = create_app(service_settings.model_copy(update={"elasticsearch_url": url}))
        with TestClient(app, raise_server_exceptions=False) as api:
            assert api.get("/v1/search").status_code == 200
            cut.set()
            assert api.get("/v1/search").status_code == 503
            assert api.get("/health/ready").status_code == 503
            cut.clear()
            assert api.get("/v1/search").status_code == 200
            assert api.get("/health/ready").status_code == 200


def test_index_missing_and_empty(
    elasticsearch: Elasticsearch, elasticsearch_url: str, index_prefix: str
) -> None:
    from mappings.index import index_body

    app = create_app(
        ServiceSettings(elasticsearch_url=elasticsearch_url, alias=f"{index_prefix}-later")
    )
    with TestClient(app, raise_server_exceptions=False) as api:
        missing = api.get("/v1/search")
        assert missing.status_code == 503
        assert missing.json()["type"] == "urn:naba:problem:index-missing"
        assert "naba load" in missing.json()["detail"]
        assert api.get("/health/ready").status_code == 503
        elasticsearch.indices.create(
            index=f"{index_prefix}-later-1", aliases={f"{index_prefix}-later": {}}, **index_body()
        )
        empty = api.get("/v1/search?q=قمح")
        assert empty.status_code == 200
        assert empty.json()["hits"] == []
        assert empty.json()["total"] == {"articles": 0, "stories": 0, "stories_exact": True}
        assert api.get("/v1/status").json()["articles"] == 0
        assert api.get("/v1/export.jsonl").text == ""
        assert api.get("/health/ready").status_code == 200


def test_an_index_of_another_version(
    elasticsearch: Elasticsearch, elasticsearch_url: str, index_prefix: str
) -> None:
    """After an upgrade, before the index is built anew: not ready, and a search says what to do,
    also to people.
    """
    alias = f"{index_prefix}-older"
    elasticsearch.indices.create(
        index=f"{alias}-1",
        aliases={alias: {}},
        mappings={
            "_meta": {"version": 0},
            "properties": {"title": {"type": "text"}, "body": {"type": "text"}},
        },
    )
    app = create_app(ServiceSettings(elasticsearch_url=elasticsearch_url, alias=alias))
    with TestClient(app, raise_server_exceptions=False) as api:
        for address in ("/health/ready", "/v1/search?q=قمح", "/v1/suggest?q=قمح"):
            found = api.get(address)
            assert (found.status_code, found.json()["type"]) == (
                503,
                "urn:naba:problem:index-outdated",
            ), address
            assert "naba load --replace" in found.json()["detail"]
        page = api.get("/?q=قمح", headers={"Accept": "text/html"})
    assert page.status_code == 503
    assert "naba load --replace" in page.text

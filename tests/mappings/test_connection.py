"""Reaching Elasticsearch: every way it fails is one sentence that says what to do, and no sentence
holds a secret.
"""

from __future__ import annotations

import json
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest
from anyio.from_thread import start_blocking_portal
from pydantic import SecretStr

from mappings.connection import (
    IndexUnreachable,
    client_options,
    connect,
    ensure_supported,
)
from mappings.settings import IndexSettings
from service.elasticsearch.client import connect_async

SECRET = "c2VjcmV0OnNlY3JldA=="
ELASTIC = {"X-Elastic-Product": "Elasticsearch"}


@contextmanager
def answering(
    status: int, headers: dict[str, str], body: object, calls: list[str] | None = None
) -> Iterator[str]:
    """URL of something that gives every request the same answer; `calls` collects the paths that
    were asked for.
    """
    content = json.dumps(body).encode()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            if calls is not None:
                calls.append(self.path)
            self.send_response(status)
            for name, value in {"Content-Type": "application/json", **headers}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, format: str, *args: object) -> None:
            """Say nothing."""

    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@contextmanager
def silent() -> Iterator[str]:
    """URL of something that takes connections and never answers."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield f"http://127.0.0.1:{server.getsockname()[1]}"


@contextmanager
def nobody(scheme: str = "http") -> Iterator[str]:
    """URL at which nobody listens."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    yield f"{scheme}://127.0.0.1:{port}"


def is_refused(settings: IndexSettings, url: str) -> str:
    """The one sentence."""
    with pytest.raises(IndexUnreachable) as refused, connect(settings, url) as es:
        ensure_supported(es, timeout=0.5)
    return str(refused.value).replace(url, "URL")


MEDIA_TYPE_REFUSED = {
    "error": {"type": "media_type_header_exception", "reason": "only compatible-with=8 is known"}
}


@pytest.mark.parametrize(
    ("server", "sentence"),
    [
        (
            nobody,
            "No Elasticsearch answers at URL: start it, correct NABA_ELASTICSEARCH_URL, or unset "
            "that to use Naba's "
            "own node.",
        ),
        (
            silent,
            "Elasticsearch at URL did not answer in time: is it overloaded, or is a "
            "firewall between?",
        ),
        (
            lambda: answering(200, {}, {"version": {"number": "9.9.9"}}),
            "URL answers, but it is not Elasticsearch: correct NABA_ELASTICSEARCH_URL.",
        ),
        (
            lambda: answering(200, ELASTIC, {"version": {"number": "8.19.1"}}),
            "URL is Elasticsearch 8.19.1, but Naba speaks to Elasticsearch 9.x only.",
        ),
        (
            lambda: answering(400, ELASTIC, MEDIA_TYPE_REFUSED),
            "URL is Elasticsearch of another major version, but Naba speaks to Elasticsearch "
            "9.x only.",
        ),
        (
            lambda: answering(
                401, ELASTIC, {"error": {"type": "security_exception", "reason": SECRET}}
            ),
            "Elasticsearch at URL does not accept the key: set a valid NABA_ELASTICSEARCH_API_KEY.",
        ),
        (
            lambda: answering(
                403, ELASTIC, {"error": {"type": "security_exception", "reason": SECRET}}
            ),
            "The key may not do this at URL: give it the rights that docs/operations.md lists.",
        ),
        (
            lambda: answering(
                503, ELASTIC, {"error": {"type": "master_not_discovered_exception", "reason": "x"}}
            ),
            "Elasticsearch at URL answered 503 (master_not_discovered_exception).",
        ),
    ],
    ids=[
        "absent",
        "silent",
        "another-product",
        "older",
        "older-refuses-us",
        "no-key",
        "few-rights",
        "no-master",
    ],
)
def test_one_sentence(server: Callable[[], AbstractContextManager[str]], sentence: str) -> None:
    settings = IndexSettings(elasticsearch_api_key=SecretStr(SECRET))
    with server() as url:
        assert is_refused(settings, url) == sentence


def test_https_where_nobody_speaks_it() -> None:
    with answering(200, ELASTIC, {}) as url:
        sentence = is_refused(IndexSettings(), url.replace("http:", "https:"))
    assert "NABA_ELASTICSEARCH_CA, and use https only where Elasticsearch does." in sentence


def test_the_real_one(elasticsearch_url: str) -> None:
    async def version() -> str:
        async with connect_async(IndexSettings(), elasticsearch_url) as es:
            answer = await es.info()
            return str(answer["version"]["number"])

    with connect(IndexSettings(), elasticsearch_url) as es:
        assert ensure_supported(es).startswith("9.")
    with (
        start_blocking_portal() as portal
    ):  # a loop of its own: the browser tests keep one running in this thread
        assert portal.call(version).startswith("9.")


def test_the_named_address_goes_before_the_private_node(elasticsearch_url: str) -> None:
    with connect(IndexSettings(elasticsearch_url=elasticsearch_url), "http://127.0.0.1:1") as es:
        assert ensure_supported(es)


@pytest.mark.parametrize(
    ("address", "reached"),
    [
        ("http://search.example.org", "http://search.example.org:80"),
        ("https://search.example.org/es/", "https://search.example.org:443/es"),
        ("https://[::1]:9200", "https://[::1]:9200"),
    ],
)
def test_ports_may_be_left_out(address: str, reached: str) -> None:
    with connect(IndexSettings(elasticsearch_url=address)) as es:
        [node] = es.transport.node_pool.all()
        assert node.base_url == reached


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1:9200",
        "ftp://example.org",
        "http://",
        "http://example.org:port",
        "http://example.org/?a=b",
        "naba",
    ],
)
def test_what_is_no_address(address: str) -> None:
    with pytest.raises(IndexUnreachable, match="NABA_ELASTICSEARCH_URL is not an address such as"):
        connect(IndexSettings(elasticsearch_url=address))


def test_no_address_at_all() -> None:
    with pytest.raises(
        IndexUnreachable, match="set NABA_ELASTICSEARCH_URL or start the private node"
    ):
        connect(IndexSettings())


def test_passwords_do_not_belong_into_addresses() -> None:
    with pytest.raises(IndexUnreachable, match="NABA_ELASTICSEARCH_API_KEY") as refused:
        connect(IndexSettings(elasticsearch_url="https://editor:hunter2@search.example.org"))
    assert "hunter2" not in str(refused.value)


def test_no_such_certificate(tmp_path: Path) -> None:
    settings = IndexSettings(
        elasticsearch_url="https://localhost:9200", elasticsearch_ca=tmp_path / "ca.pem"
    )
    with pytest.raises(IndexUnreachable, match=r"There is no certificate file .*ca\.pem"):
        connect(settings)


def test_a_certificate_without_https(tmp_path: Path) -> None:
    certificate = tmp_path / "ca.pem"
    certificate.touch()
    settings = IndexSettings(
        elasticsearch_url="http://localhost:9200", elasticsearch_ca=certificate
    )
    with pytest.raises(IndexUnreachable, match="is not an https address"):
        connect(settings)


@pytest.mark.parametrize(
    ("keys", "reading", "writing"),
    [
        ({}, None, None),
        ({"elasticsearch_api_key": "both"}, "ApiKey both", "ApiKey both"),
        (
            {"elasticsearch_api_key": "reader", "elasticsearch_write_api_key": "writer"},
            "ApiKey reader",
            "ApiKey writer",
        ),
        ({"elasticsearch_write_api_key": "writer"}, None, "ApiKey writer"),
    ],
)
def test_whoever_reads_never_has_the_key_that_writes(
    keys: dict[str, Any], reading: str | None, writing: str | None
) -> None:
    settings = IndexSettings(**keys)
    url = "http://127.0.0.1:1"
    assert client_options(settings, url).get("headers", {}).get("authorization") == reading
    with connect(settings, url) as es:
        assert es._headers.get("authorization") == writing


def test_the_key_shows_nowhere() -> None:
    settings = IndexSettings(
        elasticsearch_url="https://localhost:9200", elasticsearch_api_key=SecretStr(SECRET)
    )
    with connect(settings) as es:
        shown = (
            f"{settings!r} {settings} {es!r} {es} {es.transport!r} "
            f"{list(es.transport.node_pool.all())!r}"
        )
    assert SECRET not in shown


def test_a_refused_call_is_not_repeated_by_the_client() -> None:
    calls: list[str] = []
    with (
        answering(503, ELASTIC, {}, calls) as url,
        connect(IndexSettings(), url) as es,
        pytest.raises(IndexUnreachable),
    ):
        ensure_supported(es)
    assert calls == ["/"]

"""A real Elasticsearch behind a proxy that does, on command, what networks and full nodes do to a
loader.
"""

from __future__ import annotations

import copy
import http.client
import json
import threading
from collections import deque
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import count
from pathlib import Path
from time import monotonic
from typing import Any
from urllib.parse import urlsplit

import pytest
from elasticsearch import Elasticsearch

from loader.index.documents import content_hash
from loader.index.retries import Patience
from loader.load import Options, load
from loader.report import LoadReport
from loader.settings import LoaderSettings
from mappings.article import Article
from mappings.connection import connect
from mappings.index import index_body

_ALIASES = count(1)

Load = Callable[..., LoadReport]


@pytest.fixture
def alias(index_prefix: str) -> str:
    """An alias of one test's own, below which its generations and lock lie."""
    return f"{index_prefix}-a{next(_ALIASES)}"


@pytest.fixture
def settings(elasticsearch_url: str, alias: str) -> LoaderSettings:
    """Settings of a load that waits 20 seconds for Elasticsearch."""
    return LoaderSettings(elasticsearch_url=elasticsearch_url, alias=alias, patience=20)


@pytest.fixture
def es(settings: LoaderSettings) -> Iterator[Elasticsearch]:
    """A client as the loader uses it."""
    with connect(settings) as client:
        yield client


@pytest.fixture
def plain_index(monkeypatch: pytest.MonkeyPatch) -> None:
    """Generations whose texts are analysed plainly: the Arabic analysis makes creating an index
    slow.
    """
    body = index_body()
    del body["settings"]["analysis"]
    del body["settings"]["similarity"]
    body["mappings"]["properties"] = {
        name: {"type": "text"} if field["type"] in ("text", "completion") else field
        for name, field in body["mappings"]["properties"].items()
    }
    monkeypatch.setattr("loader.index.generations.index_body", lambda: copy.deepcopy(body))
    monkeypatch.setattr(
        "loader.index.completions.Completions.inputs", lambda _self, batch: [[] for _ in batch]
    )


@pytest.fixture
def run(es: Elasticsearch, settings: LoaderSettings, tmp_path: Path, plain_index: None) -> Load:
    """Loads paths as `naba load` does; keyword arguments are those of Options."""

    def run(
        *paths: Path, client: Elasticsearch = es, patience: Patience | None = None, **options: Any
    ) -> LoadReport:
        unloaded = tmp_path / "unloaded" / f"{datetime.now(UTC):%H%M%S.%f}.jsonl"
        return load(client, paths, settings, Options(unloaded, **options), patience=patience)

    return run


@pytest.fixture
def wires(tmp_path: Path) -> Callable[..., Path]:
    """Writes a file of numbered articles, JSON lines, and returns its path."""

    def write(
        numbers: range, *, word: str = "خبر", name: str = "wires.jsonl"
    ) -> Path:  # a piece of news
        path = tmp_path / name
        lines = [
            json.dumps(
                {
                    "id": str(n),
                    "title": f"{word} {n}",
                    "text": f"نص طويل عن {word} رقم {n}، وله بقية.",
                }
            )
            for n in numbers
        ]
        path.write_text("\n".join(lines), encoding="utf-8")
        return path

    return write


@pytest.fixture
def make_article() -> Callable[..., Article]:
    """Makes articles as extraction might have made them."""

    def make(number: int, body: str = "نص قصير") -> Article:  # a short text
        article = Article(
            id=f"article-{number}",
            source="s",
            title=f"عنوان {number}",
            title_origin="given",
            body=body,
            content_hash="",
            loaded_at=datetime(2026, 1, 1, tzinfo=UTC),
        )
        return replace(article, content_hash=content_hash(article))

    return make


Answer = tuple[int, bytes] | None  # status and body, or None: the connection is cut
Forward = Callable[[bytes], tuple[int, bytes]]
Fault = Callable[[bytes, Forward], Answer]


@dataclass(slots=True)
class Proxy:
    """A way to Elasticsearch on which the next bulk requests suffer one fault each, in the order
    they were asked for.

    `target` is where Elasticsearch is, which may change; while nobody answers there, connections
    are cut. `bulks` holds the bodies of the bulk requests that came, `times` when they came
    (monotonic seconds).
    """

    url: str
    target: str
    faults: deque[Fault] = field(default_factory=deque)
    bulks: list[bytes] = field(default_factory=list)
    times: list[float] = field(default_factory=list)

    def refuse(self, status: int, kind: str, times: int = 1) -> None:
        """Answer the whole request with an error; Elasticsearch never sees it."""
        error = {"error": {"type": kind, "reason": "as the test wishes"}, "status": status}
        self.faults.extend([lambda _body, _forward: (status, json.dumps(error).encode())] * times)

    def cut(self) -> None:
        """Close the connection before Elasticsearch sees the request."""
        self.faults.append(lambda _body, _forward: None)

    def lose_answer(self) -> None:
        """Close the connection after Elasticsearch has done what was asked."""

        def act(body: bytes, forward: Forward) -> Answer:
            forward(body)
            return None

        self.faults.append(act)

    def truncate_answer(self) -> None:
        """Deliver half of the answer as if it were all."""

        def act(body: bytes, forward: Forward) -> Answer:
            status, answer = forward(body)
            return status, answer[: len(answer) // 2]

        self.faults.append(act)

    def refuse_larger_than(self, size: int) -> None:
        """Answer 413 to larger requests, for good."""

        def act(body: bytes, forward: Forward) -> Answer:
            self.faults.appendleft(act)
            if len(body) > size:
                return (
                    413,
                    b'{"error": {"type": "content_too_long_exception", "reason": "too long"}}',
                )
            return forward(body)

        self.faults.append(act)

    def refuse_whole_for(self, mark: bytes) -> None:
        """Answer 400 to every request that holds `mark`, for good."""

        def act(body: bytes, forward: Forward) -> Answer:
            self.faults.appendleft(act)
            if mark in body:
                return (
                    400,
                    b'{"error": {"type": "illegal_argument_exception", "reason": "malformed"}}',
                )
            return forward(body)

        self.faults.append(act)

    def refuse_items(self, errors: Mapping[str, tuple[int, str]]) -> None:
        """Give these ids the status and error type, and let Elasticsearch have the others: HTTP
        200.
        """

        def act(body: bytes, forward: Forward) -> Answer:
            lines = body.splitlines()
            pairs = list(zip(lines[::2], lines[1::2], strict=True))
            ids = [next(iter(json.loads(header).values()))["_id"] for header, _source in pairs]
            kept = [pair for pair, key in zip(pairs, ids, strict=True) if key not in errors]
            status, answer = forward(
                b"".join(header + b"\n" + source + b"\n" for header, source in kept)
            )
            served = iter(json.loads(answer)["items"])
            items = [
                {
                    "create": {
                        "status": errors[key][0],
                        "error": {"type": errors[key][1], "reason": "as wished"},
                    }
                }
                if key in errors
                else next(served)
                for key in ids
            ]
            return status, json.dumps({"items": items}).encode()

        self.faults.append(act)

    def before(self, work: Callable[[], object]) -> None:
        """Do something else first, then let Elasticsearch have the request."""

        def act(body: bytes, forward: Forward) -> Answer:
            work()
            return forward(body)

        self.faults.append(act)


@pytest.fixture
def proxy(elasticsearch_url: str) -> Iterator[Proxy]:
    """A proxy before the real node."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def _serve(self) -> None:
            body = self.rfile.read(int(self.headers.get("content-length") or 0))
            is_bulk = urlsplit(self.path).path.endswith("/_bulk")
            if is_bulk:
                state.bulks.append(body)
                state.times.append(monotonic())
            try:
                act = state.faults.popleft() if is_bulk and state.faults else None
                answer = act(body, self._forward) if act else self._forward(body)
            except (OSError, http.client.HTTPException):
                answer = None
            if answer is None:
                self.close_connection = True
                self.connection.close()
                return
            status, content = answer
            self.send_response(status)
            self.send_header("X-Elastic-Product", "Elasticsearch")
            self.send_header("Content-Type", "application/vnd.elasticsearch+json;compatible-with=9")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            if self.command != "HEAD":
                self.wfile.write(content)

        def _forward(self, body: bytes) -> tuple[int, bytes]:
            real = urlsplit(state.target)
            connection = http.client.HTTPConnection(real.hostname or "", real.port, timeout=60)
            headers = {
                name: self.headers[name]
                for name in ("accept", "content-type")
                if name in self.headers
            }
            try:
                connection.request(self.command, self.path, body or None, headers)
                response = connection.getresponse()
                return response.status, response.read()
            finally:
                connection.close()

        do_GET = do_HEAD = do_POST = do_PUT = do_DELETE = _serve

        def log_message(self, format: str, *args: Any) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    state = Proxy(f"http://127.0.0.1:{server.server_address[1]}", elasticsearch_url)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    yield state
    server.shutdown()
    thread.join()
    server.server_close()

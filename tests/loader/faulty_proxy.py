"""A proxy before Elasticsearch that does, on command, what networks and full nodes do."""

from __future__ import annotations

import http.client
import json
import threading
from collections import deque
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from time import monotonic
from typing import Any
from urllib.parse import urlsplit

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


@contextmanager
def proxy_before(elasticsearch_url: str) -> Iterator[Proxy]:
    """A running proxy before the node at this address."""

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
    try:
        yield state
    finally:
        server.shutdown()
        thread.join()
        server.server_close()

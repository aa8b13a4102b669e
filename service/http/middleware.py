"""What every request passes: pure ASGI, so that nothing hides a client that leaves and nothing is
copied.

From the outside in: `Observation` (request id, Server-Timing, metrics, access log),
`SecurityHeaders`, `Errors`, `LoadShedding`, `HeadRequests`, `Compression`, `LeavingClients`. CORS
is Starlette's own. What only looks at a message returns the next one's awaitable instead of
awaiting it: a dozen coroutines less with every answer.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Awaitable
from secrets import token_hex
from time import perf_counter

import structlog
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from service.errors import AddressTooLong, Overloaded
from service.http.metrics import Metrics
from service.http.negotiation import qualities
from service.http.problems import Handler
from service.timing import waited

log = structlog.get_logger("service.access")

# Bytes of the query string: three lists of 100 ids and a long question fit twice.
MAX_ADDRESS = 16_384
# Answered without Elasticsearch, also under load.
UNLIMITED_PATHS = ("/health/", "/metrics", "/static/")
_SAFE_REQUEST_ID = re.compile(rb"[A-Za-z0-9._:/+=-]{1,128}")

_CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self';"
    " base-uri 'none'; "
    "form-action 'self'; frame-ancestors 'none'"
)
_SECURITY: list[tuple[bytes, bytes]] = [
    (b"content-security-policy", _CSP.encode()),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"same-origin"),
    (b"cross-origin-opener-policy", b"same-origin"),
]


class Observation:
    """Gives each request its id (the caller's, when it is harmless), times it, counts it and logs
    it.
    """

    def __init__(self, app: ASGIApp, metrics: Metrics) -> None:
        self.app = app
        self.metrics = metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        start = perf_counter()
        request_id = _request_id(scope)
        scope["request_id"] = request_id
        clock = [0.0]
        token = waited.set(clock)
        status = 0

        def send_observed(message: Message) -> Awaitable[None]:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                total, share = (perf_counter() - start) * 1000, clock[0] * 1000
                timing = f"elasticsearch;dur={share:.1f}, naba;dur={max(total - share, 0):.1f}"
                headers: list[tuple[bytes, bytes]] = message["headers"]
                headers.append((b"x-request-id", request_id.encode()))
                headers.append((b"server-timing", timing.encode()))
            return send(message)

        self.metrics.in_flight.inc()
        try:
            await self.app(scope, receive, send_observed)
        finally:
            self.metrics.in_flight.dec()
            waited.reset(token)
            self._record(scope, request_id, status, perf_counter() - start, clock[0])

    def _record(
        self, scope: Scope, request_id: str, status: int, seconds: float, share: float
    ) -> None:
        route = getattr(scope.get("route"), "path_format", "unmatched")
        method = scope["method"] if scope["method"] in _METHODS else "other"
        self.metrics.requests(method, route, str(status)).inc()
        self.metrics.seconds(route).observe(seconds)
        if share:
            self.metrics.elasticsearch_seconds(route).observe(share)
        log.info(
            "request",
            method=method,
            path=scope["path"],
            status=status,
            ms=round(seconds * 1000, 1),
            elasticsearch_ms=round(share * 1000, 1),
            request_id=request_id,
        )


_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})


def _request_id(scope: Scope) -> str:
    for name, value in scope["headers"]:
        if name == b"x-request-id" and _SAFE_REQUEST_ID.fullmatch(value):
            return str(value, "ascii")
    return token_hex(16)


class SecurityHeaders:
    """Headers that keep a browser from running, framing or guessing anything."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    def __call__(self, scope: Scope, receive: Receive, send: Send) -> Awaitable[None]:
        def send_secured(message: Message) -> Awaitable[None]:
            if message["type"] == "http.response.start":
                message["headers"] = [*message["headers"], *_SECURITY]
            return send(message)

        return self.app(scope, receive, send_secured if scope["type"] == "http" else send)


class Errors:
    """Answers what is raised outside of the routes, as they would, as long as nothing was sent;
    later it hangs up.
    """

    def __init__(self, app: ASGIApp, handler: Handler) -> None:
        self.app = app
        self.handler = handler

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        started = False

        def send_noting(message: Message) -> Awaitable[None]:
            nonlocal started
            started = True
            return send(message)

        try:
            await self.app(scope, receive, send_noting)
        except Exception as error:
            if started:
                raise
            response = await self.handler(Request(scope), error)
            await response(scope, receive, send)


class LoadShedding:
    """Turns away at once what is too much or too long; health and metrics always pass."""

    def __init__(self, app: ASGIApp, metrics: Metrics, limit: int) -> None:
        self.app = app
        self.metrics = metrics
        self.limit = limit
        self.busy = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["path"].startswith(UNLIMITED_PATHS):
            await self.app(scope, receive, send)
            return
        if len(scope["query_string"]) > MAX_ADDRESS:
            raise AddressTooLong(f"The query string may have {MAX_ADDRESS} bytes; ask for less.")
        if self.busy >= self.limit:
            self.metrics.shed.inc()
            raise Overloaded("Naba is busy; try again in a moment.")
        self.busy += 1
        try:
            await self.app(scope, receive, send)
        finally:
            self.busy -= 1


class HeadRequests:
    """Answers HEAD as GET without its content; `scope["head"]` tells those who can save themselves
    the work.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] != "HEAD":
            await self.app(scope, receive, send)
            return

        async def send_head(message: Message) -> None:
            if message["type"] == "http.response.body":
                message = {**message, "body": b""}
            await send(message)

        as_get = {**scope, "method": "GET", "head": True}
        try:
            await self.app(as_get, receive, send_head)
        finally:
            if "route" in as_get:
                scope["route"] = as_get["route"]  # the metrics count by route, and HEAD as HEAD


class Compression(GZipMiddleware):
    """Starlette's, passed by those who do not accept gzip; to all it tells caches that an answer
    may be compressed.
    """

    def __call__(self, scope: Scope, receive: Receive, send: Send) -> Awaitable[None]:  # type: ignore[override]
        if scope["type"] != "http":
            return self.app(scope, receive, send)

        def send_varying(message: Message) -> Awaitable[None]:
            if message["type"] == "http.response.start":
                headers: list[tuple[bytes, bytes]] = message["headers"]
                if not any(
                    name == b"vary" and b"Accept-Encoding" in value for name, value in headers
                ):
                    headers.append((b"vary", b"Accept-Encoding"))
            return send(message)

        accepted = any(
            name == b"accept-encoding" and _accepts_gzip(value) for name, value in scope["headers"]
        )
        return (
            super().__call__(scope, receive, send_varying)
            if accepted
            else self.app(scope, receive, send_varying)
        )


def _accepts_gzip(encodings: bytes) -> bool:
    """Named, also by its old name, and not refused by a quality of 0 (RFC 9110, 8.4.1.3 and
    12.5.3).
    """
    if b"gzip" not in encodings:
        return False
    wanted = qualities(encodings.decode("latin-1"))
    return any(wanted.get(name, 0.0) > 0 for name in ("gzip", "x-gzip"))


class LeavingClients:
    """Cancels the work for a client that has left; cancelling the call to Elasticsearch ends its
    task there.
    """

    def __init__(self, app: ASGIApp, metrics: Metrics) -> None:
        self.app = app
        self.metrics = metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] not in ("GET", "HEAD"):
            await self.app(scope, receive, send)
            return
        work = asyncio.current_task()
        assert work is not None
        answered = left = False

        async def watch() -> None:
            nonlocal left
            while (await receive())["type"] != "http.disconnect":
                pass
            if not answered:
                left = True
                work.cancel()

        def send_noting(message: Message) -> Awaitable[None]:
            nonlocal answered
            if message["type"] == "http.response.body" and not message.get("more_body", False):
                answered = True
            return send(message)

        watcher = asyncio.create_task(watch())
        try:
            await self.app(scope, _nothing_received, send_noting)
        except asyncio.CancelledError:
            if not left:
                raise
            work.uncancel()
            self.metrics.cancelled.inc()
        finally:
            watcher.cancel()


async def _nothing_received() -> Message:
    """The body of a GET: empty. The watcher alone listens to the connection."""
    return {"type": "http.request", "body": b"", "more_body": False}

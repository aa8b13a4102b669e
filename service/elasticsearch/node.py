"""The service's connections to Elasticsearch: the client's node, made of asyncio and the parser
that uvicorn uses.

Of a search's whole processor time in the service, the client's own node (aiohttp) took a quarter;
this one takes half as much (docs/performance.md). It does what the service needs and no more:
HTTP/1.1 without compression, TLS, whole answers.
"""

from __future__ import annotations

import asyncio
import ssl
from typing import cast

import certifi
import httptools
from elastic_transport import (
    ApiResponseMeta,
    BaseAsyncNode,
    ConnectionError,
    ConnectionTimeout,
    HttpHeaders,
    NodeConfig,
    TlsError,
)
from elastic_transport._node import (
    NodeApiResponse,
)  # what a node of one's own has to return is not exported
from elastic_transport.client_utils import DEFAULT, DefaultType

LONGEST_IDLE = (
    15.0  # seconds; what lies between may have dropped an older connection without a word
)


class HttpNode(BaseAsyncNode):
    """Sends requests over at most `connections_per_node` connections, which stay open between
    requests.

    A request that is cancelled closes its connection, upon which Elasticsearch cancels its work.
    """

    def __init__(self, config: NodeConfig) -> None:
        super().__init__(config)
        self._tls = _tls_context(config)
        self._idle: list[
            _Connection
        ] = []  # the last one used goes first, so that surplus ones grow old
        self._closed = False
        self._free = asyncio.Semaphore(config.connections_per_node)
        address = f"[{self.host}]" if ":" in self.host else self.host
        self._host_line = f"host: {address}:{self.port}\r\n"

    async def perform_request(  # type: ignore[override]  # as in the client: the synchronous base declares no coroutine
        self,
        method: str,
        target: str,
        body: bytes | None = None,
        headers: HttpHeaders | None = None,
        request_timeout: DefaultType | float | None = DEFAULT,
    ) -> NodeApiResponse:
        """The status, headers and whole body of the answer to one request.

        `request_timeout` is in seconds and covers the wait for a connection; None waits for ever.
        Raises ConnectionTimeout, TlsError, ConnectionError of elastic_transport.
        """
        request = self._request(method, target, body or b"", headers or HttpHeaders())
        seconds = (
            self.config.request_timeout
            if isinstance(request_timeout, DefaultType)
            else request_timeout
        )
        loop = asyncio.get_running_loop()
        start = loop.time()
        try:
            async with asyncio.timeout(seconds), self._free:
                status, answered, content = await self._answer(
                    request, without_body=method == "HEAD"
                )
        except TimeoutError as error:
            raise ConnectionTimeout(
                "Connection timed out during request", errors=(error,)
            ) from None
        except ssl.SSLError as error:
            raise TlsError(str(error), errors=(error,)) from None
        except (
            OSError,
            UnicodeError,
            httptools.HttpParserError,
        ) as error:  # UnicodeError: of a host that can be none
            raise ConnectionError(str(error) or type(error).__name__, errors=(error,)) from None
        meta = ApiResponseMeta(
            node=self.config,
            duration=loop.time() - start,
            http_version="1.1",
            status=status,
            headers=answered,
        )
        return NodeApiResponse(meta, content)

    def _request(self, method: str, target: str, body: bytes, headers: HttpHeaders) -> bytes:
        lines = [f"{method} {self.path_prefix}{target} HTTP/1.1\r\n", self._host_line]
        lines += [f"{name}: {value}\r\n" for name, value in {**self.headers, **headers}.items()]
        lines.append(f"content-length: {len(body)}\r\n")
        head = "".join(lines)
        if head.count("\n") != len(lines) or head.count("\r") != len(lines):
            raise ValueError("a line break in the address or a header of a request")
        return f"{head}\r\n".encode("latin-1") + body

    async def _answer(self, request: bytes, *, without_body: bool) -> _Answer:
        """Ask over an idle connection or a new one.

        An idle one may have been closed by the other side just now. Where it brought no answer at
        all, the request is sent once more over a new one. That is safe, for the service only reads:
        a point in time that is opened twice ends by itself.
        """
        loop = asyncio.get_running_loop()
        if connection := self._idle_connection(loop.time()):
            try:
                return await self._asked(connection, request, without_body=without_body)
            except _ClosedUnanswered:
                pass
        server_hostname = self.host if self._tls else None
        _, connection = await loop.create_connection(
            _Connection, self.host, self.port, ssl=self._tls, server_hostname=server_hostname
        )
        return await self._asked(connection, request, without_body=without_body)

    def _idle_connection(self, now: float) -> _Connection | None:
        while self._idle:
            connection = self._idle.pop()
            if connection.is_open and now - connection.idle_since <= LONGEST_IDLE:
                return connection
            connection.close()
        return None

    async def _asked(
        self, connection: _Connection, request: bytes, *, without_body: bool
    ) -> _Answer:
        try:
            answer = await connection.ask(request, without_body=without_body)
        except BaseException:
            connection.close()
            raise
        if self._closed:
            connection.close()
        elif connection.is_open:
            connection.idle_since = asyncio.get_running_loop().time()
            self._idle.append(connection)
        return answer

    async def close(self) -> None:  # type: ignore[override]
        """Close all idle connections; those in use close with their requests."""
        self._closed = True
        for connection in self._idle:
            connection.close()
        self._idle.clear()


def _tls_context(config: NodeConfig) -> ssl.SSLContext | None:
    """Certificates are verified by the authority that is named, else by the well-known ones, and by
    the system's.
    """
    if config.scheme != "https":
        return None
    context = ssl.create_default_context()
    context.load_verify_locations(config.ca_certs or certifi.where())
    return context


_Answer = tuple[int, HttpHeaders, bytes]


class _ClosedUnanswered(ConnectionResetError):
    """The other side closed the connection before any byte of an answer."""


class _Connection(asyncio.Protocol):
    """One connection, for one request at a time."""

    def __init__(self) -> None:
        self.idle_since = 0.0  # the loop's time
        self._transport: (
            asyncio.WriteTransport
        )  # from connection_made on, before which nobody has the connection
        self._parser = httptools.HttpResponseParser(self)
        self._answer: asyncio.Future[_Answer] | None = None
        self._without_body = False
        self._heard = False
        self._headers: list[tuple[str, str]] = []
        self._parts: list[bytes] = []

    def ask(self, request: bytes, *, without_body: bool) -> asyncio.Future[_Answer]:
        """Send the request; the future brings the answer or an OSError or HttpParserError."""
        self._answer = asyncio.get_running_loop().create_future()
        self._without_body, self._heard = without_body, False
        self._transport.write(request)
        return self._answer

    @property
    def is_open(self) -> bool:
        return not self._transport.is_closing()

    def close(self) -> None:
        self._transport.abort()  # close() would first wait until all is sent

    # What the event loop calls.

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(
            asyncio.WriteTransport, transport
        )  # uvloop's is one by its methods alone
        # uvloop would keep a request until all that is ready has run; now it leaves at once, and
        # what needs no answer is done while Elasticsearch works.
        self._transport.set_write_buffer_limits(0)

    def data_received(self, data: bytes) -> None:
        self._heard = True
        try:
            if self._answer is None:
                raise httptools.HttpParserError("an answer that nobody asked for")
            self._parser.feed_data(data)
        except httptools.HttpParserUpgrade:
            self._fail(httptools.HttpParserError("an answer in another protocol"))
        except httptools.HttpParserError as error:
            self._fail(error)

    def connection_lost(self, error: Exception | None) -> None:
        reason = str(error or "the connection was closed")
        self._fail(ConnectionResetError(reason) if self._heard else _ClosedUnanswered(reason))

    def _fail(self, error: Exception) -> None:
        self.close()
        answer, self._answer = self._answer, None
        if answer is not None and not answer.done():
            answer.set_exception(error)

    # What the parser calls.

    def on_message_begin(self) -> None:
        self._headers, self._parts = [], []
        if self._answer is None:
            self.close()  # more than was asked for

    def on_header(self, name: bytes, value: bytes) -> None:
        self._headers.append((name.decode("latin-1"), value.decode("latin-1")))

    def on_headers_complete(self) -> None:
        if self._without_body and self._parser.get_status_code() >= 200:
            self.close()  # the parser would wait for the content that these headers tell of
            self._complete()

    def on_body(self, part: bytes) -> None:
        self._parts.append(part)

    def on_message_complete(self) -> None:
        if self._parser.get_status_code() < 200:
            return  # an interim answer; the answer itself follows
        if not self._parser.should_keep_alive():
            self.close()
        self._complete()

    def _complete(self) -> None:
        found = self._parser.get_status_code(), HttpHeaders(self._headers), b"".join(self._parts)
        answer, self._answer = self._answer, None
        if answer is not None and not answer.done():
            answer.set_result(found)

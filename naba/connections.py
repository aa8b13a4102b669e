"""One connection of a client: uvicorn's, with bounds on what a client may send and leave lying.

A request's head has a size and a number of headers, and has to arrive in time, as have the pieces
of its body; an answer has to be taken. Who keeps none of that is answered where an answer can still
be understood, and cut off. The server looks at all connections once a second (`close_if_late`):
that costs a request nothing.
"""

from __future__ import annotations

import asyncio
from typing import Any

import orjson
from uvicorn.protocols.http.httptools_impl import (
    STATUS_LINE,
    HttpToolsProtocol,
    RequestResponseCycle,
)

from service.errors import HeadersTooLarge, NotHttp, RequestTimeout, ServiceError
from service.http.problems import MEDIA_TYPE, problem_of

# Bytes of request line and headers. The longest address that is answered has 16 KB (service/http/
# middleware.py); proxies add some, and browsers send every cookie of the host.
MAX_HEAD = 65_536
MAX_HEADERS = 100  # browsers send twenty, proxies add ten
SENT_TOGETHER = 4096  # bytes: more than the head of an answer, so that its content goes with it
# Bytes of a body to be sent, or of an answer to be taken, within NABA_CLIENT_SECONDS: far less than
# any line carries, and more than somebody moves who only wants to hold the connection.
LEAST_MOVED = 65_536
LINGERING = 2.0  # seconds in which an answer to a request that goes on arriving may be read

_HEAD_BOUNDS = f"A request may have {MAX_HEADERS} headers and {MAX_HEAD} bytes of them."


class BoundedConnection(HttpToolsProtocol):
    """An HTTP/1.1 connection. Times are the loop's."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        # uvloop would keep up to 64 KB of an answer until the request is counted and logged.
        transport.set_write_buffer_limits(SENT_TOGETHER)
        self._in_head = True
        self._received = 0  # bytes of the head, or of the body since `_due`
        self._due: float | None = self.loop.time()  # None while nothing is due from the client
        self._answered_early: float | None = None
        self._refused = False  # what still comes is read and thrown away, so that it reads why
        self._untaken: tuple[float, int] | None = None  # since when, and how many bytes
        self._refusal: ServiceError | None = None
        self._answering: RequestResponseCycle | None = None

    def connection_lost(self, exc: Exception | None) -> None:
        self._disconnect()
        super().connection_lost(exc)

    def _disconnect(self) -> None:
        """Tell all who work for this client that it is gone. uvicorn tells the last of them
        only.
        """
        waiting = [cycle for cycle, _app in self.pipeline]
        for cycle in filter(None, (self._answering, *waiting)):
            cycle.disconnected = True
            cycle.message_event.set()

    # What arrives.

    def data_received(self, data: bytes) -> None:
        if self._refused:
            return
        if self._due is None:
            self._due = self.loop.time()
        self._received += len(data)
        super().data_received(data)
        if self._in_head and self._received > MAX_HEAD and not self._refused:
            self._refuse(HeadersTooLarge(_HEAD_BOUNDS))

    def on_header(self, name: bytes, value: bytes) -> None:
        if len(self.headers) >= MAX_HEADERS:
            self._refuse_parsing(HeadersTooLarge(_HEAD_BOUNDS))
        super().on_header(name, value)

    def on_headers_complete(self) -> None:
        size = len(self.url) + sum(len(name) + len(value) + 4 for name, value in self.headers)
        if size > MAX_HEAD:
            self._refuse_parsing(HeadersTooLarge(_HEAD_BOUNDS))
        self._in_head, self._received, self._due = False, 0, self.loop.time()
        super().on_headers_complete()

    def on_message_complete(self) -> None:
        super().on_message_complete()
        self._in_head, self._received, self._due = True, 0, None
        self._answered_early = None

    def _start_asgi_task(self, cycle: RequestResponseCycle, app: Any) -> None:
        self._answering = cycle
        super()._start_asgi_task(cycle, app)

    def on_response_complete(self) -> None:
        super().on_response_complete()
        if not self._in_head:
            self._answered_early = self.loop.time()

    # What is refused.

    def _refuse_parsing(self, error: ServiceError) -> None:
        """From within the parser: what is raised there ends in `send_400_response`."""
        self._refusal = error
        raise error

    def send_400_response(self, msg: str) -> None:
        self._refuse(self._refusal or NotHttp("Send an HTTP/1.1 request (RFC 9112)."))

    def _refuse(self, error: ServiceError) -> None:
        """Answer with a problem and end. Nothing is sent into an answer that is under way."""
        cycle = self._answering
        if cycle is None or cycle.response_complete or not cycle.response_started:
            problem, _ = problem_of(error, None)
            content = orjson.dumps(problem.members())
            headers = [
                *self.server_state.default_headers,
                (b"content-type", MEDIA_TYPE.encode()),
                (b"content-length", b"%d" % len(content)),
                (b"cache-control", b"no-store"),
                (b"connection", b"close"),
            ]
            lines = [b"%s: %s\r\n" % header for header in headers]
            self.transport.write(b"".join([STATUS_LINE[error.status], *lines, b"\r\n", content]))
        self._disconnect()
        self._refused, self._answered_early, self._due = True, self.loop.time(), None
        # Closed at once, what the client goes on sending would make the system drop the answer.
        self.transport.write_eof()

    def shutdown(self) -> None:
        if self._refused:
            self.transport.close()
        super().shutdown()

    # What nobody waits for any longer.

    def pause_writing(self) -> None:
        super().pause_writing()
        self._untaken = self.loop.time(), self.transport.get_write_buffer_size()

    def resume_writing(self) -> None:
        super().resume_writing()
        self._untaken = None

    def close_if_late(self, now: float, seconds: float) -> None:
        """Cut off a client that has kept this connection waiting for more than `seconds`."""
        late = now - seconds
        if self._is_left_untaken(now, late):
            self._disconnect()
            self.transport.abort()
        elif self.transport.is_closing():
            if self._untaken is None:  # what is left is little, and has the same time to be taken
                self._untaken = now, self.transport.get_write_buffer_size()
        elif self._answered_early is not None and now - self._answered_early > LINGERING:
            self.transport.close()
        elif self._due is not None and self._due < late:
            if self.flow.read_paused or (self._received >= LEAST_MOVED and not self._in_head):
                self._received, self._due = 0, now  # it is not let send, or it sends
            else:
                self._give_up_request(seconds)

    def _is_left_untaken(self, now: float, late: float) -> bool:
        if self._untaken is None or self._untaken[0] > late:
            return False
        size = self.transport.get_write_buffer_size()
        if self._untaken[1] - size < LEAST_MOVED:
            return True
        self._untaken = now, size
        return False

    def _give_up_request(self, seconds: float) -> None:
        if self._received or not self._in_head:
            self._refuse(RequestTimeout(f"Send it within {seconds:g} seconds."))
        else:
            self.transport.close()

"""Serve an application over HTTP: take the address first, end in good order.

The address is taken before anything else is started, so that a port in use costs nobody a wait. On
an ending signal readiness turns first, then the socket closes, then requests in flight finish.
"""

from __future__ import annotations

import asyncio
import errno
import gc
import socket
import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from types import FrameType

import structlog
import uvicorn
from fastapi import FastAPI

from mappings.errors import NabaError
from naba.connections import BoundedConnection
from naba.signals import handled_by

log = structlog.get_logger(__name__)

# Objects made before the young ones are searched for garbage. Python's 700 are made several times
# in one answer, which leaves no cycles: three hundredths of a search's processor time (perf).
GARBAGE_AFTER = 20_000

TICKS = 10  # of uvicorn's tenths of a second, between two looks at all connections


class AddressUnusable(NabaError):
    """NABA_HOST and NABA_PORT name no address on which this process can listen."""


def take_address(host: str, port: int) -> socket.socket:
    """A socket bound to the address, not yet listening; port 0 takes a free one. Raises
    AddressUnusable.
    """
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
    except OSError as error:
        raise AddressUnusable(
            f"{host} is not an address of this machine: correct NABA_HOST."
        ) from error
    taken = socket.socket(family, kind, protocol)
    try:
        taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        taken.bind(address)
    except OSError as error:
        taken.close()
        raise AddressUnusable(_refusal(error, host, port)) from error
    return taken


def _refusal(error: OSError, host: str, port: int) -> str:
    match error.errno:
        case errno.EADDRINUSE:
            return (
                f"Port {port} on {host} is taken by another program: set NABA_PORT to a free one."
            )
        case errno.EACCES:
            return (
                f"Port {port} needs more rights than this user has: set NABA_PORT to one "
                f"above 1023."
            )
        case errno.EADDRNOTAVAIL:
            return f"{host} is not an address of this machine: correct NABA_HOST."
        case _:
            return (
                f"Nothing can listen on {host}, port {port} ({error.strerror}): correct "
                f"NABA_HOST and NABA_PORT."
            )


def url_of(taken: socket.socket) -> str:
    """What to type into a browser on this machine."""
    host, port = taken.getsockname()[:2]
    if host in ("0.0.0.0", "::"):
        host = "localhost"
    return f"http://[{host}]:{port}/" if ":" in host else f"http://{host}:{port}/"


def serve(
    app: FastAPI,
    taken: socket.socket,
    *,
    drain_seconds: float,
    grace_seconds: int,
    client_seconds: float,
    on_ready: Callable[[], None],
) -> None:
    """Answer requests until an ending signal, and return when all is closed.

    `drain_seconds`: how long requests are still accepted after the signal, while
    `app.state.stopping` makes readiness say no; `grace_seconds`: how long those in flight may take
    after that; a second signal ends both waits. `client_seconds`: how long a connection waits for
    its client at a time. `on_ready` is called once, when requests are answered. Raises
    AddressUnusable when the address was lost.
    """
    try:
        taken.listen(2048)
    except OSError as error:
        host, port = taken.getsockname()[:2]
        raise AddressUnusable(_refusal(error, host, port)) from error
    config = uvicorn.Config(
        app,
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=False,  # the application asks NABA_PROXIES; uvicorn would trust loopback
        lifespan="on",
        http=BoundedConnection,
        ws="none",
        timeout_graceful_shutdown=grace_seconds,
    )
    _Server(config, app, drain_seconds, client_seconds, on_ready).run(sockets=[taken])


class _Server(uvicorn.Server):
    """uvicorn's server, with a drain before its shutdown and without the signal it sends to itself
    at the end.
    """

    def __init__(
        self,
        config: uvicorn.Config,
        app: FastAPI,
        drain_seconds: float,
        client_seconds: float,
        on_ready: Callable[[], None],
    ) -> None:
        super().__init__(config)
        self._app = app
        self._drain_seconds = drain_seconds
        self._client_seconds = client_seconds
        self._close_at: float | None = None
        self._on_ready = on_ready
        self._announced = False

    def capture_signals(self) -> AbstractContextManager[None]:  # type: ignore[override]
        return handled_by(self.handle_exit)

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        if self._close_at is None:
            self._app.state.stopping = True
            self._close_at = time.monotonic() + self._drain_seconds
        else:
            self.should_exit = True
            self.force_exit = True

    async def on_tick(self, counter: int) -> bool:
        if not self._announced:
            self._announced = True
            gc.collect()
            # registry, word lists and modules live as long as the service: not to be searched for
            # garbage
            gc.freeze()
            gc.set_threshold(GARBAGE_AFTER)
            self._on_ready()
        if counter % TICKS == 0:
            self._close_late_connections()
        if self._close_at is not None and time.monotonic() >= self._close_at:
            self.should_exit = True
        return await super().on_tick(counter)

    def _close_late_connections(self) -> None:
        now = asyncio.get_running_loop().time()
        for connection in list(self.server_state.connections):
            if isinstance(connection, BoundedConnection):
                try:
                    connection.close_if_late(now, self._client_seconds)
                except Exception as error:  # one connection must not end the service
                    log.error("connection_not_closed", exc_info=error)
                    connection.transport.abort()

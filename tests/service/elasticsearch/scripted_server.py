"""A server on loopback that says what a test has it say, and a node that reaches it."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

from elastic_transport import HttpHeaders, NodeConfig

from service.elasticsearch.node import HttpNode

Talk = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


class Server:
    """Answers connections one way or, in turn, several; keeps what was asked over which
    connection.
    """

    def __init__(self, *talks: Talk) -> None:
        self.talks = list(talks)
        self.asked: list[tuple[int, bytes]] = []  # number of the connection, request
        self.left = asyncio.Event()  # a client closed a connection
        self._connections = 0

    async def __call__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        number = self._connections
        self._connections += 1
        talk = self.talks[min(number, len(self.talks) - 1)]
        try:
            while head := await reader.readuntil(b"\r\n\r\n"):
                length = next(
                    int(line.partition(b":")[2])
                    for line in head.split(b"\r\n")
                    if line.startswith(b"content-length")
                )
                self.asked.append((number, head + await reader.readexactly(length)))
                await talk(reader, writer)
                await writer.drain()
        except (asyncio.IncompleteReadError, ConnectionResetError):
            self.left.set()
        finally:
            writer.close()


def saying(*parts: bytes, then_close: bool = False) -> Talk:
    """Answers each request with these bytes, in as many packets."""

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        for part in parts:
            writer.write(part)
            await writer.drain()
            await asyncio.sleep(0.01)
        if then_close:
            writer.close()

    return talk


async def never(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Answers nothing until the client leaves."""
    await reader.read(1)


@asynccontextmanager
async def serving(
    server: Server, *, tls: ssl.SSLContext | None = None, **config: object
) -> AsyncIterator[HttpNode]:
    """A node that reaches `server`."""
    listener = await asyncio.start_server(server, "127.0.0.1", 0, ssl=tls)
    port = listener.sockets[0].getsockname()[1]
    scheme, host = ("https", "localhost") if tls else ("http", "127.0.0.1")
    node = HttpNode(NodeConfig(scheme, host, port, **config))  # type: ignore[arg-type]
    try:
        yield node
    finally:
        await node.close()
        listener.close()


async def ask(
    node: HttpNode, *, method: str = "POST", seconds: float | None = 5.0
) -> tuple[int, bytes]:
    """Status and content of the answer to one search."""
    meta, body = await node.perform_request(
        method,
        "/_search?a=b",
        b"{}",
        HttpHeaders({"accept": "application/json"}),
        request_timeout=seconds,
    )
    assert meta.headers.get("x-elastic-product", "Elasticsearch") == "Elasticsearch"
    return meta.status, body

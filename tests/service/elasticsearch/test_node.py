"""Connections to Elasticsearch: whole answers or one of the client's errors, and what becomes of a
connection.
"""

from __future__ import annotations

import asyncio

import pytest
from anyio.from_thread import BlockingPortal
from elastic_transport import ConnectionError, ConnectionTimeout, HttpHeaders, NodeConfig

from service.elasticsearch.node import HttpNode
from tests.service.elasticsearch.scripted_server import Server, ask, never, saying, serving

CHUNKED = b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n"
HELLO = b"HTTP/1.1 200 OK\r\ncontent-length: 5\r\nX-Elastic-Product: Elasticsearch\r\n\r\nhello"


@pytest.mark.parametrize(
    ("said", "status", "content"),
    [
        ([HELLO], 200, b"hello"),
        ([HELLO[:9], HELLO[9:40], HELLO[40:]], 200, b"hello"),
        (
            [
                b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n3\r\nhel\r\n",
                b"2\r\nlo\r\n0\r\n\r\n",
            ],
            200,
            b"hello",
        ),
        ([b"HTTP/1.1 103 Early Hints\r\nlink: x\r\n\r\n", HELLO], 200, b"hello"),
        ([b"HTTP/1.1 429 Too Many Requests\r\ncontent-length: 0\r\n\r\n"], 429, b""),
        ([b"HTTP/1.1 204 No Content\r\n\r\n"], 204, b""),
    ],
    ids=[
        "at-once",
        "in-pieces",
        "chunked",
        "after-an-interim-answer",
        "refused",
        "without-content",
    ],
)
def test_a_whole_answer(
    portal: BlockingPortal, said: list[bytes], status: int, content: bytes
) -> None:
    async def twice() -> None:
        server = Server(saying(*said))
        async with serving(server) as node:
            assert [await ask(node), await ask(node)] == [(status, content)] * 2
        assert [number for number, _ in server.asked] == [0, 0], (
            "the connection stays open for the next request"
        )

    portal.call(twice)


def test_what_is_sent(portal: BlockingPortal) -> None:
    async def once() -> None:
        server = Server(saying(HELLO))
        async with serving(server, path_prefix="es") as node:
            await ask(node)
            host = f"host: 127.0.0.1:{node.port}"
        [(_, request)] = server.asked
        lines = request.decode().split("\r\n")
        assert lines[0] == "POST /es/_search?a=b HTTP/1.1"
        assert {
            host,
            "accept: application/json",
            "connection: keep-alive",
            "content-length: 2",
        } <= set(lines)
        assert lines[-2:] == ["", "{}"]

    portal.call(once)


@pytest.mark.parametrize(
    "said",
    [
        b"HTTP/1.1 200 OK\r\ncontent-length: 5\r\nconnection: close\r\n\r\nhello",
        HELLO + HELLO[:40],
        HELLO + HELLO,
    ],
    ids=["said-so", "half-an-answer-too-much", "an-answer-too-much"],
)
def test_a_connection_that_is_at_its_end_is_not_used_again(
    portal: BlockingPortal, said: bytes
) -> None:
    async def twice() -> None:
        server = Server(saying(said))
        async with serving(server) as node:
            assert [await ask(node), await ask(node)] == [(200, b"hello")] * 2
        assert [number for number, _ in server.asked] == [0, 1]

    portal.call(twice)


@pytest.mark.parametrize(
    "interim",
    [b"", b"HTTP/1.1 103 Early Hints\r\n\r\n"],
    ids=["at-once", "after-an-interim-answer"],
)
def test_head_has_no_content(portal: BlockingPortal, interim: bytes) -> None:
    async def twice() -> None:
        server = Server(saying(interim + b"HTTP/1.1 200 OK\r\ncontent-length: 5\r\n\r\n"))
        async with serving(server) as node:
            assert [await ask(node, method="HEAD"), await ask(node, method="HEAD")] == [
                (200, b"")
            ] * 2

    portal.call(twice)


def test_an_idle_connection_that_was_closed_costs_no_request(portal: BlockingPortal) -> None:
    async def across_a_restart() -> None:
        closing = saying(HELLO, then_close=True)
        server = Server(closing, saying(HELLO))
        async with serving(server) as node:
            await ask(node)
            await asyncio.sleep(0.05)
            assert await ask(node) == (200, b"hello")
        assert [number for number, _ in server.asked] == [0, 1]

    portal.call(across_a_restart)


@pytest.mark.parametrize("end", ["close", "abort"])
@pytest.mark.parametrize(
    "answer", [HELLO, b"HTTP/1.1 204 No Content\r\n\r\n"], ids=["content", "no-content"]
)
def test_a_request_that_an_idle_connection_did_not_answer_is_sent_once_more(
    portal: BlockingPortal, end: str, answer: bytes
) -> None:
    async def closed_upon_the_second() -> None:
        answered = False

        async def once_only(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            nonlocal answered
            if answered:
                getattr(writer.transport, end)()
            else:
                writer.write(answer)
            answered = True

        server = Server(once_only, saying(HELLO))
        async with serving(server) as node:
            assert (await ask(node))[0] == int(answer[9:12])
            assert await ask(node) == (200, b"hello")
        assert [number for number, _ in server.asked] == [0, 0, 1]

    portal.call(closed_upon_the_second)


def test_a_connection_that_was_idle_for_long_is_not_trusted(
    portal: BlockingPortal, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("service.elasticsearch.node.LONGEST_IDLE", 0.02)

    async def with_a_pause() -> None:
        server = Server(saying(HELLO))
        async with serving(server) as node:
            await ask(node)
            await asyncio.sleep(0.1)
            await ask(node)
            await asyncio.wait_for(server.left.wait(), timeout=5)
        assert [number for number, _ in server.asked] == [0, 1]

    portal.call(with_a_pause)


def test_an_answer_after_the_end_closes_its_connection(portal: BlockingPortal) -> None:
    async def ended_meanwhile() -> None:
        server = Server(saying(b"", HELLO))
        async with serving(server) as node:
            request = asyncio.create_task(ask(node))
            await asyncio.sleep(0.005)
            await node.close()
            assert await request == (200, b"hello")
            await asyncio.wait_for(server.left.wait(), timeout=5)

    portal.call(ended_meanwhile)


@pytest.mark.parametrize(
    "said",
    [
        b"",
        HELLO[:-2],
        b"SSH-2.0-OpenSSH\r\n",
        CHUNKED + b"x\r\n",
        b"HTTP/1.1 101 Switching Protocols\r\nupgrade: x\r\nconnection: upgrade\r\n\r\n",
        b"HTTP/1.1 103 Early Hints\r\n\r\n",
        b"HTTP/1.0 200 OK\r\n\r\nwithout a length",
    ],
    ids=[
        "nothing",
        "half",
        "another-protocol",
        "broken-chunks",
        "upgrade",
        "interim-only",
        "endless",
    ],
)
def test_no_whole_answer_is_an_error_and_not_asked_again(
    portal: BlockingPortal, said: bytes
) -> None:
    async def once() -> None:
        server = Server(saying(said, then_close=True))
        async with serving(server) as node:
            with pytest.raises(ConnectionError) as failed:
                await ask(node)
        assert str(failed.value)
        assert len(server.asked) == 1

    portal.call(once)


@pytest.mark.parametrize("host", ["127.0.0.1", "a..b"])
def test_nobody_listens(portal: BlockingPortal, host: str) -> None:
    async def once() -> None:
        with pytest.raises(ConnectionError):
            await ask(HttpNode(NodeConfig("http", host, 1)))

    portal.call(once)


def test_the_time_limit_ends_a_request_and_its_connection(portal: BlockingPortal) -> None:
    async def once() -> None:
        server = Server(never, saying(HELLO))
        async with serving(server) as node:
            with pytest.raises(ConnectionTimeout):
                await ask(node, seconds=0.1)
            assert await ask(node) == (200, b"hello"), "its connection is not used again"

    portal.call(once)


def test_a_cancelled_request_closes_its_connection(portal: BlockingPortal) -> None:
    async def once() -> None:
        async def answer_when_left(
            reader: asyncio.StreamReader, writer: asyncio.StreamWriter
        ) -> None:
            assert await reader.read(1) == b"", "the client left"
            server.left.set()

        server = Server(answer_when_left)
        async with serving(server) as node:
            request = asyncio.create_task(ask(node))
            await asyncio.sleep(0.05)
            request.cancel()
            await asyncio.wait_for(server.left.wait(), timeout=5)

    portal.call(once)


def test_no_more_connections_than_allowed_and_the_wait_counts(portal: BlockingPortal) -> None:
    async def three_at_once() -> None:
        server = Server(never)
        async with serving(server, connections_per_node=2) as node:
            waiting = [
                asyncio.create_task(ask(node, seconds=seconds)) for seconds in (0.5, 0.5, 0.2)
            ]
            outcomes = await asyncio.gather(*waiting, return_exceptions=True)
        assert [type(outcome) for outcome in outcomes] == [ConnectionTimeout] * 3
        assert len(server.asked) == 2

    portal.call(three_at_once)


def test_a_line_break_makes_no_second_header(portal: BlockingPortal) -> None:
    async def once() -> None:
        server = Server(saying(HELLO))
        async with serving(server) as node:
            with pytest.raises(ValueError, match="line break"):
                await node.perform_request(
                    "GET", "/", headers=HttpHeaders({"authorization": "ApiKey a\r\nx: y"})
                )
        assert not server.asked

    portal.call(once)

"""What a client may send and leave lying, over real connections to a real server."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
import textwrap
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

PROJECT = Path(__file__).parents[2]
CLIENT_SECONDS = 2
HEAD = b"GET /small HTTP/1.1\r\nhost: naba\r\n"

# A small answer, an endless one, and how many of the latter are under way.
SERVER = f"""
import asyncio
from fastapi import FastAPI, Request
from starlette.requests import ClientDisconnect
from starlette.responses import StreamingResponse
from naba.server import serve, take_address, url_of

app = FastAPI()
app.state.endless = 0

@app.get("/small")
async def small():
    return "done"

@app.post("/read")
async def read(request: Request):
    try:
        return len(await request.body())
    except ClientDisconnect:
        return 0

class Endless(StreamingResponse):
    async def __call__(self, *arguments):
        app.state.endless += 1
        try:
            await super().__call__(*arguments)
        finally:
            app.state.endless -= 1

@app.get("/endless")
async def endless():
    async def chunks():
        while True:
            yield b"x" * 100_000
            await asyncio.sleep(0)
    return Endless(chunks())

@app.get("/under-way")
async def under_way():
    return app.state.endless

with take_address("127.0.0.1", 0) as taken:
    url = url_of(taken)
    serve(app, taken, drain_seconds=0, grace_seconds=5, client_seconds={CLIENT_SECONDS},
          on_ready=lambda: print(url, flush=True))
"""


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    """The port of the server, which must have had nothing to complain of in the end."""
    process = subprocess.Popen(
        [sys.executable, "-W", "error", "-c", textwrap.dedent(SERVER)],
        cwd=PROJECT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        assert process.stdout is not None
        yield int(process.stdout.readline().strip().strip("/").rpartition(":")[2])
    finally:
        process.terminate()
        _, complaints = process.communicate(timeout=30)
    assert "Traceback" not in complaints, complaints


def connect(port: int) -> socket.socket:
    return socket.create_connection(("127.0.0.1", port), timeout=20)


def answer(connection: socket.socket) -> bytes:
    """All that comes until the server ends it."""
    parts = []
    while part := connection.recv(65_536):
        parts.append(part)
    return b"".join(parts)


def ask(port: int, *parts: bytes) -> bytes:
    with connect(port) as connection:
        for part in parts:
            connection.sendall(part)
        return answer(connection)


def problem_of(answered: bytes) -> tuple[int, str]:
    """The status of a problem and its type, which must agree with the answer's head."""
    head, _, body = answered.partition(b"\r\n\r\n")
    assert b"\r\ncontent-type: application/problem+json" in head.lower()
    problem = json.loads(body)
    status = int(head.split(b" ")[1])
    assert problem["status"] == status
    return status, problem["type"].removeprefix("urn:naba:problem:")


@pytest.mark.parametrize(
    "request_bytes",
    [
        pytest.param(HEAD + b"x: y\r\n" * 101 + b"\r\n", id="101 headers"),
        pytest.param(HEAD + b"x: " + b"y" * 70_000 + b"\r\n\r\n", id="one large header"),
        pytest.param(HEAD + b"x: " + b"y" * 20_000_000, id="a header without an end"),
        pytest.param(b"GET /" + b"y" * 70_000 + b" HTTP/1.1\r\n\r\n", id="a long address"),
        pytest.param(HEAD + b"y" * 20_000_000, id="a name without an end"),
        pytest.param(
            HEAD + b"".join(b"x%d: %s\r\n" % (n, b"y" * 1000) for n in range(70)) + b"\r\n",
            id="large in sum",
        ),
    ],
)
def test_a_head_that_is_too_large_is_refused(port: int, request_bytes: bytes) -> None:
    assert problem_of(ask(port, request_bytes)) == (431, "headers-too-large")


def test_a_head_within_the_bounds_is_answered(port: int) -> None:
    headers = b"".join(b"x%d: %s\r\n" % (n, b"y" * 600) for n in range(90))
    assert ask(port, HEAD + headers + b"connection: close\r\n\r\n").startswith(b"HTTP/1.1 200")


@pytest.mark.parametrize(
    "request_bytes",
    [b"\x16\x03\x01\x02\x00\x01\x00\r\n", b"GET / HTTP/1.1\r\nx y: z\r\n\r\n"],
)
def test_what_is_not_http_is_a_problem(port: int, request_bytes: bytes) -> None:
    assert problem_of(ask(port, request_bytes)) == (400, "bad-request")


@pytest.mark.parametrize(
    "sent",
    [
        pytest.param(b"GET", id="the first letters"),
        pytest.param(HEAD, id="half a head"),
        pytest.param(b"\r\n", id="a line end"),
        pytest.param(b"POST /read HTTP/1.1\r\ncontent-length: 9\r\n\r\nabc", id="half a body"),
        pytest.param(
            b"POST /read HTTP/1.1\r\ntransfer-encoding: chunked\r\n\r\n5\r\nab", id="half a chunk"
        ),
    ],
)
def test_a_request_that_does_not_arrive_is_given_up(port: int, sent: bytes) -> None:
    start = time.monotonic()
    assert problem_of(ask(port, sent)) == (408, "request-timeout")
    assert CLIENT_SECONDS - 1 < time.monotonic() - start < CLIENT_SECONDS + 5


@pytest.mark.parametrize("head", [HEAD, b"POST /read HTTP/1.1\r\ncontent-length: 900\r\n\r\n"])
def test_a_request_that_drips_is_given_up(port: int, head: bytes) -> None:
    with connect(port) as connection:
        connection.sendall(head)
        deadline = time.monotonic() + CLIENT_SECONDS + 5
        connection.settimeout(0.2)
        received = b""
        while not received and time.monotonic() < deadline:
            connection.sendall(b"x")
            try:
                received = connection.recv(65_536)
            except TimeoutError:
                continue
    assert received.startswith(b"HTTP/1.1 408")


def test_many_half_sent_requests_are_gone_soon_and_others_are_answered(port: int) -> None:
    with ExitStack() as stack:
        connections = [stack.enter_context(connect(port)) for _ in range(800)]
        for number, connection in enumerate(connections):
            connection.sendall(HEAD if number % 2 else b"")
        assert ask(port, HEAD + b"connection: close\r\n\r\n").startswith(b"HTTP/1.1 200")
        start = time.monotonic()
        for connection in connections:
            answer(connection)
        assert time.monotonic() - start < CLIENT_SECONDS + 10


def under_way(port: int) -> int:
    answered = ask(port, b"GET /under-way HTTP/1.1\r\nconnection: close\r\n\r\n")
    return int(answered.rpartition(b"\r\n\r\n")[2])


@pytest.mark.parametrize("taken", [0, 1000])
def test_an_answer_that_nobody_takes_is_ended(port: int, taken: int) -> None:
    """`taken` bytes are read now and then: holding the connection is not reading."""
    with connect(port) as connection:
        connection.sendall(b"GET /endless HTTP/1.1\r\nhost: naba\r\n\r\n")
        until = time.monotonic() + 20
        begun = False
        while time.monotonic() < until:
            count = under_way(port)
            if begun and not count:
                break
            begun = begun or count > 0
            if taken:
                connection.recv(taken)
            time.sleep(0.2)
        assert begun
        assert under_way(port) == 0


def test_an_answer_that_is_read_slowly_goes_on(port: int) -> None:
    with connect(port) as connection:
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 65_536)
        connection.sendall(b"GET /endless HTTP/1.1\r\nhost: naba\r\n\r\n")
        until = time.monotonic() + 3 * CLIENT_SECONDS
        while time.monotonic() < until:
            assert connection.recv(100_000)
            time.sleep(0.1)


def test_clients_that_leave_between_pipelined_requests_cause_no_complaint(port: int) -> None:
    for _ in range(20):
        with connect(port) as connection:
            connection.sendall((HEAD + b"\r\n") * 20)
    assert ask(port, HEAD + b"connection: close\r\n\r\n").startswith(b"HTTP/1.1 200")


def test_an_early_answer_is_read_while_the_request_goes_on(port: int) -> None:
    """The connection is then ended: what is left of the request belongs to nobody."""
    with connect(port) as connection:
        connection.sendall(b"POST /small HTTP/1.1\r\ncontent-length: 1000000\r\n\r\nabc")
        assert answer(connection).startswith(b"HTTP/1.1 405")

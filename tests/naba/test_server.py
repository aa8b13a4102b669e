"""The address is taken first; the end comes in order: readiness, socket, requests in flight. With
real processes.
"""

from __future__ import annotations

import http.client
import re
import signal
import socket
import subprocess
import sys
import textwrap
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from naba.server import AddressUnusable, take_address, url_of

PROJECT = Path(__file__).parents[2]
SLOW_SECONDS = 1.0

# An application with a slow answer and a readiness, served by our server; argument: drain_seconds,
# grace_seconds.
SERVER = f"""
import asyncio, sys
from fastapi import FastAPI, Response
from naba.server import serve, take_address, url_of

app = FastAPI()
app.state.stopping = False

@app.get("/slow")
async def slow():
    await asyncio.sleep({SLOW_SECONDS})
    return "done"

@app.get("/stuck")
async def stuck():
    await asyncio.sleep(3600)

@app.get("/ready")
async def ready():
    return Response(status_code=503 if app.state.stopping else 200)

with take_address("127.0.0.1", 0) as taken:
    url = url_of(taken)
    serve(app, taken, drain_seconds=float(sys.argv[1]), grace_seconds=int(sys.argv[2]),
          client_seconds=20, on_ready=lambda: print(url, flush=True))
print("closed in order", flush=True)
"""


@contextmanager
def served(
    *, drain_seconds: float, grace_seconds: int
) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """The process and its host:port."""
    code = textwrap.dedent(SERVER)
    process = subprocess.Popen(
        [sys.executable, "-W", "error", "-c", code, str(drain_seconds), str(grace_seconds)],
        cwd=PROJECT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        assert process.stdout is not None
        url = process.stdout.readline()
        yield process, url.removeprefix("http://").strip().strip("/")
    finally:
        process.kill()
        process.communicate()


def get(address: str, path: str) -> int:
    """The status of an answer."""
    connection = http.client.HTTPConnection(address, timeout=20)
    try:
        connection.request("GET", path)
        return connection.getresponse().status
    finally:
        connection.close()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_request_in_flight_finishes(number: signal.Signals) -> None:
    with served(drain_seconds=0, grace_seconds=20) as (process, address):
        statuses: list[int] = []
        request = threading.Thread(target=lambda: statuses.append(get(address, "/slow")))
        request.start()
        time.sleep(SLOW_SECONDS / 3)
        process.send_signal(number)
        request.join()
        output, complaints = process.communicate(timeout=60)
    assert statuses == [200]
    assert (process.returncode, output, complaints) == (0, "closed in order\n", "")


def test_readiness_turns_before_the_socket_closes() -> None:
    with served(drain_seconds=1.5, grace_seconds=5) as (process, address):
        assert get(address, "/ready") == 200
        process.send_signal(signal.SIGTERM)
        time.sleep(0.3)
        assert get(address, "/ready") == 503
        process.wait(20)
        with pytest.raises(ConnectionRefusedError):
            get(address, "/ready")


def test_a_stuck_request_cannot_hold_up_the_end() -> None:
    with served(drain_seconds=0, grace_seconds=1) as (process, address):
        threading.Thread(target=lambda: _ignore_failure(address, "/stuck")).start()
        time.sleep(0.3)
        process.send_signal(signal.SIGTERM)
        process.wait(10)
        assert process.returncode == 0


def test_a_second_signal_ends_the_wait() -> None:
    with served(drain_seconds=60, grace_seconds=60) as (process, address):
        threading.Thread(target=lambda: _ignore_failure(address, "/stuck")).start()
        time.sleep(0.3)
        process.send_signal(signal.SIGINT)
        time.sleep(0.3)
        process.send_signal(signal.SIGINT)
        process.wait(10)


def _ignore_failure(address: str, path: str) -> None:
    with suppress(OSError, http.client.HTTPException):
        get(address, path)


def test_a_taken_port_is_one_sentence() -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        with pytest.raises(
            AddressUnusable, match=rf"^Port {port} on 127.0.0.1 is taken.*set NABA_PORT"
        ):
            take_address("127.0.0.1", port)


@pytest.mark.parametrize("host", ["192.0.2.1", "no-such-host.invalid", "not an address"])
def test_a_foreign_address_is_one_sentence(host: str) -> None:
    with pytest.raises(
        AddressUnusable, match=rf"^{re.escape(host)} is not an address of this machine.*NABA_HOST"
    ):
        take_address(host, 0)


@pytest.mark.parametrize(
    ("host", "shown"),
    [("127.0.0.1", "127.0.0.1"), ("0.0.0.0", "localhost"), ("localhost", r"127\.0\.0\.1|\[::1\]")],
)
def test_the_printed_address_can_be_typed_into_a_browser(host: str, shown: str) -> None:
    with take_address(host, 0) as taken:
        assert re.fullmatch(rf"http://({shown}):[1-9]\d*/", url_of(taken))

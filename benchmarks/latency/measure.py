"""What the service adds to Elasticsearch: the same body sent straight, through a bare relay, and as
a search of Naba.

    NABA_ELASTICSEARCH_URL=… NABA_ALIAS=… .venv/bin/python -m benchmarks.latency.measure [QUERIES]

Over a loaded index (ANT for comparable figures). The queries are distinct openings of headlines of
that index, so no cache answers. For each the fastest of K alternating calls counts: what else the
machine does falls on all alike. Prints one table of ratios; the targets stand beside it.
"""

from __future__ import annotations

import argparse
import asyncio
import multiprocessing
import os
import random
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from functools import cache
from pathlib import Path
from urllib.parse import quote

import aiohttp
import orjson
import psutil
from elasticsearch import Elasticsearch

from benchmarks.latency.report import Load, Times, report
from mappings.agencies import Registry, load_registry
from service.params import SearchParams
from service.query.body import search_body
from service.query.filters import filters
from service.query.question import understand
from service.query.syntax import parse
from service.settings import ServiceSettings

PAIRS = 7  # alternating calls a query; the fastest of each side counts
CLIENTS, SECONDS = 16, 20.0
LOADERS = 2  # processes that ask, eight clients each: one alone would be the limit
ROUNDS = 3  # of the closed loop, the sides in turn; the median counts
HEADERS = {"Content-Type": "application/json", "Accept-Encoding": "identity"}
SERVER = (
    "import sys; from naba.server import serve, take_address; from {module} import {factory}; "
    "from service.http.logs import configure_logs; from service.settings import ServiceSettings; "
    "configure_logs('warning'); "
    "serve({factory}(ServiceSettings()), take_address('127.0.0.1', int(sys.argv[1])), "
    "drain_seconds=0, "
    "grace_seconds=5, client_seconds=20, on_ready=lambda: None)"
)
NABA = SERVER.format(module="service.app", factory="create_app")
RELAY = SERVER.format(module="benchmarks.latency.relay", factory="relay_app")

Ask = tuple[str, str, bytes | None]  # method, address, body


def distinct_queries(settings: ServiceSettings, count: int) -> list[str]:
    """Two to five opening words of `count` headlines, each once."""
    with Elasticsearch(settings.elasticsearch_url or "", request_timeout=60) as es:
        query = {
            "function_score": {
                "query": {"exists": {"field": "title"}},
                "random_score": {"seed": 7, "field": "id"},
            }
        }
        hits = es.search(
            index=settings.alias,
            size=min(count * 2, 10_000),
            query=query,
            source_includes=["title"],
        )["hits"]["hits"]
    shuffled = random.Random(7)
    found = dict.fromkeys(
        " ".join(hit["_source"]["title"].split()[: shuffled.randint(2, 5)]) for hit in hits
    )
    return list(found)[:count]


@cache
def registry() -> Registry:
    return load_registry(None)


def body_of(query: str, settings: ServiceSettings) -> bytes:
    """The body that the service sends for this query."""
    params = SearchParams(q=query)
    question = understand(parse(query), params, registry())
    today = datetime.now(settings.zone).date()
    body = search_body(question, params, filters(params, today), today=today)
    return orjson.dumps({"timeout": "4000ms", **body})


async def paired(
    queries: Sequence[str], bare: str, relay: str, service: str, settings: ServiceSettings
) -> list[Times]:
    """(bare, relayed, searched) milliseconds of every query that is answered with one request."""
    found = []
    async with aiohttp.ClientSession(headers=HEADERS) as session:

        async def timed(ask: Ask) -> tuple[float, bytes]:
            method, address, body = ask
            start = time.perf_counter()
            async with session.request(method, address, data=body) as answer:
                content = await answer.read()
            assert answer.status == 200
            return (time.perf_counter() - start) * 1000, content

        for query in queries:
            body = body_of(query, settings)
            ways = [("POST", bare, body), ("POST", relay, body), search_of(query, service)]
            taken = [[await timed(ask) for ask in ways] for _ in range(PAIRS)]
            total = orjson.loads(taken[0][0][1])["hits"]["total"]["value"]
            if (
                total > 2
            ):  # below it a better query may be looked for, which is more work than the body
                one, two, three = (
                    min(milliseconds for milliseconds, _ in way) for way in zip(*taken, strict=True)
                )
                found.append((one, two, three))
    return found


def search_of(query: str, service: str) -> Ask:
    return "GET", f"{service}/v1/search?q={quote(query)}", None


def asking(
    requests: list[Ask], clients: int, seconds: float, results: multiprocessing.Queue[int]
) -> None:
    """A process of closed-loop clients, each asking the next request as soon as the last is
    answered.
    """

    async def loop() -> int:
        end = time.monotonic() + seconds
        count = 0
        source = iter(requests * 1000)
        connector = aiohttp.TCPConnector(limit=clients)
        async with aiohttp.ClientSession(headers=HEADERS, connector=connector) as session:

            async def client() -> None:
                nonlocal count
                while time.monotonic() < end:
                    method, address, body = next(source)
                    async with session.request(method, address, data=body) as answer:
                        await answer.read()
                        assert answer.status == 200
                    count += 1

            await asyncio.gather(*(client() for _ in range(clients)))
        return count

    results.put(asyncio.run(loop()))


def closed_loop(requests: list[Ask], seconds: float) -> float:
    """Requests a second of CLIENTS clients."""
    results: multiprocessing.Queue[int] = multiprocessing.Queue()
    share = CLIENTS // LOADERS
    processes = [
        multiprocessing.Process(
            target=asking, args=(requests[part::LOADERS], share, seconds, results)
        )
        for part in range(LOADERS)
    ]
    for process in processes:
        process.start()
    total = sum(results.get() for _ in processes)
    for process in processes:
        process.join()
    return total / seconds


async def export_rate(service: str, process: psutil.Process) -> tuple[float, float, float]:
    """Articles a second of a full export, and the service's memory before and at most, in MB."""
    before = peak = process.memory_info().rss
    start, lines = time.perf_counter(), 0
    timeout = aiohttp.ClientTimeout(total=600)
    async with (
        aiohttp.ClientSession(timeout=timeout) as session,
        session.get(f"{service}/v1/export.jsonl") as answer,
    ):
        async for chunk in answer.content.iter_chunked(1 << 18):
            lines += chunk.count(b"\n")
            peak = max(peak, process.memory_info().rss)
    return lines / (time.perf_counter() - start), before / 1e6, peak / 1e6


@contextmanager
def serving(program: str) -> Iterator[tuple[str, psutil.Process]]:
    """A service in a process of its own: its address and the process."""
    port = free_port()
    command = [sys.executable, "-c", program, str(port)]
    with subprocess.Popen(command, cwd=Path(__file__).parents[2], env=os.environ) as process:
        try:
            wait_for(port)
            yield f"http://127.0.0.1:{port}", psutil.Process(process.pid)
        finally:
            process.terminate()


def under_load(requests: list[Ask], seconds: float, process: psutil.Process | None = None) -> Load:
    """Requests a second, and milliseconds of processor time that `process` took for each."""
    used = sum(process.cpu_times()[:2]) if process else 0.0
    rate = closed_loop(requests, seconds)
    taken = sum(process.cpu_times()[:2]) - used if process else 0.0
    return rate, taken * 1000 / (rate * seconds)


def main() -> None:
    """Start a service and a relay, measure, print."""
    arguments = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    arguments.add_argument("queries", nargs="?", type=int, default=300)
    arguments.add_argument("--rounds", type=int, default=ROUNDS)
    arguments.add_argument("--seconds", type=float, default=SECONDS)
    wanted = arguments.parse_args()
    settings = ServiceSettings()
    if not settings.elasticsearch_url:
        raise SystemExit("Set NABA_ELASTICSEARCH_URL, and NABA_ALIAS if it is not naba.")
    queries = distinct_queries(settings, max(wanted.queries, 2000))
    bare = (
        f"{settings.elasticsearch_url}/{settings.alias}/_search?allow_partial_search_results=false"
    )
    with serving(RELAY) as (relay, relay_process), serving(NABA) as (service, process):
        relay += "/relay"
        bodies = [body_of(query, settings) for query in queries]
        sides: list[tuple[list[Ask], psutil.Process | None]] = [
            ([("POST", bare, body) for body in bodies], None),
            ([("POST", relay, body) for body in bodies], relay_process),
            ([search_of(query, service) for query in queries], process),
        ]
        # The loads come first: they warm all up, Elasticsearch's compiler above all.
        loads = [
            [under_load(asked, wanted.seconds, of) for asked, of in sides]
            for _ in range(wanted.rounds)
        ]
        times = asyncio.run(paired(queries[: wanted.queries], bare, relay, service, settings))
        exported = asyncio.run(export_rate(service, process))
    load = f"{CLIENTS} clients, {wanted.rounds} x {wanted.seconds:.0f} s"
    print(f"{len(times)} distinct queries, {PAIRS} calls each; {load}\n")
    report(times, loads, exported)


def free_port() -> int:
    import socket

    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])


def wait_for(port: int) -> None:
    import socket

    for _ in range(200):
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise SystemExit("the service did not start")


if __name__ == "__main__":
    main()

"""What the service adds to Elasticsearch: the same body sent straight, and the search that makes it, in pairs.

    NABA_ELASTICSEARCH_URL=… NABA_ALIAS=… .venv/bin/python benchmarks/latency/measure.py [QUERIES]

Over a loaded index (ANT for comparable figures). The queries are distinct openings of headlines of that index, so no
cache answers. For each the fastest of K alternating calls counts: what else the machine does falls on both alike.
Prints one table of ratios; the targets stand beside it.
"""

from __future__ import annotations

import argparse
import asyncio
import multiprocessing
import os
import random
import statistics
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from urllib.parse import quote

import aiohttp
import orjson
import psutil
from elasticsearch import Elasticsearch

from service.params import SearchParams
from service.query.body import search_body
from service.query.filters import filters
from service.query.matching import applied_match
from service.query.syntax import parse
from service.settings import ServiceSettings

PAIRS = 7  # alternating calls a query; the fastest of each side counts
CLIENTS, SECONDS = 16, 20.0
LOADERS = 2  # processes that ask, eight clients each: one alone would be the limit
ROUNDS = 3  # of the closed loop, the two sides in turn; the median counts
HEADERS = {"Content-Type": "application/json", "Accept-Encoding": "identity"}
SERVER = (
    "import sys; from naba.http_server import serve, take_address; from service.app import create_app; "
    "from service.logs import configure_logs; from service.settings import ServiceSettings; configure_logs('warning'); "
    "serve(create_app(ServiceSettings()), take_address('127.0.0.1', int(sys.argv[1])), drain_seconds=0, "
    "grace_seconds=5, on_ready=lambda: None)"
)


def distinct_queries(settings: ServiceSettings, count: int) -> list[str]:
    """Two to five opening words of `count` headlines, each once."""
    with Elasticsearch(settings.elasticsearch_url or "", request_timeout=60) as es:
        query = {
            "function_score": {"query": {"exists": {"field": "title"}}, "random_score": {"seed": 7, "field": "id"}}
        }
        hits = es.search(index=settings.alias, size=min(count * 2, 10_000), query=query, source_includes=["title"])[
            "hits"
        ]["hits"]
    shuffled = random.Random(7)
    found = dict.fromkeys(" ".join(hit["_source"]["title"].split()[: shuffled.randint(2, 5)]) for hit in hits)
    return list(found)[:count]


def body_of(query: str, settings: ServiceSettings) -> bytes:
    """The body that the service sends for this query."""
    from datetime import datetime

    params, parsed = SearchParams(q=query), parse(query)
    today = datetime.now(settings.zone).date()
    body = search_body(params, parsed, filters(params, today), match=applied_match(parsed, "auto"), today=today)
    return orjson.dumps({"timeout": "4000ms", **body}, option=orjson.OPT_NON_STR_KEYS)


async def paired(
    queries: Sequence[str], bare: str, service: str, settings: ServiceSettings
) -> list[tuple[float, float]]:
    """(bare, service) milliseconds of every query that both answer with one request."""
    found = []
    async with aiohttp.ClientSession(headers=HEADERS) as session:

        async def straight(body: bytes) -> tuple[float, int]:
            start = time.perf_counter()
            async with session.post(bare, data=body) as answer:
                content = await answer.read()
            return (time.perf_counter() - start) * 1000, orjson.loads(content)["hits"]["total"]["value"]

        async def through(address: str) -> float:
            start = time.perf_counter()
            async with session.get(address) as answer:
                await answer.read()
                assert answer.status == 200
            return (time.perf_counter() - start) * 1000

        for query in queries:
            body, address = body_of(query, settings), f"{service}/v1/search?q={quote(query)}"
            one, two = [], []
            total = 0
            for _ in range(PAIRS):
                took, total = await straight(body)
                one.append(took)
                two.append(await through(address))
            if total > 2:  # below it a better query may be looked for, which is more work than the body
                found.append((min(one), min(two)))
    return found


def asking(
    requests: list[tuple[str, str, bytes | None]], clients: int, seconds: float, results: multiprocessing.Queue[int]
) -> None:
    """A process of closed-loop clients, each asking the next request as soon as the last is answered."""

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


def closed_loop(requests: list[tuple[str, str, bytes | None]], seconds: float) -> float:
    """Requests a second of CLIENTS clients."""
    results: multiprocessing.Queue[int] = multiprocessing.Queue()
    share = CLIENTS // LOADERS
    processes = [
        multiprocessing.Process(target=asking, args=(requests[part::LOADERS], share, seconds, results))
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
    async with aiohttp.ClientSession(timeout=timeout) as session, session.get(f"{service}/v1/export.jsonl") as answer:
        async for chunk in answer.content.iter_chunked(1 << 18):
            lines += chunk.count(b"\n")
            peak = max(peak, process.memory_info().rss)
    return lines / (time.perf_counter() - start), before / 1e6, peak / 1e6


def main() -> None:
    """Start a service, measure, print."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("queries", nargs="?", type=int, default=300)
    arguments.add_argument("--rounds", type=int, default=ROUNDS)
    arguments.add_argument("--seconds", type=float, default=SECONDS)
    wanted = arguments.parse_args()
    settings = ServiceSettings()
    assert settings.elasticsearch_url, "set NABA_ELASTICSEARCH_URL and NABA_ALIAS"
    queries = distinct_queries(settings, max(wanted.queries, 2000))
    bare = f"{settings.elasticsearch_url}/{settings.alias}/_search?allow_partial_search_results=false"
    port = free_port()
    service = f"http://127.0.0.1:{port}"
    command = [sys.executable, "-c", SERVER, str(port)]
    with subprocess.Popen(command, cwd=Path(__file__).parents[2], env=os.environ) as process:
        try:
            wait_for(port)
            report(queries, wanted, bare, service, settings, psutil.Process(process.pid))
        finally:
            process.terminate()


def report(
    queries: list[str],
    wanted: argparse.Namespace,
    bare: str,
    service: str,
    settings: ServiceSettings,
    process: psutil.Process,
) -> None:
    """Measure all and print the table."""
    pairs, seconds, rounds = wanted.queries, wanted.seconds, wanted.rounds
    asyncio.run(paired(queries[-10:], bare, service, settings))  # warms both up
    times = asyncio.run(paired(queries[:pairs], bare, service, settings))
    added = statistics.median(two - one for one, two in times)
    straight, through = (statistics.median(side) for side in zip(*times, strict=True))
    straight_requests = [("POST", bare, body_of(query, settings)) for query in queries]
    searches: list[tuple[str, str, bytes | None]] = [
        ("GET", f"{service}/v1/search?q={quote(query)}", None) for query in queries
    ]
    bare_rates, rates, cpu = [], [], []
    for _ in range(rounds):
        bare_rates.append(closed_loop(list(straight_requests), seconds))
        used = sum(process.cpu_times()[:2])
        rates.append(closed_loop(searches, seconds))
        cpu.append((sum(process.cpu_times()[:2]) - used) * 1000 / (rates[-1] * seconds))
    rate, before, peak = asyncio.run(export_rate(service, process))
    ratio = statistics.median(two / one for one, two in zip(bare_rates, rates, strict=True))
    print(f"{len(times)} distinct queries, {PAIRS} pairs each; {CLIENTS} clients, {rounds} x {seconds:.0f} s\n")
    print(f"{'measure':44}{'bare':>9}{'service':>9}{'found':>9}  target")
    print(f"{'p50, ms (added)':44}{straight:9.2f}{through:9.2f}{added:9.2f}  <= 1.2")
    bare_rate, service_rate = statistics.median(bare_rates), statistics.median(rates)
    print(f"{'requests a second (ratio)':44}{bare_rate:9.0f}{service_rate:9.0f}{ratio:9.2f}  >= 0.65")
    print(f"{'CPU of the service, ms a request, no gzip':44}{'':9}{'':9}{statistics.median(cpu):9.2f}  <= 1.2")
    print(f"{'export, articles a second':44}{'':9}{'':9}{rate:9.0f}  >= 5000")
    print(f"{'export, memory before and at most, MB':44}{'':9}{before:9.0f}{peak:9.0f}  flat")


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

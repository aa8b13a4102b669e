"""What the loader adds to Elasticsearch's own work, what the Arabic analysis costs, and how much
memory a load takes.

    .venv/bin/python benchmarks/loading/measure.py CORPUS [ARTICLES]

Over a corpus of JSON lines on a node of its own, after a warm-up: the loader into a new generation;
then the very documents it wrote, ready-made, sent by a bare HTTP client in requests of the same
size and number under way; then the same into an index with Elasticsearch's stock `arabic` analyser.
Prints one table of rates and ratios, and the peak memory of the loader's process after a tenth, a
half and all of the corpus.
"""

from __future__ import annotations

import argparse
import gzip
import http.client
import itertools
import multiprocessing
import resource
import tempfile
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import orjson
from elasticsearch import Elasticsearch, helpers

from loader.index.generations import Generations
from loader.index.writer import BATCH_ARTICLES, SENDERS
from loader.load import Options, load
from loader.report import LoadReport, Tally
from loader.settings import LoaderSettings
from mappings.connection import connect
from naba.node.temporary import temporary_node
from naba.settings import NodeSettings

WARM_UP = 1_000  # articles: the node's compiler has seen the code by then
SHARES = (0.1, 0.5, 1.0)
HEAP = "1g"  # the private node's own default


@dataclass(frozen=True, slots=True)
class Measured:
    """A load in a process of its own: its report, its processor seconds, and its peak memory (MB)
    after each share.
    """

    report: LoadReport
    cpu_seconds: float
    peaks: list[float]


def measured_load(url: str, alias: str, path: Path, articles: int, unloaded: Path) -> Measured:
    """Runs in a fresh process, so that its memory is the loader's alone."""
    settings = LoaderSettings(elasticsearch_url=url, alias=alias)
    tally = Tally()
    peaks: list[float] = []
    ended = threading.Event()

    def watch() -> None:
        for share in SHARES[:-1]:
            while tally.read < share * articles and not ended.wait(0.05):
                pass
            peaks.append(_peak())

    watcher = threading.Thread(target=watch)
    watcher.start()
    with connect(settings) as es:
        report = load(es, [path], settings, Options(unloaded, replace=True), tally=tally)
    ended.set()
    watcher.join()
    used = resource.getrusage(resource.RUSAGE_SELF)
    return Measured(report, used.ru_utime + used.ru_stime, [*peaks, _peak()])


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def in_own_process(*arguments: Any) -> Measured:
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        return pool.apply(measured_load, arguments)


def first_articles(corpus: Path, count: int, target: Path) -> int:
    """Copy the first lines of a (gzipped) file of JSON lines; out: how many there were."""
    with (
        gzip.open(corpus, "rb") if corpus.suffix == ".gz" else corpus.open("rb") as lines,
        target.open("wb") as file,
    ):
        copied = 0
        for line in itertools.islice(lines, count):
            file.write(line)
            copied += 1
    return copied


def ready_made(es: Elasticsearch, index: str, file: Path) -> list[tuple[int, int]]:
    """The documents of `index` as bulk bodies, one after the other in `file`; out: offset and
    length of each.
    """
    bodies = []
    with file.open("wb") as output:
        hits = helpers.scan(
            es, index=index, size=BATCH_ARTICLES, query={"query": {"match_all": {}}}
        )
        for batch in iter(lambda: list(itertools.islice(hits, BATCH_ARTICLES)), []):
            lines = (
                orjson.dumps({"create": {"_id": hit["_id"]}})
                + b"\n"
                + orjson.dumps(hit["_source"])
                + b"\n"
                for hit in batch
            )
            body = b"".join(lines)
            bodies.append((output.tell(), len(body)))
            output.write(body)
    return bodies


def replay(url: str, index: str, file: Path, bodies: list[tuple[int, int]]) -> float:
    """Send ready-made bulk bodies with a bare client, as many at once as the loader does; out:
    seconds.
    """
    address = urlsplit(url)
    own = threading.local()

    def send(place: tuple[int, int]) -> None:
        if not hasattr(own, "connection"):
            own.connection = http.client.HTTPConnection(
                address.hostname or "", address.port, timeout=120
            )
        with file.open("rb") as bodies_file:
            bodies_file.seek(place[0])
            body = bodies_file.read(place[1])
        headers = {"Content-Type": "application/x-ndjson"}
        own.connection.request("POST", f"/{index}/_bulk?filter_path=errors", body, headers)
        if orjson.loads(own.connection.getresponse().read()).get("errors") is not False:
            raise RuntimeError(f"{index} did not take everything")

    began = time.monotonic()
    with ThreadPoolExecutor(SENDERS) as senders:
        list(senders.map(send, bodies))
    return time.monotonic() - began


def stock_index(es: Elasticsearch, name: str, like: str) -> None:
    """An index with the same fields where every text has the stock `arabic` analyser and nothing
    else.
    """
    properties = es.indices.get_mapping(index=like)[like]["mappings"]["properties"]
    by_type = {
        "text": {"type": "text", "analyzer": "arabic", "index_options": "offsets"},
        "completion": {"type": "object", "enabled": False},
    }
    stock = {
        field: by_type.get(definition["type"], definition)
        for field, definition in properties.items()
    }
    settings = {"number_of_shards": 1, "number_of_replicas": 0, "refresh_interval": "-1"}
    es.indices.create(
        index=name, settings=settings, mappings={"dynamic": "strict", "properties": stock}
    )


def measure(corpus: Path, articles: int, folder: Path) -> Iterator[str]:
    """The lines of the table."""
    sample, warm_up, bodies_file = (
        folder / "sample.jsonl",
        folder / "warm-up.jsonl",
        folder / "bodies",
    )
    articles = first_articles(corpus, articles, sample)
    first_articles(corpus, WARM_UP, warm_up)
    with temporary_node(
        NodeSettings(), say=lambda _sentence: None, heap=HEAP, jvm_options=()
    ) as url:
        in_own_process(url, "warm-up", warm_up, WARM_UP, folder / "unloaded-warm-up.jsonl")
        loaded = in_own_process(url, "loaded", sample, articles, folder / "unloaded.jsonl")
        generation = loaded.report.generation
        if generation is None or not loaded.report.complete:
            raise RuntimeError(f"the load did not succeed: {loaded.report.stopped}")
        with Elasticsearch(url, request_timeout=120) as es:
            bodies = ready_made(es, generation, bodies_file)
            raw = Generations(es, "raw").create(datetime.now(UTC)).name
            raw_seconds = replay(url, raw, bodies_file, bodies)
            stock_index(es, "stock", like=raw)
            stock_seconds = replay(url, "stock", bodies_file, bodies)
    count = loaded.report.in_index
    rates = [
        ("loader, all of it", count / loaded.report.seconds),
        ("its documents, ready-made", count / raw_seconds),
        ("the same, stock arabic analyser", count / stock_seconds),
    ]
    yield f"{articles:,} articles read, {count:,} in the index, {loaded.report.seconds:.1f} s"
    yield f"{'':<34}{'articles/s':>11}{'of ready-made':>15}"
    yield from (f"{name:<34}{rate:>11,.0f}{rate / rates[1][1]:>15.2f}" for name, rate in rates)
    yield f"loader's own processor time: {loaded.cpu_seconds / articles * 1e3:.2f} ms an article"
    shares = ", ".join(
        f"{share:.0%} {peak:.0f} MB" for share, peak in zip(SHARES, loaded.peaks, strict=True)
    )
    yield f"peak memory of the loader after {shares}"


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("corpus", type=Path)
    parser.add_argument("articles", type=int, nargs="?", default=1_000_000)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="naba-benchmark-") as folder:
        for line in measure(arguments.corpus, arguments.articles, Path(folder)):
            print(line)


if __name__ == "__main__":
    main()

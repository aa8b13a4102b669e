"""What Naba costs at 30 thousand, 300 thousand and one million articles, beside the stock `arabic`
analyser over the same articles, sender and queries.

    python -m benchmarks.scale URL CORPORA STATE [--share 0.1] [--minutes 30] [--editors FILE]

Both indices grow together: filled to a size, merged, asked, and filled on to the next. STATE is a
JSON file that keeps what was done and measured; the same command goes on from there, also after it
was ended, and removes the indices when all is measured (--keep: it leaves them). It says first what
it expects to take. --share 0.1 runs all of it at a tenth: 3,000, 30,000 and 100,000 articles;
--largest leaves out what is larger.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from elasticsearch import Elasticsearch, OrjsonSerializer

from benchmarks.finding.corpus import ant
from benchmarks.scale.articles import Recombined
from benchmarks.scale.indices import BODIES, Filled, create, fill, merge, name_of
from benchmarks.scale.searches import profiled, query_sets, tell, timed

SIZES = (30_000, 300_000, 1_000_000)  # articles
QUERIES = 100  # of each set
QUERY_SECONDS = 2.5  # of one query in all variants and both rounds, before any was measured


class OutOfTime(Exception):
    """The minutes are used up; the state holds what was done."""


class Run:
    """One pair of indices, and what is known of them in the file `state`."""

    def __init__(self, client: Elasticsearch, state: Path, prefix: str, minutes: float) -> None:
        self._client, self._file, self._prefix = client, state, prefix
        self._end = time.monotonic() + minutes * 60
        known: dict[str, Any] = json.loads(state.read_text()) if state.exists() else {}
        self.measured: dict[str, Any] = known.get("measured", {})
        self.filled = {side: Filled(**known.get("filled", {}).get(side, {})) for side in BODIES}
        self.names = {side: name_of(prefix, side) for side in BODIES}

    def save(self) -> None:
        """Write the state, whole or not at all."""
        state = {
            "filled": {side: asdict(filled) for side, filled in self.filled.items()},
            "measured": self.measured,
        }
        new = self._file.with_suffix(".new")
        new.write_text(json.dumps(state, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
        new.replace(self._file)

    def fill(self, articles: Recombined, size: int) -> None:
        """Fill both indices up to a size and merge them. Raises OutOfTime."""
        for side, filled in self.filled.items():
            name = self.names[side]
            if not self._client.indices.exists(index=name):
                filled.__dict__.update(Filled().__dict__)
                create(self._client, name, side)
            if filled.articles >= size:
                continue
            for _ in fill(self._client, name, filled, articles, size):
                self.save()
                if time.monotonic() > self._end:
                    raise OutOfTime(f"{name} has {filled.articles:,} of {size:,} articles")
            merge(self._client, name, filled)
            self.save()

    def ask(self, size: int, sets: dict[str, list[str]]) -> None:
        """Ask every set that was not asked at this size. Raises OutOfTime between two."""
        at_size = self.measured.setdefault(str(size), {"loading": self._loading(), "sets": {}})
        for name, queries in sets.items():
            if name in at_size["sets"]:
                continue
            if time.monotonic() > self._end:
                raise OutOfTime(f"{name} not asked yet at {size:,} articles")
            at_size["sets"][name] = {
                "queries": len(queries),
                "took": timed(self._client, self.names, queries),
                "profile": profiled(self._client, self.names["naba"], queries),
            }
            self.save()

    def _loading(self) -> dict[str, Any]:
        """Rates and bytes of both sides now."""
        return {
            side: {
                "articles a second": round(filled.articles / filled.bulk_seconds, 1),
                "last steps": round(filled.rate(side), 1),
                "documents, s": round(filled.documents_seconds, 1),
                "bulk, s": round(filled.bulk_seconds, 1),
                "merge, s": round(filled.merge_seconds, 1),
                "bytes an article": round(filled.bytes / filled.articles),
            }
            for side, filled in self.filled.items()
        }

    def estimate(self, sizes: Sequence[int], sets: dict[str, list[str]]) -> str:
        """What is left to do, in minutes and gigabytes."""
        parts = [filled.expected(side, sizes[-1]) for side, filled in self.filled.items()]
        unasked = [
            len(queries) * QUERY_SECONDS * max(1.0, size / 100_000)
            for size in sizes
            for name, queries in sets.items()
            if name not in self.measured.get(str(size), {}).get("sets", {})
        ]
        minutes = (sum(seconds for seconds, _ in parts) + sum(unasked)) / 60
        gigabytes = sum(stored for _, stored in parts) / 1e9
        return f"about {minutes:.0f} minutes are left to do; the indices take {gigabytes:.1f} GB"

    def remove(self) -> None:
        """Delete both indices."""
        self._client.indices.delete(index=list(self.names.values()), ignore_unavailable=True)


def report(measured: dict[str, Any]) -> None:
    """All that was measured, a size after the other."""
    for size, at_size in measured.items():
        loading = at_size["loading"]
        print(f"\n{int(size):,} articles")
        for side, figures in loading.items():
            print(f"  {side}: " + ", ".join(f"{name} {value}" for name, value in figures.items()))
        ours, stock = loading["naba"], loading["stock"]
        rates = ours["articles a second"] / stock["articles a second"]
        stored = ours["bytes an article"] / stock["bytes an article"]
        print(f"  loading at {rates:.2f} of stock's rate; {stored:.2f} times its bytes")
        for name, figures in at_size["sets"].items():
            print(f"\n{name}, {figures['queries']} queries, milliseconds")
            tell(figures["took"], print)
            print("  profile: " + ", ".join(f"{k} {v}" for k, v in figures["profile"].items()))


def main() -> None:
    """Read the arguments, say the estimate, go on, report."""
    arguments = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    arguments.add_argument("url")
    arguments.add_argument("corpora", type=Path)
    arguments.add_argument("state", type=Path)
    arguments.add_argument("--share", type=float, default=1.0)
    arguments.add_argument("--largest", type=int, default=SIZES[-1])
    arguments.add_argument("--minutes", type=float, default=1e6)
    arguments.add_argument("--editors", type=Path, help="JSON lines with a key `query`")
    arguments.add_argument("--keep", action="store_true", help="leave the indices")
    wanted = arguments.parse_args()
    sizes = [size for full in SIZES if (size := int(full * wanted.share)) <= wanted.largest]
    real = list(ant(wanted.corpora))
    count = max(20, int(QUERIES * min(1.0, wanted.share * 3)))
    sets = query_sets(real, wanted.corpora, wanted.editors, count)
    with Elasticsearch(wanted.url, serializer=OrjsonSerializer(), request_timeout=600) as client:
        run = Run(client, wanted.state, f"bench-scale-{wanted.share:g}", wanted.minutes)
        print(run.estimate(sizes, sets), flush=True)
        articles = Recombined(real)
        try:
            for size in sizes:
                run.fill(articles, size)
                run.ask(size, sets)
        except (OutOfTime, KeyboardInterrupt) as stopped:
            print(f"stopped: {stopped}; the same command goes on from here")
        else:
            if not wanted.keep:
                run.remove()
    report(run.measured)


if __name__ == "__main__":
    main()

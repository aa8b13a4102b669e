"""What is asked of the two indices: the product's request part by part, and the stock query."""

from __future__ import annotations

import gzip
import json
import random
import time
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path
from statistics import mean
from typing import Any

from elasticsearch import Elasticsearch

from mappings.arabic.letters import words
from mappings.article import Article
from service.params import SearchParams
from service.query.body import search_body
from service.query.filters import filters
from service.query.highlight import FRAGMENT_LENGTH, FRAGMENTS
from service.query.question import understand
from service.query.syntax import parse

TODAY = date(2026, 1, 1)
LEAST_WORDS = 4  # of a headline that serves as a query
PROFILED = 20  # queries of a set, for Elasticsearch's own account of its time

Body = dict[str, Any]

STOCK, STOCK_MARKED = "stock: match", "stock: match, highlights"
WHOLE = "naba: whole request"


def query_sets(
    articles: Sequence[Article], corpora: Path, editors: Path | None, count: int
) -> dict[str, list[str]]:
    """Headlines, questions of ARCD and, where the file is named, editors' queries; at most `count`
    of each, by a seed.
    """
    titles = {article.title or "" for article in articles}
    questions = json.loads(gzip.decompress((corpora / "arcd.json.gz").read_bytes()))["queries"]
    sets = {
        "headlines": sorted(title for title in titles if len(words(title)) >= LEAST_WORDS),
        "questions": sorted({one["query"] for one in questions}),
    }
    if editors:
        lines = editors.read_text(encoding="utf-8").splitlines()
        sets["editors"] = sorted({json.loads(line)["query"] for line in lines})
    chance = random.Random(7)
    return {name: chance.sample(all_, min(count, len(all_))) for name, all_ in sets.items()}


def _stock(q: str, *, marked: bool) -> Body:
    """What Elasticsearch offers out of the box; highlights in the shape of the product's."""
    fields = [{"match": {"title": {"query": q, "boost": 0.5}}}, {"match": {"body": q}}]
    body: Body = {"query": {"bool": {"should": fields}}, "track_total_hits": False, "size": 10}
    if marked:
        fragments = {
            "number_of_fragments": FRAGMENTS,
            "fragment_size": FRAGMENT_LENGTH,
            "no_match_size": FRAGMENT_LENGTH,
        }
        body["highlight"] = {
            "type": "unified",
            "encoder": "html",
            "fields": {"title": {"number_of_fragments": 0}, "body": fragments},
        }
    return body


def _whole(q: str) -> Body:
    """The request of a page: copies folded."""
    params = SearchParams(q=q, group=True)
    question = understand(parse(q), params)
    return search_body(question, params, filters(params, TODAY), today=TODAY)


def _parts(q: str) -> dict[str, Body]:
    """The request grown part by part, from what matches to the whole."""
    whole = _whole(q)
    facets = {name: part for name, part in whole["aggs"].items() if name != "stories"}
    grown: dict[str, Body] = {}
    body = {"query": whole["query"], "size": 10, "_source": False, "track_total_hits": False}
    parts: tuple[tuple[str, Body], ...] = (
        ("naba: match", {}),
        ("naba: and rank", {key: whole[key] for key in ("rescore", "sort") if key in whole}),
        ("naba: and exact total", {"track_total_hits": True}),
        ("naba: and facets", {"aggs": facets}),
        ("naba: and stories", {"aggs": whole["aggs"], "collapse": whole.get("collapse")}),
        ("naba: and highlights", {"highlight": whole["highlight"]}),
        (WHOLE, {"_source": whole["_source"]}),
    )
    for name, more in parts:
        body = {**body, **more}
        grown[name] = {key: value for key, value in body.items() if value is not None}
    return grown


def _variants(q: str) -> dict[str, tuple[str, Body]]:
    """Name -> the side that is asked, and what."""
    stock = {STOCK: _stock(q, marked=False), STOCK_MARKED: _stock(q, marked=True)}
    return {name: ("stock", body) for name, body in stock.items()} | {
        name: ("naba", body) for name, body in _parts(q).items()
    }


def timed(
    client: Elasticsearch, names: Mapping[str, str], queries: Sequence[str]
) -> dict[str, dict[str, float]]:
    """Milliseconds of each variant, after one round to warm up; variants take turns. `took` is
    Elasticsearch's own time, `call` that of the whole call.
    """
    took: dict[str, list[float]] = defaultdict(list)
    calls: dict[str, list[float]] = defaultdict(list)
    for warm in (True, False):
        for q in queries:
            for variant, (side, body) in _variants(q).items():
                began = time.perf_counter()
                answer = client.search(index=names[side], body=body, request_cache=False)
                if not warm:
                    calls[variant].append((time.perf_counter() - began) * 1000)
                    took[variant].append(answer["took"])
    return {
        variant: {
            "mean": round(mean(values), 2),
            "p50": _percentile(values, 0.5),
            "p95": _percentile(values, 0.95),
            "call p50": round(_percentile(calls[variant], 0.5), 1),
            "call p95": round(_percentile(calls[variant], 0.95), 1),
        }
        for variant, values in took.items()
    }


def _percentile(values: Sequence[float], share: float) -> float:
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))]


def profiled(client: Elasticsearch, name: str, queries: Sequence[str]) -> dict[str, float]:
    """Mean milliseconds by Elasticsearch's account of whole requests: query, each aggregation, each
    phase of the fetch. Profiling itself makes all of them dearer; their proportions count.
    """
    sums: dict[str, float] = defaultdict(float)
    for q in queries[:PROFILED]:
        answer = client.search(index=name, body={**_whole(q), "profile": True})
        for shard in answer["profile"]["shards"]:
            _add(sums, shard)
    asked = len(queries[:PROFILED])
    return {part: round(total / asked / 1e6, 2) for part, total in sorted(sums.items())}


def _add(sums: dict[str, float], shard: Mapping[str, Any]) -> None:
    for search in shard["searches"]:
        sums["matching"] += sum(query["time_in_nanos"] for query in search["query"])
        sums["matching: rewrite"] += search["rewrite_time"]
    for aggregation in shard["aggregations"]:
        sums[f"aggregation: {aggregation['description']}"] += aggregation["time_in_nanos"]
    fetch = shard.get("fetch", {})
    sums["fetch"] += fetch.get("time_in_nanos", 0)
    for phase in fetch.get("children", ()):
        sums[f"fetch: {phase['type']}"] += phase["time_in_nanos"]


Report = Callable[[str], None]


def tell(figures: Mapping[str, Mapping[str, float]], say: Report) -> None:
    """A table of one set: each variant, and what it takes beside the stock analyser's."""
    say(f"{'':28}{'took mean':>10}{'p50':>7}{'p95':>7}{'call p50':>10}{'p95':>8}{'x stock':>9}")
    for variant, row in figures.items():
        stock = figures[STOCK_MARKED if "highlights" in variant or variant == WHOLE else STOCK]
        say(
            f"{variant:28}{row['mean']:10.1f}{row['p50']:7.0f}{row['p95']:7.0f}"
            f"{row['call p50']:10.1f}{row['call p95']:8.1f}{row['mean'] / stock['mean']:9.1f}"
        )

"""Scores the product's endpoint beside Elasticsearch's stock analysers, in one run: one table and a
JSON file.

NABA_ELASTICSEARCH_URL=… .venv/bin/python -m benchmarks.relevance ../shared/corpora --json
relevance.json
"""

from __future__ import annotations

import argparse
import os
import secrets
from pathlib import Path
from typing import Any

import orjson
from elasticsearch import Elasticsearch

from benchmarks.relevance.judged import Collection, Judged, news, passages
from benchmarks.relevance.metrics import Scores, mean, score
from benchmarks.relevance.rewrites import rewrites
from benchmarks.relevance.searchers import (
    endpoint,
    load,
    product_answers,
    product_body,
    stock_answers,
    stock_body,
)
from service.http.logs import configure_logs

# How each set is asked: the known-item and passage sets search bodies only, an abstract both
# fields. A title at .5 was the best of the mixes tried for the stock analysers too.
STOCK_FIELDS = {"abstracts": ("title^0.5", "body")}
PRODUCT_PARAMS = {"abstracts": {"match": "any"}}
BODY_ONLY = {"match": "any", "in": "body"}


def measure(judged: list[Judged], answers: list[list[str]]) -> Scores:
    """The mean scores of a set."""
    return mean(score(one, ranked) for one, ranked in zip(judged, answers, strict=True))


def row(design: str, name: str, scores: Scores) -> None:
    """One line of the table."""
    figures = "  ".join(f"{figure} {value:.4f}" for figure, value in scores.as_dict().items())
    print(f"{design:10} {name:28} {figures}", flush=True)


def run(url: str, collections: list[Collection], *, robustness: bool, auto: bool) -> dict[str, Any]:
    """Every design on every collection; indices are made for the run and deleted."""
    es = Elasticsearch(url, request_timeout=120)
    report: dict[str, Any] = {"scores": {}, "loading": {}, "robustness": {}}
    prefix = f"relevance-{secrets.token_hex(3)}"
    try:
        for collection in collections:
            for design in ("naba", "arabic", "standard"):
                body = product_body() if design == "naba" else stock_body(design)
                loading = load(
                    es, f"{prefix}-{design}-{collection.name}", body, collection.documents
                )
                report["loading"][f"{design}/{collection.name}"] = vars_of(loading)
                print(f"{design:10} {collection.name:28} {vars_of(loading)}", flush=True)
            for name in collection.sets:
                report["scores"][name] = compare(es, url, prefix, collection, name, auto=auto)
            if robustness and "arcd" in collection.sets:
                report["robustness"] = rewritten(es, url, prefix, collection)
    finally:
        for index in es.indices.get(index=f"{prefix}*", features="aliases"):
            es.indices.delete(index=index)
    return report


def vars_of(loading: Any) -> dict[str, float]:
    """A Loading as rounded figures."""
    return {
        "docs_per_s": round(loading.documents_per_second),
        "store_mb": round(loading.megabytes, 2),
    }


def compare(
    es: Elasticsearch,
    url: str,
    prefix: str,
    collection: Collection,
    name: str,
    *,
    auto: bool,
) -> dict[str, dict[str, float]]:
    """One set of queries in every design."""
    judged = collection.sets[name]
    queries = [one.query for one in judged]
    scores: dict[str, Scores] = {}
    with endpoint(url, f"{prefix}-naba-{collection.name}") as client:
        asked = PRODUCT_PARAMS.get(name, BODY_ONLY)
        scores["naba"] = measure(judged, product_answers(client, queries, **asked))
        if auto:
            scores["naba auto"] = measure(
                judged, product_answers(client, queries, **{**asked, "match": "auto"})
            )
    for design in ("arabic", "standard"):
        answers = stock_answers(
            es, f"{prefix}-{design}-{collection.name}", queries, STOCK_FIELDS.get(name, ("body",))
        )
        scores[design] = measure(judged, answers)
    for design, found in scores.items():
        row(design, name, found)
    return {design: found.as_dict() for design, found in scores.items()}


def rewritten(
    es: Elasticsearch, url: str, prefix: str, collection: Collection
) -> dict[str, dict[str, float]]:
    """The ARCD questions as people type them: nDCG@10 and empty answers, beside the stock
    analyser.
    """
    judged, report = collection.sets["arcd"], {}
    with endpoint(url, f"{prefix}-naba-{collection.name}") as client:
        for name, change in rewrites().items():
            queries = [change(one.query) for one in judged]
            ours = measure(judged, product_answers(client, queries, **BODY_ONLY))
            stock = measure(
                judged, stock_answers(es, f"{prefix}-arabic-{collection.name}", queries, ("body",))
            )
            row("naba", name, ours)
            row("arabic", name, stock)
            report[name] = {"naba": round(ours.ndcg10, 4), "arabic": round(stock.ndcg10, 4)}
    return report


def main() -> None:
    """Read the arguments, run, print the table, write the JSON file."""
    arguments = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    arguments.add_argument("corpora", type=Path)
    arguments.add_argument("--json", type=Path, help="file for the figures")
    arguments.add_argument("--titles", type=int, default=3000)
    arguments.add_argument("--abstracts", type=int, default=1500)
    arguments.add_argument("--no-robustness", action="store_true")
    arguments.add_argument("--no-news", action="store_true")
    arguments.add_argument("--no-passages", action="store_true")
    arguments.add_argument(
        "--no-auto", action="store_true", help="leave out the default match=auto"
    )
    given = arguments.parse_args()
    configure_logs("error")  # a line for each of some 30,000 searches says nothing
    collections = [] if given.no_passages else [passages(given.corpora)]
    if not given.no_news:
        collections.append(news(given.corpora, titles=given.titles, abstracts=given.abstracts))
    url = os.environ.get("NABA_ELASTICSEARCH_URL", "http://127.0.0.1:9200")
    report = run(url, collections, robustness=not given.no_robustness, auto=not given.no_auto)
    if given.json:
        given.json.write_bytes(orjson.dumps(report, option=orjson.OPT_INDENT_2))


if __name__ == "__main__":
    main()

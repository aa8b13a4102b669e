"""Scores the product's endpoint on the queries of editors over ANT: defaults, copies folded, newest
first; by kind of query, and the worst queries.

usage: NABA_ELASTICSEARCH_URL=… python -m benchmarks.relevance.editors CORPORA QUERIES
           [--index NAME] [--worst N] [--json FILE]

Without --index ANT is loaded first, and removed afterwards.
"""

from __future__ import annotations

import argparse
import os
import secrets
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

import orjson
from elasticsearch import Elasticsearch
from fastapi.testclient import TestClient

from benchmarks.finding.corpus import ant, build
from benchmarks.relevance.graded import TOP, EditorScores, Graded, mean, read_graded, score
from benchmarks.relevance.searchers import endpoint
from service.http.logs import configure_logs

# How editors ask: the page as it comes, the page with copies folded, and the newest first.
WAYS: Mapping[str, Mapping[str, str]] = {
    "defaults": {},
    "group=true": {"group": "true"},
    "sort=newest": {"sort": "newest"},
}
ALL = "all"


def asked(
    client: TestClient, queries: Sequence[Graded], params: Mapping[str, str]
) -> list[EditorScores]:
    """The scores of each query. Raises AssertionError for any answer but 200."""
    scores: list[EditorScores] = []
    for one in queries:
        wanted = {"q": one.query, "size": str(TOP), "fields": "url", "group": "false", **params}
        answer = client.get("/v1/search", params=wanted)
        assert answer.status_code == 200, answer.text
        scores.append(score(one, [hit.get("url") or "" for hit in answer.json()["hits"]]))
    return scores


def by_kind(queries: Sequence[Graded], scores: Sequence[EditorScores]) -> dict[str, EditorScores]:
    """Kind of query -> mean scores, those of all queries last."""
    kinds: dict[str, list[EditorScores]] = defaultdict(list)
    for one, of_query in zip(queries, scores, strict=True):
        kinds[one.kind].append(of_query)
    return {**{kind: mean(of_kind) for kind, of_kind in kinds.items()}, ALL: mean(scores)}


@contextmanager
def loaded(url: str, corpora: Path, index: str | None) -> Iterator[str]:
    """The name of an index that holds ANT: the one given, or one made for the run."""
    if index:
        yield index
        return
    made = f"bench-editors-{secrets.token_hex(3)}"
    with Elasticsearch(url, request_timeout=120) as client:
        try:
            build(client, made, list(ant(corpora)))
            yield made
        finally:
            client.indices.delete(index=made, ignore_unavailable=True)


def table(way: str, kinds: Mapping[str, EditorScores]) -> None:
    """One way of asking, a line a kind."""
    print(f"{way}\n{'':14}" + "".join(f"{name:>15}" for name in kinds[ALL].as_dict()))
    for kind, scores in kinds.items():
        print(f"{kind:14}" + "".join(f"{value:15.4f}" for value in scores.as_dict().values()))


def worst(queries: Sequence[Graded], scores: Sequence[EditorScores], count: int) -> None:
    """The queries that lose most, by nDCG@10."""
    pairs = sorted(zip(queries, scores, strict=True), key=lambda pair: pair[1].ndcg10)
    for one, of_query in pairs[:count]:
        print(f"  {of_query.ndcg10:.3f}  {one.kind:12} {one.query}")


def main() -> None:
    """Read the arguments, ask, print the tables, write the JSON file."""
    arguments = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    arguments.add_argument("corpora", type=Path)
    arguments.add_argument("queries", type=Path, help="graded queries, one JSON object a line")
    arguments.add_argument("--index", help="an index or alias that holds ANT already")
    arguments.add_argument("--worst", type=int, default=25)
    arguments.add_argument("--json", type=Path, help="file for the figures")
    given = arguments.parse_args()
    configure_logs("error")
    url = os.environ.get("NABA_ELASTICSEARCH_URL", "http://127.0.0.1:9200")
    queries = read_graded(given.queries)
    report: dict[str, dict[str, dict[str, float]]] = {}
    with loaded(url, given.corpora, given.index) as index, endpoint(url, index) as client:
        for way, params in WAYS.items():
            scores = asked(client, queries, params)
            kinds = by_kind(queries, scores)
            table(way, kinds)
            report[way] = {kind: of_kind.as_dict() for kind, of_kind in kinds.items()}
            if not params:
                worst(queries, scores, given.worst)
    if given.json:
        given.json.write_bytes(orjson.dumps(report, option=orjson.OPT_INDENT_2))


if __name__ == "__main__":
    main()

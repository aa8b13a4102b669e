"""What a search costs at scale, beside the stock `arabic` analyser over the same articles and
queries.

usage: python -m benchmarks.scale.run URL CORPORA [--articles 300000] [--queries 300] [--output
FILE]

Both indices are filled with the same articles (those of ANT; for more than it has, its sentences
recombined), merged to one segment, warmed with every query once, and asked in turn. `took` is
Elasticsearch's own time in milliseconds, top 10; each row is compared with the stock analyser asked
the same way, without highlights or with them.
"""

from __future__ import annotations

import argparse
import itertools
import json
import random
import time
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from pathlib import Path
from statistics import mean
from typing import Any

from elasticsearch import Elasticsearch, OrjsonSerializer

from benchmarks.finding.corpus import ant
from benchmarks.scale.recombined import recombined
from loader.stories.fingerprints import bands, fingerprint
from mappings.arabic.letters import words
from mappings.article import Article, Field
from mappings.index import index_body
from service.params import SearchParams
from service.query import clauses
from service.query.body import search_body
from service.query.filters import filters
from service.query.highlight import FRAGMENT_LENGTH, FRAGMENTS, highlight
from service.query.question import Question, understand
from service.query.syntax import parse

STOCK, OURS = "bench-scale-stock", "bench-scale-naba"
STOCK_PLAIN, STOCK_MARKED = "stock: match", "stock: match, highlights"
BATCH = 500
SEGMENTS = 1  # for both: a search looks each of its terms up in every segment
TODAY = date(2026, 1, 1)
LEAST_WORDS = 4  # of a headline that serves as a query

Body = dict[str, Any]


def stock_body() -> Body:
    """What Elasticsearch offers out of the box."""
    text = {"type": "text", "analyzer": "arabic"}
    return {
        "settings": {"number_of_shards": 1},
        "mappings": {"dynamic": False, "properties": {"title": text, "body": text}},
    }


def stock_query(q: str) -> Body:
    fields = [{"match": {"title": {"query": q, "boost": 0.5}}}, {"match": {"body": q}}]
    return {"query": {"bool": {"should": fields}}}


def stock_highlight() -> Body:
    """The shape of the product's highlights, by what the stock index offers: the text is analysed
    again.
    """
    body = {
        "number_of_fragments": FRAGMENTS,
        "fragment_size": FRAGMENT_LENGTH,
        "no_match_size": FRAGMENT_LENGTH,
    }
    return {
        "type": "unified",
        "encoder": "html",
        "fields": {"title": {"number_of_fragments": 0}, "body": body},
    }


def asking_any(q: str) -> Question:
    """The words of `q`, any of them."""
    return understand(parse(q), SearchParams(q=q, match="any"))


def our_highlight(q: str) -> Body:
    return highlight(asking_any(q))


def ours_alone(q: str) -> Body:
    """Matching and ranking of the product, without facets and totals."""
    question = asking_any(q)
    body: Body = {"query": clauses.matching_query(question)}
    rescore = clauses.rescoring(question)
    return body | ({"rescore": rescore} if rescore else {})


def ours_whole(q: str, *, group: bool) -> Body:
    """The product's whole request but its highlights: exact total, facets, stories, one page."""
    params = SearchParams(q=q, match="any", group=group)
    body = search_body(asking_any(q), params, filters(params, TODAY), today=TODAY)
    body.pop("highlight", None)
    return body


def fill(client: Elasticsearch, index: str, body: Body, sources: Iterable[Body]) -> float:
    """Create and fill `index`; the seconds that the bulk requests took."""
    client.indices.delete(index=index, ignore_unavailable=True)
    client.indices.create(index=index, **body)
    client.indices.put_settings(
        index=index,
        settings={"refresh_interval": "-1", "auto_expand_replicas": False, "number_of_replicas": 0},
    )
    seconds = 0.0
    for batch in batches(sources):
        operations = [
            line for source in batch for line in ({"index": {"_id": source["id"]}}, source)
        ]
        start = time.perf_counter()
        answer = client.bulk(index=index, operations=operations)
        seconds += time.perf_counter() - start
        if answer["errors"]:
            raise RuntimeError(
                next(str(item) for item in answer["items"] if "error" in item["index"])
            )
    client.options(request_timeout=1_800).indices.forcemerge(index=index, max_num_segments=SEGMENTS)
    client.indices.refresh(index=index)
    return seconds


def batches(sources: Iterable[Body]) -> Iterator[list[Body]]:
    waiting = iter(sources)
    while batch := list(itertools.islice(waiting, BATCH)):
        yield batch


def our_source(article: Article) -> Body:
    """The document as the loader writes it, without looking for copies: each article is a story of
    its own.
    """
    print_ = fingerprint(article)
    grouping = {
        Field.STORY_ID: article.id,
        Field.STORY_BANDS: list(bands(print_)) if print_ else [],
    }
    return article.to_source() | grouping


def stock_source(article: Article) -> Body:
    return {"id": article.id, "title": article.title, "body": article.body}


def measure(client: Elasticsearch, queries: list[str]) -> dict[str, list[float]]:
    """`took` of every query and variant, after one round to warm up; variants take turns."""
    variants: dict[str, tuple[str, Callable[[str], Body]]] = {
        STOCK_PLAIN: (STOCK, lambda q: stock_query(q) | {"track_total_hits": False}),
        "stock: match, exact total": (STOCK, lambda q: stock_query(q) | {"track_total_hits": True}),
        "naba: match and rank": (OURS, lambda q: ours_alone(q) | {"track_total_hits": False}),
        "naba: match and rank, exact total": (
            OURS,
            lambda q: ours_alone(q) | {"track_total_hits": True},
        ),
        STOCK_MARKED: (
            STOCK,
            lambda q: stock_query(q) | {"track_total_hits": False, "highlight": stock_highlight()},
        ),
        "naba: match and rank, highlights": (
            OURS,
            lambda q: ours_alone(q) | {"track_total_hits": False, "highlight": our_highlight(q)},
        ),
        "naba: whole request": (OURS, lambda q: ours_whole(q, group=False)),
        "naba: whole request, grouped": (OURS, lambda q: ours_whole(q, group=True)),
    }
    took: dict[str, list[float]] = {name: [] for name in variants}
    for warm in (True, False):
        for q in queries:
            for name, (index, body) in variants.items():
                answer = client.search(
                    index=index, **{"size": 10, **body(q), "_source": False, "request_cache": False}
                )
                if not warm:
                    took[name].append(answer["took"])
    return took


def size_mb(client: Elasticsearch, index: str) -> float:
    client.indices.flush(index=index, wait_if_ongoing=True)
    stats = client.indices.stats(index=index, metric="store")
    return float(stats["_all"]["primaries"]["store"]["size_in_bytes"]) / 1e6


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("url")
    parser.add_argument("corpora", type=Path)
    parser.add_argument("--articles", type=int, default=300_000)
    parser.add_argument("--queries", type=int, default=300)
    parser.add_argument("--output", type=Path, help="write the figures as JSON")
    options = parser.parse_args()
    articles = list(ant(options.corpora))
    titles = sorted(
        {title for article in articles if len(words(title := article.title or "")) >= LEAST_WORDS}
    )
    queries = random.Random(7).sample(titles, options.queries)
    with Elasticsearch(options.url, serializer=OrjsonSerializer(), request_timeout=300) as client:
        try:
            loading, sizes = {}, {}
            for index, body, source in (
                (STOCK, stock_body(), stock_source),
                (OURS, index_body(), our_source),
            ):
                enough = options.articles <= len(articles)
                made = (
                    articles[: options.articles]
                    if enough
                    else recombined(articles, options.articles)
                )
                loading[index] = fill(client, index, body, map(source, made))
                sizes[index] = size_mb(client, index)
                print(
                    f"{index}: {sizes[index]:.0f} MB, {options.articles / loading[index]:.0f} "
                    f"articles/s",
                    flush=True,
                )
            took = measure(client, queries)
        finally:
            client.indices.delete(index=[STOCK, OURS], ignore_unavailable=True)
    print(
        f"\n{options.articles:,} articles, {len(queries)} headlines as queries; took in ms, top 10"
    )
    figures = {}
    for name, values in took.items():
        ordered = sorted(values)
        row = {
            "mean": mean(values),
            "p50": ordered[len(ordered) // 2],
            "p95": ordered[int(len(ordered) * 0.95)],
            "times_stock": mean(values)
            / mean(took[STOCK_MARKED if "highlights" in name else STOCK_PLAIN]),
        }
        figures[name] = {column: round(value, 2) for column, value in row.items()}
        print(
            f"{name:36} mean {row['mean']:6.1f}  p50 {row['p50']:4}  p95 {row['p95']:4}  x "
            f"{row['times_stock']:.1f}"
        )
    print(
        f"store: {sizes[OURS] / sizes[STOCK]:.2f} x stock; loading takes "
        f"{loading[OURS] / loading[STOCK]:.1f} x stock"
    )
    if options.output:
        summary = {
            "articles": options.articles,
            "took": figures,
            "store_mb": sizes,
            "bulk_seconds": loading,
        }
        options.output.write_text(json.dumps(summary, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()

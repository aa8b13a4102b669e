"""The judged sets: articles to search, and queries with the articles that answer them.

ARCD and XQuAD are questions over encyclopedia passages, pooled in one index. ANT is news: a
known-item query is a title that has to find its own body, an abstract has to find its article.
Copies of a text count as one article.
"""

from __future__ import annotations

import gzip
import json
import random
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

WORD = re.compile(r"\w+")

# Seeds of the samples, so that every run and every design is asked the same.
KNOWN_ITEM_SEED = 7
ABSTRACT_SEED = 11
LEAST_TITLE_WORDS = 4  # shorter titles name no one article
ABSTRACT_WORDS = 8


@dataclass(frozen=True, slots=True)
class Document:
    id: str
    title: str | None
    body: str


@dataclass(frozen=True, slots=True)
class Judged:
    """A query and the ids of the documents that answer it."""

    query: str
    relevant: frozenset[str]


@dataclass(frozen=True, slots=True)
class Collection:
    """Documents that are searched together, and the sets of queries over them."""

    name: str
    documents: list[Document]
    sets: dict[str, list[Judged]]


def _flat(text: str) -> str:
    return " ".join(text.split())


def passages(corpora: Path) -> Collection:
    """ARCD and XQuAD in one pool of passages; only bodies, as their titles name the topic of many
    passages.
    """
    documents: dict[str, Document] = {}
    sets: dict[str, list[Judged]] = {}
    for name in ("arcd", "xquad"):
        given = json.loads(gzip.decompress((corpora / f"{name}.json.gz").read_bytes()))
        ids: dict[str, str] = {}
        for passage in given["passages"]:
            document = Document(f"{name}-{passage['id']}", None, passage["text"])
            ids[passage["id"]] = documents.setdefault(_flat(passage["text"]), document).id
        sets[name] = [
            Judged(query["query"], frozenset(ids[one] for one in query["relevant"]))
            for query in given["queries"]
        ]
    return Collection("passages", list(documents.values()), sets)


def _ant_articles(corpora: Path) -> list[dict[str, Any]]:
    articles: dict[str, dict[str, Any]] = {}
    with gzip.open(corpora / "ant.jsonl.gz", "rt", encoding="utf-8") as lines:
        for line in lines:
            article = json.loads(line)
            if body := _flat(article["text"]):
                articles.setdefault(body, article)
    return list(articles.values())


def news(corpora: Path, *, titles: int, abstracts: int, articles: int | None = None) -> Collection:
    """ANT with so many known-item and abstract queries; `articles` limits the collection for a
    quick run.
    """
    chosen = _ant_articles(corpora)[:articles]
    named = [
        article
        for article in chosen
        if len(WORD.findall(article["title"] or "")) >= LEAST_TITLE_WORDS
    ]
    known = random.Random(KNOWN_ITEM_SEED).sample(named, min(titles, len(named)))
    told: list[Judged] = []
    for article in chosen:
        first = (article.get("abstract") or "").split()[:ABSTRACT_WORDS]
        query = " ".join(first)
        # An abstract that stands in the article word for word would be found by any design.
        if len(first) == ABSTRACT_WORDS and query not in _flat(article["text"]) + "\n" + _flat(
            article["title"] or ""
        ):
            told.append(Judged(query, frozenset({article["id"]})))
    return Collection(
        "news",
        [Document(article["id"], article["title"] or None, article["text"]) for article in chosen],
        {
            "ant": [Judged(article["title"], frozenset({article["id"]})) for article in known],
            "abstracts": random.Random(ABSTRACT_SEED).sample(told, min(abstracts, len(told))),
        },
    )

"""Loads into a real Elasticsearch, straight or through a proxy that fails on command."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from elasticsearch import Elasticsearch

from loader.index.documents import content_hash
from loader.index.retries import Patience
from loader.load import Options, load
from loader.report import LoadReport
from loader.settings import LoaderSettings
from mappings.article import Article
from mappings.connection import connect
from mappings.index import index_body
from tests.loader.faulty_proxy import Proxy, proxy_before

_ALIASES = count(1)

Load = Callable[..., LoadReport]


@pytest.fixture
def alias(index_prefix: str) -> str:
    """An alias of one test's own, below which its generations and lock lie."""
    return f"{index_prefix}-a{next(_ALIASES)}"


@pytest.fixture
def settings(elasticsearch_url: str, alias: str) -> LoaderSettings:
    """Settings of a load that waits 20 seconds for Elasticsearch."""
    return LoaderSettings(elasticsearch_url=elasticsearch_url, alias=alias, patience=20)


@pytest.fixture
def es(settings: LoaderSettings) -> Iterator[Elasticsearch]:
    """A client as the loader uses it."""
    with connect(settings) as client:
        yield client


@pytest.fixture
def plain_index(monkeypatch: pytest.MonkeyPatch) -> None:
    """Generations whose texts are analysed plainly: the Arabic analysis makes creating an index
    slow.
    """
    body = index_body()
    del body["settings"]["analysis"]
    del body["settings"]["similarity"]
    body["mappings"]["properties"] = {
        name: {"type": "text"} if field["type"] in ("text", "completion") else field
        for name, field in body["mappings"]["properties"].items()
    }
    monkeypatch.setattr("loader.index.generations.index_body", lambda: copy.deepcopy(body))
    monkeypatch.setattr(
        "loader.index.completions.Completions.inputs", lambda _self, batch: [[] for _ in batch]
    )


@pytest.fixture
def run(es: Elasticsearch, settings: LoaderSettings, tmp_path: Path, plain_index: None) -> Load:
    """Loads paths as `naba load` does; keyword arguments are those of Options."""

    def run(
        *paths: Path, client: Elasticsearch = es, patience: Patience | None = None, **options: Any
    ) -> LoadReport:
        unloaded = tmp_path / "unloaded" / f"{datetime.now(UTC):%H%M%S.%f}.jsonl"
        return load(client, paths, settings, Options(unloaded, **options), patience=patience)

    return run


@pytest.fixture
def wires(tmp_path: Path) -> Callable[..., Path]:
    """Writes a file of numbered articles, JSON lines, and returns its path."""

    def write(
        numbers: range, *, word: str = "خبر", name: str = "wires.jsonl"
    ) -> Path:  # a piece of news
        path = tmp_path / name
        lines = [
            json.dumps(
                {
                    "id": str(n),
                    "title": f"{word} {n}",
                    "text": f"نص طويل عن {word} رقم {n}، وله بقية.",
                }
            )
            for n in numbers
        ]
        path.write_text("\n".join(lines), encoding="utf-8")
        return path

    return write


@pytest.fixture
def make_article() -> Callable[..., Article]:
    """Makes articles as extraction might have made them."""

    def make(number: int, body: str = "نص قصير") -> Article:  # a short text
        article = Article(
            id=f"article-{number}",
            source="s",
            title=f"عنوان {number}",
            title_origin="given",
            body=body,
            content_hash="",
            loaded_at=datetime(2026, 1, 1, tzinfo=UTC),
        )
        return replace(article, content_hash=content_hash(article))

    return make


@pytest.fixture
def proxy(elasticsearch_url: str) -> Iterator[Proxy]:
    """A proxy before the real node, on which requests suffer what the test wishes."""
    with proxy_before(elasticsearch_url) as running:
        yield running

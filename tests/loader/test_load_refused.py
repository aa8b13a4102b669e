"""Loads that are refused with one sentence, and change nothing."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from elasticsearch import Elasticsearch

from loader.index.generations import GenerationError
from loader.index.lock import LoadLock, Locked
from loader.index.retries import Patience
from loader.report import LoadReport
from loader.settings import LoaderSettings
from mappings.connection import IndexUnreachable, connect
from mappings.index import INDEX_VERSION

Write = Callable[..., Path]
Load = Callable[..., LoadReport]


def test_refused_while_another_load_runs(
    es: Elasticsearch, run: Load, alias: str, wires: Write
) -> None:
    lock = LoadLock(es, alias)
    lock.acquire()
    with lock:
        es.update(
            index=f"{alias}-lock", id="loader", doc={"host": "elsewhere", "name": "newsdesk-2"}
        )
        with pytest.raises(Locked, match=r"on newsdesk-2\): wait until it has ended"):
            run(wires(range(3)))


def test_an_index_of_another_version_has_to_be_replaced(
    es: Elasticsearch, run: Load, alias: str, wires: Write
) -> None:
    old = run(wires(range(3))).generation
    assert old is not None
    es.indices.put_mapping(index=old, meta={"version": INDEX_VERSION - 1})
    with pytest.raises(
        GenerationError, match=f"is of index version {INDEX_VERSION - 1}.*naba load --replace PATH…"
    ):
        run(wires(range(3)))
    assert run(wires(range(3)), replace=True).replaced == old


def test_no_elasticsearch(run: Load, wires: Write, settings: LoaderSettings) -> None:
    with (
        connect(settings.model_copy(update={"elasticsearch_url": "http://127.0.0.1:9"})) as nobody,
        pytest.raises(
            IndexUnreachable, match=r"No Elasticsearch answers at http://127\.0\.0\.1:9: "
        ),
    ):
        run(wires(range(3)), client=nobody, patience=Patience(0))

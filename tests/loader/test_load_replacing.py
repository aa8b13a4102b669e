"""Loads with --replace: a new generation of exactly these articles, and what stays of the old
ones.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from elasticsearch import ConnectionTimeout, Elasticsearch

from loader.index.generations import Generations
from loader.report import LoadReport, Outcome
from loader.settings import LoaderSettings
from mappings.connection import connect
from tests.loader.index_content import id_of, stored

if TYPE_CHECKING:
    from tests.loader.faulty_proxy import Proxy

Write = Callable[..., Path]
Load = Callable[..., LoadReport]


def test_replaced_by_exactly_these_articles(
    es: Elasticsearch, run: Load, alias: str, wires: Write
) -> None:
    old = run(wires(range(10))).generation
    report = run(wires(range(5, 8), word="نبأ"), replace=True)  # tidings
    assert report.outcomes == {Outcome.INDEXED: 3}
    assert report.replaced == old
    assert report.generation != old
    assert len(stored(es, alias)) == 3
    assert Generations(es, alias).rollback() == (old, report.generation)
    assert len(stored(es, alias)) == 10


def test_the_generation_before_the_last_is_deleted(
    es: Elasticsearch, run: Load, alias: str, wires: Write
) -> None:
    names = [run(wires(range(2)), replace=True).generation for _ in range(3)]
    assert [generation.name for generation in Generations(es, alias).all()] == names[1:]


def test_a_generation_that_was_rolled_back_from_is_no_way_back(
    es: Elasticsearch, run: Load, alias: str, wires: Write
) -> None:
    good, _bad = (run(wires(range(2)), replace=True).generation for _ in range(2))
    generations = Generations(es, alias)
    generations.rollback()
    latest = run(wires(range(2)), replace=True).generation
    assert [generation.name for generation in generations.all()] == [good, latest]


def test_a_replacement_of_nothing_leaves_the_old_one_serving(
    es: Elasticsearch, run: Load, alias: str, wires: Write, tmp_path: Path
) -> None:
    old = run(wires(range(3))).generation
    (tmp_path / "empty.txt").write_text("")
    report = run(tmp_path / "empty.txt", replace=True)
    assert not report.complete
    assert report.stopped == f"There was no article to build a generation of. {old} still serves."
    assert report.generation == old
    assert len(stored(es, alias)) == 3


def test_a_replacement_that_fails_leaves_the_old_one_serving_and_nothing_behind(
    es: Elasticsearch, run: Load, proxy: Proxy, alias: str, wires: Write
) -> None:
    old = run(wires(range(3))).generation
    proxy.refuse_items({id_of(es, alias, "خبر 1"): (400, "document_parsing_exception")})
    with connect(LoaderSettings(), proxy.url) as through:
        report = run(wires(range(5)), client=through, replace=True)
    assert report.failed == 1
    assert report.stopped == (
        f"1 articles failed, so the new generation was not promoted and is deleted. {old} "
        f"still serves."
    )
    assert [generation.name for generation in Generations(es, alias).all()] == [old]
    assert len(stored(es, alias)) == 3


def test_a_promotion_whose_answer_was_lost_keeps_the_way_back(
    es: Elasticsearch, run: Load, alias: str, wires: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    old, answers = run(wires(range(2))).generation, iter(["lost"])
    promote = Generations.promote

    def losing(generations: Generations, name: str) -> str | None:
        before = promote(generations, name)
        if next(answers, None):
            raise ConnectionTimeout("lost")
        return before

    monkeypatch.setattr(Generations, "promote", losing)
    report = run(wires(range(3)), replace=True)
    assert report.replaced == old
    assert Generations(es, alias).rollback() == (old, report.generation)


def test_what_was_written_is_merged_before_it_serves(
    run: Load, wires: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[tuple[str, str, int]] = []
    merge = Generations.merge

    def watched(generations: Generations, name: str, written: int) -> None:
        said.append((name, generations.get(name).state, written))
        merge(generations, name, written)

    monkeypatch.setattr(Generations, "merge", watched)
    first, second = run(wires(range(2))), run(wires(range(3)), replace=True)
    assert said == [(first.generation, "complete", 2), (second.generation, "building", 3)]
    run(wires(range(3)))
    assert len(said) == 2  # all was unchanged

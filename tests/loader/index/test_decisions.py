"""What is withdrawn is gone from everything, and stays gone until it is restored."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from elasticsearch import Elasticsearch

from loader.index.bulk import BulkSender, Sent
from loader.index.decisions import Decision, Decisions
from loader.index.documents import Action
from loader.index.generations import Generations
from loader.report import LoadReport, Outcome
from mappings.decisions import decisions_index
from tests.loader.index_content import id_of, stored

WHY = Decision("طلب صاحب الخبر سحبه", "desk")  # whoever sent the item asked for it back
Load = Callable[..., LoadReport]
Wires = Callable[..., Path]


@pytest.fixture
def decisions(es: Elasticsearch, alias: str) -> Decisions:
    return Decisions(es, alias)


def titles(es: Elasticsearch, alias: str) -> set[str]:
    return {source["title"] for _version, source in stored(es, alias).values()}


def test_a_withdrawn_article_is_gone_at_once_and_comes_back_as_it_was(
    es: Elasticsearch, alias: str, run: Load, wires: Wires, decisions: Decisions
) -> None:
    run(wires(range(3)))
    key = id_of(es, alias, "خبر 1")
    before = stored(es, alias)[key][1]
    assert decisions.withdraw(key, WHY)
    assert titles(es, alias) == {"خبر 0", "خبر 2"}
    assert not decisions.withdraw(key, WHY)
    assert decisions.restore(key, WHY)
    after = stored(es, alias)[key][1]
    assert {**after, "loaded_at": None} == {**before, "loaded_at": None}
    assert after["loaded_at"] > before["loaded_at"]
    assert not decisions.restore(key, WHY)


@pytest.mark.parametrize("options", [{}, {"replace": True}], ids=["reload", "replace"])
def test_a_later_load_leaves_it_withdrawn(
    es: Elasticsearch,
    alias: str,
    run: Load,
    wires: Wires,
    decisions: Decisions,
    options: dict[str, Any],
) -> None:
    run(wires(range(3)))
    key = id_of(es, alias, "خبر 1")
    decisions.withdraw(key, WHY)
    report = run(wires(range(3), word="نبأ"), **options)
    assert report.complete
    assert report.outcomes[Outcome.WITHDRAWN] == 1
    assert report.unloaded is None
    assert titles(es, alias) == {"نبأ 0", "نبأ 2"}


def test_a_withdrawal_may_come_before_its_article(
    es: Elasticsearch, alias: str, run: Load, wires: Wires, decisions: Decisions
) -> None:
    path = wires(range(2))
    run(path)
    key = id_of(es, alias, "خبر 1")
    for generation in Generations(es, alias).all():
        es.indices.delete(index=generation.name)
    decisions.withdraw(key, WHY)
    assert run(path).outcomes == {Outcome.INDEXED: 1, Outcome.WITHDRAWN: 1}
    assert decisions.restore(key, WHY)
    assert run(path).outcomes == {Outcome.INDEXED: 1, Outcome.UNCHANGED: 1}


def test_a_load_of_nothing_but_withdrawn_articles_did_what_it_was_asked(
    es: Elasticsearch, alias: str, run: Load, wires: Wires, decisions: Decisions
) -> None:
    path = wires(range(1))
    run(path)
    decisions.withdraw(id_of(es, alias, "خبر 0"), WHY)
    assert run(path).complete


def test_an_older_generation_serves_without_what_was_withdrawn_since(
    es: Elasticsearch, alias: str, run: Load, wires: Wires, decisions: Decisions
) -> None:
    path = wires(range(3))
    run(path)
    run(path, replace=True)
    decisions.withdraw(id_of(es, alias, "خبر 1"), WHY)
    Generations(es, alias).rollback()
    assert titles(es, alias) == {"خبر 0", "خبر 2"}


@pytest.mark.parametrize("options", [{}, {"replace": True}], ids=["load", "replace"])
@pytest.mark.parametrize("when", ["before sending", "after sending"])
def test_a_withdrawal_in_the_middle_of_a_load(
    es: Elasticsearch,
    alias: str,
    run: Load,
    wires: Wires,
    decisions: Decisions,
    monkeypatch: pytest.MonkeyPatch,
    options: dict[str, Any],
    when: str,
) -> None:
    """After the writer looked and before its articles are in, or right after they are."""
    path = wires(range(3))
    run(path)
    key = id_of(es, alias, "خبر 1")
    changed = wires(range(3), word="نبأ")
    send = BulkSender.send

    def interfered(self: BulkSender, actions: list[Action]) -> Sent:
        if when == "before sending":
            decisions.withdraw(key, WHY)
            return send(self, actions)
        sent = send(self, actions)
        decisions.withdraw(key, WHY)
        return sent

    monkeypatch.setattr(BulkSender, "send", interfered)
    report = run(changed, **options)
    assert titles(es, alias) == {"نبأ 0", "نبأ 2"}
    assert report.stopped is None


def test_what_a_crash_left_behind_the_next_load_takes_out(
    es: Elasticsearch, alias: str, run: Load, wires: Wires, decisions: Decisions
) -> None:
    path = wires(range(2))
    run(path)
    key = id_of(es, alias, "خبر 1")
    document = stored(es, alias)[key][1]
    decisions.withdraw(key, WHY)
    es.index(index=alias, id=key, document=document, refresh=True)
    run(wires(range(5, 6), name="other.jsonl"))
    assert titles(es, alias) == {"خبر 0", "خبر 5"}


def test_a_restore_that_broke_off_is_ended_by_the_next(
    es: Elasticsearch, alias: str, run: Load, wires: Wires, decisions: Decisions
) -> None:
    run(wires(range(2)))
    key = id_of(es, alias, "خبر 1")
    decisions.withdraw(key, WHY)
    # Decided, and not brought back yet.
    es.update(index=decisions_index(alias), id=key, doc={"status": "published"}, refresh=True)
    assert decisions.restore(key, WHY)
    assert titles(es, alias) == {"خبر 0", "خبر 1"}
    es.delete(index=alias, id=key, refresh=True)  # by its sender, say
    assert not decisions.restore(key, WHY)
    assert titles(es, alias) == {"خبر 0"}


def test_a_restore_leaves_what_was_loaded_meanwhile(
    es: Elasticsearch, alias: str, run: Load, wires: Wires, decisions: Decisions
) -> None:
    run(wires(range(1)))
    key = id_of(es, alias, "خبر 0")
    document = stored(es, alias)[key][1]
    decisions.withdraw(key, WHY)
    es.index(index=alias, id=key, document={**document, "title": "نبأ"}, refresh=True)
    assert decisions.restore(key, WHY)
    assert titles(es, alias) == {"نبأ"}


def test_who_decided_what_and_when_is_kept(
    es: Elasticsearch, alias: str, decisions: Decisions
) -> None:
    first, second = datetime(2026, 5, 1, 12, tzinfo=UTC), datetime(2026, 5, 2, 12, tzinfo=UTC)
    decisions.withdraw("a", WHY, first)
    decisions.restore("a", Decision("", "editor"), second)
    held = es.get(index=decisions_index(alias), id="a")["_source"]
    assert held["status"] == "published"
    assert [(said["status"], said["by"], said["at"]) for said in held["history"]] == [
        ("withdrawn", "desk", "2026-05-01T12:00:00.000Z"),
        ("published", "editor", "2026-05-02T12:00:00.000Z"),
    ]
    assert json.dumps(held, ensure_ascii=False).count(WHY.reason) == 1

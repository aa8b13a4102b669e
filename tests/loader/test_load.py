"""Loads from end to end: files in, a real index out, every article in one outcome."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING, Any

import pytest
from elasticsearch import ConnectionTimeout, Elasticsearch

from loader.extract import extract
from loader.index.generations import Generation, Generations
from loader.index.retries import Patience
from loader.load import INTERRUPTED, Options, load
from loader.raw import Given
from loader.report import LoadReport, Outcome
from loader.settings import LoaderSettings
from mappings.article import Field
from mappings.connection import connect
from tests.loader.index_content import id_of, stored

if TYPE_CHECKING:
    from tests.loader.faulty_proxy import Proxy

Write = Callable[..., Path]
Load = Callable[..., LoadReport]


def test_loading_twice_changes_nothing(
    es: Elasticsearch, run: Load, alias: str, wires: Write
) -> None:
    path = wires(range(40))
    first = run(path)
    assert first.outcomes == {Outcome.INDEXED: 40}
    before = stored(es, alias)
    refreshes = _refreshes(es, alias)
    second = run(path)
    assert second.outcomes == {Outcome.UNCHANGED: 40}
    assert stored(es, alias) == before
    assert len(before) == 40
    assert _refreshes(es, alias) == refreshes
    assert first.complete
    assert second.complete
    assert second.generation == first.generation


def test_only_what_changed_is_written(
    es: Elasticsearch, run: Load, alias: str, wires: Write
) -> None:
    run(wires(range(10)))
    path = wires(range(12))
    path.write_text(
        path.read_text().replace('"text": "\\u0646\\u0635', '"text": "new \\u0646\\u0635', 3)
    )
    report = run(path)
    assert report.outcomes == {Outcome.UPDATED: 3, Outcome.UNCHANGED: 7, Outcome.INDEXED: 2}
    versions = [version for version, _source in stored(es, alias).values()]
    assert sorted(versions) == [1] * 9 + [2] * 3


def test_what_becomes_of_each_article_is_said_and_nothing_is_lost(
    es: Elasticsearch, run: Load, alias: str, tmp_path: Path
) -> None:
    folder = tmp_path / "mixed"
    folder.mkdir()
    (folder / "good.txt").write_text("عنوان الخبر\nمتن الخبر وفيه كلام كثير.", encoding="utf-8")
    (folder / "empty.txt").write_text("")
    (folder / "picture.jpg").write_bytes(b"\xff\xd8\xff\xe0" * 10)
    (folder / "records.jsonl").write_text(
        '{"id": "1", "text": "متن أول فيه خبر."}\n{"id": "2", "text": \n{"id": "3", "text": "متن '
        'ثالث."}\n'
    )
    report = run(folder)
    assert report.read == 6
    assert report.outcomes[Outcome.INDEXED] == 3
    assert report.rejected == 3
    assert sum(report.reasons[Outcome.REJECTED].values()) == 3
    assert report.complete
    assert report.unloaded is not None
    records = [json.loads(line) for line in report.unloaded.read_text().splitlines()]
    assert {(record["source"], record["path"]) for record in records} == {
        ("mixed", "empty.txt"),
        ("mixed", "picture.jpg"),
        ("mixed", "records.jsonl"),
    }


def test_what_was_rejected_is_mended_and_loaded_in_its_own_place(
    es: Elasticsearch, run: Load, alias: str, tmp_path: Path
) -> None:
    folder = tmp_path / "wires"
    folder.mkdir()
    (folder / "late.txt").write_text(" \n")
    report = run(folder)
    assert report.unloaded is not None
    record = json.loads(report.unloaded.read_text())
    record["text"] = "عنوان متأخر\nوصل النص بعد حين."  # the text arrived after a while
    report.unloaded.write_text(json.dumps(record))
    assert run(report.unloaded).outcomes == {Outcome.INDEXED: 1}
    (folder / "late.txt").write_text(record["text"], encoding="utf-8")
    assert run(folder).outcomes == {Outcome.UNCHANGED: 1}


def test_of_two_articles_with_one_id_the_first_is_taken(
    es: Elasticsearch, run: Load, alias: str, tmp_path: Path
) -> None:
    path = tmp_path / "twice.jsonl"
    texts = ["متن أول.", "متن أول.", "متن آخر.", "متن أول."]
    path.write_text("\n".join(json.dumps({"id": "1", "text": text}) for text in texts))
    expected = {Outcome.INDEXED: 1, Outcome.UNCHANGED: 2, Outcome.REJECTED: 1}
    report = run(path)
    assert report.outcomes == expected
    assert report.reasons[Outcome.REJECTED] == {"duplicate-id": 1}
    assert run(path).outcomes == {Outcome.UNCHANGED: 3, Outcome.REJECTED: 1}
    [(version, source)] = stored(es, alias).values()
    assert (version, source["body"]) == (1, "متن أول.")


def test_a_text_that_reading_stumbles_over_does_not_stop_the_others(
    es: Elasticsearch, run: Load, alias: str, wires: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stumbling(raw: Any, *args: Any, **kwargs: Any) -> Any:
        if raw.given.guid == "3":
            raise RecursionError
        return extract(raw, *args, **kwargs)

    with monkeypatch.context() as patched:
        patched.setattr("loader.understand.extract", stumbling)
        report = run(wires(range(6)))
    assert report.outcomes == {Outcome.INDEXED: 5, Outcome.FAILED: 1}
    assert report.reasons[Outcome.FAILED] == {"not-understood": 1}
    assert not report.complete
    assert report.unloaded is not None
    assert run(report.unloaded).outcomes == {Outcome.INDEXED: 1}


def test_elasticsearch_that_is_gone_before_the_first_article_is_a_failure_in_the_report(
    run: Load, wires: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(_generations: Generations, _now: datetime) -> Generation:
        raise ConnectionTimeout("gone")

    monkeypatch.setattr(Generations, "create", away)
    report = run(wires(range(3)), patience=Patience(0))
    assert report.outcomes == {Outcome.FAILED: 1}
    assert "did not answer in time" in str(report.stopped)


def test_elasticsearch_that_stays_away_ends_the_load_with_every_article_accounted_for(
    es: Elasticsearch,
    run: Load,
    proxy: Proxy,
    alias: str,
    wires: Write,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("loader.index.writer.BATCH_ARTICLES", 10)
    run(wires(range(1)))
    proxy.before(lambda: None)
    proxy.refuse(503, "unavailable_shards_exception", times=1_000)
    with connect(LoaderSettings(), proxy.url) as through:
        report = run(wires(range(100)), client=through, patience=Patience(1))
    assert report.stopped is not None
    assert "503" in report.stopped
    assert report.reasons[Outcome.FAILED] == {"unreachable": report.failed}
    assert report.read < 100
    assert report.outcomes[Outcome.UNCHANGED] == 1
    assert report.unloaded is not None
    again = run(report.unloaded)
    assert again.outcomes == {Outcome.INDEXED: report.failed}
    assert run(wires(range(100))).outcomes == {
        Outcome.UNCHANGED: report.read,
        Outcome.INDEXED: 100 - report.read,
    }


@pytest.mark.parametrize("replacing", [False, True], ids=["adding", "replacing"])
def test_an_interrupted_load_says_what_was_done(
    es: Elasticsearch,
    run: Load,
    alias: str,
    wires: Write,
    monkeypatch: pytest.MonkeyPatch,
    replacing: bool,
) -> None:
    run(wires(range(90, 91)))
    stopping = Event()

    def stop_at_the_fourth(raw: Any, *args: Any, **kwargs: Any) -> Any:
        if raw.given.guid == "3":
            stopping.set()
        return extract(raw, *args, **kwargs)

    monkeypatch.setattr("loader.understand.extract", stop_at_the_fourth)
    report = run(wires(range(50)), patience=Patience(20, stopping), replace=replacing)
    assert (report.interrupted, report.stopped) == (True, INTERRUPTED)
    assert report.outcomes == {Outcome.INDEXED: 4}
    assert len(stored(es, alias)) == (1 if replacing else 5)
    assert len(Generations(es, alias).all()) == 1


def test_a_first_load_that_was_killed_is_taken_up_again_with_its_settings_set_right(
    es: Elasticsearch, run: Load, alias: str, wires: Write
) -> None:
    generations = Generations(es, alias)
    left = generations.create(datetime.now(UTC) - timedelta(hours=1)).name
    generations.promote(left)
    report = run(wires(range(3)))
    assert report.generation == left
    assert report.notes == (
        f"{left} serves and was left in its building state; it has been set right.",
    )
    assert (
        es.indices.get_settings(index=left)[left]["settings"]["index"]["refresh_interval"] == "1s"
    )


def test_the_options_of_the_first_load_go_with_a_failed_article(
    es: Elasticsearch, run: Load, proxy: Proxy, alias: str, wires: Write
) -> None:
    path = wires(range(2))
    run(path, defaults=Given(agency="wafa"))
    hashes = {key: source["content_hash"] for key, (_v, source) in stored(es, alias).items()}
    proxy.refuse_items({id_of(es, alias, "خبر 1"): (400, "document_parsing_exception")})
    with connect(LoaderSettings(), proxy.url) as through:
        report = run(path, client=through, defaults=Given(agency="wafa"), replace=True)
    assert report.unloaded is not None
    run(report.unloaded)
    assert {
        key: source["content_hash"] for key, (_v, source) in stored(es, alias).items()
    } == hashes


def test_stories_and_completions_are_stored_with_the_articles(
    es: Elasticsearch, settings: LoaderSettings, alias: str, tmp_path: Path
) -> None:
    words = " ".join(f"كلمة{n}" for n in range(60))
    path = tmp_path / "copies.jsonl"
    path.write_text(
        "\n".join(
            json.dumps({"id": str(n), "title": "عنوان واحد", "text": words}) for n in range(2)
        )
    )
    load(es, [path], settings, Options(tmp_path / "unloaded.jsonl"))
    sources = [source for _version, source in stored(es, alias).values()]
    assert len({source[Field.STORY_ID] for source in sources}) == 1
    assert all(source[Field.STORY_BANDS] and source[Field.COMPLETE] for source in sources)


def _refreshes(es: Elasticsearch, alias: str) -> int:
    return int(
        es.indices.stats(index=alias, metric="refresh")["_all"]["primaries"]["refresh"][
            "external_total"
        ]
    )

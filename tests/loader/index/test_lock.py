"""One loader at a time, also when an earlier one died."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from threading import Event
from typing import Any

import pytest
from elasticsearch import Elasticsearch

from loader.index.lock import STALE, LoadLock, Locked

_HOLD = """
import sys
from loader.index.lock import LoadLock
from mappings.connection import connect
from mappings.settings import IndexSettings
es = connect(IndexSettings(), sys.argv[1])
LoadLock(es, sys.argv[2]).acquire()
print("held", flush=True)
sys.stdin.read()
"""


@contextmanager
def held_by_another_process(url: str, alias: str) -> Iterator[subprocess.Popen[str]]:
    """A real second process that holds the lock until it is killed."""
    process = subprocess.Popen(
        [sys.executable, "-c", _HOLD, url, alias],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": os.getcwd()},
    )
    assert process.stdin
    assert process.stdout
    try:
        assert process.stdout.readline() == "held\n"
        yield process
    finally:
        process.kill()
        process.wait()
        process.stdin.close()
        process.stdout.close()


@contextmanager
def taken(es: Elasticsearch, alias: str) -> Iterator[LoadLock]:
    lock = LoadLock(es, alias)
    lock.acquire()
    with lock:
        yield lock


def document(es: Elasticsearch, alias: str) -> Any:
    return es.options(ignore_status=404).get(index=f"{alias}-lock", id="loader")


def change(es: Elasticsearch, alias: str, **fields: Any) -> None:
    # Its holder may renew at the same moment.
    es.update(index=f"{alias}-lock", id="loader", doc=fields, retry_on_conflict=5)


def test_released_at_the_end_and_after_an_error(es: Elasticsearch, alias: str) -> None:
    with taken(es, alias):
        assert document(es, alias)["found"]
    assert not document(es, alias)["found"]
    with pytest.raises(KeyError), taken(es, alias):
        raise KeyError
    assert not document(es, alias)["found"]


def test_refused_while_another_process_lives_and_free_once_it_is_killed(
    es: Elasticsearch, elasticsearch_url: str, alias: str
) -> None:
    with held_by_another_process(elasticsearch_url, alias) as other:
        with pytest.raises(Locked, match=f"Another load is running \\(process {other.pid} on "):
            LoadLock(es, alias).acquire()
        other.kill()
        other.wait()
        with taken(es, alias):
            assert document(es, alias)["_source"]["pid"] == os.getpid()


def test_aliases_do_not_lock_each_other(es: Elasticsearch, alias: str) -> None:
    with taken(es, alias), taken(es, f"{alias}-other"):
        pass


@pytest.mark.parametrize(
    ("age", "free"), [(STALE - 30, False), (STALE + 1, True)], ids=["renewed", "silent"]
)
def test_a_holder_elsewhere_counts_as_dead_when_it_stops_renewing(
    es: Elasticsearch, alias: str, age: float, free: bool
) -> None:
    with taken(es, alias):
        change(
            es,
            alias,
            host="elsewhere",
            renewed=(datetime.now(UTC) - timedelta(seconds=age)).isoformat(),
        )
        second = LoadLock(es, alias)
        if free:
            second.acquire()
            with second:
                pass
        else:
            with pytest.raises(Locked):
                second.acquire()


def test_a_new_process_of_the_same_number_is_another_one(es: Elasticsearch, alias: str) -> None:
    with taken(es, alias):
        change(es, alias, token="dead", renewed="2001-01-01T00:00:00+00:00")
        with taken(es, alias):
            pass


def test_renewed_while_it_is_held(es: Elasticsearch, alias: str) -> None:
    lock = LoadLock(es, alias, renew=0.05)
    lock.acquire()
    with lock:
        before = document(es, alias)["_source"]["renewed"]
        assert eventually(lambda: document(es, alias)["_source"]["renewed"] != before)
        assert not lock.lost


def test_the_holder_notices_that_it_lost_the_lock_and_does_not_release_that_of_another(
    es: Elasticsearch, alias: str
) -> None:
    lock = LoadLock(es, alias, renew=0.05)
    lock.acquire()
    with lock:
        change(es, alias, token="another", host="elsewhere", pid=1)
        assert eventually(lambda: lock.lost)
    assert document(es, alias)["_source"]["pid"] == 1


def test_a_renewal_whose_answer_was_lost_is_no_loss(es: Elasticsearch, alias: str) -> None:
    lock = LoadLock(es, alias, renew=0.05)
    lock.acquire()
    with lock:
        change(es, alias, renewed=datetime.now(UTC).isoformat())  # our own holder, another version
        before = document(es, alias)["_seq_no"]
        assert eventually(lambda: document(es, alias)["_seq_no"] > before + 1)
        assert not lock.lost
    assert not document(es, alias)["found"]


def eventually(holds: Any, seconds: float = 10) -> bool:
    """Whether something comes true within some seconds."""
    pause = Event()
    deadline = datetime.now(UTC) + timedelta(seconds=seconds)
    while not holds():
        if datetime.now(UTC) > deadline:
            return False
        pause.wait(0.02)
    return True

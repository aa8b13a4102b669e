"""The keys as the service reads them: together, seldom, and never taken for absent when they cannot
be read.
"""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Callable, Coroutine
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar

import pytest
from elasticsearch import AsyncElasticsearch, Elasticsearch
from structlog.testing import capture_logs

from mappings.keys import Key, Token, keys_body, keys_index
from mappings.settings import IndexSettings
from service.elasticsearch import keys as reading
from service.elasticsearch.client import connect_async
from service.elasticsearch.keys import Keys
from service.errors import ServiceError

T = TypeVar("T")
Stub = Callable[[Callable[[socket.socket], None]], Any]
NOW = datetime.now(UTC)


@pytest.fixture
def alias(elasticsearch: Elasticsearch, index_prefix: str, request: pytest.FixtureRequest) -> str:
    """An alias of this test's own, with an empty index of keys."""
    alias = f"{index_prefix}-{abs(hash(request.node.name)) % 10**8}"
    elasticsearch.indices.create(index=keys_index(alias), **keys_body())
    return alias


def asked(url: str, alias: str, work: Callable[[Keys], Coroutine[Any, Any, T]]) -> T:
    """What `work` gives with the keys of an alias at this Elasticsearch."""

    async def run() -> T:
        async with connect_async(IndexSettings(elasticsearch_url=url, alias=alias)) as es:
            return await work(Keys(es, alias))

    return asyncio.run(run())


def keep(elasticsearch: Elasticsearch, alias: str, **changes: Any) -> Token:
    token = Token.new()
    key = Key(token.id, "monitor", frozenset({"read"}), token.digest, NOW)
    document = key.to_source() | changes
    elasticsearch.index(index=keys_index(alias), id=key.id, document=document, refresh=True)
    return token


def test_a_key_is_known_by_its_secret(
    elasticsearch: Elasticsearch, elasticsearch_url: str, alias: str
) -> None:
    token = keep(elasticsearch, alias)

    async def work(keys: Keys) -> list[Key | None]:
        wrong = Token(token.id, "a" * 32)
        return [await keys.verified(sent) for sent in (token, wrong, Token.new())]

    found, wrong, unknown = asked(elasticsearch_url, alias, work)
    assert found is not None
    assert found.id == token.id
    assert (wrong, unknown) == (None, None)


def test_no_index_means_no_keys(elasticsearch_url: str, index_prefix: str) -> None:
    assert asked(elasticsearch_url, f"{index_prefix}-none", lambda k: k.by_id("abcdefgh")) is None


def test_a_document_changed_by_hand_harms_no_other_key(
    elasticsearch: Elasticsearch, elasticsearch_url: str, alias: str
) -> None:
    broken, whole = keep(elasticsearch, alias, rate="many"), keep(elasticsearch, alias)

    async def work(keys: Keys) -> list[Key | None]:
        return [await keys.verified(token) for token in (broken, whole)]

    with capture_logs() as logs:
        first, second = asked(elasticsearch_url, alias, work)
    assert first is None
    assert second is not None
    assert [line["id"] for line in logs if line["event"] == "key_unreadable"] == [broken.id]


def test_a_key_that_expires_while_it_is_remembered_is_over(
    elasticsearch: Elasticsearch, elasticsearch_url: str, alias: str
) -> None:
    ends = datetime.now(UTC) + timedelta(seconds=1.5)
    token = keep(elasticsearch, alias, expires=ends.isoformat())

    async def work(keys: Keys) -> tuple[Key | None, Key | None]:
        before = await keys.verified(token)
        await asyncio.sleep(max(0.0, (ends - datetime.now(UTC)).total_seconds()) + 0.01)
        return before, await keys.verified(token)

    before, after = asked(elasticsearch_url, alias, work)
    assert before is not None
    assert after is None


def test_many_who_try_keys_cause_one_reading(
    elasticsearch: Elasticsearch,
    elasticsearch_url: str,
    alias: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    readings = 0
    search = AsyncElasticsearch.search

    async def counted(*arguments: Any, **named: Any) -> Any:
        nonlocal readings
        readings += 1
        return await search(*arguments, **named)

    monkeypatch.setattr(AsyncElasticsearch, "search", counted)

    async def work(keys: Keys) -> None:
        await asyncio.gather(*(keys.verified(Token.new()) for _ in range(50)))
        for _ in range(50):
            await keys.verified(Token.new())

    asked(elasticsearch_url, alias, work)
    assert readings == 1


def answering(status: str, body: bytes) -> Callable[[socket.socket], None]:
    def answer(connection: socket.socket) -> None:
        while connection.recv(65536):
            head = (
                f"HTTP/1.1 {status}\r\nX-Elastic-Product: Elasticsearch\r\nContent-Type: "
                f"application/vnd.elasticsearch+json;compatible-with=9\r\n"
                f"Content-Length: {len(body)}\r\n\r\n"
            )
            connection.sendall(head.encode() + body)

    return answer


@pytest.mark.parametrize(
    "answer",
    [
        answering("401 Unauthorized", b'{"error":{"type":"security_exception"}}'),
        answering("403 Forbidden", b'{"error":{"type":"security_exception"}}'),
        answering("429 Too Many Requests", b'{"error":{"type":"es_rejected_execution_exception"}}'),
        answering("503 Service Unavailable", b'{"error":{"type":"no_shard_available"}}'),
        answering("404 Not Found", b"nothing here"),
        answering("200 OK", b"<html>"),
    ],
    ids=["key refused", "not allowed", "busy", "no shard", "another server", "no JSON"],
)
def test_what_cannot_be_read_is_an_error_and_no_absence(
    stub: Stub, answer: Callable[[socket.socket], None]
) -> None:
    with stub(answer) as url, pytest.raises(ServiceError) as failed:
        asked(url, "naba-test", lambda keys: keys.verified(Token.new()))
    assert failed.value.status == 503


def test_an_old_answer_is_not_taken_when_a_new_one_cannot_be_had(
    elasticsearch: Elasticsearch,
    elasticsearch_url: str,
    alias: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    token = keep(elasticsearch, alias)

    async def work(keys: Keys) -> None:
        assert await keys.verified(token) is not None
        monkeypatch.setattr(reading, "MAX_AGE", 0.0)
        monkeypatch.setattr(keys, "_es", keys._es.options(request_timeout=0.000001))
        await keys.verified(token)

    with pytest.raises(ServiceError):
        asked(elasticsearch_url, alias, work)

"""The index of access keys as the command writes it: add, list, rotate, revoke.

The service only reads it (service/elasticsearch/keys.py). Every write is searchable when the call
returns, so that only the service's few seconds of memory lie between a revocation and its effect.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar

from elasticsearch import BadRequestError, Elasticsearch, NotFoundError

from loader.index.retries import Patience
from mappings.errors import NabaError
from mappings.failures import error_type
from mappings.keys import (
    MAX_KEYS,
    Key,
    KeyField,
    Token,
    keys_body,
    keys_index,
    live_keys_query,
)

PATIENCE = 30  # seconds: somebody sits and waits
MAX_LISTED = 10_000

T = TypeVar("T")


class KeyRefused(NabaError):
    """A key cannot be made or found; the sentence says why."""


class KeyStore:
    """The keys of one alias. Every method raises NabaError with one sentence."""

    def __init__(self, es: Elasticsearch, alias: str) -> None:
        self._es = es
        self._index = keys_index(alias)
        self._patience = Patience(PATIENCE)

    def add(self, key: Key) -> None:
        """Keep a new key. Two live keys never have one name, but while one is being rotated."""
        self._create_index()
        live = self.all(live_at=datetime.now(UTC))
        if any(other.name == key.name for other in live):
            raise KeyRefused(
                f"There is a key named {key.name} already: take another name, or renew it by "
                f"`naba key rotate {key.name}`."
            )
        self._create(key, live)

    def all(self, *, live_at: datetime | None = None) -> list[Key]:
        """All keys, those that ended included, oldest first; or those that are live at an
        instant. Without those that somebody changed by hand so that they are none, as the service
        takes them.
        """
        query = live_keys_query(live_at) if live_at else {"match_all": {}}
        order = [{KeyField.CREATED: "asc"}, {KeyField.ID: "asc"}]

        def search() -> list[Key]:
            try:
                answer = self._es.search(
                    index=self._index, query=query, size=MAX_LISTED, sort=order
                )
            except NotFoundError:
                return []  # nobody has made a key yet
            keys = (_key(hit["_source"]) for hit in answer["hits"]["hits"])
            return [key for key in keys if key is not None]

        return self._call(search)

    def rotate(self, name_or_id: str, overlap: timedelta) -> tuple[Token, Key]:
        """A new token for a key that may do the same, and the old key, which ends after
        `overlap`.
        """
        now = datetime.now(UTC)
        live = self.all(live_at=now)
        found = _named(live, name_or_id)
        if not found:
            raise _unknown(name_or_id)
        old = found[-1]  # the newest one, where an earlier rotation still overlaps
        token = Token.new()
        self._create(old.renewed(token), live)
        ends = now + overlap
        expires = ends if old.expires is None else min(ends, old.expires)
        self._set(old, KeyField.EXPIRES, expires)
        return token, replace(old, expires=expires)

    def revoke(self, name_or_id: str) -> list[Key]:
        """End the key with this id, or all that have this name, now; these keys."""
        now = datetime.now(UTC)
        found = _named(self.all(live_at=now), name_or_id)
        if not found:
            raise _unknown(name_or_id)
        for key in found:
            self._set(key, KeyField.REVOKED, now)
        return found

    def _create(self, key: Key, live: list[Key]) -> None:
        if len(live) >= MAX_KEYS:
            raise KeyRefused(f"There are {MAX_KEYS:,} keys already: revoke some first.")
        self._call(
            lambda: self._es.index(
                index=self._index, id=key.id, document=key.to_source(), refresh=True
            )
        )

    def _set(self, key: Key, field: str, instant: datetime) -> None:
        self._call(
            lambda: self._es.update(
                index=self._index, id=key.id, doc={field: instant.isoformat()}, refresh=True
            )
        )

    def _create_index(self) -> None:
        def create() -> None:
            try:
                self._es.indices.create(index=self._index, **keys_body())
            except BadRequestError as error:
                if error_type(error.body) != "resource_already_exists_exception":
                    raise

        self._call(create)

    def _call(self, work: Callable[[], T]) -> T:
        return self._patience.call(self._es, work)


def _key(source: dict[str, Any]) -> Key | None:
    try:
        return Key.from_source(source)
    except (KeyError, TypeError, ValueError):
        return None


def _named(keys: list[Key], name_or_id: str) -> list[Key]:
    by_id = [key for key in keys if key.id == name_or_id]
    return by_id or [key for key in keys if key.name == name_or_id]


def _unknown(name_or_id: str) -> KeyRefused:
    return KeyRefused(f"No live key has the name or id {name_or_id}: `naba key list` shows them.")

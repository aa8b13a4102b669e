"""The keys as the service reads them: all live ones at once, at most a few seconds old.

Reading all of them, not the one that was sent, keeps whoever tries out keys from causing any work
in Elasticsearch.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Mapping
from datetime import UTC, datetime

import structlog
from elasticsearch import AsyncElasticsearch, NotFoundError

from mappings.keys import MAX_KEYS, Key, Token, is_secret_of, keys_index, live_keys_query
from service.elasticsearch.index import translated_errors

MAX_AGE = 5.0  # seconds: so long a revoked key may still be taken for valid
READ_TIMEOUT = 2.0  # seconds
log = structlog.get_logger(__name__)


class Keys:
    """The live keys of one alias. What cannot be read raises ServiceError (503): never open for
    want of an answer.
    """

    def __init__(self, es: AsyncElasticsearch, alias: str) -> None:
        self._es = es.options(request_timeout=READ_TIMEOUT)
        self._index = keys_index(alias)
        self._keys: Mapping[str, Key] = {}
        self._read_at: float | None = None
        self._reading: asyncio.Task[None] | None = None

    async def verified(self, token: Token) -> Key | None:
        """The key that `token` is; None for one that is unknown, wrong, expired or revoked."""
        key = await self.by_id(token.id)
        return key if is_secret_of(token, key) else None

    async def by_id(self, key_id: str) -> Key | None:
        """The live key with this id."""
        if self._read_at is None or time.monotonic() - self._read_at >= MAX_AGE:
            await self._read_together()
        key = self._keys.get(key_id)
        return key if key is not None and key.is_live(datetime.now(UTC)) else None

    async def _read_together(self) -> None:
        """Read once for all who wait; who leaves does not take the answer from the others."""
        if self._reading is None or self._reading.done():
            self._reading = asyncio.create_task(self._read())
        await asyncio.shield(self._reading)

    async def _read(self) -> None:
        began = time.monotonic()
        with translated_errors():
            try:
                answer = await self._es.search(
                    index=self._index,
                    query=live_keys_query(datetime.now(UTC)),
                    size=MAX_KEYS,
                    allow_partial_search_results=False,
                )
                hits = answer["hits"]["hits"]
            except NotFoundError as error:
                if not isinstance(error.body, dict):
                    raise  # not Elasticsearch's: somebody else answers in its place
                hits = []  # nobody has made a key yet
        self._keys = {key.id: key for hit in hits if (key := _key(hit)) is not None}
        self._read_at = began


def _key(hit: Mapping[str, object]) -> Key | None:
    """The key of a document; one that somebody changed by hand is no key, and the others stay."""
    try:
        source = hit["_source"]
        return Key.from_source(source) if isinstance(source, dict) else None
    except (KeyError, TypeError, ValueError) as error:
        log.warning("key_unreadable", id=hit.get("_id"), reason=str(error))
        return None

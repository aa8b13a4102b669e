"""The index as the service reads it: the only module that calls Elasticsearch and knows its errors.

Elasticsearch's exceptions end here; what leaves is an answer or a `ServiceError`. An answer that
lacks a shard or ran out of time is an error too: never a silent half.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager, contextmanager
from time import perf_counter
from typing import Any

import orjson
import structlog
from elastic_transport import BaseAsyncNode, HttpHeaders
from elasticsearch import AsyncElasticsearch

from mappings.failures import (
    SUPPORTED_MAJOR,
    ElasticsearchFailure,
    Kind,
    classify,
    classify_answer,
    error_type,
)
from mappings.index import INDEX_VERSION
from service.errors import (
    AccessRefused,
    IndexMissing,
    IndexOutdated,
    Overloaded,
    PartialAnswer,
    SearchTimeout,
    SearchUnavailable,
    ServiceError,
)
from service.query.stories import UNREAD
from service.timing import waited

Body = dict[str, Any]
log = structlog.get_logger(__name__)

_JSON = f"application/vnd.elasticsearch+json; compatible-with={SUPPORTED_MAJOR}"
_LINES = f"application/vnd.elasticsearch+x-ndjson; compatible-with={SUPPORTED_MAJOR}"
_NEVER_PARTIAL = f"allow_partial_search_results=false&filter_path={UNREAD}"
_UNREAD_IN_MANY = UNREAD.replace("-", "-responses.", 1)
IMPATIENCE = 0.8  # of the client's time-out: Elasticsearch stops its query phase first and says so


class QueryRefused(ServiceError):
    """Elasticsearch refuses a body that we built: our fault, logged, never shown."""

    status, code, title = 500, "internal", "Something went wrong"


class ArticleIndex:
    """Reads articles through `alias`. All methods raise ServiceError only.

    Searches go straight to the client's node (its connections, TLS and time limits), with `headers`
    (authorization): the client around it costs a fifth of a whole search's processor time.
    """

    def __init__(
        self,
        es: AsyncElasticsearch,
        alias: str,
        timeout: float = 5.0,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        self.es = es
        self.alias = alias
        self._timeout = timeout
        self.client = es.options(request_timeout=timeout)
        self._query_timeout = f"{int(timeout * 1000 * IMPATIENCE)}ms"
        self._headers = HttpHeaders({**(headers or {}), "accept": _JSON, "content-type": _JSON})
        self._headers_of_lines = HttpHeaders({**self._headers, "content-type": _LINES})

    async def search(self, body: Mapping[str, Any], *, point_in_time: bool = False) -> Body:
        """Run one search body against the alias (or against the point in time that the body
        names).
        """
        path = "/_search" if point_in_time else f"/{self.alias}/_search"
        content = orjson.dumps({"timeout": self._query_timeout, **body})
        return whole(await self._understood(f"{path}?{_NEVER_PARTIAL}", content, self._headers))

    async def search_many(self, bodies: Sequence[Mapping[str, Any]]) -> list[Body]:
        """Run several search bodies in one request; the answers come in the same order."""
        lines: list[bytes] = []
        for body in bodies:
            lines += [
                b'{"allow_partial_search_results":false}',
                orjson.dumps({"timeout": self._query_timeout, **body}),
            ]
        path = f"/{self.alias}/_msearch?filter_path={_UNREAD_IN_MANY}"
        answer = await self._understood(path, b"\n".join((*lines, b"")), self._headers_of_lines)
        return [whole(part) for part in answer["responses"]]

    async def _understood(self, path: str, content: bytes, headers: HttpHeaders) -> Body:
        """The answer to one or several searches. Raises IndexOutdated where the index lacks what
        they ask for.
        """
        try:
            answer = await self._post(path, content, headers)
            for part in answer.get("responses", ()):
                if "error" in part:
                    raise refusal(int(part["status"]), part)
        except QueryRefused:
            await self.check_version()
            raise
        return answer

    async def _post(self, path: str, content: bytes, headers: HttpHeaders) -> Body:
        """The answer to one request, which was a success."""
        node = self.es.transport.node_pool.get()
        assert isinstance(node, BaseAsyncNode)
        with translated_errors():
            meta, raw = await node.perform_request(
                "POST", path, body=content, headers=headers, request_timeout=self._timeout
            )
        if meta.status >= 300:
            raise refusal(meta.status, _body_of(raw))
        if meta.headers.get("x-elastic-product") != "Elasticsearch":
            raise meaning(Kind.NOT_ELASTICSEARCH, raw)
        try:
            found: Body = orjson.loads(raw)
        except orjson.JSONDecodeError as error:
            raise meaning(Kind.UNREADABLE, error) from error
        return found

    async def source(self, article_id: str, fields: Sequence[str] | None = None) -> Body | None:
        """The stored document of one article, or None."""
        body: Body = {"query": {"ids": {"values": [article_id]}}, "size": 1}
        if fields is not None:
            body["_source"] = list(fields)
        hits = (await self.search(body))["hits"]["hits"]
        return hits[0]["_source"] if hits else None

    @asynccontextmanager
    async def point_in_time(self, keep_alive: str) -> AsyncIterator[str]:
        """Open a point in time and close it whatever happens; yields its id."""
        opening = asyncio.create_task(self._open_point_in_time(keep_alive))
        try:
            yield await asyncio.shield(opening)
        finally:
            # A client may leave while it is being opened, or closed because an export failed:
            # Elasticsearch would keep one that nobody uses.
            await asyncio.shield(asyncio.create_task(self._close_point_in_time(opening)))

    async def _close_point_in_time(self, opening: asyncio.Task[str]) -> None:
        pit = await opening
        with translated_errors():
            await self.client.options(ignore_status=404).close_point_in_time(id=pit)

    async def _open_point_in_time(self, keep_alive: str) -> str:
        with translated_errors():
            opened = await self.client.open_point_in_time(index=self.alias, keep_alive=keep_alive)
        return str(opened.body["id"])

    async def generation(self) -> str:
        """The name of the concrete index behind the alias."""
        with translated_errors():
            answer = await self.client.indices.get_alias(name=self.alias)
        names = sorted(answer.body)
        if not names:
            raise meaning(Kind.NO_INDEX, self.alias)
        return str(names[-1])

    async def check_version(self, timeout: float = 1.0) -> None:
        """Raise IndexOutdated where another version of Naba built the index."""
        with translated_errors():
            answer = await self.es.options(request_timeout=timeout).indices.get_mapping(
                index=self.alias, filter_path="*.mappings._meta"
            )
        versions = {found["mappings"]["_meta"].get("version") for found in answer.body.values()}
        if versions - {INDEX_VERSION}:
            raise IndexOutdated(
                "Another version of Naba built this index; build it anew: naba load --replace PATH."
            )

    async def ready(self, timeout: float = 1.0) -> None:
        """Return when the alias exists and can be searched, within `timeout` seconds; else
        raise.
        """
        await self.check_version(timeout)
        with translated_errors():
            await self.es.options(request_timeout=timeout).search(
                index=self.alias,
                size=0,
                terminate_after=1,
                track_total_hits=False,
                allow_partial_search_results=False,
            )


def whole(answer: Body) -> Body:
    """`answer`, if it is complete. Raises PartialAnswer, SearchTimeout."""
    if answer.get("timed_out"):
        raise SearchTimeout("The search took too long; ask for less or try again.")
    if answer.get("_shards", {}).get("failed"):
        raise PartialAnswer("A part of the index did not answer; try again in a moment.")
    return answer


def _body_of(raw: bytes) -> Any:
    """The body of a refusal; what is no JSON as its first characters."""
    try:
        return orjson.loads(raw)
    except orjson.JSONDecodeError:
        return repr(raw[:500])


def refusal(status: int, body: Any) -> ServiceError:
    """An answer that is no success as an own error; `body` only goes to the log."""
    return meaning(classify_answer(status, error_type(body), str(body)), body)


def meaning(kind: Kind, reason: object) -> ServiceError:
    """A failure of Elasticsearch as what its caller is told; `reason` only goes to the log."""
    if kind is not Kind.NO_INDEX:
        log.warning("elasticsearch_failed", kind=kind.name, reason=str(reason)[:500])
    error, detail = _MEANINGS.get(kind, _OURS)
    return error(detail)


_OURS = QueryRefused, "The fault is ours and has been logged under the request id."
_MEANINGS: dict[Kind, tuple[type[ServiceError], str]] = {
    Kind.AWAY: (SearchUnavailable, "Elasticsearch does not answer; try again in a moment."),
    Kind.CERTIFICATE: (SearchUnavailable, "Elasticsearch does not answer; try again in a moment."),
    Kind.SLOW: (SearchTimeout, "Elasticsearch did not answer in time; try again in a moment."),
    Kind.BUSY: (Overloaded, "Elasticsearch is busy; try again in a moment."),
    Kind.PARTIAL: (PartialAnswer, "A part of the index did not answer; try again in a moment."),
    Kind.BROKEN: (PartialAnswer, "A part of the index did not answer; try again in a moment."),
    Kind.KEY_REFUSED: (
        AccessRefused,
        "Elasticsearch refuses the key that Naba uses; its keeper has to renew it.",
    ),
    Kind.NOT_ALLOWED: (
        AccessRefused,
        "Elasticsearch refuses the key that Naba uses; its keeper has to renew it.",
    ),
    Kind.OTHER_VERSION: (
        SearchUnavailable,
        f"Naba speaks to Elasticsearch {SUPPORTED_MAJOR}.x only; this is another version.",
    ),
    Kind.NOT_ELASTICSEARCH: (
        SearchUnavailable,
        "What answers in Elasticsearch's place is not Elasticsearch.",
    ),
    Kind.UNREADABLE: (
        SearchUnavailable,
        "Elasticsearch's answer could not be read; try again in a moment.",
    ),
    Kind.NO_INDEX: (
        IndexMissing,
        "The index does not exist yet; load articles with `naba load`.",
    ),
}


@contextmanager
def translated_errors() -> Iterator[None]:
    """Add the time inside to `waited`; turn the client's exceptions into ServiceErrors."""
    start = perf_counter()
    try:
        yield
    except ElasticsearchFailure as error:
        raise meaning(classify(error), error) from error
    finally:
        clock = waited.get()
        if clock is not None:
            clock[0] += perf_counter() - start

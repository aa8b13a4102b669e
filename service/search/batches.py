"""All that a search finds, batch by batch from one point in time, in constant memory whatever the
articles' size.

Two things keep it so. A batch holds texts only up to `SHORT`; of a longer one it holds the length,
and the text comes afterwards, with no more beside it than `TOGETHER` allows. And a batch is as
large as the last ones show that Elasticsearch answers at its ease, since its work grows with the
bytes of the articles, also of what it leaves out.

`service.search.export` makes rows of it.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Iterator, Sequence
from contextlib import aclosing
from time import perf_counter
from typing import Any, Final

from mappings.article import Field
from service.elasticsearch.index import ArticleIndex
from service.errors import Overloaded, SearchTimeout

Body = dict[str, Any]
Hit = dict[str, Any]

KEEP_ALIVE = "1m"  # a reader who takes longer for one batch has gone away

# Articles in one request. ANT (31,509 articles of 1,500 characters) is walked through with 9,000 a
# second in batches of 1000; smaller ones are slower, because every request sorts anew (with texts:
# 5,500 by 1000, 2,100 by 100). Articles of 1.6 MB take Elasticsearch 20 to 70 ms each on two shared
# cores: the first 25 are there in two seconds.
FIRST, LARGEST = 25, 1000
GROWTH = 4  # times the batch before at most: 25, 100, 400, 1000
PACE = 1.0  # seconds that a batch may take; a fifth of NABA_SEARCH_TIMEOUT
# A batch that took too long, as when huge articles follow many small ones, is asked for again with
# so much less.
STEP_BACK = 8

# Characters (UTF-16, as Java counts). Wire copy is seldom longer than the first (of ANT one article
# in forty); a batch of a thousand such is 8 MB of Arabic. The second is the longest article that
# NABA_MAX_ARTICLE_BYTES admits as it stands: longer texts come one by one, shorter ones together.
SHORT: Final = 4096
TOGETHER: Final = 1_000_000

TEXT: Final = "text"
_SCRIPT: Final = (
    "def text = params._source[params.field]; "
    "return text == null || text.length() <= params.longest ? text : text.length()"
)


async def batches(
    index: ArticleIndex, body: Body, pit: str, *, texts: bool
) -> AsyncGenerator[list[Hit], None]:
    """What `body` finds, in its order, to the end; at least one batch, which may be empty.

    `body` names no text in `_source`; with `texts` every hit gets it there. While one batch is
    worked on, the next is on its way; whoever stops early closes the generator, and with it the
    work in Elasticsearch.
    """
    point = {"id": pit, "keep_alive": KEEP_ALIVE}
    async with aclosing(
        _windows(index, body | {"pit": point} | (_short_texts() if texts else {}))
    ) as windows:
        async for hits in windows:
            if not texts:
                yield hits
                continue
            for part in portions([text_or_length(hit) for hit in hits]):
                yield await _with_texts(index, point, hits[part])


async def _windows(index: ArticleIndex, body: Body) -> AsyncGenerator[list[Hit], None]:
    """The hits in requests of a size that suits them."""
    coming = asyncio.ensure_future(_window(index, body, FIRST))
    try:
        while True:
            hits, asked, seconds = await coming
            more = len(hits) == asked
            if more:
                following = {**body, "search_after": hits[-1]["sort"]}
                coming = asyncio.ensure_future(_window(index, following, next_size(asked, seconds)))
            yield hits
            if not more:
                return
    finally:
        if not coming.done():
            coming.cancel()
        await asyncio.gather(coming, return_exceptions=True)


async def _window(index: ArticleIndex, body: Body, size: int) -> tuple[list[Hit], int, float]:
    """The next hits, how many were asked for in the end, and the seconds that took."""
    while True:
        start = perf_counter()
        try:
            answer = await index.search({**body, "size": size}, point_in_time=True)
        except (
            SearchTimeout,
            Overloaded,
        ):  # out of time, or of the memory that Elasticsearch grants one request
            if size <= FIRST:
                raise
            size = max(size // STEP_BACK, FIRST)
        else:
            hits: list[Hit] = answer["hits"]["hits"]
            return hits, size, perf_counter() - start


def next_size(size: int, seconds: float) -> int:
    """How many to ask for when `size` articles took `seconds`: what would have taken PACE, within
    bounds.
    """
    at_pace = int(size * PACE / max(seconds, 0.001))
    return max(1, min(at_pace, size * GROWTH, LARGEST))


def _short_texts() -> Body:
    """The part of a body that asks for each text, or for its length where it is long."""
    params = {"field": Field.BODY, "longest": SHORT}
    return {"script_fields": {TEXT: {"script": {"source": _SCRIPT, "params": params}}}}


def text_or_length(hit: Hit) -> str | int | None:
    """What the script said of a hit."""
    value: str | int | None = hit["fields"][TEXT][0]
    return value


def portions(texts: Sequence[str | int | None]) -> Iterator[slice]:
    """The batch in slices whose long texts have TOGETHER characters at most, or are one alone;
    never none.
    """
    start = held = 0
    for position, text in enumerate(texts):
        length = text if isinstance(text, int) else 0
        if length and held and held + length > TOGETHER:
            yield slice(start, position)
            start, held = position, 0
        held += length
    yield slice(start, len(texts))


async def _with_texts(index: ArticleIndex, point: Body, hits: list[Hit]) -> list[Hit]:
    """The hits with their texts, the long ones fetched from the same point in time."""
    long = [hit["_id"] for hit in hits if isinstance(text_or_length(hit), int)]
    fetched: dict[str, str] = {}
    if long:
        body = {"query": {"ids": {"values": long}}, "size": len(long), "_source": [Field.BODY]}
        answer = await index.search(body | {"pit": point, "sort": ["_doc"]}, point_in_time=True)
        fetched = {hit["_id"]: hit["_source"][Field.BODY] for hit in answer["hits"]["hits"]}
    # New hits: those of the batch live as long as the batch, and would hold all its long texts in
    # the end.
    texts = [fetched[hit["_id"]] if hit["_id"] in fetched else text_or_length(hit) for hit in hits]
    return [
        {**hit, "_source": {**hit["_source"], Field.BODY: text or ""}}
        for hit, text in zip(hits, texts, strict=True)
    ]

"""What the service does for its routes, a method each: search, read, suggest, export.

A search is one request to Elasticsearch, or two when relaxing.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import date, datetime
from functools import cache, lru_cache, partial
from typing import Any

from mappings.agencies import Registry
from mappings.article import Article
from service.answer import Copies, Highlight, Hit, QueryEcho, SearchResult, Total
from service.answer_links import AnswerLinks, walk_question
from service.elasticsearch.index import ArticleIndex
from service.errors import BadCursor, TooManyExports
from service.links import Addresses
from service.params import AGENCY_ID, ExportParams, FilterParams, SearchParams, Sort
from service.query import cursor, stories
from service.query.agency_names import with_agency_names
from service.query.body import search_body, selection_body, words_alone_body
from service.query.clauses import Applied, applied_match
from service.query.completion import Suggestion
from service.query.filters import Filters, filters
from service.query.question import findable_alone
from service.query.sorting import applied_sort
from service.query.spelling import corrigible_words
from service.query.syntax import interpret, parse
from service.search import status
from service.search.article import get_article, read_article
from service.search.did_you_mean import corrected
from service.search.export import Encoder, exported
from service.search.reading import FacetReader, read_hit
from service.search.similar import Similar, similar
from service.search.suggest import SIZE, suggest
from service.settings import ServiceSettings


class SearchService:
    """One for the life of the service. Its methods raise ServiceError only.

    `today` is asked for once a request and may be fixed by tests.
    """

    def __init__(self, index: ArticleIndex, registry: Registry, settings: ServiceSettings) -> None:
        self.index = index
        self.registry = registry
        self.settings = settings
        self.exports = 0  # being streamed now
        # Kept, since the same agencies come back with every answer; bounded, since readers may ask
        # for any id.
        kept = lru_cache(maxsize=4096)
        self._labels = {lang: kept(partial(registry.label, lang=lang)) for lang in ("ar", "en")}

    def today(self) -> date:
        """The newsroom's day."""
        return datetime.now(self.settings.zone).date()

    def label(self, lang: str) -> Callable[[str], str]:
        """agency id -> its label in `lang`; the id itself where the registry does not know it."""
        return self._labels[lang]

    async def article(self, article_id: str) -> Article:
        """One whole article. Raises NotFound."""
        return await get_article(self.index, article_id)

    async def read(self, article_id: str, reached_by: SearchParams) -> tuple[Article, Highlight]:
        """One whole article with the hits of a search marked in it. Raises NotFound."""
        return await read_article(self.index, article_id, reached_by)

    async def similar(self, article: Article, *, lang: str = "ar", size: int = 5) -> Similar:
        """The copies of an article, and up to `size` other articles on its subject."""
        return await similar(self.index, article, self.label(lang), size)

    async def suggest(self, q: str, size: int = SIZE) -> tuple[Suggestion, ...]:
        """Up to `size` queries that complete `q`, the likeliest first."""
        return await suggest(self.index, q, size)

    async def agencies(self, lang: str) -> dict[str, Any]:
        """The registry with the number of each agency's articles, the most frequent first."""
        return await status.agencies(self.index, self.registry, lang)

    async def status(self) -> dict[str, Any]:
        """How many articles there are, of when, and who answers."""
        return await status.status(self.index, self.settings.time_zone)

    @asynccontextmanager
    async def export(
        self, params: ExportParams, encode: Encoder
    ) -> AsyncIterator[AsyncIterator[bytes]]:
        """The rows of `params` as chunks of bytes; the first batch has been found when this is
        entered.

        Everything that was opened is closed at the end, also when the reader stops early.
        Raises TooManyExports, and what the index raises.
        """
        if self.exports >= self.settings.max_exports:
            raise TooManyExports(
                f"{self.exports} exports are running; try again when one has ended."
            )
        self.exports += 1
        try:
            asked = Asked(self, params)
            match = "any" if await self._should_relax(params, asked) else asked.match
            body = selection_body(params, asked.parsed, asked.filters, match=match)
            async with exported(self.index, body, params, self.label(params.lang), encode) as rows:
                yield rows
        finally:
            self.exports -= 1

    async def search(self, params: SearchParams, *, path: str = "/v1/search") -> SearchResult:
        """Run `params`. The addresses in the result stand on `path`."""
        asked = Asked(self, params)
        match, relaxed = asked.match, False
        body = search_body(params, asked.parsed, asked.filters, match=match, today=asked.today)
        self._start_after(body, params, asked)
        shown, sort = asked.params, asked.sort(params)
        assert isinstance(shown, SearchParams)
        links = cache(partial(AnswerLinks, path, shown, sort))
        loop = asyncio.get_running_loop()  # which does the following while Elasticsearch searches
        loop.call_soon(links)
        loop.call_soon(corrigible_words, asked.parsed)
        answer = await self.index.search(body)
        found = answer["hits"]["total"]["value"]
        around = links()
        if not found and asked.can_relax and params.cursor in (None, cursor.START):
            loosened = await self._loosened(params, asked)
            if loosened is not None:
                match, relaxed, answer = "any", True, loosened
                around = AnswerLinks(path, shown.model_copy(update={"match": match}), sort)
        return await self._result(
            params, asked, answer, around, path, match=match, relaxed=relaxed, found=found
        )

    @staticmethod
    def _start_after(body: dict[str, Any], params: SearchParams, asked: Asked) -> None:
        """Let a walk go on where its cursor stands. Raises BadCursor."""
        if params.cursor is None or params.cursor == cursor.START:
            return
        try:
            body["search_after"] = cursor.decode(
                params.cursor, walk_question(params, asked.sort(params))
            )
        except cursor.InvalidCursor as error:
            raise BadCursor(str(error), parameter="cursor") from None

    async def _loosened(self, params: SearchParams, asked: Asked) -> dict[str, Any] | None:
        """The answer with any word instead of all, if all words together match nothing whatever the
        filters.
        """
        body = search_body(params, asked.parsed, asked.filters, match="any", today=asked.today)
        if not asked.filters.narrows:
            return await self.index.search(body)
        alone = words_alone_body(asked.parsed, params, match=asked.match)
        loosened, words = await self.index.search_many([body, alone])
        return None if words["hits"]["total"]["value"] else loosened

    async def _should_relax(self, params: FilterParams, asked: Asked) -> bool:
        """Whether all words together match nothing whatever the filters, so any word is meant."""
        if not asked.can_relax:
            return False
        words = await self.index.search(words_alone_body(asked.parsed, params, match=asked.match))
        return not words["hits"]["total"]["value"]

    async def _result(
        self,
        params: SearchParams,
        asked: Asked,
        answer: dict[str, Any],
        links: AnswerLinks,
        path: str,
        *,
        match: Applied,
        relaxed: bool,
        found: int,
    ) -> SearchResult:
        label = self.label(params.lang)
        raw = answer["hits"]["hits"]
        articles = answer["hits"]["total"]["value"]
        count, exact = stories.count_stories(answer["aggregations"]["stories"], articles)
        facet = FacetReader(answer["aggregations"], asked.filters, links, label)
        hits = await self._hits(params, raw, label, path)
        offer = await corrected(
            self.index,
            params,
            asked.parsed,
            hits=found,
            highlights=[hit.highlight for hit in hits],
            is_name=lambda word: self.registry.resolve(word) is not None,
        )
        return SearchResult(
            query=QueryEcho(params.q, match, relaxed, offer, interpret(asked.parsed)),
            total=Total(articles, count, exact),
            took_ms=answer["took"],
            hits=hits,
            agency=facet.agency(),
            cited_agency=facet.cited_agency(),
            date=facet.date(asked.today),
            links=links.complete(raw, count if params.group else articles),
        )

    async def _hits(
        self, params: SearchParams, raw: list[dict[str, Any]], label: Any, path: str
    ) -> tuple[Hit, ...]:
        """The hits; folded ones with their copies, which are counted in one more request."""
        copies: dict[str, Copies] = {}
        if params.group and raw:
            ids = [hit["_source"]["story_id"] for hit in raw if "story_id" in hit["_source"]]
            counted = await self.index.search(stories.copies_body(ids))
            copies = {
                story: Copies(count, Addresses(path, params).to(**ONLY_STORY | {"story": story}))
                for story, count in stories.read_copies(counted).items()
                if count
            }
        return tuple(
            read_hit(hit, label, copies.get(hit["_source"].get("story_id", ""))) for hit in raw
        )


# The copies of a story are all of it: no words, no filters.
ONLY_STORY: dict[str, Any] = {
    "q": "",
    "match": "auto",
    "in_": None,
    "agency": [],
    "not_agency": [],
    "cited_agency": [],
    "from_": None,
    "to": None,
    "date": None,
    "since": None,
    "sort": None,
    "group": False,
}


class Asked:
    """One search as understood: parsed words, resolved agencies, filters."""

    def __init__(self, service: SearchService, params: FilterParams) -> None:
        self.today = service.today()
        self.parsed = parse(params.q)
        if params.in_ is None and params.match != "exact":  # else the text alone is meant
            self.parsed = with_agency_names(self.parsed, service.registry)
        wanted = [agency_id(service.registry, name) for name in self.parsed.agencies]
        refused = [agency_id(service.registry, name) for name in self.parsed.not_agencies]
        self.filters: Filters = filters(params, self.today, wanted, refused)
        self.match: Applied = applied_match(self.parsed, params.match)
        # Links carry agencies as parameters, so that a value that stands in the words can be taken
        # away. A name that nobody knows is no id; it stays in the words.
        self.params = params
        if (wanted or refused) and all(
            AGENCY_ID.fullmatch(agency) for agency in (*wanted, *refused)
        ):
            ids = {
                "agency": list(self.filters.agencies),
                "not_agency": list(self.filters.not_agencies),
            }
            self.params = params.model_copy(update={"q": self.parsed.rest} | ids)

    @property
    def can_relax(self) -> bool:
        """Whether asking for any word instead of all may find more."""
        return self.match == "all" and findable_alone(self.parsed) > 1

    def sort(self, params: FilterParams) -> Sort:
        """The order that holds, so that a walk stays one whether its order was named or not."""
        return applied_sort(params, has_words=self.parsed.wants_words)


def agency_id(registry: Registry, name: str) -> str:
    """The id that a reader's `agency:` names, by id or by any name; a name nobody knows stays and
    finds nothing.
    """
    if name.lower() in registry or name.lower() == "none":
        return name.lower()
    found = registry.resolve(name)
    return found.id if found else name

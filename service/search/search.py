"""What the service does for its routes, a method each: search, read, suggest, export.

A search is one request to Elasticsearch, or two when relaxing.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import date, datetime
from functools import lru_cache, partial
from typing import Any, Final

from mappings.agencies import Registry
from mappings.article import Article
from service.answer import (
    Copies,
    Highlight,
    Hit,
    QueryEcho,
)
from service.elasticsearch.index import ArticleIndex
from service.errors import SearchTimeout, TooManyExports
from service.links import AnswerLinks, address
from service.params import ExportParams, FilterParams, SearchParams
from service.query import cursor, stories
from service.query.body import (
    count_body,
    filling_body,
    search_body,
    selection_body,
    words_alone_body,
)
from service.query.completion import Suggestion
from service.query.filters import Filters, filters
from service.query.question import Question, interpret, understand
from service.query.spelling import is_sure
from service.query.syntax import parse
from service.search import status
from service.search.article import get_article, read_article
from service.search.did_you_mean import corrected
from service.search.export import Encoder, exported
from service.search.outcome import place_of, response_of, shown_search, story_search
from service.search.reading import FacetReader, SearchResult, read_hit
from service.search.similar import Similar, similar
from service.search.story import Compared, Story, compare_articles, get_story
from service.search.suggest import SIZE, suggest
from service.settings import ServiceSettings

# Fewer hits are filled up: ten is what the first page shows, and what readers look at.
FILLED_UP_TO: Final = 10


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
        question = understand(parse(reached_by.q), reached_by, self.registry)
        return await read_article(self.index, article_id, question)

    async def similar(self, article: Article, *, lang: str = "ar", size: int = 5) -> Similar:
        """The copies of an article, and up to `size` other articles on its subject."""
        return await similar(self.index, article, self.label(lang), size)

    async def story(self, story_id: str, lang: str = "ar") -> Story:
        """The copies of a story. Raises NotFound."""
        return await get_story(self.index, story_id, self.label(lang))

    async def compare(self, a: str, b: str, lang: str = "ar") -> Compared:
        """Two articles side by side. Raises NotFound."""
        return await compare_articles(self.index, a, b, self.label(lang))

    async def suggest(self, q: str, size: int = SIZE) -> tuple[Suggestion, ...]:
        """Up to `size` queries that complete `q`, the likeliest first."""
        return await suggest(self.index, q, size)

    async def agencies(self, lang: str) -> status.Agencies:
        """The registry with the number of each agency's articles, the most frequent first."""
        return await status.agencies(self.index, self.registry, lang)

    async def status(self) -> status.Status:
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
            question, chosen = self._understand(params, self.today())
            if await self._should_relax(question):
                question = question.asking("any")
            body = selection_body(question, params, chosen)
            async with exported(self.index, body, params, self.label(params.lang), encode) as rows:
                yield rows
        finally:
            self.exports -= 1

    async def search(self, params: SearchParams, *, path: str = "/v1/search") -> SearchResult:
        """Run `params`. The addresses in the result stand on `path`.

        A query that finds nothing and is surely misspelt is searched as corrected.
        """
        result = await self._search(params, path)
        echo = result.answer.query
        if echo.corrected is None or not is_sure(params.q, echo.corrected):
            return result
        if not self._stands_alone(params, result):
            return result
        again = await self._search(params.model_copy(update={"q": echo.corrected}), path)
        query = replace(
            again.answer.query, q=params.q, corrected=echo.corrected, searched=echo.corrected
        )
        return replace(again, answer=replace(again.answer, query=query))

    def _stands_alone(self, params: SearchParams, result: SearchResult) -> bool:
        """Whether nothing was found, and nothing but the words stood in the way. Who names `match`
        means the words as typed.
        """
        answer = result.answer
        nothing = answer.query.relaxed or not (answer.total.articles or answer.query.elsewhere)
        unfiltered = not self._understand(params, self.today())[1].narrows
        return nothing and unfiltered and params.match == "auto" and params.sort is None

    async def _search(self, params: SearchParams, path: str) -> SearchResult:
        """Run `params`, the words as typed."""
        today = self.today()
        question, chosen = self._understand(params, today)
        if question.where == "about":  # written out, also where it holds by default
            params = params.model_copy(update={"where": "about"})
        body = search_body(question, params, chosen, today=today)
        begins = params.cursor in (None, cursor.START)
        if not begins:
            body["search_after"] = place_of(params, question.sort)
        answer, in_text = await self._answers(body, question, chosen)
        matches = answer["hits"]["total"]["value"]
        relaxed = None
        if not matches and begins:
            relaxed = await self._relaxed(question, params, chosen, today, in_text=in_text)
        hits = await self._hits(params, (relaxed or answer)["hits"]["hits"], path)
        few = await self._filling(question, params, chosen, hits, matches)
        filling = await self._hits(params, few, path)
        corrected_q = await corrected(
            self.index,
            question,
            params,
            hits=matches,
            highlights=[hit.highlight for hit in hits],
            is_name=lambda word: self.registry.resolve(word) is not None,
        )
        shown = shown_search(params, question, chosen, is_relaxed=relaxed is not None)
        echo = QueryEcho(
            q=params.q,
            match=question.match if relaxed is None else "any",
            relaxed=relaxed is not None,
            where=question.where,
            elsewhere=None if in_text is None or relaxed else max(0, in_text - matches),
            filled=len(filling),
            corrected=corrected_q,
            searched=params.q,
            interpreted=interpret(question),
        )
        links = AnswerLinks(path, shown, question.sort)
        facet = FacetReader(
            (relaxed or answer)["aggregations"], chosen, links, self.label(params.lang)
        )
        response = response_of(echo, relaxed or answer, facet, params, today)
        return SearchResult(shown, replace(response, hits=hits + filling))

    def _understand(self, params: FilterParams, today: date) -> tuple[Question, Filters]:
        question = understand(parse(params.q), params, self.registry, today)
        named = question.agencies, question.not_agencies
        return question, filters(params, today, *named, self.settings.zone)

    async def _answers(
        self, body: dict[str, Any], question: Question, chosen: Filters
    ) -> tuple[dict[str, Any], int | None]:
        """The answer to `body`; and where words are asked for in title or lead, how many articles
        have them in the whole text.
        """
        if question.where == "anywhere":
            try:
                return await self.index.search(body), None
            except SearchTimeout:  # of huge articles the marks alone may take that long
                if "highlight" not in body or not question.marks_by_reading:
                    raise
            del body["highlight"]
            return await self.index.search(body), None
        counting = count_body(question.anywhere, chosen)
        answer, counted = await self.index.search_many([body, counting])
        return answer, counted["hits"]["total"]["value"]

    async def _relaxed(
        self,
        question: Question,
        params: SearchParams,
        chosen: Filters,
        today: date,
        *,
        in_text: int | None,
    ) -> dict[str, Any] | None:
        """The answer with any word instead of all, if all words together match nothing, wherever in
        a text and whatever the filters.
        """
        if in_text or not question.can_relax:
            return None
        body = search_body(question.asking("any"), params, chosen, today=today)
        if not chosen.narrows:
            return await self.index.search(body)
        relaxed, words = await self.index.search_many([body, words_alone_body(question)])
        return None if words["hits"]["total"]["value"] else relaxed

    async def _filling(
        self,
        question: Question,
        params: SearchParams,
        chosen: Filters,
        hits: tuple[Hit, ...],
        matches: int,
    ) -> list[dict[str, Any]]:
        """The best articles that have some of the words only, where `auto` matched fewer than fill
        the first places; as Elasticsearch has them.
        """
        places = min(FILLED_UP_TO, params.size) - len(hits)
        is_asked = params.match == "auto" and question.sort == "relevance" and params.page == 1
        if not is_asked or not question.can_fill or not matches or places <= 0:
            return []
        shown = [hit.article for hit in hits]
        answer = await self.index.search(filling_body(question, params, chosen, shown, places))
        raw: list[dict[str, Any]] = answer["hits"]["hits"]
        return raw

    async def _should_relax(self, question: Question) -> bool:
        """Whether all words together match nothing, wherever in a text and whatever the filters,
        so any word is meant.
        """
        if not question.can_relax:
            return False
        words = await self.index.search(words_alone_body(question))
        return not words["hits"]["total"]["value"]

    async def _hits(
        self, params: SearchParams, raw: list[dict[str, Any]], path: str
    ) -> tuple[Hit, ...]:
        """The hits; folded ones with their copies, which are counted in one more request."""
        copies: dict[str, Copies] = {}
        if params.group and raw:
            ids = [hit["_source"]["story_id"] for hit in raw if "story_id" in hit["_source"]]
            counted = await self.index.search(stories.copies_body(ids))
            copies = {
                story: Copies(count, address(path, story_search(params, story)))
                for story, count in stories.read_copies(counted).items()
                if count
            }
        label = self.label(params.lang)
        return tuple(
            [read_hit(hit, label, copies.get(hit["_source"].get("story_id", ""))) for hit in raw]
        )

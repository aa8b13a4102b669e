"""What one search comes to: the search that its links start from, where its walk stands, and its
answer without the hits. No input or output here.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from service.answer import QueryEcho, SearchResponse, Total
from service.errors import BadCursor
from service.links import walk_question
from service.params import AGENCY_ID, SearchParams, Sort
from service.query import cursor, stories
from service.query.filters import Filters
from service.query.question import Question
from service.search.reading import FacetReader


def response_of(
    echo: QueryEcho, answer: dict[str, Any], facet: FacetReader, params: SearchParams, today: date
) -> SearchResponse:
    """What `answer` tells, without its hits."""
    articles = answer["hits"]["total"]["value"]
    count, exact = stories.count_stories(answer["aggregations"]["stories"], articles)
    places = count if params.group else articles
    return SearchResponse(
        took_ms=answer["took"],
        query=echo,
        total=Total(articles, count, exact),
        hits=(),
        facets=facet.all(today),
        links=facet.links.complete(answer["hits"]["hits"], places),
    )


def story_search(params: SearchParams, story: str) -> SearchParams:
    """The search for all copies of a story, whatever the words and filters, shown as `params`."""
    return type(params)(
        story=story, group=False, lang=params.lang, size=params.size, fields=params.fields
    )


def place_of(params: SearchParams, sort: Sort) -> list[int | str]:
    """Where the walk of `params.cursor` stands. Raises BadCursor."""
    try:
        return cursor.decode(params.cursor or "", walk_question(params, sort))
    except cursor.InvalidCursor as error:
        raise BadCursor(str(error), parameter="cursor") from None


def shown_search(
    params: SearchParams, question: Question, chosen: Filters, *, is_relaxed: bool
) -> SearchParams:
    """The parameters that links start from: agencies that stand in the words are parameters there,
    so that they can be taken away, and a relaxed search asks for any word.

    A name that nobody knows is no id; it stays in the words.
    """
    changed: dict[str, Any] = {"match": "any"} if is_relaxed else {}
    named = (*question.agencies, *question.not_agencies)
    if named and all(AGENCY_ID.fullmatch(agency) for agency in named):
        changed |= {
            "q": question.parsed.rest,
            "agency": list(chosen.agencies),
            "not_agency": list(chosen.not_agencies),
        }
    return params.model_copy(update=changed) if changed else params

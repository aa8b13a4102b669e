"""Everything asked for -> one Elasticsearch body: matching, filters, facets, highlight and order in
one request.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, Final

from mappings.article import ROWS, Article, Field
from service.params import FilterParams, SearchParams
from service.query import clauses, facets, stories
from service.query.filters import MATCH_NONE, UNFILTERED, Filters
from service.query.highlight import highlight
from service.query.question import Question
from service.query.sorting import ORDERS

Body = dict[str, Any]

# What a hit shows; the body is the greater part of an article and comes only when asked for by
# name.
SHOWN: Final = [
    Field.LEAD_TITLE,
    *(name for name, row in ROWS.items() if row.shown and name != Field.BODY),
]
SHOWN_WITH_BODY: Final = [*SHOWN, Field.BODY]


def search_body(question: Question, params: SearchParams, chosen: Filters, *, today: date) -> Body:
    """The body of one search; `chosen` are the filters of `params`.

    Without hits to return (`size=0`) nothing is scored or highlighted.
    """
    sort = question.sort
    body: Body = {
        "query": matching(question, chosen),
        "track_total_hits": True,
        "size": params.size,
        "aggs": facets.aggregations(chosen, today),
    }
    after = chosen.besides()
    if after:
        body["post_filter"] = {"bool": {"filter": after}}
    if params.size == 0:
        return body
    body["_source"] = SHOWN_WITH_BODY if "body" in params.fields else SHOWN
    if params.page > 1:
        body["from"] = params.size * (params.page - 1)
    if params.group:
        body["collapse"] = stories.collapse()
    rescore = clauses.rescoring(question) if sort == "relevance" else None
    if rescore is None:
        body["sort"] = ORDERS[sort]
        body["track_scores"] = sort == "relevance"
    else:
        # Elasticsearch takes no order beside it; ties stand in the index's order.
        body["rescore"] = rescore
    if not params.fields or "highlight" in params.fields:
        body["highlight"] = highlight(question)
    return body


def filling_body(
    question: Question, params: SearchParams, chosen: Filters, shown: Sequence[Article], size: int
) -> Body:
    """The best `size` articles that any of the words match, but those `shown`, and their copies
    where these are folded.
    """
    body = search_body(question.asking("any"), params, chosen, today=date.max)
    del body["aggs"]
    excluded: list[Body] = [{"ids": {"values": [article.id for article in shown]}}]
    if params.group:
        stories_shown = [article.story_id for article in shown if article.story_id]
        excluded.append({"terms": {Field.STORY_ID: stories_shown}})
    body["query"] = {"bool": {"must": [body["query"]], "must_not": excluded}}
    return body | {"size": size, "track_total_hits": False}


def matching(question: Question, chosen: Filters, *, ranked: bool = False) -> Body:
    """Which articles are meant, before the facet filters; `ranked` asks for full scores in one
    phase.
    """
    if question.parsed.only_signs:
        return MATCH_NONE
    parts: Body = {"filter": list(chosen.base)}
    if not question.is_empty:
        build = clauses.ranked_query if ranked else clauses.matching_query
        parts["must"] = [build(question)]
    return {"bool": parts}


def words_alone_body(question: Question) -> Body:
    """A body that only tells whether the words match anything at all, wherever in a text and
    whatever the filters.
    """
    return {
        "query": matching(question.anywhere, UNFILTERED),
        "size": 0,
        "track_total_hits": 1,
        "terminate_after": 1,
    }


def count_body(question: Question, chosen: Filters) -> Body:
    """A body that only counts what is found."""
    filters = chosen.besides()
    query = {"bool": {"must": [matching(question, chosen)], "filter": filters}}
    return {"query": query, "size": 0, "track_total_hits": True}


def selection_body(question: Question, params: FilterParams, chosen: Filters) -> Body:
    """Query, filter and order alone, for those who walk through all that is found (export,
    feed).
    """
    sort = question.sort if params.sort else "newest"
    base = matching(question, chosen, ranked=sort == "relevance")
    after = chosen.besides()
    query = {"bool": {"must": [base], "filter": after}} if after else base
    return {"query": query, "sort": ORDERS[sort]}

"""One article to read: the whole of it, with the hits of the search it was reached by marked in its
text.
"""

from __future__ import annotations

from typing import Any

from mappings.article import Article, Field
from service.answer import Highlight
from service.elasticsearch.index import ArticleIndex
from service.errors import NotFound
from service.params import SearchParams
from service.query.clauses import applied_match
from service.query.highlight import highlight
from service.query.syntax import parse

MAX_ID_LENGTH = 512


async def read_article(
    index: ArticleIndex, article_id: str, reached_by: SearchParams
) -> tuple[Article, Highlight]:
    """The article and its marked text: title and body whole, in one fragment each, where they have
    a hit.

    Raises NotFound, and what the index raises.
    """
    if not 0 < len(article_id) <= MAX_ID_LENGTH:
        raise NotFound("There is no article with this id.")
    body: dict[str, Any] = {"query": {"ids": {"values": [article_id]}}, "size": 1}
    parsed = parse(reached_by.q)
    if not parsed.is_empty:
        body["highlight"] = whole(
            highlight(parsed, reached_by, match=applied_match(parsed, reached_by.match))
        )
    hits = (await index.search(body))["hits"]["hits"]
    if not hits or hits[0]["_source"].get(Field.STATUS) == "withdrawn":
        raise NotFound("There is no article with this id.")
    found = {
        name.partition(".")[0]: fragments
        for name, fragments in hits[0].get("highlight", {}).items()
    }
    title = found.get(Field.TITLE) or found.get(Field.LEAD_TITLE)
    marked = Highlight(title[0] if title else None, tuple(found.get(Field.BODY, ())))
    return Article.from_source(hits[0]["_source"]), marked


def whole(shape: dict[str, Any]) -> dict[str, Any]:
    """A highlight of fragments turned into one of whole fields."""
    fields = {
        name: {
            key: value
            for key, value in field.items()
            if key not in ("fragment_size", "no_match_size")
        }
        | {"number_of_fragments": 0}
        for name, field in shape["fields"].items()
    }
    return {**shape, "fields": fields}

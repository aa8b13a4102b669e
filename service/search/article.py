"""One article, whole; with the hits of the search that led to it marked in its text, if wanted."""

from __future__ import annotations

from typing import Any

from mappings.article import Article, Field
from mappings.decisions import WITHDRAWN
from service.answer import Highlight
from service.elasticsearch.decisions import read_decision
from service.elasticsearch.index import ArticleIndex
from service.errors import Gone, NotFound, ServiceError
from service.params import LONGEST_ID
from service.query.filters import is_visible
from service.query.highlight import highlight
from service.query.question import Question

UNKNOWN = "There is no article with this id."


def is_id(text: str) -> bool:
    """Whether an article may have this id."""
    return 0 < len(text.encode("utf-8", "replace")) <= LONGEST_ID


async def get_article(index: ArticleIndex, article_id: str) -> Article:
    """One whole article. Raises NotFound, Gone."""
    source = await index.source(article_id) if is_id(article_id) else None
    if source is None or not is_visible(source):
        raise await _absence(index, article_id)
    return Article.from_source(source)


async def read_article(
    index: ArticleIndex, article_id: str, question: Question
) -> tuple[Article, Highlight]:
    """The article and its marked text: title and body whole, in one fragment each, where they have
    a hit of `question`.

    Raises NotFound, Gone, and what the index raises.
    """
    if not is_id(article_id):
        raise NotFound(UNKNOWN)
    body: dict[str, Any] = {"query": {"ids": {"values": [article_id]}}, "size": 1}
    if not question.is_empty:
        body["highlight"] = whole(highlight(question))
    hits = (await index.search(body))["hits"]["hits"]
    if not hits or not is_visible(hits[0]["_source"]):
        raise await _absence(index, article_id)
    marked = {
        name.partition(".")[0]: fragments
        for name, fragments in hits[0].get("highlight", {}).items()
    }
    title = marked.get(Field.TITLE) or marked.get(Field.LEAD_TITLE)
    texts = Highlight(title[0] if title else None, tuple(marked.get(Field.BODY, ())))
    return Article.from_source(hits[0]["_source"]), texts


async def _absence(index: ArticleIndex, article_id: str) -> ServiceError:
    """Why there is no such article: it was withdrawn, or it never was."""
    decision = await read_decision(index, article_id) if is_id(article_id) else None
    if decision is None or decision["status"] != WITHDRAWN:
        return NotFound(UNKNOWN)
    reason = f": {decision['reason']}" if decision["reason"] else ""
    return Gone(f"It was withdrawn on {decision['at'][:10]}{reason}.".replace("..", "."))


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

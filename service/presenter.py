"""`SearchResult` -> the public JSON, in the names and shapes of models.py; a contract test holds
both together.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from mappings.article import Article
from service.answer import AgencyLabel, Hit, SearchResult

Json = dict[str, Any]


def article_json(article: Article, agencies: Sequence[AgencyLabel], *, body: bool = True) -> Json:
    """One article with everything that is public of it; None where nothing is known."""
    found: Json = {
        "id": article.id,
        "title": article.title,
        "title_origin": article.title_origin,
        "agency": _label(agencies[0]) if agencies else None,
        "agencies": article.agencies,
        "agency_origin": article.agency_origin,
        "outlet": article.outlet,
        "credit": article.credit,
        "cited_agencies": article.cited_agencies,
        "published": article.published,
        "published_text": article.published_text,
        "precision": article.precision,
        "date_origin": article.date_origin,
        "url": article.url,
        "author": article.author,
        "section": article.section,
        "loaded_at": article.loaded_at,
    }
    if body:
        found["body"] = article.body
    return found


def hit_json(hit: Hit, wanted: Sequence[str] = ()) -> Json:
    """One hit; `wanted` names the fields that are asked for, none means all but the body and the
    inner ids.
    """
    found = article_json(hit.article, hit.agencies, body="body" in wanted)
    found["score"] = hit.score
    found["highlight"] = {"title": hit.highlight.title, "body": hit.highlight.body}
    found["copies"] = {"count": hit.copies.count, "url": hit.copies.url} if hit.copies else None
    if not wanted:
        return found
    found["source"] = hit.article.source
    found["story_id"] = hit.article.story_id
    return {name: found[name] for name in wanted}


def result_json(result: SearchResult, wanted: Sequence[str] = ()) -> Json:
    """The whole answer but `took_ms`, which is no part of what an ETag stands for."""
    found = {name: getattr(result, name) for name in ("query", "total")}
    found["hits"] = [hit_json(hit, wanted) for hit in result.hits]
    found["facets"] = {
        "agency": result.agency,
        "cited_agency": result.cited_agency,
        "date": result.date,
    }
    found["links"] = result.links
    return found


def _label(agency: AgencyLabel) -> Json:
    return {"id": agency.id, "label": agency.label}

"""What the newsroom decided about articles, as the service reads it. All functions raise
ServiceError only.
"""

from __future__ import annotations

from typing import Any

from mappings.decisions import WITHDRAWN, decisions_index
from service.elasticsearch.index import ArticleIndex, translated_errors

Body = dict[str, Any]


async def read_decision(index: ArticleIndex, article_id: str) -> Body | None:
    """What was decided about one article: status, reason, when, and the source of its document;
    or None.
    """
    with translated_errors():
        answer = await index.client.options(ignore_status=404).get(
            index=decisions_index(index.alias),
            id=article_id,
            source_includes=["status", "reason", "at", "document.source"],
        )
    body: Body = answer.body
    return body["_source"] if body.get("found") else None


async def read_withdrawals(index: ArticleIndex, since: str | None, size: int) -> list[Body]:
    """What is withdrawn and was so decided after `since`, in the order of deciding."""
    conditions: list[Body] = [{"term": {"status": WITHDRAWN}}]
    if since is not None:
        conditions.append({"range": {"at": {"gt": since}}})
    with translated_errors():
        answer = await index.client.search(
            index=decisions_index(index.alias),
            query={"bool": {"filter": conditions}},
            sort=[{"at": "asc"}, {"id": "asc"}],
            source={"includes": ["id", "reason", "at"]},
            size=size,
            ignore_unavailable=True,
            track_total_hits=False,
        )
    return [hit["_source"] for hit in answer.body["hits"]["hits"]]

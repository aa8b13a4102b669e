"""Withdrawals and restores: decided once, and held to by everything that writes.

A withdrawal is written down first and the article deleted from every generation after that; who
writes articles looks before and after (`withdrawn`). So whichever comes first, the article ends up
gone: either the writer sees the decision when it looks after writing, or the decision was not yet
written then and the deletion follows it. What a crash leaves between the two, the next load or
promotion deletes (`enforce`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from elasticsearch import BadRequestError, Elasticsearch
from elasticsearch.helpers import scan

from mappings.article import Field
from mappings.decisions import DECISIONS_BODY, PUBLISHED, WITHDRAWN, Status, decisions_index
from mappings.failures import error_type
from mappings.index import generation_pattern

TIMEOUT = 60.0  # seconds for each call
TOGETHER = 1_000  # ids in one request


@dataclass(frozen=True, slots=True)
class Decision:
    """What a person decided: `reason` is told to readers, `by` to nobody but the newsroom."""

    reason: str
    by: str


class Decisions:
    """The decisions of one alias. All methods may raise the client's errors and may be called
    again.
    """

    def __init__(self, es: Elasticsearch, alias: str) -> None:
        self._es = es.options(request_timeout=TIMEOUT)
        self._alias = alias
        self._index = decisions_index(alias)

    def withdraw(self, article_id: str, decision: Decision, now: datetime | None = None) -> bool:
        """Take an article out of everything, also one that has yet to come. False when it was
        withdrawn before.
        """
        now = now or datetime.now(UTC)
        self._create()
        held = self._held(article_id)
        if held is not None and held["status"] == WITHDRAWN:
            self._delete([article_id])
            return False
        document = self._stored(article_id) or (held or {}).get("document")
        self._decide(article_id, WITHDRAWN, decision, held, document, now)
        self._delete([article_id])
        return True

    def restore(self, article_id: str, decision: Decision, now: datetime | None = None) -> bool:
        """Let a withdrawn article be found again, with the text it had. False when it is not
        withdrawn.

        The decision holds the text until it is back, so that a call that broke off is ended by the
        next.
        """
        now = now or datetime.now(UTC)
        held = self._held(article_id) or {"status": PUBLISHED}
        document = held.get("document")
        if held["status"] == WITHDRAWN:
            version = self._decide(article_id, PUBLISHED, decision, held, document, now)
        elif document is None:
            return False
        else:
            version = held["version"]
        if document is not None:
            self._bring_back(article_id, {**document, Field.LOADED_AT: now.isoformat()}, version)
        return True

    def _bring_back(
        self, article_id: str, document: dict[str, Any], version: dict[str, Any]
    ) -> None:
        """Index the document, which for monitors arrives now, where no load has brought the article
        since; then let the decision of this version forget it.
        """
        client = self._es.options(ignore_status=409)
        for generation in self._generations():
            client.create(index=generation, id=article_id, document=document, refresh=True)
        client.update(
            index=self._index, id=article_id, doc={"document": None}, refresh=True, **version
        )

    def withdrawn(self, ids: Sequence[str]) -> set[str]:
        """Those of `ids` that are withdrawn, as of now."""
        if not ids:
            return set()
        answer = self._es.mget(
            index=self._index,
            ids=list(ids),
            source_includes=["status"],
            filter_path="docs._id,docs.found,docs._source",
        )
        return {
            str(doc["_id"])
            for doc in answer.get("docs", ())
            if doc.get("found") and doc["_source"]["status"] == WITHDRAWN
        }

    def delete(self, index: str, ids: Sequence[str]) -> None:
        """Delete articles from one generation; those that are not there are passed over."""
        if ids:
            operations = [{"delete": {"_id": article_id}} for article_id in ids]
            answer = self._es.bulk(index=index, operations=operations, refresh=True)
            for item in (next(iter(item.values())) for item in answer["items"]):
                if item["status"] not in (200, 404):  # once more, alone, so that it is told
                    self._es.options(ignore_status=404).delete(
                        index=index, id=item["_id"], refresh=True
                    )

    def enforce(self, index: str) -> None:
        """Delete all that is withdrawn from one generation: before it serves, and what a crash
        left.
        """
        found: list[str] = []
        for article_id in self._all_withdrawn():
            found.append(article_id)
            if len(found) == TOGETHER:
                self.delete(index, found)
                found = []
        self.delete(index, found)

    def changed_since(self, moment: datetime) -> int:
        """How many articles something was decided about since then."""
        self._es.options(ignore_status=404).indices.refresh(index=self._index)
        answer = self._es.options(ignore_status=404).count(
            index=self._index, query={"range": {"at": {"gte": moment.isoformat()}}}
        )
        return int(answer.get("count", 0))

    def _create(self) -> None:
        try:
            self._es.indices.create(index=self._index, **DECISIONS_BODY)
        except BadRequestError as error:
            if error_type(error.body) != "resource_already_exists_exception":
                raise

    def _held(self, article_id: str) -> dict[str, Any] | None:
        answer = self._es.options(ignore_status=404).get(index=self._index, id=article_id)
        return {**answer["_source"], "version": _version(answer)} if answer.get("found") else None

    def _decide(
        self,
        article_id: str,
        status: Status,
        decision: Decision,
        held: dict[str, Any] | None,
        document: dict[str, Any] | None,
        now: datetime,
    ) -> dict[str, Any]:
        """Write the decision down; its version."""
        said = {
            "status": status,
            "reason": decision.reason,
            "by": decision.by,
            "at": _instant(now),
        }
        history = [*(held or {}).get("history", ()), said]
        version = held["version"] if held else {"op_type": "create"}
        answer = self._es.index(
            index=self._index,
            id=article_id,
            document={"id": article_id, **said, "history": history, "document": document},
            refresh=True,
            **version,
        )
        return _version(answer)

    def _stored(self, article_id: str) -> dict[str, Any] | None:
        """The document as the generation that serves has it."""
        answer = self._es.options(ignore_status=404).get(index=self._alias, id=article_id)
        return dict(answer["_source"]) if answer.get("found") else None

    def _delete(self, ids: Sequence[str]) -> None:
        for generation in self._generations():
            self.delete(generation, ids)

    def _generations(self) -> list[str]:
        """All that serve, served or are being built."""
        names = self._es.indices.get(index=f"{self._alias}-*", features=["aliases"])
        return [name for name in names if generation_pattern(self._alias).fullmatch(name)]

    def _all_withdrawn(self) -> Iterator[str]:
        client = self._es.options(ignore_status=404)
        if not client.indices.exists(index=self._index):
            return
        client.indices.refresh(index=self._index)
        query = {"query": {"term": {"status": WITHDRAWN}}, "_source": False}
        for hit in scan(self._es, index=self._index, query=query, size=TOGETHER):
            yield str(hit["_id"])


def _version(answer: Any) -> dict[str, Any]:
    return {"if_seq_no": answer["_seq_no"], "if_primary_term": answer["_primary_term"]}


def _instant(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")

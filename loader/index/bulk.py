"""Sending batches to Elasticsearch until each article is either in or refused for a reason.

Nothing here is sent twice with effect: new articles are created and updates name the version they
replace, so that a batch whose answer was lost can simply be sent again. Items are looked at one by
one, for a request may be answered with 200 where every item has failed.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain
from typing import Any

from elasticsearch import ApiError, Elasticsearch, TransportError

from loader.index.documents import Action, Version
from loader.index.retries import LATER_STATUSES, Later, Patience, as_later, read_only
from mappings.article import Field
from mappings.connection import address_of, explain

BULK_TIMEOUT = (
    90.0  # seconds; longer than Elasticsearch's own wait of a minute for a shard that is not there
)
DETAIL_LENGTH = 300  # characters of Elasticsearch's reason that are kept: it may quote the article

IN = "in"


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why an article is not in the index: a stable code and a sentence."""

    reason: str
    detail: str


class _Refused(Exception):
    """A request was refused as a whole. `reason` is a stable code, `detail` a sentence."""

    def __init__(self, reason: str, detail: str) -> None:
        super().__init__(detail)
        self.reason = reason
        self.detail = detail


class _Whole(_Refused):
    """For its size, or for one article's sake: its halves will show."""


class _Hopeless(_Refused):
    """Nothing can be written now: the load has to stop."""


@dataclass(slots=True)
class _Batch:
    """The groups still to send, what to send once more, and what is decided."""

    groups: list[list[Action]]
    again: list[Action] = field(default_factory=list)
    decided: dict[str, Refusal | None] = field(default_factory=dict)

    def undecided(self) -> Iterable[Action]:
        return chain(self.again, *self.groups)


@dataclass(frozen=True, slots=True)
class Sent:
    """What became of a batch: by id, None when it is in, else why not; and why nothing more can be
    sent, if so.
    """

    decided: dict[str, Refusal | None]
    gave_up: str | None = None


@dataclass(frozen=True, slots=True)
class BulkSender:
    """Writes to one index. Safe to use from several threads."""

    es: Elasticsearch
    index: str
    patience: Patience

    def send(self, actions: Sequence[Action]) -> Sent:
        """Write `actions`, whose ids differ; returns when each is decided. Never raises for
        Elasticsearch's faults.

        When patience is at its end, or Elasticsearch refuses everybody, what is undecided gets that
        reason.
        """
        batch = _Batch([list(actions)] if actions else [])
        try:
            self.patience.attempt(lambda: self._attempt(batch))
        except (Later, _Hopeless) as last:
            refusal = Refusal(last.reason, last.detail)
            batch.decided |= dict.fromkeys((action.id for action in batch.undecided()), refusal)
            return Sent(batch.decided, gave_up=last.detail)
        return Sent(batch.decided)

    def _attempt(self, batch: _Batch) -> None:
        """Send each group once. Raises Later or _Hopeless with what is undecided still in
        `batch`.
        """
        if batch.again:
            batch.groups.append(batch.again)
            batch.again = []
        later: Later | None = None
        while batch.groups:
            group = batch.groups[-1]
            try:
                items = self._post(group)
            except _Whole as error:
                batch.groups.pop()
                if len(group) == 1:
                    batch.decided[group[0].id] = Refusal(error.reason, error.detail)
                else:
                    half = len(group) // 2
                    batch.groups += [group[half:], group[:half]]
                continue
            resolved = self._resolve_conflicts(group, items)
            verdicts = [
                resolved.get(action.id) or _verdict(item)
                for action, item in zip(group, items, strict=True)
            ]
            batch.groups.pop()  # not before: what raises leaves the whole group undecided
            for action, verdict in zip(group, verdicts, strict=True):
                match verdict:
                    case Later() as later:
                        batch.again.append(action)
                    case Action() as renewed:
                        later = Later("busy", "An article changed while it was loaded.")
                        batch.again.append(renewed)
                    case Refusal() as refusal:
                        batch.decided[action.id] = refusal
                    case _:
                        batch.decided[action.id] = None
        if later is not None:
            raise later

    def _post(self, group: Sequence[Action]) -> list[dict[str, Any]]:
        """One bulk request. Out: one item an action, in order. Raises Later, _Whole, _Hopeless."""
        lines: Sequence[Any] = [
            action.lines for action in group
        ]  # ready-made lines pass the client untouched
        try:
            answer = self.es.options(request_timeout=BULK_TIMEOUT).bulk(
                index=self.index, operations=lines, filter_path="items.*.status,items.*.error"
            )
        except (ApiError, TransportError) as error:
            raise self._meaning(error) from error
        items = [next(iter(item.values())) for item in answer.get("items", ())]
        if len(items) != len(group):
            raise Later("unreachable", "An answer of Elasticsearch came in part only.")
        return items

    def _meaning(self, error: ApiError | TransportError) -> Exception:
        """What the refusal of a whole request means: Later, _Whole or _Hopeless."""
        later = as_later(error, self.es)
        if later is not None:
            return later
        sentence = explain(error, address_of(self.es))
        if isinstance(error, ApiError) and error.status_code == 413:
            return _Whole("too-large", sentence)
        if isinstance(error, ApiError) and error.status_code in (400, 500):
            return _Whole("refused", sentence)
        return _Hopeless("refused", sentence)

    def _resolve_conflicts(
        self, group: Sequence[Action], items: Sequence[dict[str, Any]]
    ) -> dict[str, Action | str]:
        """What a 409 means, by id: IN when our own first sending is what stands there (its answer
        was lost), a renewed action when only the version moved (the article joined a story). No
        entry: somebody else changed the article.

        Raises Later when that cannot be read.
        """
        conflicts = {
            action.id: action
            for action, item in zip(group, items, strict=True)
            if item["status"] == 409
        }
        try:
            stored = read_versions(self.es, self.index, list(conflicts))
        except (ApiError, TransportError) as error:
            raise Later("unreachable", explain(error, address_of(self.es))) from error
        resolved: dict[str, Action | str] = {}
        for key, version in stored.items():
            action = conflicts[key]
            if version.content_hash == action.content_hash:
                resolved[key] = IN
            elif (
                action.replaces is not None and version.content_hash == action.replaces.content_hash
            ):
                resolved[key] = replace(action, replaces=version)
        return resolved


def _verdict(item: dict[str, Any]) -> Refusal | Later | str:
    """What Elasticsearch says of one article. Raises _Hopeless when the index is gone."""
    status = int(item["status"])
    if status < 300:
        return IN
    error = item.get("error") or {}
    kind, text = str(error.get("type", "unknown")), str(error.get("reason", ""))
    if kind == "cluster_block_exception":
        return Later("read-only", read_only(text))
    if kind == "index_not_found_exception":
        raise _Hopeless("refused", "The index was deleted while it was being loaded: load again.")
    if status in LATER_STATUSES:
        return Later("busy", f"Elasticsearch is busy ({kind}).")
    if status == 409:
        return Refusal(
            "conflict", "Somebody else changed this article while it was loaded: load it again."
        )
    return Refusal(kind, text[:DETAIL_LENGTH])


def read_versions(es: Elasticsearch, index: str, ids: Sequence[str]) -> dict[str, Version]:
    """The stored versions of those ids that exist, whether searchable yet or not. Raises the
    client's errors.
    """
    if not ids:
        return {}
    answer = es.options(request_timeout=BULK_TIMEOUT).mget(
        index=index,
        ids=list(ids),
        source_includes=[Field.CONTENT_HASH],
        filter_path="docs._id,docs.found,docs._seq_no,docs._primary_term,docs._source,docs.error",
    )
    versions = {}
    for doc in answer["docs"]:
        if doc.get("found"):
            stored = str(doc["_source"].get(Field.CONTENT_HASH, ""))
            versions[str(doc["_id"])] = Version(
                stored, int(doc["_seq_no"]), int(doc["_primary_term"])
            )
    return versions

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
from loader.index.retries import Later, Patience, as_later
from mappings.article import Field
from mappings.connection import address_of
from mappings.failures import Kind, classify, classify_answer, explain, read_only

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


# In; refused for good; to be sent again as it is; to be sent again as this.
_Verdict = str | Refusal | Later | Action


@dataclass(slots=True)
class _Batch:
    """The groups still to send, what to send once more, and what is decided."""

    groups: list[list[Action]]
    again: list[Action] = field(default_factory=list)
    decided: dict[str, Refusal | None] = field(default_factory=dict)

    def undecided(self) -> Iterable[Action]:
        return chain(self.again, *self.groups)

    def halve(self, group: list[Action], error: _Whole) -> None:
        """Put the halves of a refused group in its place; one alone is decided."""
        if len(group) == 1:
            self.decided[group[0].id] = Refusal(error.reason, error.detail)
        else:
            half = len(group) // 2
            self.groups += [group[half:], group[:half]]

    def note(self, action: Action, verdict: _Verdict) -> Later | None:
        """Decide an action, or keep it for later; then why."""
        match verdict:
            case Later():
                self.again.append(action)
                return verdict
            case Action():
                self.again.append(verdict)
                return Later("busy", "An article changed while it was loaded.")
            case Refusal():
                self.decided[action.id] = verdict
            case _:
                self.decided[action.id] = None
        return None


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
                verdicts = self._verdicts(group)
            except _Whole as error:
                batch.groups.pop()
                batch.halve(group, error)
                continue
            batch.groups.pop()  # not before: what raises leaves the whole group undecided
            for action, verdict in zip(group, verdicts, strict=True):
                later = batch.note(action, verdict) or later
        if later is not None:
            raise later

    def _verdicts(self, group: Sequence[Action]) -> list[_Verdict]:
        """What became of each action of one request. Raises Later, _Whole, _Hopeless."""
        items = self._post(group)
        resolved = self._resolve_conflicts(group, items)
        return [
            resolved.get(action.id) or _verdict(item)
            for action, item in zip(group, items, strict=True)
        ]

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
        match classify(error):
            case Kind.TOO_LARGE:
                return _Whole("too-large", sentence)
            case Kind.REFUSED | Kind.BROKEN:
                return _Whole("refused", sentence)
            case _:
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


def _verdict(item: dict[str, Any]) -> _Verdict:
    """What Elasticsearch says of one article. Raises _Hopeless when the index is gone."""
    status = int(item["status"])
    if status < 300:
        return IN
    error = item.get("error") or {}
    name, text = str(error.get("type", "unknown")), str(error.get("reason", ""))
    match classify_answer(status, name, text):
        case Kind.READ_ONLY:
            return Later("read-only", read_only(text))
        case Kind.NO_INDEX:
            raise _Hopeless(
                "refused", "The index was deleted while it was being loaded: load again."
            )
        case Kind.BUSY | Kind.PARTIAL:
            return Later("busy", f"Elasticsearch is busy ({name}).")
        case Kind.CONFLICT:
            return Refusal(
                "conflict",
                "Somebody else changed this article while it was loaded: load it again.",
            )
        case _:
            return Refusal(name, text[:DETAIL_LENGTH])


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

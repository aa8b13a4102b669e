"""Articles into one index: batches are compared with what is stored, and what is new or changed is
sent.

One thread reads and prepares while a few batches are under way, so that Elasticsearch and
extraction work at the same time; how many are under way is bounded by count and bytes, which bounds
the loader's memory.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace
from random import Random
from typing import Any

from elasticsearch import Elasticsearch

from loader.index.bulk import BulkSender, Sent, read_versions
from loader.index.completions import Completions
from loader.index.decisions import Decisions
from loader.index.documents import Version, bulk_action
from loader.index.retries import Patience
from loader.index.seen import SeenArticles
from loader.index.target import Opened
from loader.raw import RawArticle
from loader.report import Outcome, Tally
from loader.stories.assign import Stories
from loader.unloaded import UnloadedFile
from mappings.article import Article, Field
from mappings.connection import IndexUnreachable

# Between 5 and 15 MB a bulk is as fast as it gets; a node of 1 GB takes 100 MB under way before it
# answers 429.
BATCH_ARTICLES = 500
BATCH_BYTES = 5_000_000
UNDER_WAY = 3  # batches prepared and not yet answered
SENDERS = 2
SAMPLES = 20  # articles that a new generation must find before it serves


@dataclass(frozen=True, slots=True)
class _Entry:
    raw: RawArticle
    article: Article


@dataclass(frozen=True, slots=True)
class _UnderWay:
    entries: dict[str, _Entry]
    updates: frozenset[str]  # ids of those that replace a stored version
    answer: Future[Sent]


class Writer:
    """Writes to one index during one load. Not for several threads.

    `gave_up` is one sentence once Elasticsearch cannot be written to any more; what is added then
    counts as failed.
    """

    def __init__(
        self,
        es: Elasticsearch,
        opened: Opened,
        *,
        decisions: Decisions,
        patience: Patience,
        tally: Tally,
        unloaded: UnloadedFile,
    ) -> None:
        """Raises IndexUnreachable."""
        self._es = es
        self._index = index = opened.index
        self._fresh = opened.fresh
        self._patience = patience
        self._tally = tally
        self._unloaded = unloaded
        self._sender = BulkSender(es, index, patience)
        self._decisions = decisions
        self._seen = SeenArticles()
        self._stories = Stories(es, index)
        self._completions = patience.call(es, lambda: Completions(es, index))
        self._entries: list[_Entry] = []
        self._bytes = 0
        self._under_way: deque[_UnderWay] = deque()
        self._threads = ThreadPoolExecutor(SENDERS, thread_name_prefix="naba-bulk")
        self._sent = False
        self._chance = Random(0)
        self._indexed = 0
        self.gave_up: str | None = None
        self.samples: list[Article] = []  # of what was indexed, each as likely as any other

    def add(self, raw: RawArticle, article: Article) -> None:
        """Take an article; it is written with the batch that it completes, or by `finish`."""
        self._entries.append(_Entry(raw, article))
        self._bytes += 2 * len(article.body)  # an Arabic letter has two bytes
        if len(self._entries) >= BATCH_ARTICLES or self._bytes >= BATCH_BYTES:
            self._flush()

    def finish(self) -> None:
        """Write what is left and wait until every article has its outcome."""
        self._flush()
        while self._under_way:
            self._collect()
        if self.gave_up is None and self._sent:
            self._settle_stories()
        self._threads.shutdown()

    def _settle_stories(self) -> None:
        try:
            self._patience.call(self._es, self._stories.finish)
        except IndexUnreachable as error:
            self.gave_up = str(error)

    def _flush(self) -> None:
        entries, self._entries, self._bytes = self._first_of_their_ids(self._entries), [], 0
        if self.gave_up is not None:  # what waited in vain once need not wait again
            self._lose_all(entries, self.gave_up)
            return
        try:
            entries = self._without_withdrawn(entries)
            stored = self._stored(entries)
            changed = _changed(entries, stored)
            articles = [entry.article for entry in changed.values()]
            derived = (
                self._patience.call(self._es, lambda: self._derived(articles)) if articles else []
            )
        except IndexUnreachable as error:
            self.gave_up = str(error)
            self._lose_all(entries, self.gave_up)
            return
        for entry in entries:
            if entry.article.id not in changed:
                self._tally.keep(entry.article, Outcome.UNCHANGED)
        if not changed:
            return
        actions = [
            bulk_action(replace(article, story_id=story_id), index_only, stored.get(article.id))
            for article, (story_id, index_only) in zip(articles, derived, strict=True)
        ]
        while len(self._under_way) >= UNDER_WAY:
            self._collect()
        self._sent = True
        answer = self._threads.submit(self._sender.send, actions)
        self._under_way.append(_UnderWay(changed, frozenset(stored), answer))

    def _first_of_their_ids(self, entries: Sequence[_Entry]) -> list[_Entry]:
        first = []
        for entry, same in zip(
            entries, self._seen.meet([entry.article for entry in entries]), strict=True
        ):
            if same is None:
                first.append(entry)
            elif same:
                self._tally.keep(entry.article, Outcome.UNCHANGED)
            else:
                detail = (
                    "An earlier article of this load has the same id and another content; "
                    "that one was taken."
                )
                self._lose(entry, Outcome.REJECTED, "duplicate-id", detail)
        return first

    def _without_withdrawn(self, entries: Sequence[_Entry]) -> list[_Entry]:
        """The articles that may be written; the others are counted. Raises IndexUnreachable."""
        gone = self._withdrawn([entry.article.id for entry in entries])
        for entry in entries:
            if entry.article.id in gone:
                self._tally.leave_out()
        return [entry for entry in entries if entry.article.id not in gone]

    def _withdrawn(self, ids: Sequence[str]) -> set[str]:
        return self._patience.call(self._es, lambda: self._decisions.withdrawn(ids))

    def _stored(self, entries: Sequence[_Entry]) -> dict[str, Version]:
        """The stored versions of these articles. Raises IndexUnreachable."""
        ids = [entry.article.id for entry in entries]
        if not ids or self._fresh:
            return {}
        return self._patience.call(self._es, lambda: read_versions(self._es, self._index, ids))

    def _derived(self, articles: Sequence[Article]) -> list[tuple[str, dict[str, Any]]]:
        """For each article its story and the fields that exist in the index only. Raises the
        client's errors.
        """
        stories = self._stories.assign(articles)
        completions = self._completions.inputs(articles)
        return [
            (story.id, _without_empty({Field.STORY_BANDS: story.bands, Field.COMPLETE: inputs}))
            for story, inputs in zip(stories, completions, strict=True)
        ]

    def _collect(self) -> None:
        """Wait for the oldest batch under way and count what became of it."""
        batch = self._under_way.popleft()
        sent = batch.answer.result()
        self.gave_up = self.gave_up or sent.gave_up
        gone = self._take_back(list(batch.entries))
        for key, entry in batch.entries.items():
            refusal = sent.decided[key]
            if key in gone:
                self._tally.leave_out()
            elif refusal is None:
                self._sample(entry.article)
                self._tally.keep(
                    entry.article, Outcome.UPDATED if key in batch.updates else Outcome.INDEXED
                )
            else:
                self._lose(entry, Outcome.FAILED, refusal.reason, refusal.detail)

    def _take_back(self, ids: Sequence[str]) -> set[str]:
        """What of the written was withdrawn meanwhile; it is deleted again."""
        if self.gave_up is not None:
            return set()
        try:
            gone = self._withdrawn(ids)
            self._patience.call(self._es, lambda: self._decisions.delete(self._index, list(gone)))
        except IndexUnreachable as error:
            self.gave_up = str(error)
            return set()
        return gone

    def _sample(self, article: Article) -> None:
        """Reservoir sampling."""
        self._indexed += 1
        if len(self.samples) < SAMPLES:
            self.samples.append(article)
        elif (place := self._chance.randrange(self._indexed)) < SAMPLES:
            self.samples[place] = article

    def _lose_all(self, entries: Sequence[_Entry], sentence: str) -> None:
        for entry in entries:
            self._lose(entry, Outcome.FAILED, "unreachable", sentence)

    def _lose(self, entry: _Entry, outcome: Outcome, reason: str, detail: str) -> None:
        self._tally.lose(outcome, reason, entry.raw.place)
        self._unloaded.write(entry.raw, outcome, reason, detail)


def _changed(entries: Sequence[_Entry], stored: dict[str, Version]) -> dict[str, _Entry]:
    """What is new or has another content than the stored version, by id."""
    return {
        entry.article.id: entry
        for entry in entries
        if (version := stored.get(entry.article.id)) is None
        or version.content_hash != entry.article.content_hash
    }


def _without_empty(fields: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in fields.items() if value}

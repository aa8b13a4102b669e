"""What the index offers while a reader types: groups of one to three headline words that recur,
with their counts.

Each article brings the word groups of its title that have just become frequent, weighted by their
count, so that the completion field holds each group a few times and its highest weight tells about
how many headlines have it. Nothing has to be computed after a load, and a later load goes on
counting where the index stands: word groups that are new to it are asked of the index, which counts
them for spelling corrections anyway (`title.dym`).
"""

from __future__ import annotations

import re
import zlib
from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from elasticsearch import Elasticsearch

from mappings.arabic.letters import fold, words
from mappings.arabic.word_lists import stop_words
from mappings.article import Article, Field
from mappings.index import SubField, sub_field

LONGEST = 3  # words; longer groups are headlines, not topics
FREQUENT = 3  # headlines; what only one or two have is seldom what a reader is typing
# A small collection has nothing frequent: until so many headlines are counted, a single one will
# do.
FEW_HEADLINES = 200
LONGEST_TITLE = 300  # characters looked at; longer is no headline

# Between two groups stands what ends a phrase: quotes, colon, dash, comma, full stop between words.
_BREAK = re.compile(r"[^\w\s\u064b-\u065f\u0670]+")


def _steps() -> frozenset[int]:
    """The counts at which a group is offered again with its new weight: each about 1.3 times the
    one before.
    """
    steps, count = {1, 2}, float(FREQUENT)
    while count < 65_535:
        steps.add(int(count))
        count = max(count + 1, count * 1.3)
    return frozenset(steps)


STEPS = _steps()


@dataclass(frozen=True, slots=True)
class Group:
    """Neighbouring words of a headline: the key under which spellings meet, and as written."""

    key: str
    written: str


class Completions:
    """Counts word groups during one load, in constant memory: a sketch whose counts may be a little
    high.

    It takes 8 MB. A Counter would take a hundred bytes and more for each of the ten million groups
    that a million headlines have, and one that drops rare groups would forget those that recur
    seldom but steadily.
    """

    CELLS = (
        1 << 21
    )  # two rows of 4 MB: two million different groups before counts of single ones begin to blur

    def __init__(self, client: Elasticsearch, index: str) -> None:
        """`index` is the concrete generation. It is asked for counts only when it holds articles
        already.
        """
        self._client = client
        self._index = index
        self._headlines = int(client.count(index=index)["count"])
        self._asks = self._headlines > 0
        self._rows = [array("H", bytes(2 * self.CELLS)) for _ in range(2)]

    def inputs(self, batch: Sequence[Article]) -> list[list[dict[str, Any]]]:
        """The value of the completion field for each article of `batch`; empty where nothing is to
        be offered.

        Raises the client's ApiError or TransportError before anything is counted.
        """
        headlines = [
            article.title or "" if article.status == "published" else "" for article in batch
        ]
        titles = [list(groups(headline)) for headline in headlines]
        if self._asks:
            self._learn([headline for headline in headlines if headline], titles)
        return [self._offered(title) for title in titles]

    def _offered(self, title: list[Group]) -> list[dict[str, Any]]:
        self._headlines += 1
        least = 1 if self._headlines <= FEW_HEADLINES else FREQUENT
        offered = []
        for group in {group.key: group for group in title}.values():
            count = self._count(group.key)
            # Counted apart by spelling, so that readers are offered the usual one.
            spelt = count if group.written == group.key else self._count(group.written)
            if count >= least and count in STEPS and 2 * spelt >= count:
                offered.append({"input": [group.written], "weight": count})
        return offered

    def _cells(self, text: str) -> tuple[int, int]:
        data = text.encode("utf-8", "replace")
        return zlib.crc32(data) % self.CELLS, zlib.adler32(
            data, zlib.crc32(data[::-1])
        ) % self.CELLS

    def _count(self, text: str) -> int:
        """One more of `text`; how many there were so far (at most 65,535)."""
        first, second = self._cells(text)
        seen = min(self._rows[0][first], self._rows[1][second])
        return self._set(first, second, min(seen + 1, 65_535))

    def _set(self, first: int, second: int, count: int) -> int:
        self._rows[0][first] = max(self._rows[0][first], count)
        self._rows[1][second] = max(self._rows[1][second], count)
        return count

    def _learn(self, headlines: Sequence[str], titles: Sequence[Sequence[Group]]) -> None:
        """Take over the index's counts of groups that this load has not met yet."""
        unmet = {group for title in titles for group in title if not self._seen(group.key)}
        if not unmet:
            return
        known = self._document_counts(headlines)
        for group in unmet:
            if count := known.get(group.key, 0):
                self._set(*self._cells(group.key), min(count, 65_535))
                self._set(*self._cells(group.written), min(count, 65_535))

    def _seen(self, text: str) -> int:
        first, second = self._cells(text)
        return min(self._rows[0][first], self._rows[1][second])

    def _document_counts(self, headlines: Sequence[str]) -> dict[str, int]:
        """Word group -> number of stored headlines that have it, for the groups of `headlines`."""
        field = sub_field(Field.TITLE, SubField.DYM)
        response = self._client.mtermvectors(
            index=self._index,
            docs=[{"doc": {Field.TITLE: headline[:LONGEST_TITLE]}} for headline in headlines],
            fields=[field],
            term_statistics=True,
            field_statistics=False,
            positions=False,
            offsets=False,
            payloads=False,
            filter_path="docs.term_vectors.*.terms.*.doc_freq,docs.error",
        )
        counts: dict[str, int] = {}
        for document in response.get("docs", []):
            for vector in document.get("term_vectors", {}).values():
                for term, statistics in vector.get("terms", {}).items():
                    counts[term] = statistics.get("doc_freq", 0)
        return counts


def groups(title: str) -> Iterator[Group]:
    """The groups of one to three neighbouring words of a headline that begin and end with a word of
    content.
    """
    for part in _BREAK.split(title[:LONGEST_TITLE]):
        written = words(part)
        keys = [fold(word) for word in written]
        content = [len(key) > 1 and key not in stop_words() and not key.isdigit() for key in keys]
        for first in range(len(written)):
            for last in range(first, min(first + LONGEST, len(written))):
                if content[first] and (content[last] or (last > first and keys[last].isdigit())):
                    yield Group(
                        " ".join(keys[first : last + 1]), " ".join(written[first : last + 1])
                    )

"""Stories: near-duplicate articles found while they are loaded, so that a page can fold the copies
of a wire story.

Two articles are copies when their texts are alike (loader/stories/fingerprints.py) and, where both
are dated, they appeared within two days of each other. A story is what copies of copies make up;
which articles belong together does not depend on the order of loading. Every article has a story:
one without a copy is a story of its own under its own id, so that collapsing and counting need no
exception. A story keeps the name it got first (`story=` addresses stay valid); when a new copy
joins two stories, the lesser name stays.

The corpus is never in memory. What was loaded before stands in the index, found by band; the
articles of the last moments, which no search sees yet, are remembered here.
"""

from __future__ import annotations

import zlib
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from elasticsearch import Elasticsearch

from loader.stories.index import StoryIndex
from loader.stories.members import Member, Members, connected
from mappings.article import Article

# Copies of one story compared with each other when one of them changes. A larger story is a formula
# (the weather, exchange rates) whose every issue resembles the next; comparing all with all would
# cost minutes.
LARGEST_SPLIT = 200


@dataclass(frozen=True, slots=True)
class Story:
    """Where an article belongs: its story's id, and the band keys to store with it (none for very
    short texts).
    """

    id: str
    bands: tuple[str, ...]


class Stories:
    """Assigns articles to stories during one load into one index."""

    def __init__(self, client: Elasticsearch, index: str, *, remembered: int = 5_000) -> None:
        """`index` is the concrete generation. Up to twice `remembered` articles are kept in memory
        (some 20 MB).

        The caller has at most `remembered` articles under way: assigned, but not yet acknowledged
        by Elasticsearch.
        """
        self._index = StoryIndex(client, index)
        self._remembered = remembered
        self._older, self._newer = Members(), Members()
        self._due: dict[
            str, str
        ] = {}  # article id -> story, where the document does not say so yet

    def assign(self, batch: Sequence[Article]) -> list[Story]:
        """The story of each article, in the order of `batch`: new or changed articles, at best some
        hundreds.

        Batches come one after the other. Raises the client's ApiError or TransportError and may
        then be called again with the same batch.
        """
        if len(self._newer) >= self._remembered:
            self._turn_over()
        members = [Member.of(article) for article in batch]
        nearby = Members()
        self._add_stored(self._index.around(members), nearby)
        before = [version for member in members if (version := self._before(member, nearby))]
        names = {version.story for version in before} | {version.id for version in before}
        self._add_stored(self._index.in_stories(names), nearby)
        for member in members:
            self._place(member, nearby)
        for member in members:
            self._due.pop(member.id, None)  # its own document is about to say so
        self._write_due(kept=(self._older, self._newer))
        return [Story(id=member.story, bands=member.bands) for member in members]

    def finish(self) -> None:
        """Write what is still due, once everything assigned is acknowledged; afterwards the index
        tells all.
        """
        self._write_due(kept=())
        self._index.refresh()
        self._older, self._newer = Members(), Members()

    def _turn_over(self) -> None:
        """Forget the older half of what is remembered: it is acknowledged by now, and searchable
        after this.
        """
        self._write_due(kept=(self._newer,))
        self._index.refresh()
        self._older, self._newer = self._newer, Members()

    def _write_due(self, kept: Sequence[Members]) -> None:
        """Move documents to their stories, except those that may still be under way."""
        ready = {
            id_: story
            for id_, story in self._due.items()
            if not any(members.get(id_) for members in kept)
        }
        self._index.move(ready)
        for id_ in ready:
            del self._due[id_]

    def _add_stored(self, stored: Iterable[Member], nearby: Members) -> None:
        """Add what the index holds to `nearby`, unless a newer version is remembered."""
        for member in stored:
            if self._remembered_version(member.id) is None and nearby.get(member.id) is None:
                nearby.add(member)

    def _remembered_version(self, id_: str) -> Member | None:
        return self._newer.get(id_) or self._older.get(id_)

    def _before(self, member: Member, nearby: Members) -> Member | None:
        """The version of an article that this one replaces."""
        return self._remembered_version(member.id) or nearby.get(member.id)

    def _place(self, member: Member, nearby: Members) -> None:
        """Find the story of `member`, remember it, and do what its coming changes for others."""
        before = self._before(member, nearby)
        for members in self._all(nearby):
            members.drop(member.id)
        around = {
            other.id: other
            for members in self._all(nearby)
            for other in members.sharing_band(member)
        }
        joined = sorted({copy.story for copy in member.copies_among(around.values())})
        if before and before.story in joined:
            member.story = before.story
        elif joined:
            member.story = joined[0]
        else:
            member.story = self._own_name(member, nearby)
        self._newer.add(member)
        if merged := [story for story in joined if story != member.story]:
            self._add_stored(self._index.in_stories(merged), nearby)
            self._rename(self._in_stories(merged, nearby), member.story, nearby)
        if before:
            self._split(before.story, nearby)

    def _own_name(self, member: Member, nearby: Members) -> str:
        """The article's id; another name where copies that it has left still go by that id."""
        if self._in_stories([member.id], nearby):
            return f"{member.id}-{zlib.crc32(member.print or b''):08x}"
        return member.id

    def _all(self, nearby: Members) -> tuple[Members, Members, Members]:
        return nearby, self._older, self._newer

    def _in_stories(self, stories: Collection[str], nearby: Members) -> list[Member]:
        """Everybody in `stories` who is remembered or near the batch."""
        return [member for members in self._all(nearby) for member in members.in_stories(stories)]

    def _rename(self, moving: Iterable[Member], story: str, nearby: Members) -> None:
        for member in moving:
            for members in self._all(nearby):
                members.move(member.id, story)
            self._due[member.id] = story

    def _split(self, story: str, nearby: Members) -> None:
        """An article of `story` has changed, and may have been what held the others together."""
        members = self._in_stories([story], nearby)
        if not 1 < len(members) <= LARGEST_SPLIT:
            return
        parts = sorted(connected(members), key=lambda part: min(member.id for member in part))
        # The part with the article that gave the name keeps it, else the first.
        keeper = next(
            (part for part in parts if any(member.id == story for member in part)), parts[0]
        )
        for part in parts:
            if part is not keeper:
                first = min(part, key=lambda member: member.id)
                self._add_stored(self._index.in_stories([first.id]), nearby)
                self._rename(part, self._own_name(first, nearby), nearby)

"""Articles as the search for near-duplicates knows them: fingerprint, period, story; and
collections of them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from loader.stories.fingerprints import alike, bands, fingerprint, from_bands
from mappings.article import Article, period_end

# A correction or a second edition follows within two days; the same words a week later are another
# day's market report.
DAYS_APART = 2

# Articles remembered for one band. More than this many within days are one mass-produced text, of
# which any will do.
LARGEST_BAND = 64


@dataclass(slots=True)
class Member:
    """One article of a story. `story` changes while stories form; the rest is given."""

    id: str
    story: str
    print: bytes | None  # None: too short to be compared
    bands: tuple[str, ...]
    first_day: date | None  # None: undated
    last_day: date | None

    @classmethod
    def of(cls, article: Article) -> Member:
        """The article as a story of its own."""
        print_ = fingerprint(article)
        first, last = None, None
        if article.published and article.precision:
            first, last = article.published, period_end(article.published, article.precision)
        return cls(article.id, article.id, print_, bands(print_) if print_ else (), first, last)

    @classmethod
    def stored(
        cls,
        id_: str,
        *,
        story: str,
        bands: Sequence[str],
        first_day: date | None,
        last_day: date | None,
    ) -> Member:
        """An article as the index holds it; `bands` in any order."""
        return cls(id_, story, from_bands(bands), tuple(bands), first_day, last_day)

    def near_in_time(self, other: Member) -> bool:
        """Whether the two periods lie at most `DAYS_APART` apart; an undated article may be of any
        day.
        """
        if not (self.first_day and self.last_day and other.first_day and other.last_day):
            return True
        gap = max((other.first_day - self.last_day).days, (self.first_day - other.last_day).days)
        return gap <= DAYS_APART

    def copies_among(self, others: Collection[Member]) -> list[Member]:
        """Those of `others` that are copies of this article."""
        if self.print is None:
            return []
        possible = [
            other
            for other in others
            if other.print and other.id != self.id and self.near_in_time(other)
        ]
        verdicts = alike(self.print, [other.print for other in possible if other.print])
        return [other for other, verdict in zip(possible, verdicts, strict=True) if verdict]


class Members:
    """Articles by id, band and story; for each id only its newest version counts."""

    def __init__(self) -> None:
        self._by_id: dict[str, Member] = {}
        self._by_band: dict[str, list[Member]] = {}
        self._by_story: dict[str, set[str]] = {}

    def __len__(self) -> int:
        return len(self._by_id)

    def get(self, id_: str) -> Member | None:
        """The newest version of an article."""
        return self._by_id.get(id_)

    def add(self, member: Member) -> None:
        """Add an article, or put its new version in place of the old one."""
        self.drop(member.id)
        self._by_id[member.id] = member
        self._by_story.setdefault(member.story, set()).add(member.id)
        for band in member.bands:
            same = self._by_band.setdefault(band, [])
            if len(same) >= LARGEST_BAND:
                del same[0]
            same.append(member)

    def drop(self, id_: str) -> None:
        """Forget an article; unknown ids are no error."""
        if member := self._by_id.pop(id_, None):
            self._by_story[member.story].discard(id_)

    def move(self, id_: str, story: str) -> None:
        """Give an article another story; unknown ids are no error."""
        if member := self._by_id.get(id_):
            self._by_story[member.story].discard(id_)
            self._by_story.setdefault(story, set()).add(id_)
            member.story = story

    def sharing_band(self, member: Member) -> Iterator[Member]:
        """Articles that agree with `member` in at least one band; some more than once."""
        for band in member.bands:
            for other in self._by_band.get(band, ()):
                if self._by_id.get(other.id) is other:  # not an older version of a changed article
                    yield other

    def in_stories(self, stories: Collection[str]) -> Iterator[Member]:
        """The articles of these stories."""
        return (self._by_id[id_] for story in stories for id_ in self._by_story.get(story, ()))


def connected(members: Collection[Member]) -> Iterator[list[Member]]:
    """The groups that copies of copies make up."""
    waiting = list(members)
    while waiting:
        group = [waiting.pop()]
        for member in group:  # grows while it is walked
            linked = {other.id: other for other in member.copies_among(waiting)}
            group += linked.values()
            waiting = [other for other in waiting if other.id not in linked]
        yield group

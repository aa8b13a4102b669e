"""What would be indexed, and what an archivist wants to know of it first. Needs no Elasticsearch,
writes nothing.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from loader.raw import Given, RawArticle, Unreadable
from loader.readers.ruined import ARABIC
from loader.report import Outcome
from loader.settings import READING_SECONDS
from loader.understand import Refused, Understood, understand
from loader.unknown_credits import UnknownCredits
from mappings.agencies import Registry
from mappings.article import Article

_EXAMPLES = 3  # places named for each thing that is missing or refused
# articles among which repeated ids and texts are looked for; more would need memory without end
_REMEMBERED = 1_000_000
_SHORT = (
    100  # characters of a body; a shorter one is more often a caption or a fragment than an article
)


def check(
    items: Iterable[RawArticle | Unreadable],
    registry: Registry,
    *,
    now: datetime,
    today: date,
    defaults: Given | None = None,
    seconds: float = READING_SECONDS,
) -> Iterator[Understood | Refused]:
    """Understand each article as `naba load` would; the arguments are those of `understand`."""
    for item in items:
        yield understand(item, registry, now=now, today=today, defaults=defaults, seconds=seconds)


def published_of(article: Article) -> str | None:
    """The date as `check` shows it: the first day of its period, or `--MM-DD` where the year is not
    known.
    """
    return article.published.isoformat() if article.published else article.published_text


def json_row(understood: Understood) -> dict[str, Any]:
    """One article for machines; `removed` lists what was cut from the text, verbatim, each with its
    kind.
    """
    article = understood.article
    return {
        "path": understood.raw.place,
        "id": article.id,
        "title": article.title,
        "title_origin": article.title_origin,
        "outlet": article.outlet,
        "agency": article.agencies[0] if article.agencies else None,
        "agencies": list(article.agencies),
        "agency_origin": article.agency_origin,
        "credit": article.credit,
        "cited_agencies": list(article.cited_agencies),
        "published": published_of(article),
        "published_text": article.published_text,
        "precision": article.precision,
        "date_origin": article.date_origin,
        "body": article.body,
        "removed": [
            {"kind": piece.kind, "text": piece.text} for piece in understood.extraction.removed
        ],
    }


def missing_of(article: Article) -> list[str]:
    """What a reader will miss: "agency", "date", "year" (a day without its year), "title"."""
    missing = []
    if not article.agencies:
        missing.append("agency")
    if article.published is None:
        missing.append("year" if article.published_text else "date")
    if not article.title:
        missing.append("title")
    return missing


@dataclass(slots=True)
class Tally:
    """How many, and the first few places."""

    count: int = 0
    examples: list[str] = field(default_factory=list)

    def add(self, place: str) -> None:
        self.count += 1
        if len(self.examples) < _EXAMPLES:
            self.examples.append(place)


@dataclass(slots=True)
class AgencyTally:
    """The articles of one agency."""

    count: int = 0
    first: date | None = None
    last: date | None = None

    def add(self, published: date | None) -> None:
        self.count += 1
        if published is not None:
            self.first = min(self.first or published, published)
            self.last = max(self.last or published, published)


class Summary:
    """What was found in all, counted while articles pass by; memory does not grow with their
    number.
    """

    def __init__(self) -> None:
        self.articles = 0
        self.refused: dict[str, Tally] = {}
        self.withheld: dict[str, Tally] = {}
        self.details: dict[str, str] = {}  # reason -> the sentence of the first
        self.agencies: dict[str | None, AgencyTally] = {}
        self.outlets: Counter[str] = Counter()
        self.agency_origins: Counter[str] = Counter()
        self.date_origins: Counter[str] = Counter()
        self.title_origins: Counter[str] = Counter()
        self.years: Counter[int] = Counter()
        self.missing: dict[str, Tally] = {}
        self.notes = Tally()
        self.coarse = Tally()  # a month or a year is all that is known
        self.short = Tally()
        self.no_arabic = Tally()
        self.same_id = Tally()
        self.same_text = Tally()
        self.readings: Counter[tuple[str, str]] = Counter()  # (format, encoding)
        self.credits = UnknownCredits()
        self._ids: set[int] = set()
        self._texts: set[int] = set()

    @property
    def refusals(self) -> int:
        """How many articles or files would not be indexed."""
        return sum(tally.count for tally in self.refused.values())

    def add(self, item: Understood | Refused) -> None:
        """Count one."""
        if isinstance(item, Refused):
            withheld = item.outcome is Outcome.WITHHELD
            tallies = self.withheld if withheld else self.refused
            tallies.setdefault(item.reason, Tally()).add(item.place)
            self.details.setdefault(item.reason, item.detail)
            return
        article, place = item.article, item.raw.place
        self.articles += 1
        self.readings[(item.raw.format, item.raw.encoding)] += 1
        self.agencies.setdefault(next(iter(article.agencies), None), AgencyTally()).add(
            article.published
        )
        self.agency_origins[article.agency_origin] += 1
        self.date_origins[article.date_origin] += 1
        self.title_origins[article.title_origin or "none"] += 1
        if article.outlet:
            self.outlets[article.outlet] += 1
        if article.published:
            self.years[article.published.year] += 1
            if article.precision != "day":
                self.coarse.add(place)
        for name in missing_of(article):
            self.missing.setdefault(name, Tally()).add(place)
        if not article.agencies and article.credit:
            self.credits.add(article.credit)
        for note in item.extraction.notes:
            self.notes.add(f"{place}: {note}")
        self._note_text(article, place)

    def _note_text(self, article: Article, place: str) -> None:
        if not ARABIC.search(article.body):
            self.no_arabic.add(place)
        if len(article.body) < _SHORT:
            self.short.add(place)
        for seen, value, tally in (
            (self._ids, article.id, self.same_id),
            (self._texts, article.body, self.same_text),
        ):
            key = int.from_bytes(hashlib.blake2b(value.encode(), digest_size=8).digest())
            if key in seen:
                tally.add(place)
            elif len(seen) < _REMEMBERED:
                seen.add(key)

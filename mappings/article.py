"""The article as it is stored: the one document shape that loader and service share.

`Field` names every field of the index once; no other module spells one. Loader writes `Article.to_source()`,
service reads `Article.from_source()`.
"""

from __future__ import annotations

import calendar
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any, Literal

Precision = Literal["day", "month", "year"]
DateOrigin = Literal["given", "path", "dateline", "footer", "byline", "body", "weekday", "relative", "hijri", "none"]
AgencyOrigin = Literal["given", "path", "footer", "dateline", "byline", "none"]
TitleOrigin = Literal["given", "line", "lead"]
Status = Literal["published", "withdrawn"]


class Field(StrEnum):
    """Field names of the index. Those marked (index only) are derived from others and not part of `Article`."""

    ID = "id"
    SOURCE = "source"
    OUTLET = "outlet"
    AGENCIES = "agencies"
    AGENCY_ORIGIN = "agency_origin"
    CREDIT = "credit"
    CITED_AGENCIES = "cited_agencies"
    TITLE = "title"
    LEAD_TITLE = "lead_title"  # a title made from the lead: shown, never searched (its words stand in the body)
    TITLE_ORIGIN = "title_origin"
    BODY = "body"
    PUBLISHED = "published"  # first day of the period
    PUBLISHED_END = "published_end"  # (index only) last day of the period
    PUBLISHED_TEXT = "published_text"
    PRECISION = "precision"
    DATE_ORIGIN = "date_origin"
    URL = "url"
    AUTHOR = "author"
    SECTION = "section"
    STORY_ID = "story_id"
    STORY_BANDS = "story_bands"  # (index only) MinHash band keys by which near-duplicates are found
    CONTENT_HASH = "content_hash"
    LOADED_AT = "loaded_at"
    STATUS = "status"
    COMPLETE = "complete"  # (index only) completion inputs for suggestions while typing


def period_end(start: date, precision: Precision) -> date:
    """The last day of the day, month or year that begins at `start`."""
    if precision == "year":
        return date(start.year, 12, 31)
    if precision == "month":
        return date(start.year, start.month, calendar.monthrange(start.year, start.month)[1])
    return start


@dataclass(slots=True)
class Article:
    """One stored article; nobody changes one (`dataclasses.replace`).

    Not frozen: that would set each field by a call of its own, which for the hits of an answer is a twentieth of the
    service's work.

    `published` is a civil date in the newsroom's time zone, the first day of the period that `precision` names;
    None when the year is not known (a day without a year is kept in `published_text` as `--MM-DD`).
    `agencies` are registry ids in the order of the credit; the first is the agency.
    `title` is the headline whatever its origin; `loaded_at` is UTC.
    """

    id: str
    source: str
    title: str | None
    title_origin: TitleOrigin | None
    body: str
    content_hash: str
    loaded_at: datetime
    outlet: str | None = None
    agencies: tuple[str, ...] = ()
    agency_origin: AgencyOrigin = "none"
    credit: str | None = None
    cited_agencies: tuple[str, ...] = ()
    published: date | None = None
    published_text: str | None = None
    precision: Precision | None = None
    date_origin: DateOrigin = "none"
    url: str | None = None
    author: str | None = None
    section: str | None = None
    story_id: str | None = None
    status: Status = "published"

    def to_source(self) -> dict[str, Any]:
        """The document as Elasticsearch stores it; None and empty values are left out."""
        lead = self.title_origin == "lead"
        source: dict[str, Any] = {
            Field.ID: self.id,
            Field.SOURCE: self.source,
            Field.OUTLET: self.outlet,
            Field.AGENCIES: list(self.agencies),
            Field.AGENCY_ORIGIN: self.agency_origin,
            Field.CREDIT: self.credit,
            Field.CITED_AGENCIES: list(self.cited_agencies),
            Field.LEAD_TITLE if lead else Field.TITLE: self.title,
            Field.TITLE_ORIGIN: self.title_origin,
            Field.BODY: self.body,
            Field.PUBLISHED_TEXT: self.published_text,
            Field.PRECISION: self.precision,
            Field.DATE_ORIGIN: self.date_origin,
            Field.URL: self.url,
            Field.AUTHOR: self.author,
            Field.SECTION: self.section,
            Field.STORY_ID: self.story_id,
            Field.CONTENT_HASH: self.content_hash,
            Field.LOADED_AT: self.loaded_at.isoformat(),
            Field.STATUS: self.status,
        }
        if self.published and self.precision:
            source[Field.PUBLISHED] = self.published.isoformat()
            source[Field.PUBLISHED_END] = period_end(self.published, self.precision).isoformat()
        return {str(name): value for name, value in source.items() if value not in (None, [])}

    @classmethod
    def from_source(cls, source: Mapping[str, Any]) -> Article:
        """Read a document back; `body` may have been left out of the answer and is then empty."""
        known = {name: source[name] for name in _AS_STORED if name in source}
        for name in _LISTS:
            if name in source:
                known[name] = tuple(source[name])
        if _PUBLISHED in source:
            known[_PUBLISHED] = date.fromisoformat(source[_PUBLISHED])
        known[_TITLE] = source.get(_TITLE) or source.get(_LEAD_TITLE)
        known[_LOADED_AT] = datetime.fromisoformat(source[_LOADED_AT])
        return cls(**{**_NOT_IN_ALL, **known})


def _names(*fields: Field) -> tuple[str, ...]:
    """Plain names for what runs with every hit: until Python 3.12, each `Field.X` is a function call.

    Interned, as keyword arguments are found by identity or else by comparing with every parameter.
    """
    return tuple(sys.intern(str(field)) for field in fields)


_TITLE, _LEAD_TITLE, _PUBLISHED, _LOADED_AT = _names(Field.TITLE, Field.LEAD_TITLE, Field.PUBLISHED, Field.LOADED_AT)
_LISTS = _names(Field.AGENCIES, Field.CITED_AGENCIES)
_NOT_IN_ALL = dict(zip(_names(Field.TITLE_ORIGIN, Field.BODY, Field.CONTENT_HASH), (None, "", ""), strict=True))
_AS_STORED = _names(
    Field.ID,
    Field.SOURCE,
    Field.OUTLET,
    Field.AGENCY_ORIGIN,
    Field.CREDIT,
    Field.TITLE_ORIGIN,
    Field.BODY,
    Field.PUBLISHED_TEXT,
    Field.PRECISION,
    Field.DATE_ORIGIN,
    Field.URL,
    Field.AUTHOR,
    Field.SECTION,
    Field.STORY_ID,
    Field.CONTENT_HASH,
    Field.STATUS,
)

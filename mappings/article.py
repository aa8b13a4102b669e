"""The article as it is stored: the one document shape that loader and service share.

`Field` names every field of the index once; no other module spells one. Loader writes
`Article.to_source()`, service reads `Article.from_source()`.
"""

from __future__ import annotations

import calendar
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal

Precision = Literal["day", "month", "year"]
DateOrigin = Literal[
    "given", "path", "dateline", "footer", "byline", "body", "weekday", "relative", "hijri", "none"
]
AgencyOrigin = Literal["given", "path", "footer", "dateline", "byline", "none"]
TitleOrigin = Literal["given", "line", "lead"]
Status = Literal["published", "withdrawn"]


class Field:
    """Field names of the index. Those marked (index only) are derived from others and not part of
    `Article`.
    """

    ID = "id"
    SOURCE = "source"
    OUTLET = "outlet"
    AGENCIES = "agencies"
    AGENCY_ORIGIN = "agency_origin"
    CREDIT = "credit"
    CITED_AGENCIES = "cited_agencies"
    TITLE = "title"
    # a title made from the lead: shown, never searched (its words stand in the body)
    LEAD_TITLE = "lead_title"
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


FIELDS: tuple[str, ...] = tuple(value for name, value in vars(Field).items() if name.isupper())


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

    Not frozen: that would set each field by a call of its own, which for the hits of an answer is a
    twentieth of the service's work.

    `published` is a civil date in the newsroom's time zone, the first day of the period that
    `precision` names; None when the year is not known (a day without a year is kept in
    `published_text` as `--MM-DD`). `agencies` are registry ids in the order of the credit; the
    first is the agency. `title` is the headline whatever its origin; `loaded_at` is UTC.
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
        return {name: value for name, value in source.items() if value not in (None, [])}

    @classmethod
    def from_source(cls, source: Mapping[str, Any]) -> Article:
        """Read a document back; `body` may have been left out of the answer and is then empty."""
        get = source.get
        published = get(Field.PUBLISHED)
        # In the order of the fields above: by their names it takes twice the time, ten times with
        # every search.
        return cls(
            source[Field.ID],
            source[Field.SOURCE],
            get(Field.TITLE) or get(Field.LEAD_TITLE),
            get(Field.TITLE_ORIGIN),
            get(Field.BODY, ""),
            get(Field.CONTENT_HASH, ""),
            datetime.fromisoformat(source[Field.LOADED_AT]),
            get(Field.OUTLET),
            tuple(get(Field.AGENCIES, ())),
            get(Field.AGENCY_ORIGIN, "none"),
            get(Field.CREDIT),
            tuple(get(Field.CITED_AGENCIES, ())),
            date.fromisoformat(published) if published else None,
            get(Field.PUBLISHED_TEXT),
            get(Field.PRECISION),
            get(Field.DATE_ORIGIN, "none"),
            get(Field.URL),
            get(Field.AUTHOR),
            get(Field.SECTION),
            get(Field.STORY_ID),
            get(Field.STATUS, "published"),
        )

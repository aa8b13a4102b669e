"""The article as it is stored: the one document shape that loader and service share.

`Article` is the table of its fields. Each row says what the value is, how the index keeps it
(`Stored`), whether readers see it, and in which columns of an export it stands; from it come the
mapping's properties, what is fetched for a hit, the fields that may be asked for, the columns, the
JSON and its description. `Field` holds the names that code asks for.
"""

from __future__ import annotations

import calendar
from collections.abc import Callable, Mapping
from dataclasses import MISSING, dataclass, fields
from datetime import date, datetime
from typing import Annotated, Any, Final, Literal, get_type_hints

Precision = Literal["day", "month", "year"]
DateOrigin = Literal[
    "given", "path", "dateline", "footer", "byline", "body", "weekday", "relative", "hijri", "none"
]
AgencyOrigin = Literal["given", "path", "footer", "dateline", "byline", "none"]
TitleOrigin = Literal["given", "line", "lead"]
Status = Literal["published", "withdrawn"]

# How a field is indexed; `mappings.index` has the definition of each.
Kind = Literal["keyword", "stored", "headline", "text", "day", "instant", "bands", "completion"]


class Field:
    """Names of fields that code asks for. Those marked (index only) are derived from others and not
    part of `Article`.
    """

    ID = "id"
    SOURCE = "source"
    AGENCIES = "agencies"
    CITED_AGENCIES = "cited_agencies"
    TITLE = "title"
    # (index only) a title made from the lead: shown, never searched (its words stand in the body)
    LEAD_TITLE = "lead_title"
    BODY = "body"
    PUBLISHED = "published"  # first day of the period
    PUBLISHED_END = "published_end"  # (index only) last day of the period
    PUBLISHED_AT = "published_at"  # instant, where known
    PRECISION = "precision"
    STORY_ID = "story_id"
    STORY_BANDS = "story_bands"  # (index only) MinHash band keys by which near-duplicates are found
    CONTENT_HASH = "content_hash"
    LOADED_AT = "loaded_at"
    STATUS = "status"
    COMPLETE = "complete"  # (index only) completion inputs for suggestions while typing


INDEX_ONLY: Final[Mapping[str, Kind]] = {
    Field.LEAD_TITLE: "stored",
    Field.PUBLISHED_END: "day",
    Field.STORY_BANDS: "bands",
    Field.COMPLETE: "completion",
}


@dataclass(frozen=True)
class Stored:
    """One field of an article beside its type.

    `shown`: always, or only when it is asked for by name; None: never. `column`: among an export's
    first columns, which say what the article is, or its last, which say how that is known.
    """

    kind: Kind
    description: str | None = None
    shown: Literal["always", "named"] | None = "always"
    column: Literal["first", "last"] | None = "first"


@dataclass(slots=True, kw_only=True)
class Article:
    """One stored article; nobody changes one (`dataclasses.replace`).

    Not frozen: that would set each field by a call of its own, which for the hits of an answer is a
    twentieth of the service's work.

    `published` is a civil date in the newsroom's time zone; None when the year is not known (a day
    without a year is kept in `published_text` as `--MM-DD`). Instants are UTC; with `published_at`
    the civil date is the day of that instant. `title` is the headline whatever its origin.
    """

    id: Annotated[str, Stored("keyword")]
    title: Annotated[str | None, Stored("headline")]
    title_origin: Annotated[
        TitleOrigin | None,
        Stored(
            "keyword", "given with the file, a line of the text, or made of the lead", column="last"
        ),
    ]
    agencies: Annotated[
        tuple[str, ...],
        Stored("keyword", "Ids of the credited agencies, in the order of the credit."),
    ] = ()
    agency_origin: Annotated[AgencyOrigin, Stored("keyword", column="last")] = "none"
    outlet: Annotated[str | None, Stored("keyword", "Who published the article.")] = None
    credit: Annotated[str | None, Stored("keyword", "The credit as it stood.")] = None
    cited_agencies: Annotated[
        tuple[str, ...], Stored("keyword", "Ids of agencies that the text only cites.")
    ] = ()
    published: Annotated[
        date | None, Stored("day", "First day of the period that `precision` names.")
    ] = None
    published_text: Annotated[
        str | None,
        Stored(
            "keyword",
            "The date as far as it is known: YYYY-MM-DD, YYYY-MM, YYYY, or --MM-DD without its "
            "year.",
        ),
    ] = None
    precision: Annotated[Precision | None, Stored("keyword")] = None
    date_origin: Annotated[DateOrigin, Stored("keyword", column="last")] = "none"
    published_at: Annotated[
        datetime | None, Stored("instant", "Instant of publication, where copy or record tell it.")
    ] = None
    updated_at: Annotated[
        datetime | None, Stored("instant", "When its sender last changed it, where told.")
    ] = None
    url: Annotated[str | None, Stored("stored")] = None
    author: Annotated[str | None, Stored("keyword")] = None
    section: Annotated[str | None, Stored("keyword")] = None
    loaded_at: Annotated[datetime, Stored("instant")]
    guid: Annotated[
        str | None,
        Stored("keyword", "The sender's own id, the same for all versions.", column="last"),
    ] = None
    version: Annotated[
        str | None, Stored("keyword", "Which version it is, by the sender's count.", column="last")
    ] = None
    source: Annotated[str, Stored("keyword", shown="named", column="last")]
    story_id: Annotated[str | None, Stored("keyword", shown="named", column="last")] = None
    body: Annotated[str, Stored("text", shown="named", column=None)]
    content_hash: Annotated[str, Stored("stored", shown=None, column=None)]
    status: Annotated[Status, Stored("keyword", shown=None, column=None)] = "published"

    def to_source(self) -> dict[str, Any]:
        """The document as Elasticsearch stores it; None and empty values are left out."""
        source: dict[str, Any] = {}
        for name in ROWS:
            value = getattr(self, name)
            write = _WRITERS.get(type(value))
            source[name] = write(value) if write else value
        if self.title_origin == "lead":
            source[Field.LEAD_TITLE] = source.pop(Field.TITLE)
        if self.published and self.precision:
            source[Field.PUBLISHED_END] = period_end(self.published, self.precision).isoformat()
        else:
            del source[Field.PUBLISHED]
        return {name: value for name, value in source.items() if value not in (None, [])}

    @classmethod
    def from_source(cls, source: Mapping[str, Any]) -> Article:
        """Read a document back; what was left out of the answer, as the body may be, is empty."""
        get = source.get
        values = {name: get(name, absent) for name, absent in _ABSENT.items()}
        values[Field.TITLE] = values[Field.TITLE] or get(Field.LEAD_TITLE)
        for name, read in _READERS.items():
            if values[name]:
                values[name] = read(values[name])
        return cls(**values)


_HINTS = get_type_hints(Article, include_extras=True)
# name -> its row, in the order of the JSON
ROWS: Final[Mapping[str, Stored]] = {name: _HINTS[name].__metadata__[0] for name in _HINTS}
TYPES: Final[Mapping[str, Any]] = {name: _HINTS[name].__origin__ for name in _HINTS}
FIELDS: Final = (*ROWS, *INDEX_ONLY)

SHOWN: Final = tuple(name for name, row in ROWS.items() if row.shown == "always")
NAMED: Final = tuple(name for name, row in ROWS.items() if row.shown == "named")
COLUMNS: Final = tuple(
    name for place in ("first", "last") for name, row in ROWS.items() if row.column == place
)

# What a field is in a document that does not hold it: its default, else an empty text, else None.
_ABSENT: Final[Mapping[str, Any]] = {
    field.name: {str: ""}.get(TYPES[field.name]) if field.default is MISSING else field.default
    for field in fields(Article)
}
_BY_TYPE: Final[Mapping[Any, Callable[[Any], Any]]] = {
    tuple[str, ...]: tuple,
    date | None: date.fromisoformat,
    datetime: datetime.fromisoformat,
    datetime | None: datetime.fromisoformat,
}
_READERS: Final = {name: _BY_TYPE[kind] for name, kind in TYPES.items() if kind in _BY_TYPE}
_WRITERS: Final[Mapping[type, Callable[[Any], Any]]] = {
    tuple: list,
    date: date.isoformat,
    datetime: datetime.isoformat,
}


def period_end(start: date, precision: Precision) -> date:
    """The last day of the day, month or year that begins at `start`."""
    if precision == "year":
        return date(start.year, 12, 31)
    if precision == "month":
        return date(start.year, start.month, calendar.monthrange(start.year, start.month)[1])
    return start

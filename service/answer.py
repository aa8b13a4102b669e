"""Elasticsearch's answer as one typed result that JSON, page, feed and export all read.

The names follow the public contract; `routes` turn these into JSON, templates read them as they
are. Nobody changes one. Those of which an answer has many are not frozen, because a frozen one
costs four times as much to make; those that become JSON as they are have no slots, because orjson
then takes six times as long.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from mappings.article import Article


@dataclass(slots=True)
class AgencyLabel:
    id: str
    label: str


@dataclass(slots=True)
class Highlight:
    """HTML, text escaped and hits in `<mark>`; `title` whole, `body` up to three fragments."""

    title: str | None = None
    body: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Copies:
    """The other copies of the hit's story."""

    count: int
    url: str


@dataclass(slots=True)
class Hit:
    article: Article  # its body is not fetched
    agencies: tuple[AgencyLabel, ...]  # labels of article.agencies, same order
    score: float | None
    highlight: Highlight
    copies: Copies | None = None


@dataclass
class FacetValue:
    value: str
    label: str
    count: int  # what choosing this value alone finds, the other filters standing
    state: str | None  # "selected" | "excluded" | None
    url: str  # toggles this value


@dataclass(frozen=True)
class Facet:
    """Values in falling order of count; chosen ones that are not among the most frequent follow,
    also at 0.
    """

    values: tuple[FacetValue, ...]
    missing: int  # articles without any value: what `none` finds
    other: int  # credits beyond the values listed
    missing_url: str = ""  # toggles `none`
    missing_state: str | None = None


@dataclass
class DateBucket:
    value: str  # YYYY, YYYY-MM or YYYY-MM-DD
    count: int
    url: str


@dataclass(frozen=True)
class DateFacet:
    """In a range: values + coarser + earlier are all that was found in it."""

    interval: str  # "year" | "month" | "day"
    values: tuple[DateBucket, ...]
    missing: int  # undated articles: what `date=none` finds
    coarser: int  # dated, but less precisely than the interval
    up: str | None  # URL of the next wider range
    missing_url: str = ""  # asks for the undated
    earlier: int = 0  # dated before the first value, where there are too many periods to list


@dataclass(frozen=True)
class Total:
    """Every count is of articles; stories are the same articles with copies folded."""

    articles: int
    stories: int
    stories_exact: bool


@dataclass(frozen=True)
class QueryEcho:
    q: str
    match: str  # what was applied: all | any | exact
    relaxed: bool
    corrected: str | None  # did you mean
    interpreted: dict[str, object] = field(default_factory=dict)


@dataclass(frozen=True)
class Links:
    """Relative addresses; those of a relaxed answer ask for match=any."""

    self: str
    next: str | None
    prev: str | None
    html: str
    atom: str
    csv: str


@dataclass(frozen=True, slots=True)
class SearchResult:
    query: QueryEcho
    total: Total
    took_ms: int  # in Elasticsearch
    hits: tuple[Hit, ...]
    agency: Facet
    cited_agency: Facet
    date: DateFacet
    links: Links

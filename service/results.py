"""Elasticsearch's answer as one typed result that JSON, page, feed and export all read.

The names follow the public contract; `routes` turn these into JSON, templates read them as they are.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from mappings.article import Article


@dataclass(frozen=True, slots=True)
class AgencyLabel:
    id: str
    label: str


@dataclass(frozen=True, slots=True)
class Highlight:
    """HTML, text escaped and hits in `<mark>`; `title` whole, `body` up to three fragments."""

    title: str | None = None
    body: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Copies:
    """The other copies of the hit's story."""

    count: int
    url: str


@dataclass(frozen=True, slots=True)
class Hit:
    article: Article  # its body is not fetched
    agencies: tuple[AgencyLabel, ...]  # labels of article.agencies, same order
    score: float | None
    highlight: Highlight
    copies: Copies | None = None


@dataclass(frozen=True, slots=True)
class FacetValue:
    value: str
    label: str
    count: int
    state: str | None  # "selected" | "excluded" | None
    url: str  # toggles this value


@dataclass(frozen=True, slots=True)
class Facet:
    values: tuple[FacetValue, ...]
    missing: int
    other: int


@dataclass(frozen=True, slots=True)
class DateBucket:
    value: str  # YYYY, YYYY-MM or YYYY-MM-DD
    count: int
    url: str


@dataclass(frozen=True, slots=True)
class DateFacet:
    interval: str  # "year" | "month" | "day"
    values: tuple[DateBucket, ...]
    missing: int  # undated articles
    coarser: int  # dated, but less precisely than the interval
    up: str | None  # URL of the next wider range


@dataclass(frozen=True, slots=True)
class Total:
    articles: int
    stories: int
    stories_exact: bool


@dataclass(frozen=True, slots=True)
class QueryEcho:
    q: str
    match: str  # what was applied: all | any | exact
    relaxed: bool
    corrected: str | None  # did you mean
    interpreted: dict[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Links:
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
    took_ms: int
    hits: tuple[Hit, ...]
    agency: Facet
    cited_agency: Facet
    date: DateFacet
    links: Links

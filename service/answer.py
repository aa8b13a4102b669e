"""Elasticsearch's answer -> `SearchResult`: hits, facets with their links, totals. No input or output here."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from mappings.article import Article
from service.links import Addresses
from service.page.params import PageParams
from service.params import MAX_WINDOW, FilterParams, SearchParams, Sort
from service.query import cursor, facets
from service.query.dates import DayRange, parse_period, wider
from service.query.filters import NO_VALUE, Filters
from service.query.highlight import read_highlight
from service.results import (
    AgencyLabel,
    Copies,
    DateBucket,
    DateFacet,
    Facet,
    FacetValue,
    Hit,
    Links,
)

Label = Callable[[str], str]
NO_RANGE: dict[str, Any] = {"from_": None, "to": None, "date": None}


def read_hit(raw: Mapping[str, Any], label: Label, copies: Copies | None = None) -> Hit:
    """One hit of Elasticsearch; `label` names an agency id."""
    article = Article.from_source(raw["_source"])
    return Hit(
        article=article,
        agencies=tuple(AgencyLabel(agency, label(agency)) for agency in article.agencies),
        score=raw.get("_score"),
        highlight=read_highlight(raw.get("highlight") or {}, article.title),
        copies=copies,
    )


@dataclass(frozen=True, slots=True)
class FacetReader:
    """Makes the facets of one answer. `links` makes the addresses that toggle a value."""

    aggregations: Mapping[str, Any]
    chosen: Filters
    params: FilterParams  # those of the links: what toggling starts from
    links: Addresses
    label: Label

    def agency(self) -> Facet:
        counts = facets.agency_counts(self.aggregations, "agency", self.chosen)
        excluded = facets.excluded_counts(self.aggregations, self.chosen)
        toggle = self.links.toggling("agency", self.params.agency)
        values = [
            self._value(value, count, self.chosen.agencies, toggle)
            for value, count in _listed(counts)
            if value not in excluded
        ]
        if excluded:
            toggle_exclusion = self.links.toggling("not_agency", self.params.not_agency)
            values += [
                FacetValue(value, self.label(value), count, "excluded", toggle_exclusion(value))
                for value, count in excluded.items()
                if value != NO_VALUE
            ]
            if NO_VALUE in excluded:
                return Facet(tuple(values), excluded[NO_VALUE], counts.other, toggle_exclusion(NO_VALUE), "excluded")
        state = "selected" if NO_VALUE in self.chosen.agencies else None
        return Facet(tuple(values), counts.missing, counts.other, toggle(NO_VALUE), state)

    def cited_agency(self) -> Facet:
        counts = facets.agency_counts(self.aggregations, "cited_agency", self.chosen)
        wanted = self.params.cited_agency
        toggle = self.links.toggling("cited_agency", wanted)
        return Facet(
            values=tuple([self._value(value, count, wanted, toggle) for value, count in _listed(counts)]),
            missing=counts.missing,
            other=counts.other,
            missing_url=toggle(NO_VALUE),
            missing_state="selected" if NO_VALUE in wanted else None,
        )

    def _value(self, value: str, count: int, wanted: Collection[str], toggle: Callable[[str], str]) -> FacetValue:
        return FacetValue(value, self.label(value), count, "selected" if value in wanted else None, toggle(value))

    def date(self, today: date) -> DateFacet:
        counts = facets.date_counts(self.aggregations, self.chosen, today)
        days = self.chosen.days
        buckets, earlier = facets.filled(counts, days)
        up = None
        if days is not None:
            range_ = wider(days, today)
            up = self.links.to(**NO_RANGE | ({"from_": range_[0], "to": range_[1]} if range_ else {}))
        spanning = self.links.varying("from_", "to", date=None)
        return DateFacet(
            interval=counts.interval,
            values=tuple([DateBucket(value, count, spanning(*clipped(value, days))) for value, count in buckets]),
            missing=counts.missing,
            coarser=counts.coarser,
            up=up,
            missing_url=self.links.to(**NO_RANGE | {"date": "none"}),
            earlier=earlier,
        )


def clipped(value: str, days: DayRange | None) -> tuple[str, str]:
    """First and last day, month or year of a bucket; at the edge of the range asked for only what lies inside."""
    if days is None:
        return value, value
    period, first, last = parse_period(value), days.first, days.last
    return (
        first.isoformat() if first and first > period.start else value,
        last.isoformat() if last and last < period.end else value,
    )


def _listed(counts: facets.ValueCounts) -> list[tuple[str, int]]:
    """The most frequent values, then chosen ones that are not among them."""
    listed = {value for value, _ in counts.values}
    return [*counts.values, *((value, count) for value, count in counts.chosen.items() if value not in listed)]


def walk_question(params: FilterParams, sort: Sort) -> str:
    """What a cursor belongs to: everything that decides which articles come, in which order."""
    return Addresses("", params, FilterParams).query_string(lang="ar", sort=sort)


def result_links(
    links: Addresses, params: SearchParams, sort: Sort, hits: list[Mapping[str, Any]], places: int
) -> Links:
    """The links of an answer. `sort` is the order that holds, named or not; `places` counts what can be paged through:
    articles, or stories when folded."""
    following = previous = None
    if params.cursor is not None:
        if len(hits) == params.size:
            following = links.to(cursor=cursor.encode(hits[-1]["sort"], walk_question(params, sort)))
    elif params.size:
        reached = params.page * params.size
        if reached < places and reached + params.size <= MAX_WINDOW:
            following = links.to(page=params.page + 1)
        if params.page > 1:
            previous = links.to(page=params.page - 1)
    return Links(
        self=links.to(),
        next=following,
        prev=previous,
        html=Addresses("/", params, PageParams).to(
            cursor=None, page=params.page, fields=[], size=params.size or 10, sort=sort
        ),
        atom=Addresses("/feed.atom", params, FilterParams).to(sort=None),
        csv=Addresses("/v1/export.csv", params, FilterParams).to(sort=None if sort == "newest" else sort),
    )

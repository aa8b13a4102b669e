"""Elasticsearch's answer -> `SearchResult`: hits, facets with their links, totals. No input or output here."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from mappings.article import Article
from service.links import Addresses, toggled
from service.page.params import PageParams
from service.params import MAX_WINDOW, FilterParams, SearchParams
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
        wanted, refused = self.params.agency, self.params.not_agency
        values = [
            self._value(value, count, self.chosen.agencies, lambda v: self.links.to(agency=toggled(wanted, v)))
            for value, count in _listed(counts)
            if value not in excluded
        ]
        values += [
            FacetValue(value, self.label(value), count, "excluded", self.links.to(not_agency=toggled(refused, value)))
            for value, count in excluded.items()
            if value != NO_VALUE
        ]
        if NO_VALUE in excluded:
            missing = excluded[NO_VALUE]
            state: str | None = "excluded"
            url = self.links.to(not_agency=toggled(refused, NO_VALUE))
        else:
            missing, state = counts.missing, "selected" if NO_VALUE in self.chosen.agencies else None
            url = self.links.to(agency=toggled(wanted, NO_VALUE))
        return Facet(tuple(values), missing, counts.other, url, state)

    def cited_agency(self) -> Facet:
        counts = facets.agency_counts(self.aggregations, "cited_agency", self.chosen)
        wanted = self.params.cited_agency
        return Facet(
            values=tuple(
                self._value(value, count, wanted, lambda v: self.links.to(cited_agency=toggled(wanted, v)))
                for value, count in _listed(counts)
            ),
            missing=counts.missing,
            other=counts.other,
            missing_url=self.links.to(cited_agency=toggled(wanted, NO_VALUE)),
            missing_state="selected" if NO_VALUE in wanted else None,
        )

    def _value(self, value: str, count: int, wanted: Collection[str], url: Callable[[str], str]) -> FacetValue:
        return FacetValue(value, self.label(value), count, "selected" if value in wanted else None, url(value))

    def date(self, today: date) -> DateFacet:
        counts = facets.date_counts(self.aggregations, self.chosen, today)
        days = self.chosen.days
        buckets, earlier = facets.filled(counts, days)
        up = None
        if days is not None:
            range_ = wider(days, today)
            up = self.links.to(**NO_RANGE | ({"from_": range_[0], "to": range_[1]} if range_ else {}))
        return DateFacet(
            interval=counts.interval,
            values=tuple(
                DateBucket(value, count, self.links.to(date=None, **clipped(value, days))) for value, count in buckets
            ),
            missing=counts.missing,
            coarser=counts.coarser,
            up=up,
            missing_url=self.links.to(**NO_RANGE | {"date": "none"}),
            earlier=earlier,
        )


def clipped(value: str, days: DayRange | None) -> dict[str, str]:
    """`from_` and `to` of a bucket; at the edge of the range that was asked for only what lies inside."""
    period = parse_period(value)
    first, last = (days.first, days.last) if days else (None, None)
    return {
        "from_": first.isoformat() if first and first > period.start else value,
        "to": last.isoformat() if last and last < period.end else value,
    }


def _listed(counts: facets.ValueCounts) -> list[tuple[str, int]]:
    """The most frequent values, then chosen ones that are not among them."""
    listed = {value for value, _ in counts.values}
    return [*counts.values, *((value, count) for value, count in counts.chosen.items() if value not in listed)]


def walk_question(params: FilterParams) -> str:
    """What a cursor belongs to: everything that decides which articles come, in which order."""
    return Addresses("", params, FilterParams).query_string(lang="ar")


def result_links(links: Addresses, params: SearchParams, hits: list[Mapping[str, Any]], places: int) -> Links:
    """The links of an answer; `places` counts what can be paged through: articles, or stories when folded."""
    following = previous = None
    if params.cursor is not None:
        if len(hits) == params.size:
            following = links.to(cursor=cursor.encode(hits[-1]["sort"], walk_question(params)))
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
        html=Addresses("/", params, PageParams).to(cursor=None, page=params.page, fields=[], size=params.size or 10),
        atom=Addresses("/feed.atom", params, FilterParams).to(sort=None),
        csv=Addresses("/v1/export.csv", params, FilterParams).to(sort=None if params.sort == "newest" else params.sort),
    )

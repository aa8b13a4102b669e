"""Elasticsearch's answer -> `SearchResult`: hits, facets with their links, totals. No input or
output here.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from mappings.article import Article
from service.answer import (
    AgencyLabel,
    Copies,
    DateBucket,
    DateFacet,
    Facet,
    FacetValue,
    Hit,
)
from service.answer_links import AnswerLinks
from service.dates import DayRange, parse_period
from service.query import facets
from service.query.filters import NO_VALUE, Filters
from service.query.highlight import read_highlight

Label = Callable[[str], str]


def read_hit(raw: Mapping[str, Any], label: Label, copies: Copies | None = None) -> Hit:
    """One hit of Elasticsearch; `label` names an agency id."""
    article = Article.from_source(raw["_source"])
    agencies = tuple([AgencyLabel(agency, label(agency)) for agency in article.agencies])
    highlight = read_highlight(raw.get("highlight") or {}, article.title)
    return Hit(article, agencies, raw.get("_score"), highlight, copies)


@dataclass(frozen=True, slots=True)
class FacetReader:
    """Makes the facets of one answer."""

    aggregations: Mapping[str, Any]
    chosen: Filters
    links: AnswerLinks
    label: Label

    def agency(self) -> Facet:
        counts = facets.agency_counts(self.aggregations, "agency", self.chosen)
        excluded = facets.excluded_counts(self.aggregations, self.chosen)
        toggle = self.links.toggling_agency
        values = [
            self._value(value, count, self.chosen.agencies, toggle)
            for value, count in _listed(counts)
            if value not in excluded
        ]
        if excluded:
            toggle_exclusion = self.links.toggling_exclusion
            values += [
                FacetValue(value, self.label(value), count, "excluded", toggle_exclusion(value))
                for value, count in excluded.items()
                if value != NO_VALUE
            ]
            if NO_VALUE in excluded:
                return Facet(
                    tuple(values),
                    excluded[NO_VALUE],
                    counts.other,
                    toggle_exclusion(NO_VALUE),
                    "excluded",
                )
        state = "selected" if NO_VALUE in self.chosen.agencies else None
        return Facet(tuple(values), counts.missing, counts.other, self.links.without_agency, state)

    def cited_agency(self) -> Facet:
        counts = facets.agency_counts(self.aggregations, "cited_agency", self.chosen)
        wanted = self.chosen.cited_agencies
        toggle = self.links.toggling_cited_agency
        return Facet(
            values=tuple(
                [self._value(value, count, wanted, toggle) for value, count in _listed(counts)]
            ),
            missing=counts.missing,
            other=counts.other,
            missing_url=self.links.without_cited_agency,
            missing_state="selected" if NO_VALUE in wanted else None,
        )

    def _value(
        self, value: str, count: int, wanted: Collection[str], toggle: Callable[[str], str]
    ) -> FacetValue:
        return FacetValue(
            value, self.label(value), count, "selected" if value in wanted else None, toggle(value)
        )

    def date(self, today: date) -> DateFacet:
        counts = facets.date_counts(self.aggregations, self.chosen, today)
        days = self.chosen.days
        buckets, earlier = facets.filled(counts, days)
        spanning = self.links.spanning
        return DateFacet(
            interval=counts.interval,
            values=tuple(
                [
                    DateBucket(value, count, spanning(*clipped(value, days)))
                    for value, count in buckets
                ]
            ),
            missing=counts.missing,
            coarser=counts.coarser,
            up=None if days is None else self.links.wider(days, today),
            missing_url=self.links.undated,
            earlier=earlier,
        )


def clipped(value: str, days: DayRange | None) -> tuple[str, str]:
    """First and last day, month or year of a bucket; at the edge of the range asked for only what
    lies inside.
    """
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
    return [
        *counts.values,
        *((value, count) for value, count in counts.chosen.items() if value not in listed),
    ]

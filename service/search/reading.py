"""Elasticsearch's answer -> our answer: hits, facets with their links, totals. No input or
output here.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from mappings.article import Article
from service.answer import (
    AgencyLabel,
    Copies,
    DateBucket,
    DateFacet,
    Facet,
    Facets,
    FacetValue,
    Hit,
    SearchResponse,
    State,
)
from service.dates import DayRange, instant_text, parse_period
from service.links import AnswerLinks
from service.params import SearchParams
from service.query import facets
from service.query.filters import NO_VALUE, Filters
from service.query.highlight import read_highlight

Label = Callable[[str], str]


def read_hit(raw: Mapping[str, Any], label: Label, copies: Copies | None = None) -> Hit:
    """One hit of Elasticsearch; `label` names an agency id."""
    hit = labelled(Article.from_source(raw["_source"]), label)
    hit.score, hit.copies = raw.get("_score"), copies
    hit.highlight = read_highlight(raw.get("highlight") or {}, hit.article.title)
    return hit


def labelled(article: Article, label: Label) -> Hit:
    """An article with the labels of its agencies, found by no search."""
    return Hit(article, tuple([AgencyLabel(agency, label(agency)) for agency in article.agencies]))


@dataclass(frozen=True, slots=True)
class SearchResult:
    """A search and its answer. `params` are those that hold: agencies named in the words are
    filters there, and a relaxed search asks for any word.
    """

    params: SearchParams
    answer: SearchResponse


@dataclass(frozen=True, slots=True)
class FacetReader:
    """Makes the facets of one answer."""

    aggregations: Mapping[str, Any]
    chosen: Filters
    links: AnswerLinks
    label: Label

    def all(self, today: date) -> Facets:
        """The facets; `today` is the newsroom's day."""
        return Facets(self.agency(), self.cited_agency(), self.date(today))

    def agency(self) -> Facet:
        """Credited agencies; the excluded ones follow with what each would bring back."""
        counts = facets.agency_counts(self.aggregations, "agency", self.chosen)
        excluded = facets.excluded_counts(self.aggregations, self.chosen)
        listed = [item for item in _listed(counts) if item[0] not in excluded]
        facet = self._facet("agency", counts, listed, self.chosen.agencies)
        if not excluded:
            return facet
        urls = self.links.toggling("not_agency", list(excluded))
        left_out = {
            value: FacetValue(value, self.label(value), count, "excluded", url)
            for (value, count), url in zip(excluded.items(), urls, strict=True)
        }
        none = left_out.pop(NO_VALUE, None)
        facet = replace(facet, values=(*facet.values, *left_out.values()))
        if none is None:
            return facet
        return replace(facet, missing=none.count, missing_url=none.url, missing_state="excluded")

    def cited_agency(self) -> Facet:
        """Agencies that the texts cite."""
        counts = facets.agency_counts(self.aggregations, "cited_agency", self.chosen)
        return self._facet("cited_agency", counts, _listed(counts), self.chosen.cited_agencies)

    def _facet(
        self,
        name: str,
        counts: facets.ValueCounts,
        listed: Sequence[tuple[str, int]],
        selected: Collection[str],
    ) -> Facet:
        names = [value for value, _ in listed]
        *urls, missing_url = self.links.toggling(name, [*names, NO_VALUE])
        label = self.label
        values = [
            FacetValue(value, label(value), count, "selected" if value in selected else None, url)
            for (value, count), url in zip(listed, urls, strict=True)
        ]
        state: State | None = "selected" if NO_VALUE in selected else None
        return Facet(tuple(values), counts.missing, counts.other, missing_url, state)

    def date(self, today: date) -> DateFacet:
        """Days, months or years, as fits the range that was asked for."""
        counts = facets.date_counts(self.aggregations, self.chosen, today)
        days = self.chosen.days
        buckets, earlier = facets.filled(counts, days)
        urls = self.links.spanning([clipped(value, days) for value, _ in buckets])
        return DateFacet(
            interval=counts.interval,
            values=tuple(
                [
                    DateBucket(value, count, url)
                    for (value, count), url in zip(buckets, urls, strict=True)
                ]
            ),
            missing=counts.missing,
            coarser=counts.coarser,
            up=None if days is None else self.links.wider(days, today),
            missing_url=self.links.undated(),
            earlier=earlier,
        )


def clipped(value: str, days: DayRange | None) -> tuple[str, str]:
    """First and last day, month or year of a bucket; at the edge of the range asked for only what
    lies inside.
    """
    if days is None:
        return value, value
    period, first, last = parse_period(value), days.first, days.last
    start = end = value
    if first and first >= period.start:
        start = _edge(first, days.since, value, first == period.start)
    if last and last <= period.end:
        end = _edge(last, days.until, value, last == period.end)
    return start, end


def _edge(day: date, instant: datetime | None, value: str, whole: bool) -> str:
    """The outermost day of a range, or the instant in it; a bucket that is whole keeps its name."""
    if instant is not None:
        return instant_text(instant)
    return value if whole else day.isoformat()


def _listed(counts: facets.ValueCounts) -> list[tuple[str, int]]:
    """The most frequent values, then chosen ones that are not among them."""
    listed = {value for value, _ in counts.values}
    return [
        *counts.values,
        *((value, count) for value, count in counts.chosen.items() if value not in listed),
    ]

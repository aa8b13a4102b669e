"""Filters -> the aggregations of one search, and their answer -> plain counts.

Every count is what choosing that value alone would find with all other filters standing. So a facet
is counted without its own filter: those filters work as `post_filter`, after the counting, and each
facet takes in the others.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from mappings.article import Field, Precision
from service.dates import DayRange, Interval, drill_interval, periods
from service.query import stories
from service.query.filters import NO_VALUE, UNFILTERED, Clause, Filters, any_of

SIZE = 20  # values of an agency facet besides the chosen ones: more than fit beside a page of hits
MAX_BUCKETS = 200  # of the date facet

# Articles dated less precisely than the bucket cannot be put into one.
_PRECISE: Mapping[Interval, list[Precision]] = {
    "year": ["day", "month", "year"],
    "month": ["day", "month"],
    "day": ["day"],
}
_FORMAT: Mapping[Interval, str] = {"year": "yyyy", "month": "yyyy-MM", "day": "yyyy-MM-dd"}

Aggregations = dict[str, Any]


@dataclass(frozen=True, slots=True)
class ValueCounts:
    """Counts of one agency facet: `values` in falling order, `chosen` those that are selected or
    excluded.
    """

    values: tuple[tuple[str, int], ...]
    chosen: Mapping[str, int]
    missing: int
    other: int


@dataclass(frozen=True, slots=True)
class DateCounts:
    """Counts of the date facet; `buckets` only where there is something, key as the interval writes
    it.
    """

    interval: Interval
    buckets: tuple[tuple[str, int], ...]
    missing: int
    coarser: int


def aggregations(chosen: Filters, today: date) -> Aggregations:
    """All aggregations of one search."""
    return (
        _aggregations(chosen, drill_interval(chosen.days, today))
        if chosen.besides()
        else _unfiltered()
    )


@cache
def _unfiltered() -> Aggregations:
    return _aggregations(UNFILTERED, "year")


def _aggregations(chosen: Filters, interval: Interval) -> Aggregations:
    wrapped = {
        "agency": _within(
            chosen.besides("agency"),
            _values(Field.AGENCIES, chosen.agencies) | _absent_count(Field.AGENCIES),
        ),
        "cited_agency": _within(
            chosen.besides("cited_agency"),
            _values(Field.CITED_AGENCIES, chosen.cited_agencies)
            | _absent_count(Field.CITED_AGENCIES),
        ),
        "date": _within(chosen.besides(), _histogram(interval)),
        "undated": _within(chosen.besides("date"), _absent_count(Field.PUBLISHED)),
        "stories": _within(chosen.besides(), stories.count_aggs()),
    }
    for number, value in enumerate(chosen.not_agencies):
        # What comes back when this exclusion alone is taken away.
        others = [other for other in chosen.not_agencies if other != value]
        keep: list[Clause] = (
            [{"bool": {"must_not": [any_of(Field.AGENCIES, others)]}}] if others else []
        )
        clauses = [*chosen.besides("agency", "not_agency"), *keep, any_of(Field.AGENCIES, [value])]
        wrapped[f"excluded_{number}"] = {"filter": {"bool": {"filter": clauses}}}
    return wrapped


def _within(others: Sequence[Clause], inner: Aggregations) -> Aggregations:
    clause = {"bool": {"filter": list(others)}} if others else {"match_all": {}}
    return {"filter": clause, "aggs": inner}


def _values(field: str, chosen: Sequence[str]) -> Aggregations:
    counts: Aggregations = {"values": {"terms": {"field": field, "size": SIZE}}}
    known = [value for value in chosen if value != NO_VALUE]
    if known:
        counts["chosen"] = {"terms": {"field": field, "size": len(known), "include": known}}
    return counts


def _absent_count(field: str) -> Aggregations:
    return {"absent": {"missing": {"field": field}}}


def _histogram(interval: Interval) -> Aggregations:
    # Empty buckets are filled in by us: Elasticsearch would make 365,000 of them for a thousand
    # years by day. At most one bucket a year since 1800, so the answer stays small whatever the
    # index holds.
    buckets = {
        "date_histogram": {
            "field": Field.PUBLISHED,
            "calendar_interval": interval,
            "format": _FORMAT[interval],
            "min_doc_count": 1,
        }
    }
    if interval == "year":
        return {"buckets": buckets}
    precise = {
        "filter": {"terms": {Field.PRECISION: _PRECISE[interval]}},
        "aggs": {"buckets": buckets},
    }
    return {"precise": precise, "dated": {"value_count": {"field": Field.PUBLISHED}}}


def agency_counts(answer: Mapping[str, Any], name: str, chosen: Filters) -> ValueCounts:
    """Read the facet `name` ("agency" or "cited_agency") of an answer's `aggregations`."""
    counted = answer[name]
    values = tuple((bucket["key"], bucket["doc_count"]) for bucket in counted["values"]["buckets"])
    counts = {
        bucket["key"]: bucket["doc_count"]
        for bucket in counted.get("chosen", {}).get("buckets", ())
    }
    wanted = chosen.agencies if name == "agency" else chosen.cited_agencies
    selected = {value: counts.get(value, 0) for value in wanted if value != NO_VALUE}
    listed = {value for value, _ in values}
    beyond = sum(count for value, count in selected.items() if value not in listed)
    return ValueCounts(
        values,
        selected,
        counted["absent"]["doc_count"],
        counted["values"]["sum_other_doc_count"] - beyond,
    )


def excluded_counts(answer: Mapping[str, Any], chosen: Filters) -> dict[str, int]:
    """What each excluded agency would bring back."""
    return {
        value: answer[f"excluded_{number}"]["doc_count"]
        for number, value in enumerate(chosen.not_agencies)
    }


def date_counts(answer: Mapping[str, Any], chosen: Filters, today: date) -> DateCounts:
    """Read the date facet of an answer's `aggregations`."""
    interval = drill_interval(chosen.days, today)
    counted = answer["date"]
    part = counted if interval == "year" else counted["precise"]
    buckets = tuple(
        (bucket["key_as_string"], bucket["doc_count"]) for bucket in part["buckets"]["buckets"]
    )
    coarser = 0 if interval == "year" else int(counted["dated"]["value"]) - part["doc_count"]
    return DateCounts(interval, buckets, answer["undated"]["absent"]["doc_count"], coarser)


def _first_day(bucket: str) -> date:
    """The first day of a year, month or day as Elasticsearch writes it."""
    return date.fromisoformat(f"{bucket}-01-01"[:10])


def filled(counts: DateCounts, days: DayRange | None) -> tuple[list[tuple[str, int]], int]:
    """The buckets of the date facet with the empty ones between them, at most MAX_BUCKETS, and what
    lies before them.

    The range that was asked for is shown whole when it fits, else from the first to the last
    article found. Where even that is too long the empty ones are left out, and then the oldest,
    whose articles are counted together.
    """
    of_period = dict(counts.buckets)
    if not of_period:
        return [], 0
    edges = _first_day(counts.buckets[0][0]), _first_day(counts.buckets[-1][0])
    asked = (days.first or edges[0], days.last or edges[1]) if days else edges
    for first, last in (asked, edges):
        if (last.year - first.year) * 12 <= MAX_BUCKETS * 12:
            wanted = periods(first, last, counts.interval)
            if len(wanted) <= MAX_BUCKETS:
                return [(period, of_period.get(period, 0)) for period in wanted], 0
    kept = list(counts.buckets)[-MAX_BUCKETS:]
    return kept, sum(of_period.values()) - sum(count for _, count in kept)

"""Parameters -> filter clauses, each group on its own, so that a facet can leave out its own
filter.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, tzinfo
from typing import Any, Literal

from mappings.article import Field
from service.dates import DayRange, requested_range
from service.params import FilterParams

Clause = dict[str, Any]

NO_VALUE = "none"  # agency=none: articles without one
MATCH_NONE: Clause = {"match_none": {}}


@dataclass(frozen=True, slots=True)
class Filters:
    """The filters of one search. `base` applies to everything; the others have a facet of their
    own.

    `agency` holds what was asked for, `not_agency` what was excluded; None: not filtered.
    """

    base: tuple[Clause, ...]
    agency: Clause | None
    not_agency: Clause | None
    cited_agency: Clause | None
    date: Clause | None
    days: DayRange | None  # the range behind `date`; None also for date=none
    agencies: tuple[str, ...]  # ids asked for, from parameter and query together
    not_agencies: tuple[str, ...]
    cited_agencies: tuple[str, ...]

    def besides(self, *names: str) -> list[Clause]:
        """The facet filters without those named."""
        groups = ("agency", "not_agency", "cited_agency", "date")
        return [
            clause
            for name in groups
            if name not in names and (clause := getattr(self, name)) is not None
        ]

    @property
    def narrows(self) -> bool:
        """Whether anything but words was asked for."""
        return len(self.base) > 1 or bool(self.besides())


def filters(
    params: FilterParams,
    today: date,
    agencies: Sequence[str] = (),
    not_agencies: Sequence[str] = (),
    zone: tzinfo = UTC,
) -> Filters:
    """The filters of `params`; `agencies` and `not_agencies` are ids that stood in the query
    (`agency:`).

    `today` is the newsroom's day, `zone` its time zone; all bounds come out absolute, so that
    Elasticsearch may cache.
    """
    wanted = unique([*params.agency, *agencies])
    refused = unique([*params.not_agency, *not_agencies])
    cited = unique(params.cited_agency)
    days = requested_range(params.from_, params.to, params.date, today, zone)
    return Filters(
        base=tuple(_base(params)),
        agency=any_of(Field.AGENCIES, wanted) if wanted else None,
        not_agency={"bool": {"must_not": [any_of(Field.AGENCIES, refused)]}} if refused else None,
        cited_agency=any_of(Field.CITED_AGENCIES, cited) if cited else None,
        date=_date(params, days),
        days=days,
        agencies=wanted,
        not_agencies=refused,
        cited_agencies=cited,
    )


def _date(params: FilterParams, days: DayRange | None) -> Clause | None:
    if params.date == "none":
        return _absent(Field.PUBLISHED)
    return inside(days) if days else None


# What readers may see: one rule, for queries and for a stored article.
VISIBLE: Clause = {"bool": {"must_not": [{"term": {Field.STATUS: "withdrawn"}}]}}
UNFILTERED = Filters((VISIBLE,), None, None, None, None, None, (), (), ())


def is_visible(source: Mapping[str, Any]) -> bool:
    """Whether readers may see the article that is stored as `source`."""
    return source.get(Field.STATUS) != "withdrawn"


def _base(params: FilterParams) -> list[Clause]:
    clauses: list[Clause] = [VISIBLE]
    if params.since is not None:
        clauses.append({"range": {Field.LOADED_AT: {"gt": params.since.isoformat()}}})
    if params.story is not None:
        clauses.append({"term": {Field.STORY_ID: params.story}})
    return clauses


def any_of(field: str, values: Collection[str]) -> Clause:
    """Articles whose `field` holds one of `values`; `none` stands for holding nothing."""
    known = [value for value in values if value != NO_VALUE]
    if NO_VALUE not in values:
        return {"terms": {field: known}}
    absent = _absent(field)
    if not known:
        return absent
    return {"bool": {"should": [{"terms": {field: known}}, absent], "minimum_should_match": 1}}


def inside(days: DayRange) -> Clause:
    """Articles whose whole period lies in the range: an article of "2020" is not in January
    2020.
    """
    clauses: list[Clause] = []
    if days.first is not None:
        later = {"range": {Field.PUBLISHED: {"gte": days.first.isoformat()}}}
        clauses.append(_timed(later, "gte", days.since))
    if days.last is not None:
        earlier = {"range": {Field.PUBLISHED_END: {"lte": days.last.isoformat()}}}
        clauses.append(_timed(earlier, "lte", days.until))
    return clauses[0] if len(clauses) == 1 else {"bool": {"filter": clauses}}


def _timed(day: Clause, side: Literal["gte", "lte"], instant: datetime | None) -> Clause:
    """The clause of an outermost day, of which only what lies on one side of `instant` counts. An
    article without a time counts where its whole day does, so not on that day.
    """
    if instant is None:
        return day
    (field, bound), *_ = day["range"].items()
    others = {"range": {field: {"gt" if side == "gte" else "lt": bound[side]}}}
    bound_at = instant.isoformat(timespec="milliseconds")  # else a second means all of it
    timed = {"range": {Field.PUBLISHED_AT: {side: bound_at}}}
    return {"bool": {"should": [others, timed], "minimum_should_match": 1}}


def _absent(field: str) -> Clause:
    return {"bool": {"must_not": [{"exists": {"field": field}}]}}


def unique(values: Sequence[str]) -> tuple[str, ...]:
    """The values in order, each once."""
    return tuple(dict.fromkeys(values))

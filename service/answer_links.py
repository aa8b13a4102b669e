"""The addresses around one answer: its neighbours, its other forms, and those that toggle the
values of its facets.

Nearly all of them are known before the answer is, so a search makes them while Elasticsearch works.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from service.answer import Links
from service.dates import DayRange, wider
from service.links import Addresses
from service.params import MAX_WINDOW, FilterParams, PageParams, SearchParams, Sort
from service.query import cursor
from service.query.filters import NO_VALUE

NO_RANGE: dict[str, Any] = {"from_": None, "to": None, "date": None}


class AnswerLinks:
    """The addresses around the answer to `params` on `path`; `sort` is the order that holds, named
    or not.

    Attributes that are functions take a value and give the address that adds it to the search, or
    takes it away.
    """

    def __init__(self, path: str, params: SearchParams, sort: Sort) -> None:
        self._params, self._sort = params, sort
        self._here = here = Addresses(path, params)
        self.toggling_agency = here.toggling("agency", params.agency)
        self.toggling_exclusion = here.toggling("not_agency", params.not_agency)
        self.toggling_cited_agency = here.toggling("cited_agency", params.cited_agency)
        self.without_agency = self.toggling_agency(NO_VALUE)
        self.without_cited_agency = self.toggling_cited_agency(NO_VALUE)
        self.spanning = here.varying(
            "from_", "to", date=None
        )  # first and last period -> the dates between them
        self.undated = here.to(**NO_RANGE | {"date": "none"})
        self._self = here.to()
        self._html = Addresses("/", params, PageParams).to(
            cursor=None, page=params.page, fields=[], size=params.size or 10, sort=sort
        )
        self._atom = Addresses("/feed.atom", params, FilterParams).to(sort=None)
        self._csv = Addresses("/v1/export.csv", params, FilterParams).to(
            sort=None if sort == "newest" else sort
        )

    def wider(self, days: DayRange, today: date) -> str:
        """The same search over the next wider range of days."""
        range_ = wider(days, today)
        return self._here.to(**NO_RANGE | ({"from_": range_[0], "to": range_[1]} if range_ else {}))

    def complete(self, hits: Sequence[Mapping[str, Any]], places: int) -> Links:
        """The links of the answer with these hits; `places` counts what can be paged through:
        articles, or stories when folded."""
        params = self._params
        following = previous = None
        if params.cursor is not None:
            if len(hits) == params.size:
                place = cursor.encode(hits[-1]["sort"], walk_question(params, self._sort))
                following = self._here.to(cursor=place)
        elif params.size:
            reached = params.page * params.size
            if reached < places and reached + params.size <= MAX_WINDOW:
                following = self._here.to(page=params.page + 1)
            if params.page > 1:
                previous = self._here.to(page=params.page - 1)
        return Links(self._self, following, previous, self._html, self._atom, self._csv)


def walk_question(params: FilterParams, sort: Sort) -> str:
    """What a cursor belongs to: everything that decides which articles come, in which order."""
    return Addresses("", params, FilterParams).query_string(lang="ar", sort=sort)

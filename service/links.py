"""Addresses of searches, and those around one answer: its neighbours, its other forms, and those
that toggle the values of its facets.

Every link of the service (facet values, neighbouring pages, the feed of a search) is made here, so
that one search has one address: parameters in the order of `SearchParams`, those at their default
left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from functools import cache, lru_cache
from typing import Any
from urllib.parse import quote_plus

from service.answer import Links
from service.dates import DayRange, instant_text, wider
from service.params import MAX_WINDOW, FilterParams, PageParams, SearchParams, Sort
from service.query import cursor

FEED = "/feed.atom"

# Whatever changes what is found starts again on the first page.
POSITION = frozenset({"page", "cursor"})


@cache
def _parameters(model: type[FilterParams]) -> dict[str, tuple[int, str, Any]]:
    """attribute -> (place in the address, name there, default)."""
    return {
        name: (place, field.alias or name, field.get_default(call_default_factory=True))
        for place, (name, field) in enumerate(model.model_fields.items())
    }


def _text(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, datetime):
        return instant_text(value)
    return str(value)


# Agencies and years come back with every answer.
quoted = lru_cache(maxsize=2048)(quote_plus)


def _fragment(name: str, value: object) -> str:
    if isinstance(value, str):
        return f"{name}={quoted(value)}"
    values: Iterable[object] = value if isinstance(value, list) else (value,)
    return "&".join(
        [f"{name}={quoted(item if isinstance(item, str) else _text(item))}" for item in values]
    )


class Addresses:
    """The neighbours of one search on one path: what stays is encoded once for all of them."""

    def __init__(
        self, path: str, params: FilterParams, model: type[FilterParams] | None = None
    ) -> None:
        self.path = path
        self._parameters = _parameters(model or type(params))
        given = params.__dict__
        # The fragment of every parameter, in order; "" where it stands at its default.
        self._here = [
            _fragment(key, value)
            if (value := given.get(name)) is not None and value != default
            else ""
            for name, (_place, key, default) in self._parameters.items()
        ]
        self._first_page = self._here.copy()
        for name in POSITION & self._parameters.keys():
            self._first_page[self._parameters[name][0]] = ""

    def _parts(self, changes: Mapping[str, Any]) -> list[str]:
        """The fragments with `changes`."""
        parts = (self._here if changes.keys() <= POSITION else self._first_page).copy()
        for name, value in changes.items():
            place, key, default = self._parameters[name]
            parts[place] = _fragment(key, value) if value is not None and value != default else ""
        return parts

    def query_string(self, **changes: Any) -> str:
        """The query string (without `?`) with `changes` by attribute name (`from_`, `in_`)."""
        return "&".join(filter(None, self._parts(changes)))

    def around(self, name: str, **fixed: Any) -> tuple[str, str]:
        """What stands before and after a value of `name` (made fit by `quoted`) in the address that
        has it, and the `fixed` changes.

        For the many addresses of an answer that differ in one place: what stands around it is put
        together once.
        """
        parts = self._parts({name: None, **fixed})
        place, key, _default = self._parameters[name]
        before = "".join([f"{part}&" for part in parts[:place] if part])
        after = "".join([f"&{part}" for part in parts[place + 1 :] if part])
        return f"{self.path}?{before}{key}=", after

    def to(self, **changes: Any) -> str:
        """The relative address with `changes`; a change of anything but the position goes back to
        the first page.
        """
        query = self.query_string(**changes)
        return f"{self.path}?{query}" if query else self.path


def query_string(params: FilterParams, model: type[FilterParams] | None = None) -> str:
    """The query string (without `?`) that asks for `params`; "" when all stand at their default.

    `model` names the parameters of the addressed route when it has others, or other defaults, than
    `params` (the page folds copies by default, the API does not; an export has no pages).
    """
    return Addresses("", params, model).query_string()


def address(
    path: str, params: FilterParams, model: type[FilterParams] | None = None, **changes: Any
) -> str:
    """The relative address of `params` with `changes` (by attribute name: `from_`, `in_`) on
    `path`.

    A change of anything but `page` and `cursor` goes back to the first page.
    """
    return Addresses(path, params, model).to(**changes)


def toggled(values: list[str], value: str) -> list[str]:
    """`values` without `value`, or with it at the end."""
    return [kept for kept in values if kept != value] if value in values else [*values, value]


class AnswerLinks:
    """The addresses around the answer to `params` on `path`; `sort` is the order that holds, named
    or not.
    """

    def __init__(self, path: str, params: SearchParams, sort: Sort) -> None:
        self._params, self._sort = params, sort
        self._here = Addresses(path, params)

    def toggling(self, name: str, values: Sequence[str]) -> list[str]:
        """For each value of the filter `name` the address that adds it to the search, or takes it
        away.
        """
        chosen: list[str] = getattr(self._params, name)
        if chosen:
            return [self._here.to(**{name: toggled(chosen, value)}) for value in values]
        before, after = self._here.around(name)
        return [f"{before}{quoted(value)}{after}" for value in values]

    def spanning(self, periods: Sequence[tuple[str, str]]) -> list[str]:
        """For each first and last day, month or year the address that asks for what lies between
        them.
        """
        before, after = self._here.around("from_", to=None, date=None)
        return [f"{before}{quoted(first)}&to={quoted(last)}{after}" for first, last in periods]

    def undated(self) -> str:
        """The same search for what has no date."""
        return self._here.to(from_=None, to=None, date="none")

    def wider(self, days: DayRange, today: date) -> str:
        """The same search over the next wider range of days."""
        first, last = wider(days, today) or (None, None)
        return self._here.to(from_=first, to=last, date=None)

    def complete(self, hits: Sequence[Mapping[str, Any]], places: int) -> Links:
        """The links of the answer with these hits; `places` counts what can be paged through:
        articles, or stories when folded.
        """
        params, sort = self._params, self._sort
        previous, following = self._pages(hits, places)
        page = Addresses("/", params, PageParams).to(
            cursor=None, page=params.page, fields=[], size=params.size or 10, sort=sort
        )
        return Links(
            self._here.to(),
            following,
            previous,
            page,
            address(FEED, params, FilterParams, sort=None, where=_where_in_feed(params)),
            address(
                "/v1/export.csv", params, FilterParams, sort=None if sort == "newest" else sort
            ),
        )

    def _pages(
        self, hits: Sequence[Mapping[str, Any]], places: int
    ) -> tuple[str | None, str | None]:
        """The addresses before and after this part of what was found."""
        params = self._params
        if params.cursor is not None:
            if len(hits) < params.size:
                return None, None
            place = cursor.encode(hits[-1]["sort"], walk_question(params, self._sort))
            return None, self._here.to(cursor=place)
        following = previous = None
        reached = params.page * params.size
        if reached < places and reached + params.size <= MAX_WINDOW and params.size:
            following = self._here.to(page=params.page + 1)
        if params.page > 1 and params.size:
            previous = self._here.to(page=params.page - 1)
        return previous, following


def _where_in_feed(params: FilterParams) -> str | None:
    """A feed asks for words in title or lead by itself, but for exact letters."""
    by_itself = params.where == "about" and params.match != "exact"
    return None if by_itself else params.where


def walk_question(params: FilterParams, sort: Sort) -> str:
    """What a cursor belongs to: everything that decides which articles come, in which order."""
    return Addresses("", params, FilterParams).query_string(lang="ar", sort=sort)

"""The parameters of the page: those of the API, with copies folded unless asked otherwise."""

from __future__ import annotations

from collections.abc import Iterable

from service.params import SearchParams


class PageParams(SearchParams):
    """A search on the page. One story takes one place in the list by default; totals still count articles."""

    group: bool = True


def filled_in(pairs: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """The pairs of a query string that hold a value: a form sends its empty boxes too, and they ask for nothing."""
    return [(name, value) for name, value in pairs if value.strip() or name == "q"]

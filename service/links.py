"""Addresses of searches: parameters and back to the query string that asks for them.

Every link of the service (facet values, neighbouring pages, the feed of a search) is made here, so that one search
has one address: parameters in the order of `SearchParams`, those at their default left out.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from functools import cache, lru_cache
from typing import Any
from urllib.parse import quote_plus

from service.params import FilterParams

# Whatever changes what is found starts again on the first page.
POSITION = {"page": 1, "cursor": None}


@cache
def _parameters(model: type[FilterParams]) -> dict[str, tuple[str, Any]]:
    """attribute -> (name in the address, default)."""
    return {
        name: (field.alias or name, field.get_default(call_default_factory=True))
        for name, field in model.model_fields.items()
    }


def _text(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat().replace("+00:00", "Z")
    return str(value)


# Agencies and years come back with every answer.
_quoted = lru_cache(maxsize=2048)(quote_plus)


def _fragment(name: str, value: object) -> str:
    if isinstance(value, str):
        return f"{name}={_quoted(value)}"
    values: Iterable[object] = value if isinstance(value, list) else (value,)
    return "&".join(f"{name}={_quoted(_text(item))}" for item in values)


class Addresses:
    """The neighbours of one search on one path.

    An answer has some thirty links, alike but for one value: what stays is encoded once, the rest filled in.
    """

    def __init__(self, path: str, params: FilterParams, model: type[FilterParams] | None = None) -> None:
        self.path = path
        self._parameters = _parameters(model or type(params))
        found = {name: self._encoded(name, getattr(params, name, None)) for name in self._parameters}
        self._fragments = {name: text for name, text in found.items() if text}
        self._first_page = {name: text for name, text in self._fragments.items() if name not in POSITION}
        self._frames: dict[tuple[str, ...], list[tuple[str | None, str]]] = {}

    def _encoded(self, name: str, value: object) -> str:
        key, default = self._parameters[name]
        return "" if value is None or value == default else _fragment(key, value)

    def _frame(self, names: tuple[str, ...]) -> list[tuple[str | None, str]]:
        """What stands around changes of `names`, in order: (name, "") where one is, else (None, what stays)."""
        kept = self._fragments if POSITION.keys() >= set(names) else self._first_page
        order = [name for name in self._parameters if name in names or name in kept]
        return [(name, "") if name in names else (None, kept[name]) for name in order]

    def query_string(self, **changes: Any) -> str:
        """The query string (without `?`) with `changes` by attribute name (`from_`, `in_`)."""
        names = tuple(changes)
        frame = self._frames.get(names)
        if frame is None:
            frame = self._frames[names] = self._frame(names)
        parts = [text if name is None else self._encoded(name, changes[name]) for name, text in frame]
        return "&".join(filter(None, parts))

    def to(self, **changes: Any) -> str:
        """The relative address with `changes`; a change of anything but the position goes back to the first page."""
        query = self.query_string(**changes)
        return f"{self.path}?{query}" if query else self.path


def query_string(params: FilterParams, model: type[FilterParams] | None = None) -> str:
    """The query string (without `?`) that asks for `params`; "" when all stand at their default.

    `model` names the parameters of the addressed route when it has others, or other defaults, than `params`
    (the page folds copies by default, the API does not; an export has no pages).
    """
    return Addresses("", params, model).query_string()


def address(path: str, params: FilterParams, model: type[FilterParams] | None = None, **changes: Any) -> str:
    """The relative address of `params` with `changes` (by attribute name: `from_`, `in_`) on `path`.

    A change of anything but `page` and `cursor` goes back to the first page.
    """
    return Addresses(path, params, model).to(**changes)


def toggled(values: list[str], value: str) -> list[str]:
    """`values` without `value`, or with it at the end."""
    return [kept for kept in values if kept != value] if value in values else [*values, value]

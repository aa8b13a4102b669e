"""Addresses of searches: parameters and back to the query string that asks for them.

Every link of the service (facet values, neighbouring pages, the feed of a search) is made here, so
that one search has one address: parameters in the order of `SearchParams`, those at their default
left out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime
from functools import cache, lru_cache
from typing import Any
from urllib.parse import quote_plus

from service.params import FilterParams

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
        return value.astimezone(UTC).isoformat().replace("+00:00", "Z")
    return str(value)


# Agencies and years come back with every answer.
_quoted = lru_cache(maxsize=2048)(quote_plus)


def _fragment(name: str, value: object) -> str:
    if isinstance(value, str):
        return f"{name}={_quoted(value)}"
    values: Iterable[object] = value if isinstance(value, list) else (value,)
    return "&".join(
        [f"{name}={_quoted(item if isinstance(item, str) else _text(item))}" for item in values]
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

    def varying(self, *names: str, **fixed: Any) -> Callable[..., str]:
        """One text for each of `names`, in that order -> the address with these, and with the
        `fixed` changes.

        For the many addresses of an answer that differ in one place: what stands around it is put
        together once. `names` are in the order of the parameters.
        """
        parts = self._parts(dict.fromkeys(names) | fixed)
        before, start = [f"{self.path}?"], 0
        for name in names:
            place, key, _default = self._parameters[name]
            before[-1] += "".join([f"{part}&" for part in parts[start:place] if part]) + f"{key}="
            before.append("&")
            start = place + 1
        rest = "".join([f"&{part}" for part in parts[start:] if part])
        if len(names) == 1:
            opening = before[0]
            return lambda value: f"{opening}{_quoted(value)}{rest}"

        def address(*values: str) -> str:
            return (
                "".join(
                    [text + _quoted(value) for text, value in zip(before, values, strict=False)]
                )
                + rest
            )

        return address

    def toggling(self, name: str, chosen: list[str]) -> Callable[[str], str]:
        """A value of the list `name` -> the address that adds it to `chosen`, or takes it away."""
        return (
            (lambda value: self.to(**{name: toggled(chosen, value)}))
            if chosen
            else self.varying(name)
        )

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

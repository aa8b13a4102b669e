"""Addresses of searches: `SearchParams` and back to the query string that asks for them.

Every link of the service (facet values, neighbouring pages, the feed of a search) is made here, so that one search
has one address: parameters in the order of `SearchParams`, those at their default left out.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from service.params import SearchParams

# Whatever changes what is found starts again on the first page.
POSITION = {"page": 1, "cursor": None}


def query_string(params: SearchParams, model: type[SearchParams] | None = None) -> str:
    """The query string (without `?`) that asks for `params`; "" when all stand at their default.

    `model` names the parameters of the addressed route when its defaults differ from those of `params`
    (the page folds copies by default, the API does not).
    """
    fields = (model or type(params)).model_fields
    pairs: list[tuple[str, str]] = []
    for name, field in fields.items():
        value = getattr(params, name)
        if value is None or value == field.get_default(call_default_factory=True):
            continue
        key = field.alias or name
        for item in value if isinstance(value, list) else [value]:
            pairs.append((key, str(item).lower() if isinstance(item, bool) else str(item)))
    return urlencode(pairs)


def address(path: str, params: SearchParams, model: type[SearchParams] | None = None, **changes: Any) -> str:
    """The relative address of `params` with `changes` (by attribute name: `from_`, `in_`) on `path`.

    A change of anything but `page` and `cursor` goes back to the first page.
    """
    if changes and not changes.keys() <= POSITION.keys():
        changes = POSITION | changes
    wanted = params.model_copy(update=changes) if changes else params
    query = query_string(wanted, model)
    return f"{path}?{query}" if query else path


def toggled(values: list[str], value: str) -> list[str]:
    """`values` without `value`, or with it at the end."""
    return [kept for kept in values if kept != value] if value in values else [*values, value]

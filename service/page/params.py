"""The parameters of the page: those of the API, with copies folded unless asked otherwise, read as
forms send them.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, TypeVar, get_origin
from urllib.parse import parse_qsl, urlsplit

from service.params import FilterParams, SearchParams

Params = TypeVar("Params", bound=FilterParams)


class PageParams(SearchParams):
    """A search on the page. One story takes one place in the list by default; totals still count
    articles.
    """

    group: bool = True


def read_params(model: type[Params], pairs: Iterable[tuple[str, str]]) -> Params:
    """The parameters in the pairs of a query string. Empty values are left out: a form sends its
    empty boxes too.

    Raises pydantic.ValidationError for an unknown name, a value out of bounds and a repeated single
    value.
    """
    lists = {
        field.alias or name
        for name, field in model.model_fields.items()
        if get_origin(field.annotation) is list
    }
    found: dict[str, Any] = {}
    for name, value in pairs:
        if not value.strip():
            continue
        if name in lists:
            found.setdefault(name, []).append(value)
        else:
            # A second value makes a list, which no single parameter accepts.
            found[name] = [found[name], value] if name in found else value
    return model.model_validate(found)


def params_of(address: str) -> PageParams:
    """The parameters of one of the page's own addresses.

    Agencies are taken as they stand: one that a reader named in words need not have the form of an
    id.
    """
    pairs = parse_qsl(urlsplit(address).query)
    agencies: dict[str, list[str]] = {}
    for name, value in pairs:
        if name.endswith("agency"):
            agencies.setdefault(name, []).append(value)
    single = read_params(
        PageParams, [(name, value) for name, value in pairs if name not in agencies]
    )
    return single.model_copy(update=agencies)

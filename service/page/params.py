"""The parameters that one of the page's own addresses names."""

from __future__ import annotations

from urllib.parse import parse_qsl, urlsplit

from service.http.query_string import read_query
from service.params import PageParams


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
    single = read_query(
        PageParams, [(name, value) for name, value in pairs if name not in agencies]
    )
    return single.model_copy(update=agencies)

"""What is checked of every request before its route: no parameter twice, and an answer that the
caller can read.
"""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Iterable

from starlette.requests import Request

from service.errors import InvalidParameter, NotAcceptable
from service.http.responses import JSON
from service.params import SearchParams

_QUALITY = re.compile(r"[01](\.[0-9]{0,3})?")

# Parameters that may stand in an address more than once, over all routes.
REPEATABLE = frozenset({"agency", "not_agency", "cited_agency", "fields"})


# Names by which Python code fills parameters whose own name is a keyword; no caller may use them.
INNER_NAMES = frozenset(
    name for name, field in SearchParams.model_fields.items() if field.alias not in (None, name)
)


def no_inner_names(names: Iterable[str]) -> None:
    """Refuse parameters by an inner name. Raises InvalidParameter."""
    for name in names:
        if name in INNER_NAMES:
            raise InvalidParameter("no such parameter", parameter=name)


async def no_repeats(request: Request) -> None:
    """Refuse a parameter that is given twice though it holds one value, or by an inner name.

    Raises InvalidParameter.
    """
    names = [name for name, _ in request.query_params.multi_items()]
    if len(names) == len(set(names)) and INNER_NAMES.isdisjoint(names):
        return
    no_inner_names(names)
    for name in names:
        if names.count(name) > 1 and name not in REPEATABLE:
            raise InvalidParameter(
                f"{name[:40]} is given more than once; give it once", parameter=name[:40]
            )


def produces(*media_types: str) -> Callable[[Request], Awaitable[None]]:
    """A dependency that refuses callers who accept none of these. Raises NotAcceptable.

    It is async like `no_repeats`, or FastAPI would run it in a thread, at a tenth of a millisecond
    each.
    """

    async def check(request: Request) -> None:
        preferred(request, *media_types)

    return check


def preferred(request: Request, *media_types: str) -> str:
    """The media type that the caller wants most; the first where all are equal. Raises
    NotAcceptable.
    """
    accept = request.headers.get("accept")
    if not accept or accept == "*/*":
        return media_types[0]
    wanted = qualities(accept)
    best, chosen = 0.0, None
    for media_type in media_types:
        family = media_type.partition("/")[0] + "/*"
        quality = wanted.get(media_type, wanted.get(family, wanted.get("*/*", 0.0)))
        if quality > best:
            best, chosen = quality, media_type
    if chosen is None:
        raise NotAcceptable(
            f"This address answers in {' or '.join(media_types)}; change the Accept header."
        )
    return chosen


def qualities(accept: str) -> dict[str, float]:
    """media type, or encoding -> quality (1 where none is given, 0 where it cannot be read)."""
    found: dict[str, float] = {}
    for part in accept.split(","):
        media_type, *parameters = part.split(";")
        quality = 1.0
        for parameter in parameters:
            name, _, value = parameter.partition("=")
            if name.strip().lower() == "q":
                value = value.strip()
                quality = float(value) if _QUALITY.fullmatch(value) else 0.0
        found[media_type.strip().lower()] = quality
    return found


produces_json = produces(JSON)

"""Which of the forms of an answer the caller can read (RFC 9110, 12). Where there is one form, it
is sent whatever is accepted: clients made from the description accept the first type they see.
"""

from __future__ import annotations

import re

from starlette.requests import Request

from service.errors import NotAcceptable

_QUALITY = re.compile(r"[01](\.[0-9]{0,3})?")


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

"""Absolute addresses: the one by which others reach this service, and which of others' we link
to.
"""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from starlette.requests import Request

from service.settings import ServiceSettings

# A host with or without a port, as a browser sends it; anything else in the header was made up.
HOST = re.compile(r"[A-Za-z0-9.-]+(:\d{1,5})?|\[[0-9A-Fa-f:.]+\](:\d{1,5})?")


def public_url(request: Request) -> str:
    """NABA_PUBLIC_URL, else where the request says it went; without a slash at the end.

    The request's word is good enough on a desk; behind a proxy the setting is what holds.
    """
    settings: ServiceSettings = request.state.settings
    if settings.public_url:
        return settings.public_url
    host = request.headers.get("host", "")
    if not HOST.fullmatch(host):
        host = f"{settings.host}:{settings.port}"
    return f"{request.scope['scheme']}://{host}"


def web_address(url: str | None) -> str | None:
    """`url` when it is an http or https address that may be linked, else None (`javascript:`,
    `data:`, paths).
    """
    try:
        parts = urlsplit(url or "")
    except ValueError:
        return None
    return url if parts.scheme in ("http", "https") and parts.netloc else None

"""The absolute address by which others reach this service: for feeds, descriptions and linked data."""

from __future__ import annotations

from starlette.requests import Request

from service.settings import ServiceSettings


def public_url(request: Request) -> str:
    """NABA_PUBLIC_URL, else where the request says it went; without a slash at the end.

    The request's word is good enough on a desk; behind a proxy the setting is what holds.
    """
    settings: ServiceSettings = request.state.settings
    return settings.public_url or str(request.base_url).rstrip("/")

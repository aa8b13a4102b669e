"""Addresses that may be linked, and the one by which others reach the service."""

from __future__ import annotations

from typing import Any

import pytest
from starlette.requests import Request

from service.http.addresses import public_url, web_address
from service.settings import ServiceSettings


@pytest.mark.parametrize(
    ("url", "linked"),
    [
        ("https://news.example/a?b=1", True),
        ("http://news.example", True),
        ("HTTPS://news.example/", True),
        ("javascript:alert(1)", False),
        ("JaVaScRiPt:alert(1)", False),
        ("data:text/html,x", False),
        ("//news.example/a", False),
        ("/etc/passwd", False),
        ("https:alert(1)", False),
        ("http://[", False),
        ("", False),
        (None, False),
    ],
)
def test_only_web_addresses_are_linked(url: str | None, linked: bool) -> None:
    assert web_address(url) == (url if linked else None)


def request(host: str, **settings: Any) -> Request:
    scope = {
        "type": "http",
        "scheme": "http",
        "path": "/",
        "headers": [(b"host", host.encode())],
        "state": {"settings": ServiceSettings.model_validate(settings)},
    }
    return Request(scope)


@pytest.mark.parametrize(
    ("host", "settings", "expected"),
    [
        ("news.example", {}, "http://news.example"),
        ("127.0.0.1:8123", {}, "http://127.0.0.1:8123"),
        ("[::1]:8000", {}, "http://[::1]:8000"),
        ("internal", {"public_url": "https://naba.example/"}, "https://naba.example"),
        ("", {"port": 8001}, "http://127.0.0.1:8001"),
        ("a b", {}, "http://127.0.0.1:8000"),
        ("[::1", {}, "http://127.0.0.1:8000"),
        ('x"><script>', {}, "http://127.0.0.1:8000"),
    ],
)
def test_the_setting_holds_then_an_honest_host_then_where_we_listen(
    host: str, settings: dict[str, Any], expected: str
) -> None:
    assert public_url(request(host, **settings)) == expected

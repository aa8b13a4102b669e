"""The settings of the service: what follows of one another, and what is refused."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from mappings.keys import Rate
from service.settings import DEFAULT_RATE, ServiceSettings


@pytest.mark.parametrize(
    ("changes", "reading", "limit"),
    [
        ({}, "open", None),
        ({"host": "localhost"}, "open", None),
        ({"host": "::1"}, "open", None),
        ({"host": "127.0.0.9"}, "open", None),
        ({"read": "keys"}, "keys", None),
        ({"rate": "5/s"}, "open", Rate(5, 1)),
        # others can reach it: closed until somebody decides, and limited
        ({"host": "0.0.0.0"}, "keys", DEFAULT_RATE),
        ({"host": "::"}, "keys", DEFAULT_RATE),
        ({"host": "naba.example"}, "keys", DEFAULT_RATE),
        ({"host": "10.0.0.7", "read": "open"}, "open", DEFAULT_RATE),
        ({"host": "10.0.0.7", "rate": "off"}, "keys", None),
    ],
)
def test_who_may_read_and_how_often(
    changes: dict[str, Any], reading: str, limit: Rate | None
) -> None:
    settings = ServiceSettings(**changes)
    assert settings.reading == reading
    assert settings.limit == limit


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("read", "nobody"),
        ("metrics", "closed"),
        ("rate", "many"),
        ("rate", "0/s"),
        ("proxies", "*"),
        ("proxies", "proxy.example"),
        ("proxies", "10.0.0.7/8"),
        ("session_secret", "short"),
    ],
)
def test_what_cannot_be_used_is_refused(name: str, value: str) -> None:
    with pytest.raises(ValidationError) as refused:
        ServiceSettings.model_validate({name: value})
    assert refused.value.errors()[0]["loc"] == (name,)


def test_proxies_are_separated_by_commas(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NABA_PROXIES", "10.0.0.7, 172.16.0.0/12,2001:db8::/32")
    assert ServiceSettings().proxies == ("10.0.0.7", "172.16.0.0/12", "2001:db8::/32")


def test_the_secret_shows_nowhere() -> None:
    assert "s" * 32 not in repr(ServiceSettings.model_validate({"session_secret": "s" * 32}))

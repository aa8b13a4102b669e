"""Sessions: cookies that nobody can make, that end, and that other sites cannot use."""

from __future__ import annotations

import pytest

from service.access.sessions import SESSION_SECONDS, Sessions, is_cross_site

SECRET = "s" * 32


def test_a_cookie_names_its_key_until_it_ends() -> None:
    cookie = Sessions(SECRET).cookie("abcdefgh", now=1_000_000_000)
    again = Sessions(SECRET)  # another process with the same secret
    assert again.key_id(cookie, now=1_000_000_000 + SESSION_SECONDS - 1) == "abcdefgh"
    assert again.key_id(cookie, now=1_000_000_000 + SESSION_SECONDS) is None


def test_without_a_secret_each_process_has_its_own() -> None:
    assert Sessions().key_id(Sessions().cookie("abcdefgh")) is None


@pytest.mark.parametrize(
    "forge",
    [
        lambda cookie: cookie.replace("abcdefgh", "bbcdefgh"),
        lambda cookie: cookie.replace(cookie.split(".")[1], "9999999999"),
        lambda cookie: cookie[:-1] + ("0" if cookie[-1] != "0" else "1"),
        lambda cookie: cookie.rpartition(".")[0],
        lambda cookie: cookie + "\n",
        lambda _cookie: "",
        lambda _cookie: "\u0661" * 90,  # Arabic digits one
    ],
)
def test_a_forged_cookie_is_none(forge: object) -> None:
    sessions = Sessions(SECRET)
    assert callable(forge)
    assert sessions.key_id(forge(sessions.cookie("abcdefgh"))) is None


@pytest.mark.parametrize(
    ("headers", "cross"),
    [
        ({"sec-fetch-site": "same-origin"}, False),
        ({"sec-fetch-site": "none"}, False),
        ({"sec-fetch-site": "cross-site"}, True),
        ({"sec-fetch-site": "same-site"}, True),
        ({"origin": "https://naba.example", "host": "naba.example"}, False),
        ({"origin": "https://evil.example", "host": "naba.example"}, True),
        ({"origin": "null", "host": "naba.example"}, True),
        ({"origin": "http://[", "host": "naba.example"}, True),
        ({"host": "naba.example"}, False),
    ],
)
def test_a_browser_says_where_a_request_comes_from(headers: dict[str, str], cross: bool) -> None:
    assert is_cross_site(headers) is cross

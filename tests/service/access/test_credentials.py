"""What a request brings: a key, a session, something that is no key; and a key where none goes."""

from __future__ import annotations

from base64 import b64encode

import pytest

from mappings.keys import Token
from service.access.credentials import Credentials, credentials, refuse_key_in_address
from service.access.errors import KeyInAddress, KeyInvalid

TOKEN = Token("abcdefgh", "a2b3c4d5e6f7a2b3c4d5e6f7a2b3c4d5")
KEY = str(TOKEN).encode()


def basic(content: bytes) -> bytes:
    return b"Basic " + b64encode(content)


@pytest.mark.parametrize(
    "value",
    [
        b"Bearer " + KEY,
        b"bearer   " + KEY + b" ",
        basic(b"reader:" + KEY),
        basic(b":" + KEY),
        basic("قارئ:".encode() + KEY),  # a reader's name in Arabic
        basic(b"\xff\xfe:" + KEY),  # a name that is no UTF-8: nobody reads it
    ],
)
def test_a_key(value: bytes) -> None:
    assert credentials([(b"authorization", value)]) == Credentials(token=TOKEN)


@pytest.mark.parametrize(
    "value",
    [b"Bearer", b"Bearer ", b"Bearer x", b"Bearer \xd9\x85", b"Bearer " + KEY + b"2" * 2_000_000],
)
def test_a_bearer_that_is_no_key_is_refused(value: bytes) -> None:
    with pytest.raises(KeyInvalid):
        credentials([(b"authorization", value)])


@pytest.mark.parametrize(
    "value",
    [
        b"Basic",
        b"Basic !!!",
        b"Basic \xd9\x85",
        basic(b"reader:secret"),
        basic("قارئ:كلمة السر".encode()),
        basic(b"\xff\xfe:\xff"),
        basic(KEY),  # a name without a password
        b"Basic " + b"QQ==" * 1_000_000,
        b'Digest username="x"',
        b"",
    ],
)
def test_a_password_of_somebody_else_counts_for_nothing(value: bytes) -> None:
    """Nor does it hide a session: a proxy's password comes with every request."""
    cookie = (b"cookie", b"naba_session=abc")
    assert credentials([(b"authorization", value)]) == Credentials()
    assert credentials([(b"authorization", value), cookie]) == Credentials(session="abc")


def test_two_keys_in_one_request_are_refused() -> None:
    header = (b"authorization", b"Bearer " + KEY)
    with pytest.raises(KeyInvalid):
        credentials([header, header])


@pytest.mark.parametrize(
    ("cookie", "session"),
    [
        (b"naba_session=abc", "abc"),
        (b"other=1; naba_session=abc; more=2", "abc"),
        (b"other=1", None),
        (b"xnaba_session=abc", None),
        (b"naba_session=" + b"a" * 100_000, None),
    ],
)
def test_a_session_is_in_its_cookie(cookie: bytes, session: str | None) -> None:
    assert credentials([(b"cookie", cookie)]) == Credentials(session=session)


def test_a_key_goes_before_a_session() -> None:
    headers = [(b"cookie", b"naba_session=abc"), (b"authorization", b"Bearer " + KEY)]
    assert credentials(headers) == Credentials(token=TOKEN)


@pytest.mark.parametrize(
    ("path", "query"),
    [
        ("/v1/search", b"key=" + KEY),
        ("/v1/search", b"q=" + KEY),
        ("/v1/search", KEY),
        ("/v1/search", b"q=x&access_token=naba%5F" + KEY[5:]),
        ("/v1/search", b"key=%6Eaba" + KEY[4:]),
        ("/v1/search", b"key=" + KEY.upper()),
        (f"/articles/{TOKEN}", b""),
        (f"/{TOKEN}/feed.atom", b""),
    ],
)
def test_a_key_in_an_address_is_refused(path: str, query: bytes) -> None:
    with pytest.raises(KeyInAddress) as refused:
        refuse_key_in_address({"type": "http", "path": path, "query_string": query})
    assert TOKEN.secret not in refused.value.detail


@pytest.mark.parametrize(
    "query",
    [
        b"q=naba",
        b"q=naba_articles_total",
        b"q=%D9%82%D9%85%D8%A9",
        b"q=%5Fnaba%5F",
        b"q=%FF%4",
        b"",
    ],
)
def test_other_addresses_pass(query: bytes) -> None:
    refuse_key_in_address({"type": "http", "path": "/v1/search", "query_string": query})

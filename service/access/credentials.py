"""The key that a request brings: in its Authorization header, or a session in its cookie."""

from __future__ import annotations

import re
from base64 import b64decode
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import unquote_to_bytes

from starlette.requests import cookie_parser
from starlette.types import Scope

from mappings.keys import Token, holds_key
from service.access.errors import KeyInAddress, KeyInvalid

SESSION_COOKIE = "naba_session"
# Bytes; a key has 46. What is longer is none, and not worth the work of decoding it.
MAX_HEADER = 1_024
# What an address with a key in it must hold: the beginning of a key, or Latin letters in
# percent-encoding, which nobody writes. Arabic letters (%D8 to %DB) never match.
_SUSPICIOUS = re.compile(rb"naba|%[4567]", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Credentials:
    """What a request brought: a key, or a session's cookie (neither verified yet), or nothing."""

    token: Token | None = None
    session: str | None = None


def credentials(headers: Iterable[tuple[bytes, bytes]]) -> Credentials:
    """Read the headers of a request. Raises KeyInvalid for a Bearer that is no key of Naba.

    A password that is no key counts for nothing: a proxy may ask for its own and pass it on.
    """
    authorization: list[bytes] = []
    cookie: bytes | None = None
    for name, value in headers:
        if name == b"authorization":
            authorization.append(value)
        elif name == b"cookie" and SESSION_COOKIE.encode() in value:
            cookie = value
    if authorization and (token := _authorized(authorization)):
        return Credentials(token=token)
    if cookie is not None and len(cookie) <= 16 * MAX_HEADER:
        return Credentials(session=cookie_parser(cookie.decode("latin-1")).get(SESSION_COOKIE))
    return Credentials()


def _authorized(values: list[bytes]) -> Token | None:
    if len(values) > 1:
        raise KeyInvalid("Send one Authorization header, not several.")
    scheme, _, content = values[0].partition(b" ")
    content = content.strip()
    match scheme.lower():
        case b"bearer":
            token = _token(content)
            if token is None:
                raise KeyInvalid("What stands after Bearer is no key of Naba.")
            return token
        case b"basic":
            return _token(_password(content))
        case _:
            return None


def _password(content: bytes) -> bytes:
    """The password of a Basic header (RFC 7617); empty where it cannot be read."""
    if len(content) > MAX_HEADER:
        return b""
    try:
        return b64decode(content, validate=True).partition(b":")[2]
    except ValueError:
        return b""


def _token(content: bytes) -> Token | None:
    if len(content) > MAX_HEADER or not content.isascii():
        return None
    return Token.parse(content.decode("ascii"))


def refuse_key_in_address(scope: Scope) -> None:
    """Raise KeyInAddress for a key in path or query, where logs and histories would keep it."""
    address = scope["path"].encode() + b"?" + scope["query_string"]
    if not _SUSPICIOUS.search(address):
        return
    if holds_key(unquote_to_bytes(address).decode("utf-8", "replace")):
        raise KeyInAddress(
            "A key never goes into an address, where logs and histories keep it: send it as "
            "`Authorization: Bearer`, and revoke this one, since others may have seen it."
        )

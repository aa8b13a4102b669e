"""The cursor: where a walk over newest, oldest or loaded stands.

It holds the sort values of the last hit and a digest over them and over the question, so that a
cursor that was altered, cut or taken to another question is refused. The digest guards against
mistakes; it is no secret, since whoever made up a cursor would only see what a search shows anyway.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Sequence
from hashlib import blake2b

import orjson

START = "*"
_DIGEST_BYTES = 9
_LONG = range(-(2**63), 2**63)


class InvalidCursor(ValueError):
    """Altered, cut, of another question or another version; the message says what to do."""


def encode(sort_values: Sequence[object], question: str) -> str:
    """The cursor after the hit with these sort values, one or two times in milliseconds and the id.
    `question`: what was asked.
    """
    values = orjson.dumps(list(sort_values))
    return base64.urlsafe_b64encode(_digest(values, question) + values).decode().rstrip("=")


def decode(cursor: str, question: str) -> list[int | str]:
    """The sort values to go on after. Raises InvalidCursor."""
    try:
        raw = base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        raise InvalidCursor("The cursor is not one of Naba's; start again with cursor=*.") from None
    digest, values = raw[:_DIGEST_BYTES], raw[_DIGEST_BYTES:]
    # Comparing the text as well: base64 has spare bits at its end, so two texts may decode to the
    # same bytes.
    if (
        digest != _digest(values, question)
        or base64.urlsafe_b64encode(raw).decode().rstrip("=") != cursor
    ):
        raise InvalidCursor(
            "The cursor was altered or belongs to another search; start again with cursor=*."
        )
    place = orjson.loads(values)
    if not _are_sort_values(place):
        raise InvalidCursor("The cursor is not one of Naba's; start again with cursor=*.")
    sort_values: list[int | str] = place
    return sort_values


def _are_sort_values(place: object) -> bool:
    """Whether these are values of an order: one or two times in milliseconds, then an id."""
    if not isinstance(place, list) or len(place) not in (2, 3):
        return False
    *times, last = place
    return isinstance(last, str) and all(isinstance(time, int) and time in _LONG for time in times)


def _digest(values: bytes, question: str) -> bytes:
    return blake2b(
        values + b"\n" + question.encode(), digest_size=_DIGEST_BYTES, person=b"naba-cursor-2"
    ).digest()

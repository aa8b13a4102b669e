"""Access keys: their written form, their document in the index ALIAS-keys, and what each may do.

A key is written `naba_<id>_<secret>`. The index holds the SHA-256 of the secret and never the
secret: its 160 random bits need no slow hash, and whoever reads the index learns no key. `naba key`
writes these documents, the service reads them.
"""

from __future__ import annotations

import hmac
import re
import secrets
from base64 import b32encode
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any, Final, Literal, get_args

Scope = Literal["read", "export", "push", "correct", "withdraw", "alerts", "mcp"]
SCOPES: Final[tuple[Scope, ...]] = get_args(Scope)
WRITING: Final[frozenset[Scope]] = frozenset({"push", "correct", "withdraw", "alerts"})

MAX_KEYS: Final = 1_000  # live ones: the service reads all of them every few seconds
MAX_NAME: Final = 100  # characters

_ID_BYTES, _SECRET_BYTES = 5, 20  # of randomness; base 32 writes 5 bytes as 8 letters
_TOKEN = re.compile(r"naba_([a-z2-7]{8})_([a-z2-7]{32})")
# A key, or the greater part of one, also where it was cut off or something follows: never to be
# logged. Half a secret is no word that anybody searches for (`naba_articles_total` is one).
_LEAKING = re.compile(r"(naba_[a-z2-7]{8}_)[a-z0-9]{16,}", re.IGNORECASE)
_RATE = re.compile(r"([1-9][0-9]{0,6})/(s|min|h|day)")
_PERIODS: Final = {"s": 1, "min": 60, "h": 3_600, "day": 86_400}
_NO_DIGEST = "0" * 64

Definition = dict[str, Any]


class KeyField:
    """Names of the fields of a key's document."""

    ID = "id"
    NAME = "name"
    SCOPES = "scopes"
    SOURCES = "sources"
    RATE = "rate"
    DIGEST = "digest"
    CREATED = "created"
    EXPIRES = "expires"
    REVOKED = "revoked"


@dataclass(frozen=True, slots=True)
class Rate:
    """At most `amount` requests in each period of `seconds`."""

    amount: int
    seconds: int

    @classmethod
    def parse(cls, text: str) -> Rate:
        """Read `600/min` (also `/s`, `/h`, `/day`). Raises ValueError with what to write."""
        match = _RATE.fullmatch(text)
        if match is None:
            raise ValueError("write a number and a period, such as 600/min (s, min, h or day)")
        return cls(int(match[1]), _PERIODS[match[2]])

    def __str__(self) -> str:
        names = {seconds: name for name, seconds in _PERIODS.items()}
        return f"{self.amount}/{names[self.seconds]}"


@dataclass(frozen=True, slots=True)
class Token:
    """A key as its holder has it; only `naba key add` and `rotate` ever print one."""

    id: str
    secret: str

    @classmethod
    def new(cls) -> Token:
        return cls(_random(_ID_BYTES), _random(_SECRET_BYTES))

    @classmethod
    def parse(cls, text: str) -> Token | None:
        """The key that `text` is, or None for anything else."""
        match = _TOKEN.fullmatch(text)
        return cls(match[1], match[2]) if match else None

    @property
    def digest(self) -> str:
        """SHA-256 of the secret, in hexadecimal: what the index holds."""
        return sha256(self.secret.encode()).hexdigest()

    def __str__(self) -> str:
        return f"naba_{self.id}_{self.secret}"

    def __repr__(self) -> str:
        return f"Token({self.id!r})"  # a traceback or a log must not show the secret


@dataclass(frozen=True, slots=True)
class Key:
    """What is known of one key.

    `sources` are those it may write to, none meaning any. `expires` and `revoked` are instants in
    UTC from which on it is no longer valid.
    """

    id: str
    name: str
    scopes: frozenset[Scope]
    digest: str
    created: datetime
    sources: tuple[str, ...] = ()
    rate: Rate | None = None
    expires: datetime | None = None
    revoked: datetime | None = None

    def renewed(self, token: Token) -> Key:
        """A key for this token that may do the same, made now."""
        now = datetime.now(UTC)
        return replace(self, id=token.id, digest=token.digest, created=now, revoked=None)

    def is_live(self, now: datetime) -> bool:
        """Whether it is neither expired nor revoked at this instant."""
        return all(end is None or now < end for end in (self.expires, self.revoked))

    def may(self, scope: Scope) -> bool:
        return scope in self.scopes

    def may_write_to(self, source: str) -> bool:
        return not self.sources or source in self.sources

    def to_source(self) -> dict[str, Any]:
        """The document."""
        return {
            KeyField.ID: self.id,
            KeyField.NAME: self.name,
            KeyField.SCOPES: [scope for scope in SCOPES if scope in self.scopes],
            KeyField.SOURCES: list(self.sources),
            KeyField.RATE: str(self.rate) if self.rate else None,
            KeyField.DIGEST: self.digest,
            KeyField.CREATED: self.created.isoformat(),
            KeyField.EXPIRES: self.expires.isoformat() if self.expires else None,
            KeyField.REVOKED: self.revoked.isoformat() if self.revoked else None,
        }

    @classmethod
    def from_source(cls, source: Mapping[str, Any]) -> Key:
        """The key of a document. Raises KeyError, TypeError or ValueError for one that Naba did not
        write; scopes of a newer Naba are left out.
        """
        rate = source.get(KeyField.RATE)
        return cls(
            id=str(source[KeyField.ID]),
            name=str(source[KeyField.NAME]),
            scopes=frozenset(scope for scope in SCOPES if scope in source[KeyField.SCOPES]),
            digest=str(source[KeyField.DIGEST]),
            created=_instant(source[KeyField.CREATED]),
            sources=tuple(source.get(KeyField.SOURCES) or ()),
            rate=Rate.parse(rate) if rate else None,
            expires=_maybe_instant(source.get(KeyField.EXPIRES)),
            revoked=_maybe_instant(source.get(KeyField.REVOKED)),
        )


def is_secret_of(token: Token, key: Key | None) -> bool:
    """Whether `token` is this key. Takes as long for a key that does not exist, or is nearly
    right, as for the right one.
    """
    same = hmac.compare_digest(token.digest, key.digest if key else _NO_DIGEST)
    return same and key is not None


def holds_key(text: str) -> bool:
    """Whether a key, or the greater part of one, stands somewhere in `text`."""
    return _LEAKING.search(text) is not None


def without_secrets(text: str) -> str:
    """`text` with the secret of every key in it replaced by an ellipsis."""
    return _LEAKING.sub(r"\1…", text)


def keys_index(alias: str) -> str:
    """The name of the index that holds the keys."""
    return f"{alias}-keys"


def keys_body() -> Definition:
    """`settings` and `mappings` for the create-index call: every field known, none added by
    guessing.
    """
    keyword, instant = {"type": "keyword"}, {"type": "date", "format": "strict_date_optional_time"}
    stored_only = {"type": "keyword", "index": False, "doc_values": False}
    return {
        "settings": {"index.hidden": True, "number_of_shards": 1, "auto_expand_replicas": "0-1"},
        "mappings": {
            "dynamic": "strict",
            "properties": {
                KeyField.ID: keyword,
                KeyField.NAME: keyword,
                KeyField.SCOPES: stored_only,
                KeyField.SOURCES: stored_only,
                KeyField.RATE: stored_only,
                KeyField.DIGEST: stored_only,
                KeyField.CREATED: instant,
                KeyField.EXPIRES: instant,
                KeyField.REVOKED: instant,
            },
        },
    }


def live_keys_query(now: datetime) -> Definition:
    """The query for the keys that are neither expired nor revoked at this instant."""
    ended = [{"range": {end: {"lte": now.isoformat()}}} for end in _ENDS]
    return {"bool": {"must_not": ended}}


_ENDS = (KeyField.EXPIRES, KeyField.REVOKED)


def _random(size: int) -> str:
    return b32encode(secrets.token_bytes(size)).decode().lower()


def _instant(value: object) -> datetime:
    instant = datetime.fromisoformat(str(value))
    if instant.tzinfo is None:
        raise ValueError("an instant needs its offset")
    return instant


def _maybe_instant(value: object) -> datetime | None:
    return None if value is None else _instant(value)

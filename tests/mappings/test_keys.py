"""Access keys: their written form, what is kept of one, and that no log ever shows a secret."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from mappings.keys import (
    Key,
    Rate,
    Token,
    holds_key,
    is_secret_of,
    keys_body,
    keys_index,
    without_secrets,
)

NOW = datetime(2027, 1, 1, tzinfo=UTC)
HOUR = timedelta(hours=1)
TOKEN = Token("abcdefgh", "a2b3c4d5e6f7a2b3c4d5e6f7a2b3c4d5")


def key(token: Token = TOKEN, **changes: Any) -> Key:
    return Key(
        **{
            "id": token.id,
            "name": "monitor",
            "scopes": frozenset({"read"}),
            "digest": token.digest,
            "created": NOW,
            **changes,
        }
    )


def test_a_new_token_is_read_back_and_is_no_other() -> None:
    first, second = Token.new(), Token.new()
    assert Token.parse(str(first)) == first
    assert str(first) != str(second)
    assert len(str(first)) == 46


@pytest.mark.parametrize(
    "text",
    [
        "",
        "naba_",
        "naba_abcdefgh_",
        str(TOKEN)[:-1],
        f"{TOKEN}2",
        f" {TOKEN}",
        f"{TOKEN}\n",
        str(TOKEN).upper(),
        str(TOKEN).replace("a2b3", "a1b3"),  # 1 is no letter of base 32
        "naba_abcdefgh_" + "\u0627" * 32,  # the letter alef
    ],
)
def test_nothing_else_is_a_token(text: str) -> None:
    assert Token.parse(text) is None


@pytest.mark.parametrize(
    ("sent", "known", "right"),
    [
        (TOKEN, key(), True),
        (Token(TOKEN.id, "b" * 32), key(), False),
        (TOKEN, None, False),
    ],
    ids=["right", "wrong", "unknown"],
)
def test_a_secret_is_known_by_its_hash(sent: Token, known: Key | None, right: bool) -> None:
    assert is_secret_of(sent, known) is right


def test_the_document_holds_no_secret_and_is_read_back() -> None:
    made = key(
        sources=("afp",), rate=Rate(600, 60), expires=NOW + HOUR, scopes=frozenset({"push", "read"})
    )
    document = made.to_source()
    assert TOKEN.secret not in str(document)
    assert Key.from_source(document) == made
    assert set(document) == set(keys_body()["mappings"]["properties"])
    assert keys_body()["mappings"]["dynamic"] == "strict"


@pytest.mark.parametrize(
    "change",
    [{"created": "yesterday"}, {"created": "2027-01-01T00:00:00"}, {"rate": "many"}, {"id": None}],
)
def test_a_document_that_naba_did_not_write_is_refused(change: dict[str, Any]) -> None:
    document = key().to_source() | change
    if change.get("id", "") is None:
        del document["id"]
    with pytest.raises((KeyError, ValueError)):
        Key.from_source(document)


def test_rights_of_a_newer_naba_are_left_out() -> None:
    document = key().to_source() | {"scopes": ["read", "fly"]}
    assert Key.from_source(document).scopes == {"read"}


@pytest.mark.parametrize(
    ("changes", "live"),
    [
        ({}, True),
        ({"expires": NOW + HOUR}, True),
        ({"expires": NOW}, False),
        ({"revoked": NOW}, False),
        ({"revoked": NOW + HOUR}, True),
        # made by a machine whose clock goes ahead: valid, since its holder has it
        ({"created": NOW + HOUR}, True),
    ],
)
def test_a_key_lives_until_it_expires_or_is_revoked(changes: dict[str, Any], live: bool) -> None:
    assert key(**changes).is_live(NOW) is live


def test_a_key_without_sources_writes_to_any() -> None:
    assert key().may_write_to("afp")
    assert key(sources=("afp",)).may_write_to("afp")
    assert not key(sources=("afp",)).may_write_to("reuters")


@pytest.mark.parametrize(
    ("text", "rate"), [("600/min", Rate(600, 60)), ("5/s", Rate(5, 1)), ("9/day", Rate(9, 86_400))]
)
def test_a_rate_is_read_as_it_is_written(text: str, rate: Rate) -> None:
    assert Rate.parse(text) == rate
    assert str(rate) == text


@pytest.mark.parametrize("text", ["", "600", "600/m", "0/min", "-1/min", "1e3/min", "99999999/s"])
def test_no_rate(text: str) -> None:
    with pytest.raises(ValueError, match="such as 600/min"):
        Rate.parse(text)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        (f"/v1/{TOKEN}/x", "/v1/naba_abcdefgh_…/x"),
        (f"{TOKEN} and {TOKEN}", "naba_abcdefgh_… and naba_abcdefgh_…"),
        (str(TOKEN).upper(), "NABA_ABCDEFGH_…"),
        (str(TOKEN)[:34], "naba_abcdefgh_…"),  # cut off: the greater part of a secret
    ],
)
def test_secrets_are_taken_out_of_a_text(text: str, shown: str) -> None:
    assert holds_key(text)
    assert without_secrets(text) == shown


@pytest.mark.parametrize(
    "text", ["naba_articles_total", "naba_request_seconds_bucket", "naba_abcdefgh_", "نبأ"]
)
def test_what_is_no_secret_stays(text: str) -> None:
    assert not holds_key(text)
    assert without_secrets(text) == text


def test_a_traceback_shows_no_secret() -> None:
    assert TOKEN.secret not in repr(TOKEN)


def test_the_index_stands_beside_the_generations() -> None:
    assert keys_index("naba") == "naba-keys"

"""Counting requests in windows of time."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from fastapi.testclient import TestClient

from mappings.keys import Rate, Token
from service.access import limits
from service.access.limits import Limits, network_of

NewKey = Callable[..., Token]
Serve = Callable[..., Any]
MINUTE = Rate(3, 60)
UNKNOWN = Token("abcdefgh", "a" * 32)


def bearer(token: Token) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"}


def kind(answer: Any) -> tuple[int, str]:
    """Status and the last part of the problem's type."""
    return answer.status_code, answer.json()["type"].rpartition(":")[2]


def test_as_many_as_allowed_pass_in_a_window_and_again_in_the_next() -> None:
    counting = Limits()
    left = [counting.count(MINUTE, "a", 61.0).left for _ in range(4)]
    assert left == [2, 1, 0, -1]
    assert counting.count(MINUTE, "b", 61.0).left == 2
    assert counting.count(MINUTE, "a", 120.0).left == 2


@pytest.mark.parametrize(("now", "seconds"), [(60.0, 60), (61.5, 59), (119.999, 1)])
def test_the_end_of_a_window_is_told(now: float, seconds: int) -> None:
    window = Limits().count(MINUTE, "a", now)
    assert window.headers == {
        "RateLimit-Policy": '"naba";q=3;w=60',
        "RateLimit": f'"naba";r=2;t={seconds}',
    }


def test_rates_of_different_lengths_do_not_mix() -> None:
    counting = Limits()
    for _ in range(3):
        counting.count(MINUTE, "a", 1.0)
    assert counting.count(Rate(3, 3_600), "a", 1.0).left == 2


def test_many_addresses_take_a_bounded_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever comes when the counters are used up shares one; the others keep theirs."""
    monkeypatch.setattr(limits, "MAX_COUNTERS", 2)
    counting = Limits()
    assert [counting.count(MINUTE, who, 1.0).left for who in "abcde"] == [2, 2, 2, 1, 0]
    assert counting.count(MINUTE, "a", 1.0).left == 1


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("testclient", "testclient"),
        ("", ""),
    ],
)
def test_one_machine_counts_as_one_address(address: str, network: str) -> None:
    assert network_of(address) == network


def test_a_key_has_the_rate_it_was_made_with(serving: Serve, new_key: NewKey) -> None:
    slow, quick = new_key("read", rate=Rate(2, 86_400)), new_key("read")
    with serving() as client:
        answers = [client.get("/v1/search?size=0", headers=bearer(slow)) for _ in range(3)]
        assert client.get("/v1/search?size=0", headers=bearer(quick)).status_code == 200
    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert [answer.headers["ratelimit"].split(";")[1] for answer in answers] == [
        "r=1",
        "r=0",
        "r=0",
    ]
    assert answers[0].headers["ratelimit-policy"] == '"naba";q=2;w=86400'
    refused = answers[2]
    assert kind(refused) == (429, "rate-limited")
    assert refused.headers["content-type"] == "application/problem+json"
    assert 0 < int(refused.headers["retry-after"]) <= 86_400


def test_an_address_has_the_rate_of_the_setting(serving: Serve) -> None:
    with serving(read="open", rate="3/day") as client:
        statuses = [client.get(f"/v1/search?size={n}").status_code for n in (0, 1000, 0, 0)]
        assert statuses == [200, 422, 200, 429]
        assert client.get("/health/live").status_code == 200
        assert client.get("/static/icon.svg").status_code == 200


def test_whoever_tries_out_keys_is_counted(serving: Serve) -> None:
    with serving(rate="2/day") as client:
        statuses = [client.get("/v1/search", headers=bearer(UNKNOWN)).status_code for _ in range(3)]
    assert statuses == [401, 401, 429]


def test_loopback_has_none_unless_set(api: TestClient) -> None:
    assert "ratelimit" not in api.get("/v1/search?size=0").headers


@pytest.mark.parametrize(
    ("proxies", "statuses"),
    [
        ((), [200, 429, 429]),
        (("testclient",), [200, 200, 429]),
        (("10.0.0.7",), [200, 429, 429]),
    ],
    ids=["nobody", "the proxy", "another"],
)
def test_an_address_is_taken_from_a_named_proxy_only(
    serving: Serve, proxies: tuple[str, ...], statuses: list[int]
) -> None:
    with serving(read="open", rate="1/day", proxies=proxies) as client:
        found = [
            client.get("/v1/search?size=0", headers={"X-Forwarded-For": address}).status_code
            for address in ("192.0.2.1", "192.0.2.2", "192.0.2.2")
        ]
    assert found == statuses


def test_only_the_last_address_before_the_proxy_counts(serving: Serve) -> None:
    """What stands before it, the client itself has written."""
    with serving(read="open", rate="1/day", proxies=("testclient",)) as client:
        found = [
            client.get(
                "/v1/search?size=0", headers={"X-Forwarded-For": f"{made_up}, 192.0.2.9"}
            ).status_code
            for made_up in ("198.51.100.1", "198.51.100.2")
        ]
    assert found == [200, 429]

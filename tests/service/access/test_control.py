"""Every request on its way in: who may read, with which key, how often, and what is kept of it."""

from __future__ import annotations

import socket
import time
from base64 import b64encode
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from elasticsearch import Elasticsearch
from fastapi.testclient import TestClient
from structlog.testing import capture_logs

from mappings.keys import KeyField, Token, keys_index
from service.app import create_app
from service.elasticsearch import keys as reading
from service.locale.language import load_language
from service.settings import ServiceSettings

NewKey = Callable[..., Token]
Serve = Callable[..., Any]
NOW = datetime.now(UTC)
DAY = timedelta(days=1)
UNKNOWN = Token("abcdefgh", "a" * 32)


def bearer(token: Token) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"}


def basic(token: Token, user: str = "reader") -> dict[str, str]:
    return {"Authorization": "Basic " + b64encode(f"{user}:{token}".encode()).decode()}


def kind(answer: Any) -> tuple[int, str]:
    """Status and the last part of the problem's type."""
    return answer.status_code, answer.json()["type"].rpartition(":")[2]


def test_reading_is_open_where_it_was_decided(api: TestClient) -> None:
    assert api.get("/v1/search").status_code == 200


@pytest.mark.parametrize(
    "address",
    ["/v1/search", "/v1/export.csv", "/v1/articles/a001", "/feed.atom", "/metrics", "/v1/suggest"],
)
def test_without_a_key_nothing_is_read(serving: Serve, address: str) -> None:
    with serving() as client:
        answer = client.get(address)
    assert kind(answer) == (401, "key-missing")
    assert answer.headers["www-authenticate"].startswith('Bearer realm="naba", Basic ')
    assert answer.headers["cache-control"] == "no-store"


@pytest.mark.parametrize("address", ["/health/live", "/health/ready", "/docs", "/openapi.json"])
def test_what_holds_no_news_is_open(serving: Serve, address: str) -> None:
    with serving() as client:
        assert client.get(address).status_code == 200


@pytest.mark.parametrize("sent", [bearer, basic, lambda key: basic(key, "قارئ")])
def test_a_key_opens(
    serving: Serve, new_key: NewKey, sent: Callable[[Token], dict[str, str]]
) -> None:
    key = new_key("read")
    with serving() as client:
        answer = client.get("/feed.atom", headers=sent(key))
        assert answer.status_code == 200
        # only for its holder: a shared cache must not hand it on
        assert answer.headers["cache-control"] == "private, max-age=60"
        assert "Authorization, Cookie" in answer.headers["vary"]
        assert client.head("/v1/search", headers=sent(key)).status_code == 200


@pytest.mark.parametrize(
    ("changes", "detail"),
    [
        ({"expires": NOW - timedelta(seconds=1)}, "expired"),
        ({"revoked": NOW - DAY}, "revoked"),
    ],
)
def test_a_key_that_ended_is_refused_everywhere(
    serving: Serve, new_key: NewKey, api: TestClient, changes: dict[str, Any], detail: str
) -> None:
    """Also where reading is open: its holder has to learn of it."""
    key = new_key("read", **changes)
    with serving() as client:
        for reader in (client, api):
            answer = reader.get("/v1/search", headers=bearer(key))
            assert kind(answer) == (401, "key-invalid")
            assert detail in answer.json()["detail"]
            assert 'error="invalid_token"' in answer.headers["www-authenticate"]


@pytest.mark.parametrize(
    ("header", "code"),
    [
        ("Bearer", "key-invalid"),
        ("Bearer garbage", "key-invalid"),
        (f"Bearer {UNKNOWN}", "key-invalid"),
        ("Bearer " + "a" * 50_000, "key-invalid"),
        ("Basic !!!", "key-missing"),
        ("Basic " + b64encode("قارئ:سر".encode()).decode(), "key-missing"),
        ("Digest x", "key-missing"),
    ],
)
def test_garbage_is_no_key(serving: Serve, new_key: NewKey, header: str, code: str) -> None:
    new_key("read")
    with serving() as client:
        answer = client.get("/v1/search", headers={"Authorization": header})
    assert kind(answer) == (401, code)
    assert "garbage" not in answer.text
    assert UNKNOWN.secret not in answer.text


def test_a_proxy_may_ask_for_a_password_of_its_own_before_an_open_service(api: TestClient) -> None:
    header = {"Authorization": "Basic " + b64encode(b"user:password").decode()}
    assert api.get("/v1/search", headers=header).status_code == 200


@pytest.mark.parametrize(
    ("scopes", "address", "status"),
    [
        (("read",), "/v1/export.csv", 403),
        (("export",), "/v1/export.csv", 200),
        (("export",), "/v1/search", 403),
        (("push",), "/v1/search", 403),
        (("read",), "/v1/search", 200),
    ],
)
def test_a_key_may_what_it_was_made_for(
    serving: Serve, new_key: NewKey, scopes: tuple[str, ...], address: str, status: int
) -> None:
    with serving() as client:
        answer = client.get(address, headers=bearer(new_key(*scopes)))
    assert answer.status_code == status
    if status == 403:
        assert answer.json()["type"] == "urn:naba:problem:key-not-allowed"
        assert answer.json()["detail"].endswith(
            "lacks the right to export." if "export" in address else "lacks the right to read."
        )


def test_revoking_ends_a_key_within_seconds(
    serving: Serve,
    new_key: NewKey,
    elasticsearch: Elasticsearch,
    service_settings: ServiceSettings,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    key = new_key("read")
    with serving() as client:
        assert client.get("/v1/search", headers=bearer(key)).status_code == 200
        monkeypatch.setattr(reading, "MAX_AGE", 0.3)
        elasticsearch.update(
            index=keys_index(service_settings.alias),
            id=key.id,
            doc={KeyField.REVOKED: datetime.now(UTC).isoformat()},
            refresh=True,
        )
        time.sleep(0.3)
        assert client.get("/v1/search", headers=bearer(key)).status_code == 401


def test_a_service_remembers_keys_for_five_seconds_at_most() -> None:
    assert reading.MAX_AGE <= 5


@pytest.mark.parametrize(
    "address", ["/v1/search?key={}", "/v1/search?q={}", "/feed.atom?token={}", "/articles/{}"]
)
def test_a_key_in_an_address_is_refused_and_not_logged(
    api: TestClient, new_key: NewKey, address: str
) -> None:
    key = new_key("read")
    with capture_logs() as logs:
        answer = api.get(address.format(key), headers={"Accept": "application/json"})
    if address.startswith("/articles/"):
        assert answer.status_code == 400
    else:
        assert kind(answer) == (400, "key-in-address")
        assert key.secret not in answer.text
    requests = [line for line in logs if line["event"] == "request"]
    assert [line["status"] for line in requests] == [400]


class TestElasticsearchAway:
    """A key that cannot be verified opens nothing."""

    @pytest.fixture
    def client(self) -> Iterator[TestClient]:
        with socket.create_server(("127.0.0.1", 0)) as listener:
            url = f"http://127.0.0.1:{listener.getsockname()[1]}"
        settings = ServiceSettings(elasticsearch_url=url, read="keys")
        with TestClient(create_app(settings), raise_server_exceptions=False) as client:
            yield client

    def test_503(self, client: TestClient) -> None:
        answer = client.get("/docs", headers=bearer(UNKNOWN))
        assert kind(answer) == (503, "search-unavailable")
        assert "retry-after" in answer.headers

    def test_without_a_key_it_is_401_as_ever(self, client: TestClient) -> None:
        assert client.get("/v1/search").status_code == 401


def test_metrics_have_a_setting_of_their_own(serving: Serve) -> None:
    with serving(metrics="open") as client:
        assert client.get("/metrics").status_code == 200
        assert client.get("/v1/search").status_code == 401
    with serving(read="open", metrics="keys") as client:
        assert client.get("/metrics").status_code == 401


@pytest.mark.parametrize(
    ("headers", "status"),
    [({"Sec-Fetch-Site": "cross-site"}, 403), ({"Sec-Fetch-Site": "same-origin"}, 200)],
)
def test_another_site_cannot_write_with_what_a_browser_keeps(
    serving: Serve, new_key: NewKey, headers: dict[str, str], status: int
) -> None:
    key = new_key("read", "push")
    with serving() as client:
        by_password = client.post("/v1/example/afp", headers=headers | basic(key))
        client.post("/sign-in", data={"key": str(key)})
        by_session = client.post("/v1/example/afp", headers=headers)
        client.cookies.clear()
    assert (by_password.status_code, by_session.status_code) == (status, status)


def test_people_are_refused_in_their_language(serving: Serve, new_key: NewKey) -> None:
    page = {"Accept": "text/html"}
    with serving(read="open", rate="1/day") as client:
        client.get("/", headers=page)
        too_many = client.get("/", headers=page)
    with serving() as client:
        not_allowed = client.get("/", headers=page | bearer(new_key("push")))
    assert too_many.status_code == 429
    assert "retry-after" in too_many.headers
    assert load_language("ar").text("error.429_title") in too_many.text
    assert not_allowed.status_code == 403
    assert load_language("ar").text("error.403_title") in not_allowed.text

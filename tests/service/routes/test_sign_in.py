"""Signing in at the page: a key typed once, a session in a cookie, and the way out. No script."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from elasticsearch import Elasticsearch
from fastapi.testclient import TestClient
from structlog.testing import capture_logs

from mappings.keys import Key, KeyField, Token, keys_body, keys_index
from service.app import create_app
from service.elasticsearch import keys as reading
from service.locale.language import load_language
from service.routes.sign_in import safe_target
from service.settings import ServiceSettings

PAGE = {"Accept": "text/html"}
FORM = {"Content-Type": "application/x-www-form-urlencoded"}


@pytest.fixture(scope="module")
def client(service_settings: ServiceSettings) -> Iterator[TestClient]:
    """A browser before a page whose readers need keys."""
    app = create_app(service_settings.model_copy(update={"read": "keys"}))
    with TestClient(app, raise_server_exceptions=False, follow_redirects=False) as client:
        yield client


@pytest.fixture(autouse=True)
def signed_out(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    client.cookies.clear()
    monkeypatch.setattr(reading, "MAX_AGE", 0.0)


@pytest.fixture
def new_key(
    elasticsearch: Elasticsearch, service_settings: ServiceSettings
) -> Callable[..., Token]:
    index = keys_index(service_settings.alias)
    if not elasticsearch.indices.exists(index=index):
        elasticsearch.indices.create(index=index, **keys_body())

    def new(*scopes: Any) -> Token:
        token = Token.new()
        key = Key(token.id, token.id, frozenset(scopes), token.digest, datetime.now(UTC))
        elasticsearch.index(index=index, id=key.id, document=key.to_source(), refresh=True)
        return token

    return new


@pytest.mark.parametrize(
    ("address", "leads_to"),
    [
        ("/", "/sign-in?next=%2F"),
        ("/?q=%D9%82&lang=en", "/sign-in?next=%2F%3Fq%3D%25D9%2582%26lang%3Den&lang=en"),
        ("/articles/a001", "/sign-in?next=%2Farticles%2Fa001"),
    ],
)
def test_a_page_leads_to_the_form(client: TestClient, address: str, leads_to: str) -> None:
    answer = client.get(address, headers=PAGE)
    assert (answer.status_code, answer.headers["location"]) == (303, leads_to)
    assert "www-authenticate" not in answer.headers
    assert answer.headers["cache-control"] == "no-store"


@pytest.mark.parametrize(("code", "direction"), [("ar", "rtl"), ("en", "ltr")])
def test_the_form_speaks_both_languages(client: TestClient, code: Any, direction: str) -> None:
    answer = client.get("/sign-in", params={"next": "/?q=x", "lang": code})
    language = load_language(code)
    assert answer.status_code == 200
    assert f'<html lang="{code}" dir="{direction}">' in answer.text
    assert language.text("sign_in.heading") in answer.text
    assert '<input type="hidden" name="next" value="/?q=x">' in answer.text
    assert '<input id="key" name="key" type="password"' in answer.text
    assert '<label for="key">' in answer.text


def test_from_the_form_to_the_page_and_out_again(
    client: TestClient, new_key: Callable[..., Token]
) -> None:
    key = new_key("read")
    with capture_logs() as logs:
        entered = client.post("/sign-in", data={"key": f" {key}\n", "next": "/?q=قمة"})
    assert entered.status_code == 303
    assert entered.headers["location"] == "/?q=%D9%82%D9%85%D8%A9"
    cookie = entered.headers["set-cookie"]
    assert re.match(rf"naba_session={key.id}\.\d+\.[0-9a-f]{{64}}; ", cookie)
    assert "HttpOnly" in cookie
    assert "samesite=lax" in cookie.lower()
    assert key.secret not in cookie + str(logs)
    assert [line["key"] for line in logs if line["event"] == "signed_in"] == [key.id]

    page = client.get("/?q=قمة", headers=PAGE)
    assert page.status_code == 200
    assert '<form class="band" action="/sign-out" method="post">' in page.text
    assert page.headers["cache-control"] == "no-cache"
    assert client.get("/v1/suggest?q=قم").status_code == 200

    left = client.post("/sign-out")
    assert (left.status_code, left.headers["location"]) == (303, "/sign-in")
    assert 'naba_session=""' in left.headers["set-cookie"]
    assert client.get("/", headers=PAGE).status_code == 303


def test_a_session_ends_with_its_key(
    client: TestClient,
    new_key: Callable[..., Token],
    elasticsearch: Elasticsearch,
    service_settings: ServiceSettings,
) -> None:
    key = new_key("read")
    client.post("/sign-in", data={"key": str(key)})
    assert client.get("/", headers=PAGE).status_code == 200
    elasticsearch.update(
        index=keys_index(service_settings.alias),
        id=key.id,
        doc={KeyField.REVOKED: datetime.now(UTC).isoformat()},
        refresh=True,
    )
    assert client.get("/", headers=PAGE).status_code == 303


def test_the_cookie_is_for_https_alone_where_the_page_is(
    service_settings: ServiceSettings, new_key: Callable[..., Token]
) -> None:
    changes = {"read": "keys", "public_url": "https://naba.example"}
    app = create_app(service_settings.model_copy(update=changes))
    with TestClient(app, follow_redirects=False) as client:
        answer = client.post("/sign-in", data={"key": str(new_key("read"))})
    assert "; Secure" in answer.headers["set-cookie"]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "unknown"),
        (b"key=", "unknown"),
        (b"key=naba_abcdefgh_" + b"a" * 32, "unknown"),
        ("key=مفتاح".encode(), "unknown"),
        (b"key=%FF%FE", "unknown"),
        (b"key=" + b"a" * 1_000_000, "unknown"),
        (b"&".join(b"a%d=1" % number for number in range(1_000)), "unknown"),
    ],
    ids=["nothing", "empty", "made up", "Arabic", "no UTF-8", "a megabyte", "many fields"],
)
def test_what_is_no_key_is_said_at_the_form(
    client: TestClient, content: bytes, reason: str
) -> None:
    answer = client.post("/sign-in", content=content, headers=FORM)
    assert answer.status_code == 403
    assert load_language("ar").text(f"sign_in.{reason}") in answer.text
    assert "set-cookie" not in answer.headers


def test_a_key_that_may_not_read_is_told_so(
    client: TestClient, new_key: Callable[..., Token]
) -> None:
    answer = client.post("/sign-in?lang=en", data={"key": str(new_key("push"))})
    assert answer.status_code == 403
    assert load_language("en").text("sign_in.not_allowed") in answer.text


@pytest.mark.parametrize("address", ["/sign-in", "/sign-out"])
@pytest.mark.parametrize(
    "headers", [{"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://evil.example"}]
)
def test_another_site_cannot_send_the_form(
    client: TestClient, new_key: Callable[..., Token], address: str, headers: dict[str, str]
) -> None:
    answer = client.post(address, data={"key": str(new_key("read"))}, headers=headers)
    assert answer.status_code == 403
    assert "set-cookie" not in answer.headers


@pytest.mark.parametrize(
    "cookie", ["x", "abcdefgh.9999999999." + "0" * 64, "\u00e9", "naba_session", ""]
)
def test_a_cookie_that_nobody_gave_opens_nothing(client: TestClient, cookie: str) -> None:
    header = f"naba_session={cookie}".encode()
    answer = client.get("/v1/search", headers=[(b"cookie", header)])
    assert answer.status_code == 401


def test_a_script_of_the_page_brings_up_no_dialog(client: TestClient) -> None:
    """A browser shows its own for Basic, over the page."""
    asked = client.get("/v1/suggest?q=قم", headers={"Sec-Fetch-Mode": "cors"})
    assert (asked.status_code, asked.headers["www-authenticate"]) == (401, 'Bearer realm="naba"')


@pytest.mark.parametrize(
    ("wanted", "target"),
    [
        ("/?q=قمة", "/?q=قمة"),
        ("/articles/a1", "/articles/a1"),
        ("", "/"),
        ("https://evil.example/", "/"),
        ("//evil.example/", "/"),
        ("/\\evil.example", "/"),
        ("/x\r\nSet-Cookie: a=b", "/"),
        ("/\t/evil.example", "/"),
        ("javascript:alert(1)", "/"),
        ("/sign-in?next=/", "/"),
        ("/" + "x" * 5_000, "/"),
    ],
)
def test_the_form_leads_nowhere_else(wanted: str, target: str) -> None:
    assert safe_target(wanted) == target

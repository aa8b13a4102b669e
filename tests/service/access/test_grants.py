"""Writing: what a route that depends on `require` lets pass, as the example in conftest.py does,
and the line that is kept of it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from structlog.testing import capture_logs

from mappings.keys import Token

NewKey = Callable[..., Token]
Serve = Callable[..., Any]


def bearer(token: Token) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"}


def kind(answer: Any) -> tuple[int, str]:
    """Status and the last part of the problem's type."""
    return answer.status_code, answer.json()["type"].rpartition(":")[2]


def test_it_needs_a_key_also_where_reading_is_open(serving: Serve) -> None:
    with serving(read="open") as client:
        assert kind(client.post("/v1/example/afp")) == (401, "key-missing")


@pytest.mark.parametrize(
    ("scopes", "changes", "status", "detail"),
    [
        (("push",), {}, 200, None),
        (("push",), {"sources": ("afp", "spa")}, 200, None),
        (("push",), {"sources": ("spa",)}, 403, "may not write to the source afp."),
        (("read",), {}, 403, "lacks the right to push."),
    ],
)
def test_a_key_writes_what_it_may(
    serving: Serve,
    new_key: NewKey,
    scopes: tuple[str, ...],
    changes: dict[str, Any],
    status: int,
    detail: str | None,
) -> None:
    with serving(read="open") as client:
        answer = client.post("/v1/example/afp", headers=bearer(new_key(*scopes, **changes)))
    assert answer.status_code == status
    if detail:
        assert answer.json()["detail"].endswith(detail)


def test_every_write_leaves_a_line(serving: Serve, new_key: NewKey) -> None:
    key = new_key("push", name="desk")
    with serving() as client, capture_logs() as logs:
        client.post("/v1/example/afp", headers=bearer(key) | {"X-Request-Id": "r1"})
        client.post("/v1/example/afp", headers=bearer(new_key("read")))
    done, refused = [line for line in logs if line["event"] == "write"]
    assert done == {
        "event": "write",
        "log_level": "info",
        "right": "push",
        "key": key.id,
        "key_name": "desk",
        "via": "header",
        "address": "testclient",
        "method": "POST",
        "path": "/v1/example/afp",
        "status": 200,
        "request_id": "r1",
        "source": "afp",
        "articles": 1,
        "outcome": "indexed",
    }
    assert (refused["status"], refused["right"]) == (403, "push")
    assert key.secret not in str(logs)


def test_every_address_that_is_not_only_read_asks_for_a_key(serving: Serve) -> None:
    """So that no route forgets to depend on `require`."""
    with serving(read="open") as client:
        description = client.get("/openapi.json").json()
        writing = [
            (method, path.replace("{", "").replace("}", ""))
            for path, methods in description["paths"].items()
            for method in methods
            if method not in ("get", "head")
        ]
        assert ("post", "/v1/example/source") in writing
        for method, path in writing:
            assert client.request(method, path).status_code == 401, path

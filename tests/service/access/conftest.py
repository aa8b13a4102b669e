"""A service whose readers need keys, over the library, and keys for it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Annotated, Any

import pytest
from elasticsearch import Elasticsearch
from fastapi import Depends, FastAPI, Path
from fastapi.testclient import TestClient

from mappings.keys import Key, Token, keys_body, keys_index
from service.access.grants import Grant, require
from service.app import create_app
from service.elasticsearch import keys as reading
from service.settings import ServiceSettings

NewKey = Callable[..., Token]
Serve = Callable[..., Any]


async def push_example(
    source: Annotated[str, Path(description="Whose copy it is.", examples=["afp"])],
    grant: Annotated[Grant, Depends(require("push"))],
) -> dict[str, str]:
    """What a writing route looks like."""
    grant.require_source(source)
    grant.note(source=source, articles=1, outcome="indexed")
    return {"outcome": "indexed"}


def with_push(settings: ServiceSettings) -> FastAPI:
    """The service for these settings, and the example of a writing route."""
    app = create_app(settings)
    example: dict[int | str, dict[str, Any]] = {
        200: {"content": {"application/json": {"example": {"outcome": "indexed"}}}}
    }
    app.add_api_route("/v1/example/{source}", push_example, methods=["POST"], responses=example)
    return app


@pytest.fixture(scope="module")
def keyed(service_settings: ServiceSettings) -> Iterator[TestClient]:
    """A client of the service whose readers need keys."""
    app = with_push(service_settings.model_copy(update={"read": "keys"}))
    with TestClient(app, raise_server_exceptions=False, follow_redirects=False) as client:
        yield client


@pytest.fixture
def new_key(
    elasticsearch: Elasticsearch,
    service_settings: ServiceSettings,
    monkeypatch: pytest.MonkeyPatch,
) -> NewKey:
    """Keeps a key of these scopes; what is kept is known to the service with the next request."""
    monkeypatch.setattr(reading, "MAX_AGE", 0.0)
    index = keys_index(service_settings.alias)
    if not elasticsearch.indices.exists(index=index):
        elasticsearch.indices.create(index=index, **keys_body())

    def new(*scopes: str, **changes: Any) -> Token:
        token = Token.new()
        made: dict[str, Any] = {
            "id": token.id,
            "name": f"key {token.id}",
            "scopes": frozenset(scopes),
            "digest": token.digest,
            "created": datetime.now(UTC),
            **changes,
        }
        document = Key(**made).to_source()
        elasticsearch.index(index=index, id=token.id, document=document, refresh=True)
        return token

    return new


@pytest.fixture
def serving(service_settings: ServiceSettings, keyed: TestClient) -> Serve:
    """`with serving(rate="2/day") as client`: that service with these settings changed."""

    @contextmanager
    def serve(**changes: Any) -> Iterator[TestClient]:
        if not changes:
            yield keyed
            return
        settings = service_settings.model_copy(update={"read": "keys", **changes})
        with TestClient(
            with_push(settings), raise_server_exceptions=False, follow_redirects=False
        ) as client:
            yield client

    return serve

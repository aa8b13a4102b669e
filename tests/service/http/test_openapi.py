"""The description of the API: an example of everything, and answers that keep to it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from fastapi.testclient import TestClient
from pydantic import TypeAdapter

from service import answer
from service.app import create_app
from service.http import examples
from service.http.problems import Problem
from service.routes.ops import Live, Ready
from service.search.status import Agencies, Status
from service.settings import ServiceSettings


@pytest.fixture(scope="module")
def description(api: TestClient) -> dict[str, Any]:
    found: dict[str, Any] = api.get("/openapi.json").json()
    return found


def operations(description: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    for path, methods in description["paths"].items():
        for operation in methods.values():
            yield path, operation


def keep_to(model: Any, found: Any) -> None:
    """Raise pydantic's error where `found` is not of the shape that the description gives."""
    TypeAdapter(model).validate_python(found)


def test_every_parameter_has_an_example_and_a_description(description: dict[str, Any]) -> None:
    bare = [
        (path, parameter["name"])
        for path, operation in operations(description)
        for parameter in operation.get("parameters", [])
        if not parameter["schema"].get("examples") or not parameter.get("description")
    ]
    assert bare == []


def test_every_answer_has_an_example(description: dict[str, Any]) -> None:
    bare = [
        (path, status, media_type)
        for path, operation in operations(description)
        for status, response in operation["responses"].items()
        for media_type, content in response.get("content", {"": {}}).items()
        if status not in ("204", "304")  # which have no content
        and ("example" not in content or "schema" not in content)
    ]
    assert bare == []


def test_how_to_send_a_key_is_described(description: dict[str, Any]) -> None:
    """Clients made from the description can send one; where reading is open they need none."""
    schemes = description["components"]["securitySchemes"]
    assert {name: scheme["scheme"] for name, scheme in schemes.items()} == {
        "bearer": "bearer",
        "basic": "basic",
    }
    assert description["security"] == [{}, {"bearer": []}, {"basic": []}]


def test_every_operation_has_a_name_of_its_own(description: dict[str, Any]) -> None:
    """It becomes a method of the clients that are made from the description."""
    names = [operation["operationId"] for _path, operation in operations(description)]
    assert len(set(names)) == len(names)
    assert [name for name in names if not name.isalpha()] == []


def test_every_group_of_operations_is_described(description: dict[str, Any]) -> None:
    used = {tag for _path, operation in operations(description) for tag in operation["tags"]}
    assert used == {tag["name"] for tag in description["tags"]}


def test_there_is_one_kind_of_hit(description: dict[str, Any]) -> None:
    """Nothing of it is required, since `fields` chooses; what is only sent when named is there."""
    schemas = description["components"]["schemas"]
    assert schemas["SearchResponse"]["properties"]["hits"]["items"] == {
        "$ref": "#/components/schemas/Hit"
    }
    assert "required" not in schemas["Hit"]
    assert {"id", "title", "body", "source", "story_id"} <= schemas["Hit"]["properties"].keys()


def test_what_has_a_validator_may_be_not_modified(description: dict[str, Any]) -> None:
    answers = {
        path: methods["get"]["responses"]
        for path, methods in description["paths"].items()
        if "get" in methods
    }
    for path in ("/v1/search", "/v1/articles/{article_id}", "/v1/status", "/feed.atom"):
        assert "304" in answers[path], path
    assert "304" not in answers["/v1/export.csv"]


def test_addresses_stand_on_the_public_one(service_settings: ServiceSettings) -> None:
    public = service_settings.model_copy(update={"public_url": "https://naba.example"})
    assert create_app(public).openapi()["servers"] == [{"url": "https://naba.example"}]


def test_failures_are_problems(description: dict[str, Any]) -> None:
    for path, operation in operations(description):
        for status, response in operation["responses"].items():
            if status not in ("200", "204", "304"):
                assert list(response["content"]) == ["application/problem+json"], (path, status)
                keep_to(Problem, response["content"]["application/problem+json"]["example"])


@pytest.mark.parametrize(
    ("model", "example"),
    [
        (answer.SearchResponse, examples.SEARCH),
        (answer.Hit, examples.HIT),
        (answer.ArticleDescription, examples.ARTICLE | {"body": examples.BODY}),
        (Agencies, examples.AGENCIES),
        (Status, examples.STATUS),
    ],
)
def test_examples_keep_to_their_models(model: Any, example: dict[str, Any]) -> None:
    keep_to(model, example)


@pytest.mark.parametrize(
    ("address", "model"),
    [
        ("/v1/search", answer.SearchResponse),
        (
            "/v1/search?q=القمح -الهجن أو x&agency=spa&from=2019&group=true&lang=en",
            answer.SearchResponse,
        ),
        ("/v1/search?q=لاشيءكهذا", answer.SearchResponse),
        ("/v1/search?size=0&date=none", answer.SearchResponse),
        ("/v1/search?sort=newest&cursor=*", answer.SearchResponse),
        ("/v1/articles/a002", answer.ArticleDescription),
        ("/v1/articles/a007", answer.ArticleDescription),
        ("/v1/agencies", Agencies),
        ("/v1/status", Status),
        ("/health/live", Live),
        ("/health/ready", Ready),
        ("/v1/nowhere", Problem),
        ("/v1/search?size=x", Problem),
    ],
)
def test_answers_keep_to_their_models(api: TestClient, address: str, model: Any) -> None:
    """Answers are not made through the models: here both are held together, no field more and none
    less.
    """
    found = api.get(address).json()
    keep_to(model, found)
    if model is answer.SearchResponse:
        for hit in found["hits"]:
            keep_to(answer.Hit, hit)


def test_hits_and_articles_name_the_same_fields(api: TestClient) -> None:
    hit = api.get("/v1/search?size=1").json()["hits"][0]
    article = api.get(f"/v1/articles/{hit['id']}").json()
    shared = hit.keys() - {"score", "highlight", "copies"}
    assert article.keys() - {"body"} == shared
    assert {name: article[name] for name in shared} == {name: hit[name] for name in shared}


def test_the_reference_for_people(api: TestClient) -> None:
    page = api.get("/docs")
    assert page.status_code == 200
    for word in ("/v1/search", "cited_agency", "/v1/export.csv"):
        assert word in page.text
    assert "<script" not in page.text

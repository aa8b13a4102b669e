"""The whole description, asked with whatever fits it and whatever does not: no 5xx, every answer as
described.
"""

from __future__ import annotations

from functools import cache
from typing import Any

import pytest
import schemathesis
from fastapi import FastAPI
from fastapi.testclient import TestClient
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis.generation import GenerationMode

from service.app import create_app
from service.settings import ServiceSettings

pytestmark = pytest.mark.slow

EXAMPLES = 40  # cases of each address, half of them wrong
# What a GET may be answered: the description lists these for each address.
CHECKS = (
    "not_a_server_error",
    "status_code_conformance",
    "content_type_conformance",
    "response_schema_conformance",
    "negative_data_rejection",
)


@cache
def description() -> dict[str, Any]:
    """The description, which needs no Elasticsearch."""
    return create_app(ServiceSettings(elasticsearch_url="http://127.0.0.1:9")).openapi()


READ = sorted(path for path, methods in description()["paths"].items() if "get" in methods)


@pytest.mark.parametrize("mode", list(GenerationMode))
@pytest.mark.parametrize("path", READ)
def test_answers_fit_the_description(
    api: TestClient, service_app: FastAPI, path: str, mode: GenerationMode
) -> None:
    schema = schemathesis.openapi.from_dict(description())
    operation = schema[path]["GET"]
    checks: list[Any] = [schemathesis.checks.CHECKS.get_one(name) for name in CHECKS]
    if mode is GenerationMode.NEGATIVE and not operation.query and not operation.path_parameters:
        return  # nothing about it can be wrong

    @given(case=operation.as_strategy(generation_mode=mode))
    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        derandomize=True,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    def ask(case: schemathesis.Case[Any]) -> None:
        kept = case.as_transport_kwargs(base_url="http://testserver")
        answer = api.request(
            kept["method"], kept["url"], params=kept.get("params"), headers=kept.get("headers")
        )
        case.validate_response(answer, checks=checks)

    ask()

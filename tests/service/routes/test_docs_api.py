"""docs/api.md is true: every request in it answers as it says, every parameter and setting stands
in it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from service.params import ExportParams, SearchParams
from service.settings import ServiceSettings

TEXT = (Path(__file__).parents[3] / "docs" / "api.md").read_text(encoding="utf-8")
REQUEST = re.compile(r"^GET (\S.*?)(?: → (\d{3}))?$", re.MULTILINE)
MODELS = (SearchParams, ExportParams)
PARAMETERS = {field.alias or name for model in MODELS for name, field in model.model_fields.items()}


def requests() -> list[tuple[str, int]]:
    return [(found[1], int(found[2] or 200)) for found in REQUEST.finditer(TEXT)]


def test_requests_are_found() -> None:
    assert len(requests()) > 25


@pytest.mark.parametrize(("address", "status"), requests())
def test_every_request_answers_as_it_says(api: TestClient, address: str, status: int) -> None:
    assert api.get(address).status_code == status


@pytest.mark.parametrize("name", sorted(PARAMETERS))
def test_every_parameter_is_documented(name: str) -> None:
    assert re.search(rf"^\| (`\w+`, )*`{name}`(, `\w+`)* \|", TEXT, re.MULTILINE)


@pytest.mark.parametrize("name", sorted(ServiceSettings.model_fields))
def test_every_setting_is_documented(name: str) -> None:
    assert f"`NABA_{name.upper()}`" in TEXT


@pytest.mark.parametrize("status", ["400", "404", "405", "406", "414", "422", "429", "500", "503"])
def test_every_status_is_documented(status: str) -> None:
    assert f"| {status} |" in TEXT


def test_every_kind_of_problem_is_documented() -> None:
    from service.errors import ServiceError

    def kinds(error: type[ServiceError]) -> Iterator[str]:
        for child in error.__subclasses__():
            yield child.code
            yield from kinds(child)

    assert [code for code in set(kinds(ServiceError)) if f"`{code}`" not in TEXT] == []

"""Dockerfile and docker-compose.yml, held to their schemas and to what a newsroom relies on; no
Docker needed.
"""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from naba.node.distribution import VERSION
from naba.settings import CommandSettings

PROJECT = Path(__file__).parents[1]
SERVICES = ["elasticsearch", "loader", "service"]


@pytest.fixture(scope="module")
def compose() -> dict[str, Any]:
    loaded: dict[str, Any] = YAML(typ="safe", pure=True).load(PROJECT / "docker-compose.yml")
    return loaded


@pytest.mark.parametrize(
    "check",
    [
        ["check-jsonschema", "--builtin-schema", "vendor.compose-spec", "docker-compose.yml"],
        ["hadolint", "Dockerfile"],
    ],
    ids=lambda check: check[0],
)
def test_the_file_is_valid(check: list[str]) -> None:
    program = Path(sys.executable).with_name(check[0])
    checked = subprocess.run(
        [program, *check[1:]], cwd=PROJECT, capture_output=True, text=True, check=False
    )
    assert checked.returncode == 0, checked.stdout + checked.stderr


def test_these_services_and_no_others(compose: dict[str, Any]) -> None:
    assert sorted(compose["services"]) == SERVICES


def test_elasticsearch_is_the_tested_one_and_out_of_reach(compose: dict[str, Any]) -> None:
    elasticsearch = compose["services"]["elasticsearch"]
    assert elasticsearch["image"] == f"elasticsearch:{VERSION}"
    assert "ports" not in elasticsearch
    assert elasticsearch["networks"] == ["inner"]
    assert compose["networks"]["inner"]["internal"] is True


def test_the_service_is_published_to_this_machine_alone(compose: dict[str, Any]) -> None:
    assert all(port.startswith("127.0.0.1:") for port in compose["services"]["service"]["ports"])
    assert "ports" not in compose["services"]["loader"]


def test_the_loader_runs_when_it_is_asked_to(compose: dict[str, Any]) -> None:
    loader = compose["services"]["loader"]
    assert loader["profiles"] == ["load"]
    assert loader["restart"] == "no"
    assert [volume for volume in loader["volumes"] if ":/articles" in volume] == [
        "${NABA_ARTICLES:-./samples}:/articles:ro"
    ]


def test_what_is_indexed_and_what_was_not_loaded_outlive_a_container(
    compose: dict[str, Any],
) -> None:
    volumes = {name: service["volumes"] for name, service in compose["services"].items()}
    assert "index:/usr/share/elasticsearch/data" in volumes["elasticsearch"]
    assert "data:/data" in volumes["service"]
    assert "data:/data" in volumes["loader"]
    assert sorted(compose["volumes"]) == ["data", "index"]


def test_what_answers_has_a_health_check_and_what_asks_waits_for_it(
    compose: dict[str, Any],
) -> None:
    services = compose["services"]
    assert "_cluster/health" in services["elasticsearch"]["healthcheck"]["test"][-1]
    assert "/health/live" in services["service"]["healthcheck"]["test"][-1]
    for name in ("service", "loader"):
        assert services[name]["depends_on"]["elasticsearch"]["condition"] == "service_healthy"


@pytest.mark.parametrize("name", SERVICES)
def test_a_container_may_do_little(compose: dict[str, Any], name: str) -> None:
    service = compose["services"][name]
    assert service["cap_drop"] == ["ALL"]
    assert "no-new-privileges:true" in service["security_opt"]


def test_requests_in_flight_finish_before_docker_loses_patience(compose: dict[str, Any]) -> None:
    patience = int(compose["services"]["service"]["stop_grace_period"].removesuffix("s"))
    settings = CommandSettings()
    assert patience > settings.drain_seconds + settings.grace_seconds


def test_no_secret_stands_in_the_files() -> None:
    text = (PROJECT / "docker-compose.yml").read_text() + (PROJECT / "Dockerfile").read_text()
    assert re.findall(r"(?i)(?:api_key|password|secret|token)\S*[:=] *[^\s$]+", text) == []


def test_only_settings_that_exist_are_set(compose: dict[str, Any]) -> None:
    known = {f"NABA_{name.upper()}" for name in CommandSettings.model_fields}
    for name in ("service", "loader"):
        assert set(compose["services"][name]["environment"]) <= known
    set_in_image = re.findall(r"\b(NABA_[A-Z_]+)=", (PROJECT / "Dockerfile").read_text())
    assert set_in_image
    assert set(set_in_image) <= known


def test_who_may_read_is_decided(compose: dict[str, Any]) -> None:
    """The image listens to everybody, so keys; compose publishes to this machine alone, so open."""
    assert re.search(r"\bNABA_READ=keys\b", (PROJECT / "Dockerfile").read_text())
    assert compose["services"]["service"]["environment"]["NABA_READ"] == "${NABA_READ:-open}"


def test_the_image_runs_as_nobody_special_and_from_the_lock() -> None:
    lines = (PROJECT / "Dockerfile").read_text()
    assert re.search(r"^USER [1-9]\d+$", lines, re.MULTILINE)
    assert "HEALTHCHECK" in lines
    installs = re.findall(r"pip install .*", lines)
    assert all("--require-hashes" in install or "--no-index" in install for install in installs)

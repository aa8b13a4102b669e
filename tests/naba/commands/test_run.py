"""`naba run` and `naba serve` as a person uses them: real processes, an address, Ctrl-C."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from elasticsearch import Elasticsearch

NABA = Path(sys.executable).with_name("naba")
ANNOUNCED = re.compile(r"^Naba answers at (http://127\.0\.0\.1:\d+/) ", re.MULTILINE)
WAIT_SECONDS = 120
# "The ministers of agriculture meet in Muscat", with a dateline.
ARTICLE = (
    "وزراء الزراعة يجتمعون في مسقط\nمسقط 3 مايو 2021 - بدأ وزراء الزراعة اجتماعهم اليوم في مسقط.\n"
)


@pytest.fixture
def environment(
    elasticsearch_url: str, index_prefix: str, request: pytest.FixtureRequest, tmp_path: Path
) -> Any:
    """Settings of one test: the suite's Elasticsearch, an alias and folders of its own, any free
    port.
    """
    alias = f"{index_prefix}-{abs(hash(request.node.name)) % 10**8}"
    return {
        **os.environ,
        "NABA_ELASTICSEARCH_URL": elasticsearch_url,
        "NABA_ALIAS": alias,
        "NABA_DATA_DIR": str(tmp_path / "data"),
        "NABA_PORT": "0",
    }


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with one article."""
    news = tmp_path / "news"
    news.mkdir()
    (news / "muscat.txt").write_text(ARTICLE, encoding="utf-8")
    return news


@contextmanager
def started(
    environment: Mapping[str, str], *arguments: str | Path
) -> Iterator[subprocess.Popen[str]]:
    process = subprocess.Popen(
        [NABA, *arguments],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


def announced_address(process: subprocess.Popen[str]) -> str:
    """Read stdout up to the line that says where Naba answers."""
    assert process.stdout is not None
    for line in process.stdout:
        if match := ANNOUNCED.match(line):
            return match[1]
    raise AssertionError(
        f"it ended with {process.wait()} and said: "
        f"{process.stderr.read() if process.stderr else ''}"
    )


def total(address: str) -> int:
    with urllib.request.urlopen(f"{address}v1/search?size=0", timeout=30) as answer:
        return int(json.load(answer)["total"]["articles"])


def refused(
    environment: Mapping[str, str], *arguments: str | Path, **changes: str
) -> subprocess.CompletedProcess[str]:
    """A command that is expected to end by itself."""
    return subprocess.run(
        [NABA, *arguments],
        env={**environment, **changes},
        capture_output=True,
        text=True,
        timeout=WAIT_SECONDS,
        check=False,
    )


def test_run_loads_what_is_named_and_serves_until_a_signal(environment: Any, folder: Path) -> None:
    with started(environment, "run", folder) as process:
        address = announced_address(process)
        assert total(address) == 1
        process.send_signal(signal.SIGINT)
        _, complaints = process.communicate(timeout=WAIT_SECONDS)
    assert process.returncode == 0
    assert "Traceback" not in complaints


def test_run_serves_the_samples_when_nothing_is_indexed_and_only_then(environment: Any) -> None:
    counts = []
    spoken = []
    for _ in range(2):
        with started(environment, "run") as process:
            counts.append(total(announced_address(process)))
            process.send_signal(signal.SIGINT)
            spoken.append(process.communicate(timeout=WAIT_SECONDS)[1])
    assert counts[0] == counts[1] >= 12
    assert ["loading the samples" in words for words in spoken] == [True, False]


def test_serve_answers_over_what_is_there(environment: Any, folder: Path) -> None:
    assert refused(environment, "load", folder).returncode == 0
    with started(environment, "serve") as process:
        assert total(announced_address(process)) == 1


def test_a_signal_during_the_load_ends_the_run(
    environment: Any, tmp_path: Path, elasticsearch: Elasticsearch
) -> None:
    pipe = tmp_path / "articles.jsonl"
    lines = "".join(
        json.dumps({"id": number, "text": ARTICLE}, ensure_ascii=False) + "\n"
        for number in range(20_000)
    )
    pipe.write_text(lines, encoding="utf-8")
    with started(environment, "run", pipe) as process:
        deadline = time.monotonic() + WAIT_SECONDS
        while not elasticsearch.indices.exists(
            index=f"{environment['NABA_ALIAS']}-*", allow_no_indices=False
        ):
            assert time.monotonic() < deadline
            time.sleep(0.05)
        process.send_signal(signal.SIGTERM)
        output, _ = process.communicate(timeout=WAIT_SECONDS)
    assert process.returncode == 130
    assert not ANNOUNCED.search(output)


def test_a_taken_port_is_said_before_anything_is_started(environment: Any, folder: Path) -> None:
    without_url = {
        name: value for name, value in environment.items() if name != "NABA_ELASTICSEARCH_URL"
    }
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = str(other.getsockname()[1])
        for command in (["run", folder], ["serve"]):
            end = refused(without_url, *command, NABA_PORT=port)
            assert (end.returncode, end.stdout) == (1, "")
            assert (
                end.stderr
                == f"Port {port} on 127.0.0.1 is taken by another program: set NABA_PORT to a "
                f"free one.\n"
            )
    assert not Path(environment["NABA_DATA_DIR"]).exists()


def test_a_missing_folder_is_said_before_anything_is_started(
    environment: Any, tmp_path: Path
) -> None:
    without_url = {
        name: value for name, value in environment.items() if name != "NABA_ELASTICSEARCH_URL"
    }
    end = refused(without_url, "run", tmp_path / "absent")
    assert (end.returncode, end.stderr) == (
        1,
        f"There is no file or folder {tmp_path / 'absent'}.\n",
    )
    assert not Path(environment["NABA_DATA_DIR"]).exists()


def test_an_absent_elasticsearch_is_one_sentence(environment: Any, folder: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as closed:
        address = "http://{}:{}".format(*closed.getsockname())
    end = refused(environment, "run", folder, NABA_ELASTICSEARCH_URL=address)
    assert end.returncode == 1
    assert len(end.stderr.splitlines()) == 1
    assert f"No Elasticsearch answers at {address}" in end.stderr


def test_without_maven_nothing_is_installed(environment: Any, tmp_path: Path) -> None:
    without_url = {
        name: value
        for name, value in environment.items()
        if not name.startswith("NABA_ELASTICSEARCH")
    }
    cache = tmp_path / "cache"
    data = {
        "NABA_CACHE_DIR": str(cache),
        "NABA_DATA_DIR": f"/var/tmp/naba-test-{os.getpid()}",
        "PATH": str(tmp_path),
    }
    try:
        end = refused(without_url, "node", "start", **data)
    finally:
        _remove(Path(data["NABA_DATA_DIR"]))
    assert end.returncode == 1
    assert re.search(r"no mvn on PATH: install Maven, or set NABA_ELASTICSEARCH_HOME", end.stderr)
    assert [entry.name for entry in cache.iterdir()] == ["fetch.lock"]


def _remove(folder: Path) -> None:
    """Remove a folder that holds the folder of a node that never started."""
    for path in sorted(folder.rglob("*"), reverse=True):
        path.rmdir() if path.is_dir() else path.unlink()
    folder.rmdir()


@pytest.mark.parametrize("command", ["run", "serve"])
@pytest.mark.parametrize("name", ["NABA_AGENCIES", "NABA_ELASTICSEARCH_CA"])
def test_a_setting_that_names_a_missing_file_is_one_sentence(
    environment: Any, tmp_path: Path, command: str, name: str
) -> None:
    end = refused(environment, command, **{name: str(tmp_path / "absent")})
    assert end.returncode in (1, 2)
    assert len(end.stderr.splitlines()) == 1
    assert name in end.stderr


@pytest.mark.parametrize(("name", "value"), [("NABA_PORT", "http"), ("NABA_NODE_HEAP", "lots")])
def test_a_bad_setting_is_named(environment: Any, name: str, value: str) -> None:
    end = refused(environment, "run", **{name: value})
    assert end.returncode == 2
    assert end.stderr.startswith(f"The setting {name} cannot be used: ")
    assert value not in end.stderr


@pytest.mark.parametrize("command", ["run", "serve"])
def test_whoever_lets_others_in_says_who_may_read(environment: Any, command: str) -> None:
    end = refused(environment, command, NABA_HOST="0.0.0.0")
    assert (end.returncode, end.stderr) == (
        2,
        "NABA_HOST=0.0.0.0 lets others reach Naba: say who may read, by NABA_READ=open (everybody "
        "who can reach it) or NABA_READ=keys (holders of a key, see `naba key`).\n",
    )


@pytest.mark.parametrize(
    ("read", "sentence"),
    [
        ("open", "Everybody who can reach this address may read (NABA_READ=open)."),
        (
            "keys",
            "Only holders of a key may read (NABA_READ=keys); `naba key add` makes one.",
        ),
    ],
)
def test_who_may_read_is_said_at_the_start(environment: Any, read: str, sentence: str) -> None:
    with started({**environment, "NABA_HOST": "0.0.0.0", "NABA_READ": read}, "serve") as process:
        assert process.stderr is not None
        assert any(line == sentence + "\n" for line in process.stderr)

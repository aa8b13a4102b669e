"""Real processes that are killed: the loader at any moment, Elasticsearch in the middle of a bulk
request.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any

import orjson
import pytest
from elasticsearch import Elasticsearch

from loader.index.generations import Generations
from naba.node import usage
from naba.settings import NodeSettings

if TYPE_CHECKING:
    from tests.loader.faulty_proxy import Proxy

pytestmark = pytest.mark.slow

PROJECT = Path(__file__).parents[2]
ARTICLES = 2_000
ROUNDS = 8


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Some thousand articles of random words, a few of them unreadable."""
    chance = Random(7)
    words = [
        "مدينة",
        "قرية",
        "نهر",
        "ميناء",
        "وزير",
        "فريق",
        "مباراة",
        "كتاب",
        "معرض",
        "علماء",
        "قمر",
        "سفينة",
    ]
    path = tmp_path_factory.mktemp("corpus") / "wires.jsonl"
    with path.open("wb") as file:
        for number in range(ARTICLES):
            text = " ".join(chance.choice(words) + str(chance.randrange(50)) for _ in range(60))
            file.write(
                orjson.dumps({"id": str(number), "title": f"عنوان {number}", "text": text + "."})
                + b"\n"
            )
    return path


Command = Callable[..., subprocess.Popen[str]]


@pytest.fixture(scope="module")
def command() -> Iterator[Command]:
    """Starts a real `naba` with these arguments; what still runs at the end is killed."""
    started: list[subprocess.Popen[str]] = []

    def start(url: str, alias: str, data: Path, *arguments: str | Path) -> subprocess.Popen[str]:
        environment = {
            name: value for name, value in os.environ.items() if not name.startswith("NABA_")
        }
        environment |= {
            "NABA_ELASTICSEARCH_URL": url,
            "NABA_ALIAS": alias,
            "NABA_DATA_DIR": str(data),
        }
        process = subprocess.Popen(
            [sys.executable, "-c", "from naba.cli import main; main()", *arguments],
            cwd=PROJECT,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        started.append(process)
        return process

    yield start
    for process in started:
        if process.poll() is None:
            process.kill()
            process.communicate()


def finished(process: subprocess.Popen[str]) -> tuple[int, str]:
    output, _none = process.communicate(timeout=240)
    return process.returncode, output


def contents(es: Elasticsearch, alias: str) -> dict[str, str]:
    """Content hash of every stored article, by id."""
    es.indices.refresh(index=alias)
    answer = es.search(
        index=alias, size=10_000, source_includes=["content_hash"], track_total_hits=True
    )
    found = {hit["_id"]: hit["_source"]["content_hash"] for hit in answer["hits"]["hits"]}
    assert answer["hits"]["total"]["value"] == len(found)
    return found


@pytest.fixture(scope="module")
def clean(
    command: Command,
    elasticsearch: Elasticsearch,
    elasticsearch_url: str,
    index_prefix: str,
    corpus: Path,
    tmp_path_factory: pytest.TempPathFactory,
) -> tuple[dict[str, str], float]:
    """What an undisturbed load leaves, and how many seconds it takes."""
    began = time.monotonic()
    process = command(
        elasticsearch_url, f"{index_prefix}-clean", tmp_path_factory.mktemp("data"), "load", corpus
    )
    code, output = finished(process)
    assert code == 0, output
    return contents(elasticsearch, f"{index_prefix}-clean"), time.monotonic() - began


@pytest.mark.parametrize("mode", ["adding", "replacing"])
def test_a_loader_killed_at_any_moment_and_run_again_ends_where_an_undisturbed_one_does(
    command: Command,
    elasticsearch: Elasticsearch,
    elasticsearch_url: str,
    index_prefix: str,
    corpus: Path,
    clean: tuple[dict[str, str], float],
    tmp_path: Path,
    mode: str,
) -> None:
    expected, seconds = clean
    alias = f"{index_prefix}-killed-{mode}"
    arguments: list[str | Path] = ["load", corpus, *(["--replace"] if mode == "replacing" else [])]
    chance = Random(mode)
    for _ in range(ROUNDS // 2):
        process = command(elasticsearch_url, alias, tmp_path, *arguments)
        time.sleep(chance.uniform(0.2, 1.0) * seconds)
        process.kill()
        finished(process)
    code, output = finished(command(elasticsearch_url, alias, tmp_path, *arguments))
    assert code == 0, output
    assert contents(elasticsearch, alias) == expected
    generations = Generations(elasticsearch, alias).all()
    assert all(generation.state == "complete" for generation in generations)
    [current] = [generation for generation in generations if generation.current]
    settings = elasticsearch.indices.get_settings(index=current.name)[current.name]["settings"][
        "index"
    ]
    assert settings["refresh_interval"] == "1s"


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM], ids=["ctrl-c", "sigterm"])
def test_an_interrupted_command_says_what_was_done(
    command: Command,
    elasticsearch: Elasticsearch,
    elasticsearch_url: str,
    index_prefix: str,
    corpus: Path,
    clean: tuple[dict[str, str], float],
    tmp_path: Path,
    number: signal.Signals,
) -> None:
    alias = f"{index_prefix}-interrupted-{number.name.lower()}"
    process = command(elasticsearch_url, alias, tmp_path, "load", corpus)
    wait_for(lambda: elasticsearch.indices.exists_alias(name=alias))
    process.send_signal(number)
    code, output = finished(process)
    assert "Traceback" not in output
    if code == 0:
        pytest.fail(f"the load was over before it could be interrupted: {output}")
    assert code == 130, output
    assert "The load was interrupted" in output
    assert contents(elasticsearch, alias).items() <= clean[0].items()
    assert [generation.state for generation in Generations(elasticsearch, alias).all()] == [
        "complete"
    ]


def test_two_loads_at_once(
    command: Command,
    elasticsearch: Elasticsearch,
    elasticsearch_url: str,
    index_prefix: str,
    corpus: Path,
    clean: tuple[dict[str, str], float],
    tmp_path: Path,
) -> None:
    alias = f"{index_prefix}-both"
    both = [command(elasticsearch_url, alias, tmp_path, "load", corpus) for _ in range(2)]
    results = sorted(finished(process) for process in both)
    assert [code for code, _output in results] == [0, 1], results
    assert "Another load " in results[1][1]
    assert contents(elasticsearch, alias) == clean[0]


@pytest.fixture
def own_node() -> Iterator[NodeSettings]:
    """Settings of a private node of this test's own, where the account it runs as can reach it."""
    folder = Path(tempfile.mkdtemp(prefix="naba-test-", dir="/var/tmp"))
    folder.chmod(0o755)
    settings = NodeSettings(data_dir=folder, node_heap="512m")
    try:
        yield settings
    finally:
        usage.stop(settings)
        shutil.rmtree(folder)


def test_elasticsearch_killed_in_the_middle_comes_back_and_nothing_is_lost(
    command: Command,
    own_node: NodeSettings,
    proxy: Proxy,
    corpus: Path,
    clean: tuple[dict[str, str], float],
    tmp_path: Path,
) -> None:
    node = usage.start_to_stay(own_node, say=lambda _sentence: None)
    proxy.target = node.url
    process = command(proxy.url, "naba", tmp_path, "load", corpus)
    wait_for(lambda: len(proxy.bulks) > 1)
    os.kill(node.pid, signal.SIGKILL)
    node = usage.start_to_stay(own_node, say=lambda _sentence: None)
    proxy.target = node.url
    code, output = finished(process)
    assert code == 0, output
    with Elasticsearch(node.url) as es:
        assert contents(es, "naba") == clean[0]


def wait_for(holds: Callable[[], Any], seconds: float = 120) -> None:
    deadline = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < deadline, "it did not come true in time"
        time.sleep(0.02)

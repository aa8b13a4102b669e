"""The private node's life, with real processes: who starts it, who stops it, what survives."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from elasticsearch import Elasticsearch

from naba.node import process, usage
from naba.node.folder import NodeFolder
from naba.node.host import NodeError, make_passable
from naba.settings import NodeSettings

NABA = Path(sys.executable).with_name("naba")
HEAP = "400m"


def quiet(_sentence: str) -> None:
    pass


@contextmanager
def open_folder() -> Iterator[Path]:
    """An empty folder for a node; not below tmp_path, which root's node may not enter."""
    with tempfile.TemporaryDirectory(prefix="naba-test-", dir="/var/tmp") as folder:
        Path(folder).chmod(0o755)
        make_passable(Path(folder, "data"))
        yield Path(folder, "data")


@pytest.fixture
def data_dir() -> Iterator[Path]:
    with open_folder() as folder:
        yield folder


@pytest.fixture
def settings(data_dir: Path) -> NodeSettings:
    return NodeSettings(data_dir=data_dir)


@pytest.fixture(scope="module")
def staying() -> Iterator[NodeSettings]:
    """Settings of a node for the tests that leave it running; two commands have started it at
    once.
    """
    with open_folder() as folder:
        settings = NodeSettings(data_dir=folder, node_heap=HEAP)
        answers: list[str] = []
        starts = [
            threading.Thread(target=lambda: answers.append(naba(settings, "node", "start").stdout))
            for _ in "ab"
        ]
        for start in starts:
            start.start()
        for start in starts:
            start.join()
        try:
            assert len(answers) == 2
            assert answers[0] == answers[1] != ""
            yield settings
        finally:
            usage.stop(settings)
            assert processes_of(folder) == []


def naba(settings: NodeSettings, *arguments: str, **more: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [NABA, *arguments],
        env=environment(settings, **more),
        capture_output=True,
        text=True,
        timeout=240,
        check=False,
    )


def environment(settings: NodeSettings, **more: str) -> dict[str, str]:
    return {
        **os.environ,
        "NABA_DATA_DIR": str(settings.data_dir),
        "NABA_NODE_HEAP": settings.node_heap,
        **more,
    }


def processes_of(data_dir: Path) -> list[int]:
    """Process numbers of all whose arguments name this folder."""
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                arguments = (entry / "cmdline").read_bytes()
            except OSError:
                continue
            if os.fsencode(data_dir) in arguments:
                found.append(int(entry.name))
    return found


def test_status_and_stop_without_a_node_create_nothing(settings: NodeSettings) -> None:
    status = naba(settings, "node", "status")
    assert (status.returncode, status.stdout) == (3, "The private Elasticsearch is not running.\n")
    assert naba(settings, "node", "stop").stdout == "It was not running.\n"
    assert list(settings.data_dir.iterdir()) == []


def test_a_named_elasticsearch_is_used_and_none_started(settings: NodeSettings) -> None:
    url = "http://search.example:9200"
    named = settings.model_copy(update={"elasticsearch_url": url})
    with usage.ensure_running(named, say=quiet) as used:
        assert used == url
    start = naba(settings, "node", "start", NABA_ELASTICSEARCH_URL=url)
    assert start.returncode == 0
    assert "no private one is started" in start.stderr
    assert list(settings.data_dir.iterdir()) == []


@pytest.mark.parametrize("content", ["", "no number", "{own}", "1", "99999999"])
def test_a_stale_process_number_is_nobody(data_dir: Path, content: str) -> None:
    folder = NodeFolder(data_dir)
    folder.logs.mkdir()
    folder.pid_file.write_text(content.format(own=os.getpid()))
    assert process.find(folder) is None
    assert process.stop(folder) is False


def test_a_start_that_fails_says_why_and_leaves_nothing_running(settings: NodeSettings) -> None:
    start = naba(settings, "node", "start", NABA_NODE_HEAP="1m")
    assert start.returncode == 1
    assert "Elasticsearch did not start: " in start.stderr
    assert str(settings.data_dir) in start.stderr
    assert "Traceback" not in start.stderr
    assert processes_of(settings.data_dir) == []


@pytest.mark.slow
def test_two_starts_at_once_make_one_node(staying: NodeSettings) -> None:
    assert len(processes_of(staying.data_dir)) == 1


@pytest.mark.slow
def test_a_node_started_to_stay_outlives_its_users(staying: NodeSettings) -> None:
    with usage.ensure_running(staying, say=quiet):
        pass
    status = naba(staying, "node", "status")
    assert status.returncode == 0
    assert "runs at http://127.0.0.1:" in status.stdout


@pytest.mark.slow
def test_what_was_acknowledged_survives_a_kill(staying: NodeSettings) -> None:
    node = usage.start_to_stay(staying, say=quiet)
    with Elasticsearch(node.url) as client:
        client.indices.create(index="kept", settings={"number_of_replicas": 0})
        for number in range(100):
            client.index(index="kept", id=str(number), document={"n": number})
    os.kill(node.pid, signal.SIGKILL)
    wait_until(lambda: processes_of(staying.data_dir) == [])

    again = usage.start_to_stay(staying, say=quiet)
    assert again.pid != node.pid
    with Elasticsearch(again.url) as client:
        client.indices.refresh(index="kept")
        assert client.count(index="kept")["count"] == 100


@pytest.mark.slow
def test_the_last_user_stops_the_node_whatever_its_folder_is_called(data_dir: Path) -> None:
    odd = data_dir / "مجلد with $blank 'and' %s"  # Arabic: folder
    settings = NodeSettings(data_dir=odd, node_heap=HEAP)
    with usage.ensure_running(settings, say=quiet) as first:
        with usage.ensure_running(settings, say=quiet) as second:
            assert second == first
        assert usage.running(settings) is not None
    assert usage.running(settings) is None
    assert processes_of(odd) == []


@pytest.mark.slow
def test_ctrl_c_during_the_start_leaves_no_process(settings: NodeSettings) -> None:
    start = subprocess.Popen(
        [NABA, "node", "start"],
        env=environment(settings),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    wait_until(
        lambda: len(processes_of(settings.data_dir)) >= 2
    )  # the launcher and the node itself
    start.send_signal(signal.SIGINT)
    assert start.wait(60) == 130
    assert processes_of(settings.data_dir) == []


def test_a_folder_that_the_node_may_not_use_is_one_sentence(data_dir: Path) -> None:
    closed = data_dir / "closed"
    closed.mkdir(mode=0o700 if os.geteuid() == 0 else 0o500)  # root's node runs as somebody else
    with (
        pytest.raises(NodeError, match=r"set NABA_DATA_DIR to a folder"),
        usage.ensure_running(NodeSettings(data_dir=closed / "naba"), say=quiet),
    ):
        pytest.fail("it started")


def wait_until(holds: Callable[[], bool]) -> None:
    """Wait at most a minute for what `holds()` tells."""
    deadline = time.monotonic() + 60
    while not holds() and time.monotonic() < deadline:
        time.sleep(0.05)
    assert holds()

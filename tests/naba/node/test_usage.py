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
from pathlib import Path

import pytest
from elasticsearch import Elasticsearch

from naba.node import process, usage
from naba.node.folder import NodeFolder
from naba.node.host import NodeError, make_passable
from naba.settings import NodeSettings

NABA = Path(sys.executable).with_name("naba")


def quiet(_sentence: str) -> None:
    pass


@pytest.fixture
def data_dir() -> Iterator[Path]:
    """An empty folder for a node; not below tmp_path, which root's node may not enter."""
    with tempfile.TemporaryDirectory(prefix="naba-test-", dir="/var/tmp") as folder:
        make_passable(Path(folder, "data"))
        Path(folder).chmod(0o755)
        yield Path(folder, "data")


@pytest.fixture
def settings(data_dir: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[NodeSettings]:
    """Settings of a small private node of its own, in the environment as well; it is stopped at the end."""
    monkeypatch.setenv("NABA_DATA_DIR", str(data_dir))
    monkeypatch.setenv("NABA_NODE_HEAP", "400m")
    settings = NodeSettings()
    yield settings
    usage.stop(settings)


def naba(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([NABA, *arguments], capture_output=True, text=True, timeout=240, check=False)


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
    status = naba("node", "status")
    assert (status.returncode, status.stdout) == (3, "The private Elasticsearch is not running.\n")
    assert naba("node", "stop").stdout == "It was not running.\n"
    assert list(settings.data_dir.iterdir()) == []


def test_a_named_elasticsearch_is_used_and_none_started(
    settings: NodeSettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NABA_ELASTICSEARCH_URL", "http://search.example:9200")
    with usage.ensure_running(NodeSettings(), say=quiet) as url:
        assert url == "http://search.example:9200"
    start = naba("node", "start")
    assert start.returncode == 0
    assert "no private one is started" in start.stderr
    assert list(settings.data_dir.iterdir()) == []


@pytest.mark.parametrize("content", ["", "no number", "{own}", "1", "99999999"])
def test_a_stale_process_number_is_nobody(data_dir: Path, content: str) -> None:
    folder = NodeFolder(data_dir)
    folder.pid_file.write_text(content.format(own=os.getpid()))
    assert process.find(folder) is None
    assert process.stop(folder) is False


def test_a_start_that_fails_says_why_and_leaves_nothing_running(
    settings: NodeSettings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NABA_NODE_HEAP", "1m")
    start = naba("node", "start")
    assert start.returncode == 1
    assert "Elasticsearch did not start: " in start.stderr
    assert str(settings.data_dir) in start.stderr
    assert "Traceback" not in start.stderr
    assert processes_of(settings.data_dir) == []


@pytest.mark.slow
def test_two_starts_at_once_make_one_node(settings: NodeSettings) -> None:
    answers: list[str] = []
    starts = [threading.Thread(target=lambda: answers.append(naba("node", "start").stdout)) for _ in range(2)]
    for start in starts:
        start.start()
    for start in starts:
        start.join()
    assert len(answers) == 2
    assert answers[0] == answers[1] != ""
    assert len(processes_of(settings.data_dir)) == 1
    assert naba("node", "stop").stdout == "Stopped.\n"
    assert processes_of(settings.data_dir) == []


@pytest.mark.slow
def test_what_was_acknowledged_survives_a_kill(settings: NodeSettings) -> None:
    node = usage.start_to_stay(settings, say=quiet)
    with Elasticsearch(node.url) as client:
        client.indices.create(index="kept", settings={"number_of_replicas": 0})
        for number in range(100):
            client.index(index="kept", id=str(number), document={"n": number})
    os.kill(node.pid, signal.SIGKILL)
    wait_until(lambda: processes_of(settings.data_dir) == [])

    again = usage.start_to_stay(settings, say=quiet)
    assert again.pid != node.pid
    with Elasticsearch(again.url) as client:
        client.indices.refresh(index="kept")
        assert client.count(index="kept")["count"] == 100


@pytest.mark.slow
def test_the_last_user_stops_the_node(settings: NodeSettings) -> None:
    with usage.ensure_running(settings, say=quiet) as first:
        with usage.ensure_running(settings, say=quiet) as second:
            assert second == first
        assert usage.running(settings) is not None
    assert usage.running(settings) is None
    assert processes_of(settings.data_dir) == []


@pytest.mark.slow
def test_a_node_started_to_stay_outlives_its_users(settings: NodeSettings) -> None:
    assert naba("node", "start").returncode == 0
    with usage.ensure_running(settings, say=quiet):
        pass
    status = naba("node", "status")
    assert status.returncode == 0
    assert "runs at http://127.0.0.1:" in status.stdout


@pytest.mark.slow
def test_ctrl_c_during_the_start_leaves_no_process(settings: NodeSettings) -> None:
    start = subprocess.Popen([NABA, "node", "start"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    wait_until(lambda: len(processes_of(settings.data_dir)) >= 2)  # the launcher and the node itself
    start.send_signal(signal.SIGINT)
    assert start.wait(60) == 130
    assert processes_of(settings.data_dir) == []


@pytest.mark.slow
def test_odd_characters_in_the_folder_do_no_harm(data_dir: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    odd = data_dir / "مجلد with $blank 'and' %s"  # Arabic: folder
    settings = NodeSettings(data_dir=odd, node_heap="400m")
    with usage.ensure_running(settings, say=quiet) as url, Elasticsearch(url) as client:
        assert client.info()["version"]["number"].startswith("9.")


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

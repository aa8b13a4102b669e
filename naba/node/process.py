"""Start and stop the node's process, and find it again from another process.

The caller holds the folder's lock. A process number on its own proves nothing (it may belong to
somebody else by now): a process is the node if its arguments carry the folder's marker.
"""

from __future__ import annotations

import http.client
import os
import signal
import subprocess
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import psutil

from naba.node.folder import NodeFolder
from naba.node.host import Account, NodeError
from naba.node.java import Java

_START_SECONDS = (
    240  # 10 s on an idle machine; recovery of a large index on a busy one takes minutes
)
_STOP_SECONDS = 60
_PAUSE_SECONDS = 0.1
# What Elasticsearch's start script may see; everything else (JAVA_OPTS, ES_JAVA_OPTS...) would
# change the node.
_PASSED_ON = ("PATH", "LANG", "LC_ALL", "TZ")


@dataclass(frozen=True, slots=True)
class Node:
    """A running node."""

    pid: int
    url: str


def find(folder: NodeFolder) -> int | None:
    """Process number of the folder's node, ready or not; None when it does not run."""
    try:
        pid = int(folder.pid_file.read_text())
    except (OSError, ValueError):
        return None
    return pid if _is_node(pid, folder) else None


def find_ready(folder: NodeFolder) -> Node | None:
    """The folder's node if it runs and answers now."""
    pid = find(folder)
    address = _address(folder)
    if pid is None or address is None or not _answers(address):
        return None
    return Node(pid, f"http://{address}")


def start(
    folder: NodeFolder, home: Path, java: Java, account: Account, environ: Mapping[str, str]
) -> Node:
    """Start the prepared node and wait until it answers; on an error or a signal nothing keeps
    running.

    Raises NodeError with what Elasticsearch said.
    """
    environment = {name: environ[name] for name in _PASSED_ON if name in environ} | {
        "ES_JAVA_HOME": str(java.home),
        "ES_PATH_CONF": str(folder.config),
        "ES_TMPDIR": str(folder.tmp),
    }
    with folder.output.open("wb") as output:
        try:
            launcher = subprocess.Popen(
                [home / "bin" / "elasticsearch", "-d", "-p", folder.pid_file],
                env=environment,
                cwd=folder.tmp,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                # Ctrl-C in the terminal is for us; we end the node when its work is done
                start_new_session=True,
                **account.popen,
            )
        except OSError as error:
            raise NodeError(
                f"Elasticsearch in {home} cannot be started: {error.strerror}."
            ) from error
    try:
        return _wait_until_ready(folder, launcher)
    except BaseException:
        with suppress(ProcessLookupError):
            os.killpg(launcher.pid, signal.SIGKILL)
        launcher.wait()
        raise


def stop(folder: NodeFolder) -> bool:
    """End the folder's node and wait until it is gone; False when none ran. Raises NodeError if it
    may not be ended.
    """
    pid = find(folder)
    if pid is None:
        return False
    try:
        os.kill(pid, signal.SIGTERM)
        if not _gone_within(_STOP_SECONDS, pid):
            os.kill(
                pid, signal.SIGKILL
            )  # loses nothing: what was acknowledged is in the log of operations
            _gone_within(_STOP_SECONDS, pid)
    except ProcessLookupError:
        pass
    except PermissionError as error:
        raise NodeError(
            f"The node (process {pid}) belongs to another user, who has to stop it."
        ) from error
    for stale in (folder.pid_file, folder.ports_file):
        stale.unlink(missing_ok=True)
    return True


def _wait_until_ready(folder: NodeFolder, launcher: subprocess.Popen[bytes]) -> Node:
    deadline = time.monotonic() + _START_SECONDS
    while time.monotonic() < deadline:
        code = launcher.poll()
        if code is not None and find_ready(folder) is None and (code != 0 or find(folder) is None):
            raise NodeError(
                f"Elasticsearch did not start: {_complaint(folder)} (all of it: {folder.output})"
            )
        if code is not None and (node := find_ready(folder)):
            return node
        time.sleep(_PAUSE_SECONDS)
    raise NodeError(
        f"Elasticsearch did not answer within {_START_SECONDS} seconds; its log is in "
        f"{folder.logs}."
    )


def _complaint(folder: NodeFolder) -> str:
    """The line of the start's output that says most."""
    lines = [
        line.strip()
        for line in folder.output.read_text(errors="replace").splitlines()
        if line.strip()
    ]
    telling = [line for line in lines if "exception" in line.lower() or "error" in line.lower()]
    return (telling or lines or ["it said nothing"])[0][:500]


def _is_node(pid: int, folder: NodeFolder) -> bool:
    try:
        return folder.marker in psutil.Process(pid).cmdline()
    except psutil.Error:
        return False


def _gone_within(seconds: float, pid: int) -> bool:
    """Wait for the process to end. Its arguments empty before it is gone, so the state decides."""
    deadline = time.monotonic() + seconds
    with suppress(psutil.NoSuchProcess):
        process = psutil.Process(pid)
        while time.monotonic() < deadline:
            with suppress(ChildProcessError):
                os.waitpid(pid, os.WNOHANG)  # ours where we are the first process of a container
            if not process.is_running() or process.status() == psutil.STATUS_ZOMBIE:
                return True
            time.sleep(_PAUSE_SECONDS)
        return False
    return True


def _address(folder: NodeFolder) -> str | None:
    try:
        lines = folder.ports_file.read_text().split()
    except OSError:
        return None
    return lines[0] if lines else None


def _answers(address: str) -> bool:
    """Whether the node at host:port has its indices at hand."""
    connection = http.client.HTTPConnection(address, timeout=5)
    try:
        connection.request("GET", "/_cluster/health?wait_for_status=yellow&timeout=2s")
        return connection.getresponse().status == http.client.OK
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()

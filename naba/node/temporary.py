"""A throw-away node with a small heap, for the test suite and the benchmarks: its data goes when it
goes.

A guard process ends it even if its user is killed: it waits for the end of a pipe whose other end
only the user holds.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from naba.node import process
from naba.node.distribution import Say, check_home, ensure_distribution
from naba.node.folder import NodeFolder
from naba.node.host import NOBODY, node_account
from naba.node.java import find_java
from naba.settings import NodeSettings

QUICK_START = ("-XX:TieredStopAtLevel=1", "-XX:-UseG1GC", "-XX:+UseSerialGC", "-XX:-AlwaysPreTouch")
"""Java options that halve the CPU time of a start; never where speed is measured. (-UseG1GC first,
or they clash.)
"""

_CONFIGURATION = {
    # A nearly full disk is no reason to fail a test.
    "cluster.routing.allocation.disk.threshold_enabled": False,
    # Tests make many small indices.
    "cluster.max_shards_per_node": 5000,
}


@contextmanager
def temporary_node(
    settings: NodeSettings,
    *,
    say: Say,
    heap: str = "512m",
    jvm_options: Sequence[str] = QUICK_START,
) -> Iterator[str]:
    """URL of a new, empty node that lives as long as the block. Raises NodeError."""
    account = node_account()
    java = find_java(os.environ, account)
    if settings.elasticsearch_home:
        home = check_home(settings.elasticsearch_home)
    else:
        home = ensure_distribution(settings.cache_dir.absolute(), say=say)
    # As root not below a TMPDIR that the node's account may not enter.
    root = Path(
        tempfile.mkdtemp(prefix="naba-node-", dir="/var/tmp" if account.uid == NOBODY else None)
    )
    folder = NodeFolder(root)
    guard = subprocess.Popen(
        [sys.executable, "-m", "naba.node.temporary", root],
        cwd=Path(__file__).parents[2],
        stdin=subprocess.PIPE,
        start_new_session=True,
    )
    try:
        if account.uid is not None:
            root.chmod(0o755)
        folder.prepare(
            home, account, heap=heap, configuration=_CONFIGURATION, jvm_options=jvm_options
        )
        yield process.start(folder, home, java, account, os.environ).url
    finally:
        assert guard.stdin is not None
        guard.stdin.close()
        guard.wait()


def guard_until_end_of_input(root: Path) -> None:
    """Wait until nobody holds the other end of standard input; then end the node and remove its
    folder.
    """
    sys.stdin.buffer.read()
    process.stop(NodeFolder(root))
    shutil.rmtree(root, ignore_errors=True)


if __name__ == "__main__":
    guard_until_end_of_input(Path(sys.argv[1]))

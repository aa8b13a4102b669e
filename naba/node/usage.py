"""Who uses the private node: it runs as long as somebody does, or until it is stopped if it was
started to stay.

Every user holds a shared lock on one file while it works. The one that leaves last stops the node,
unless `naba node start` asked for it to stay. The kernel drops the lock of a process that dies, so
no count can go wrong.
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from naba.node import process
from naba.node.distribution import Say, check_home, ensure_distribution
from naba.node.folder import NodeFolder
from naba.node.host import Account, library_platform, node_account
from naba.node.java import find_java
from naba.node.process import Node
from naba.settings import NodeSettings

# 90 % of a disk full is no reason to refuse articles while gigabytes are free: these are absolute.
_CONFIGURATION = {
    "cluster.routing.allocation.disk.watermark.low": "2gb",
    "cluster.routing.allocation.disk.watermark.high": "1gb",
    "cluster.routing.allocation.disk.watermark.flood_stage": "500mb",
}


@contextmanager
def ensure_running(settings: NodeSettings, *, say: Say) -> Iterator[str]:
    """URL of an Elasticsearch that answers while the block runs.

    That is `settings.elasticsearch_url` where set (it is not looked at here); else the private
    node, fetched and started if need be. `say` gets a sentence before anything that takes long.
    Raises NodeError.
    """
    if settings.elasticsearch_url:
        yield settings.elasticsearch_url
        return
    folder = _folder(settings)
    with _users_file(folder).open("a") as users:
        with folder.locked():
            node = _start(settings, folder, say)
            fcntl.flock(users, fcntl.LOCK_SH)
        try:
            yield node.url
        finally:
            with folder.locked():
                if not _stays(folder).exists() and _is_last(users):
                    process.stop(folder)


def start_to_stay(settings: NodeSettings, *, say: Say) -> Node:
    """Start the private node if it does not run, and let it run until `stop`. Raises NodeError."""
    folder = _folder(settings)
    with folder.locked():
        node = _start(settings, folder, say)
        _stays(folder).touch()
    return node


def stop(settings: NodeSettings) -> bool:
    """Stop the private node, whoever started it; False when it did not run. Raises NodeError."""
    folder = _place(settings)
    if not folder.root.is_dir():
        return False
    with folder.locked():
        _stays(folder).unlink(missing_ok=True)
        return process.stop(folder)


def running(settings: NodeSettings) -> Node | None:
    """The private node if it runs and answers; creates nothing."""
    return process.find_ready(_place(settings))


def _start(settings: NodeSettings, folder: NodeFolder, say: Say) -> Node:
    """The running node, or a new one; the caller holds the lock."""
    node = process.find_ready(folder)
    if node:
        return node
    process.stop(folder)  # one that hangs, or whose start was killed half-way
    _stays(folder).unlink(missing_ok=True)
    account = node_account()
    java = find_java(os.environ, account)
    home = _home(settings, say)
    account.require_reachable(home / "bin", "NABA_CACHE_DIR")
    say(f"Starting a private Elasticsearch (Java {java.version}, heap {settings.node_heap})…")
    folder.prepare(home, account, heap=settings.node_heap, configuration=_CONFIGURATION)
    return process.start(folder, home, java, account, os.environ)


def _home(settings: NodeSettings, say: Say) -> Path:
    if settings.elasticsearch_home:
        return check_home(settings.elasticsearch_home)
    return ensure_distribution(settings.cache_dir.absolute(), say=say)


def _place(settings: NodeSettings) -> NodeFolder:
    return NodeFolder(settings.data_dir.absolute() / "node")


def _folder(settings: NodeSettings) -> NodeFolder:
    """The folder that holds the node's folders, made where its account can reach it."""
    library_platform()  # before anything is created
    folder = _place(settings)
    account = node_account()
    account.require_reachable(folder.root, "NABA_DATA_DIR")
    # Root's own: the locks in it are opened by root, and the node's account must not be able to
    # swap them for links.
    Account(None).make_folder(folder.root)
    if account.uid is not None:
        folder.root.chmod(0o755)
    return folder


def _stays(folder: NodeFolder) -> Path:
    return folder.root / "stays"


def _users_file(folder: NodeFolder) -> Path:
    return folder.root / "users"


def _is_last(users: TextIO) -> bool:
    """Whether nobody but the holder of this file uses the node."""
    try:
        fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True

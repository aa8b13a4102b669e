"""What the private node asks of this machine: Linux, a known processor, an account that is not
root, reachable folders.

Elasticsearch refuses to run as root, so a node that root starts runs as the unprivileged account;
its own folders belong to that account, and every folder above them has to let it pass.
"""

from __future__ import annotations

import os
import platform
import stat
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TypedDict

from mappings.errors import NabaError

NOBODY = 65534
"""Number of the account and group `nobody`/`nogroup` on Linux, whose names differ from system to
system.
"""

_PLATFORMS = {
    "x86_64": "linux-x64",
    "amd64": "linux-x64",
    "aarch64": "linux-aarch64",
    "arm64": "linux-aarch64",
}


class NodeError(NabaError):
    """The private node cannot be provided."""


class PopenAccount(TypedDict, total=False):
    """Keyword arguments of subprocess.Popen that choose the account."""

    user: int
    group: int
    extra_groups: list[int]


def make_passable(folder: Path) -> None:
    """Create `folder` and its missing parents so that everybody may pass through, whatever the
    umask.

    Those that exist stay as they are. Raises OSError.
    """
    if folder.is_dir():
        return
    make_passable(folder.parent)
    folder.mkdir(exist_ok=True)
    folder.chmod(0o755)


@dataclass(frozen=True, slots=True)
class Account:
    """Whom the node runs as: `uid` None means whoever runs this process."""

    uid: int | None

    @property
    def popen(self) -> PopenAccount:
        """The arguments with which subprocess changes to this account."""
        if self.uid is None:
            return {}
        return {"user": self.uid, "group": self.uid, "extra_groups": []}

    def make_folder(self, folder: Path) -> None:
        """Create `folder` for this account alone, with parents; raises NodeError when it cannot be
        used.
        """
        try:
            make_passable(folder.parent)
            folder.mkdir(mode=0o700, exist_ok=True)
            self.take(folder)
        except OSError as error:
            raise NodeError(
                f"The folder {folder} cannot be used ({error.strerror}): {_ADVICE}"
            ) from error
        if self.uid is None and not os.access(folder, os.R_OK | os.W_OK | os.X_OK):
            raise NodeError(f"The folder {folder} belongs to another user: {_ADVICE}")

    def take(self, path: Path) -> None:
        """Make `path`, never what it may link to, belong to this account, if that is another than
        the caller.
        """
        if self.uid is not None and path.lstat().st_uid != self.uid:
            os.lchown(path, self.uid, self.uid)

    def take_all(self, folder: Path) -> None:
        """The same for `folder` and all below it: files that root copied there would keep the node
        from starting.
        """
        if self.uid is None:
            return
        self.take(folder)
        for parent, folders, files in os.walk(folder):
            for name in (*folders, *files):
                self.take(Path(parent, name))

    def require_reachable(self, folder: Path, setting: str) -> None:
        """Raise NodeError when this account may not pass through a parent of `folder`; `setting`
        names the remedy.
        """
        if self.uid is None:
            return
        for parent in folder.resolve().parents:
            if (
                parent.exists()
                and not parent.stat().st_mode & stat.S_IXOTH
                and parent.stat().st_uid != self.uid
            ):
                raise NodeError(
                    f"Started by root, Elasticsearch runs as an unprivileged user, who may not "
                    f"enter {parent}: "
                    f"set {setting} to a folder that everybody can reach, such as one below /var."
                )


_ADVICE = "set NABA_DATA_DIR to a folder of your own."


def node_account() -> Account:
    """The account for the node: the caller's, or the unprivileged one when the caller is root."""
    return Account(NOBODY if os.geteuid() == 0 else None)


def library_platform() -> str:
    """Name of this machine's folder of native libraries in Elasticsearch; raises NodeError for
    others than Linux.
    """
    if not sys.platform.startswith("linux"):
        raise NodeError(
            "The private Elasticsearch runs on Linux only: start Elasticsearch 9 some other way "
            "(docker-compose.yml "
            "does) and set NABA_ELASTICSEARCH_URL."
        )
    machine = platform.machine().lower()
    if machine not in _PLATFORMS:
        raise NodeError(
            f"There is no Elasticsearch for the processor {machine}: run one elsewhere and set "
            f"NABA_ELASTICSEARCH_URL."
        )
    return _PLATFORMS[machine]

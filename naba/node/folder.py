"""The folder of one node: where its configuration, data, log and process number are, and what the
configuration says.

Knows nothing of processes (process.py) or of who uses the node (usage.py).
"""

from __future__ import annotations

import fcntl
import json
import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from naba.node.host import Account

Configuration = Mapping[str, str | int | bool]

_CONFIGURATION: Configuration = {
    "network.host": "127.0.0.1",
    # Any free port, without a race: the node writes the ones it got to logs/*.ports.
    "http.port": 0,
    "transport.port": 0,
    "node.portsfile": True,
    "discovery.type": "single-node",
    # Nothing but this machine's users can reach it, and there is no secret to hand out.
    "xpack.security.enabled": False,
    # A misspelt index name must be an error, never a new index with guessed fields.
    "action.auto_create_index": False,
}
# Refused as unknown settings where the module is missing.
_MODULE_CONFIGURATION: Mapping[str, Configuration] = {
    "ingest-geoip": {"ingest.geoip.downloader.enabled": False},
    "x-pack-ml": {"xpack.ml.enabled": False},
}
# No endless files of collector traces below the data folder.
_JVM_OPTIONS = ("-Xlog:disable", "-Xlog:all=error:stderr")


@dataclass(frozen=True, slots=True)
class NodeFolder:
    """The paths of one node below `root`."""

    root: Path

    @property
    def config(self) -> Path:
        return self.root / "config"

    @property
    def data(self) -> Path:
        return self.root / "data"

    @property
    def logs(self) -> Path:
        return self.root / "logs"

    @property
    def tmp(self) -> Path:
        return self.root / "tmp"

    @property
    def output(self) -> Path:
        """What the start printed; written by the caller, who may be root, and so in no folder of
        the node's account.
        """
        return self.root / "start.log"

    @property
    def pid_file(self) -> Path:
        return self.logs / "node.pid"

    @property
    def ports_file(self) -> Path:
        return self.logs / "http.ports"

    @property
    def marker(self) -> str:
        """An argument that the node's Java carries: how its process is told from any other."""
        return f"-Dnaba.node={self.root}"

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Be the only one that starts or stops this node; waits for whoever does so now."""
        with (self.root / "lock").open("w") as handle:
            fcntl.flock(handle, fcntl.LOCK_EX)
            yield

    def prepare(
        self,
        home: Path,
        account: Account,
        *,
        heap: str,
        configuration: Configuration | None = None,
        jvm_options: Sequence[str] = (),
    ) -> None:
        """Write the configuration anew for the Elasticsearch in `home`, and forget an earlier
        process; data stays.

        `configuration` and `jvm_options` come after ours. Raises NodeError when the folders cannot
        be made.
        """
        for folder in (self.data, self.logs, self.tmp):
            account.make_folder(folder)
            account.take_all(folder)
        for stale in (self.pid_file, self.ports_file):
            stale.unlink(missing_ok=True)
        shutil.rmtree(self.config, ignore_errors=True)
        shutil.copytree(home / "config", self.config, copy_function=shutil.copyfile)
        (self.config / "elasticsearch.yml").write_text(
            self._settings(home, configuration or {}), encoding="utf-8"
        )
        options = self.config / "jvm.options.d"
        options.mkdir(exist_ok=True)
        lines = [f"-Xms{heap}", f"-Xmx{heap}", *_JVM_OPTIONS, *jvm_options, self.marker]
        (options / "naba.options").write_text("\n".join(lines) + "\n", encoding="utf-8")
        account.take_all(self.config)

    def _settings(self, home: Path, extra: Configuration) -> str:
        """elasticsearch.yml, one setting a line; a JSON value is a YAML value."""
        settings: dict[str, str | int | bool] = {
            "cluster.name": "naba",
            "node.name": "naba",
            "path.data": str(self.data),
            "path.logs": str(self.logs),
            **_CONFIGURATION,
        }
        for module, lines in _MODULE_CONFIGURATION.items():
            if (home / "modules" / module).is_dir():
                settings |= lines
        settings |= extra
        return "".join(
            f"{name}: {json.dumps(value, ensure_ascii=False)}\n" for name, value in settings.items()
        )

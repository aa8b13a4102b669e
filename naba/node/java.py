"""Find a Java that Elasticsearch 9.4 can run on.

It has to be 21 or newer and to contain the module jdk.incubator.vector, which full JDKs and JREs
have and cut-down ones lack. An older Java on PATH is passed over, not an error.
"""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from naba.node.host import Account, NodeError

OLDEST = 21
NEEDED_MODULE = "jdk.incubator.vector"
_SYSTEM_FOLDER = Path("/usr/lib/jvm")
_ANSWER_SECONDS = 60
_BASE_MODULE = re.compile(r"^java\.base@(\d+)", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Java:
    """A Java installation: its home folder and its feature version, such as 25."""

    home: Path
    version: int


def find_java(
    environ: Mapping[str, str], account: Account, *, system_folder: Path = _SYSTEM_FOLDER
) -> Java:
    """The first fitting Java among ES_JAVA_HOME, JAVA_HOME, PATH and `system_folder`.

    Each is asked as `account`, so that one which the node's user may not execute does not count.
    Raises NodeError that names what was found instead.
    """
    refused: list[str] = []
    for home in _candidates(environ, system_folder):
        java, reason = _ask(home, account)
        if java is not None:
            return java
        refused.append(f"{home} ({reason})")
    found = f"found only {', '.join(refused)}" if refused else "found none"
    raise NodeError(
        f"Elasticsearch needs Java {OLDEST} or newer with the module {NEEDED_MODULE}, and this "
        f"machine has none "
        f"({found}): install a JDK {OLDEST} or newer, or set ES_JAVA_HOME to the folder of one."
    )


def _candidates(environ: Mapping[str, str], system_folder: Path) -> Iterator[Path]:
    """Home folders to try, each once, in the order in which people expect to be heard."""
    named = [Path(environ[name]) for name in ("ES_JAVA_HOME", "JAVA_HOME") if environ.get(name)]
    on_path = shutil.which("java", path=environ.get("PATH", ""))
    if on_path:
        named.append(Path(on_path).resolve().parent.parent)
    installed = sorted(system_folder.iterdir()) if system_folder.is_dir() else []
    seen: set[Path] = set()
    for home in (*named, *installed):
        real = home.resolve()
        if real not in seen and (home in named or (real / "bin" / "java").is_file()):
            seen.add(real)
            yield real


def _ask(home: Path, account: Account) -> tuple[Java | None, str]:
    """Start `home`'s Java for its modules: the Java, or None and the reason why it does not fit."""
    try:
        answer = subprocess.run(
            [home / "bin" / "java", "-XX:TieredStopAtLevel=1", "--list-modules"],
            capture_output=True,
            text=True,
            errors="replace",
            timeout=_ANSWER_SECONDS,
            stdin=subprocess.DEVNULL,
            cwd="/",
            check=False,
            **account.popen,
        )
    except (OSError, subprocess.SubprocessError):
        return None, "cannot be run"
    base = _BASE_MODULE.search(answer.stdout)
    if answer.returncode != 0 or base is None:
        return None, "older than 9 or broken"
    version = int(base[1])
    if version < OLDEST:
        return None, f"version {version}"
    if not re.search(rf"^{re.escape(NEEDED_MODULE)}(@|$)", answer.stdout, re.MULTILINE):
        return None, f"version {version} without {NEEDED_MODULE}"
    return Java(home, version), ""

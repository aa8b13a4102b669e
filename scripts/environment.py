"""Prepare .venv beside this folder exactly as the lock files say, then become a command with
.venv/bin first on PATH.

Called by scripts/with-environment, with the standard library alone. pip installs, because it comes
with Python and knows its user's mirrors, proxies and certificates. A stamp (of the lock files and
the place) makes the next call quick; it is written last, so that an interrupted call is taken up
again.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import NoReturn

PROJECT = Path(__file__).resolve().parents[1]
VENV = PROJECT / ".venv"
PYTHON = str(VENV / "bin" / "python")
# `dev` holds all of `run`, in the same versions.
LOCKS = {"run": PROJECT / "requirements.lock", "dev": PROJECT / "requirements-dev.lock"}
BUILD_LOCK = PROJECT / "requirements-build.lock"
_PIP = [PYTHON, "-m", "pip", "--quiet", "--no-input", "--disable-pip-version-check"]
_INSTALL = [*_PIP, "install", "--no-deps", "--root-user-action=ignore", "--progress-bar=off"]
INTERRUPTED = 130


def stop(sentence: str, code: int = 1) -> NoReturn:
    """End with one sentence for people."""
    print(sentence, file=sys.stderr)
    raise SystemExit(code)


def wanted(kind: str) -> str:
    """What the stamp of a complete environment of this kind says."""
    files = (LOCKS[kind], BUILD_LOCK, PROJECT / "pyproject.toml")
    content = b"".join(hashlib.sha256(file.read_bytes()).digest() for file in files)
    return hashlib.sha256(content + os.fsencode(VENV)).hexdigest()


def is_complete(kind: str) -> bool:
    """Whether .venv was finished for this kind and its Python still runs."""
    stamp = VENV / f"stamp-{kind}"
    if not stamp.is_file() or stamp.read_text() != wanted(kind):
        return False
    return runs("import naba")


def runs(code: str) -> bool:
    """Whether .venv has a Python that can execute `code`: the one it was made with may be gone."""
    if not os.path.exists(PYTHON):
        return False
    return (
        subprocess.run([PYTHON, "-I", "-c", code], capture_output=True, check=False).returncode == 0
    )


@contextmanager
def only_one() -> Iterator[None]:
    """Let one process at a time work on .venv; the others wait."""
    if not os.access(VENV if VENV.is_dir() else PROJECT, os.W_OK):
        stop(
            f"{PROJECT} cannot be written by this user, and .venv has to be prepared there: "
            f"clone Naba into a folder "
            "of your own."
        )
    folder = os.open(PROJECT, os.O_RDONLY)
    try:
        fcntl.flock(folder, fcntl.LOCK_EX)
        yield
    finally:
        os.close(folder)


def prepare(kind: str) -> None:
    """Make .venv hold what the lock of this kind says, and the project itself."""
    print(f"Preparing {VENV} (once, about a minute)…", file=sys.stderr)
    try:
        for stamp in VENV.glob("stamp-*"):
            stamp.unlink()
        if not runs("import pip"):
            shutil.rmtree(VENV, ignore_errors=True)
            if call(sys.executable, "-m", "venv", str(VENV)) != 0:
                shutil.rmtree(VENV, ignore_errors=True)
                stop("Python could not make .venv (on Debian: apt-get install python3-venv).")
        install("--require-hashes", "-r", str(LOCKS[kind]), "-r", str(BUILD_LOCK))
        # The build tools are in .venv already, so that nothing unchecked is fetched for the build.
        install("--no-build-isolation", "--editable", str(PROJECT))
        for held in ("run", "dev") if kind == "dev" else ("run",):
            (VENV / f"stamp-{held}").write_text(wanted(held))
    except OSError as error:
        stop(
            f"{VENV} cannot be prepared ({error.strerror}: {error.filename}): remove it, or free "
            f"some space."
        )


def install(*arguments: str) -> None:
    """Run pip; its own words and one sentence when it fails."""
    if call(*_INSTALL, *arguments) != 0:
        stop(
            "pip could not install what Naba needs (its reason stands above): check the network, "
            "or pip's mirror "
            "and proxy settings, and call again."
        )


def call(*command: str) -> int:
    """Run a command to its end and give its exit code; an interruption ends it with all that it
    started.
    """
    with subprocess.Popen(
        command, stdin=subprocess.DEVNULL, stdout=sys.stderr, start_new_session=True
    ) as process:
        try:
            return process.wait()
        except BaseException:
            os.killpg(process.pid, signal.SIGKILL)
            raise


def interrupt(_signal: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def main(kind: str, command: str, *arguments: str) -> NoReturn:
    """Prepare if need be, then replace this process by the command, so that signals reach it."""
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, interrupt)
    try:
        if not is_complete(kind):
            with only_one():
                if not is_complete(kind):
                    prepare(kind)
    except KeyboardInterrupt:
        stop("Interrupted; call again to go on.", INTERRUPTED)
    environment = {
        **os.environ,
        "PATH": f"{VENV / 'bin'}{os.pathsep}{os.environ.get('PATH', os.defpath)}",
    }
    os.execvpe(command, [command, *arguments], environment)


if __name__ == "__main__":
    main(*sys.argv[1:])

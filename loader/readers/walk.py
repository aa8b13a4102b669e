"""Named files and folders -> the files below them in a stable order; links are survived."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from loader.raw import Unreadable
from loader.readers.reasons import Reason

# What systems leave in folders and archives beside hidden files.
_LEFT_BY_SYSTEMS = frozenset(("__macosx", "thumbs.db", "desktop.ini", "$recycle.bin"))


@dataclass(frozen=True, slots=True)
class Found:
    """A file to read: `path` is below the named folder (POSIX), `named` says that the user named
    the file itself.
    """

    source: str
    path: str
    file: Path
    named: bool = False


def is_hidden(path: str) -> bool:
    """Whether a part of a POSIX path is hidden or left by an operating system."""
    return any(part.startswith(".") or part.lower() in _LEFT_BY_SYSTEMS for part in path.split("/"))


def source_name(path: Path) -> str:
    """The name that the articles of a named path get as their source: the folder's, or of a file
    the one it is in.
    """
    folder = path.resolve()
    if not folder.is_dir():
        folder = folder.parent
    return folder.name or "root"


def find(paths: Sequence[Path], source: str | None) -> Iterator[Found | Unreadable]:
    """Every file of the named paths, folders in sorted order and hidden files left out.

    A file or folder that is named twice is read once. Two different files that would get one
    identity (the same source and path, from two named folders) are told apart by refusing the later
    one.
    """
    earlier: list[tuple[str, Path]] = []  # source and folder of the paths before
    seen: set[Path] = set()
    for path in paths:
        resolved = path.resolve()
        if resolved in seen:
            continue
        seen.add(resolved)
        name = source or source_name(path)
        folder = resolved if resolved.is_dir() else resolved.parent
        clashing = [
            other for other_name, other in earlier if other_name == name and other != folder
        ]
        for found in _below(path, name):
            other = next((other for other in clashing if os.path.lexists(other / found.path)), None)
            if isinstance(found, Found) and other is not None:
                yield Unreadable(
                    name, found.path, Reason.SAME_PATH.value,
                    f"A file of this path was read from {other} under the source {name!r} as well; "
                    "load the folders one by one with a --source of their own.",
                )  # fmt: skip
            else:
                yield found
        earlier.append((name, folder))


def _below(path: Path, source: str) -> Iterator[Found | Unreadable]:
    if path.is_dir():
        any_found = False
        for found in _walk(path.resolve(), source):
            any_found = True
            yield found
        if not any_found:
            yield Unreadable(source, ".", Reason.EMPTY.value, "The folder holds no files.")
    else:
        yield _file(path, path.name, source, named=True)


def _walk(root: Path, source: str) -> Iterator[Found | Unreadable]:
    """Depth first without recursion: folders may be nested deeper than calls may be."""
    waiting: list[tuple[Path, str]] = [(root, "")]
    entered: set[tuple[int, int]] = set()
    while waiting:
        path, below = waiting.pop()
        try:
            status = path.stat()
        except OSError as error:
            yield _unreadable(source, below, error)
            continue
        if below and path.is_symlink() and (inside := _leads_inside(path, root)):
            yield Unreadable(
                source,
                below,
                Reason.LINK.value,
                f"It is a link to {inside}, read at its own place.",
            )
        elif not stat.S_ISDIR(status.st_mode):
            yield _file(path, below, source, named=False)
        elif (status.st_dev, status.st_ino) in entered:
            yield Unreadable(
                source, below, Reason.LINK.value, "It is a link to a folder that was read already."
            )
        else:
            entered.add((status.st_dev, status.st_ino))
            try:
                names = sorted(os.listdir(path), reverse=True)
            except OSError as error:
                yield _unreadable(source, below or ".", error)
                continue
            waiting.extend(
                (path / name, f"{below}/{name}" if below else name)
                for name in names
                if not is_hidden(name)
            )


def _leads_inside(link: Path, root: Path) -> str | None:
    """Where a link leads, below the root, or None where it leads out of it."""
    try:
        target = link.resolve(strict=True)
    except (OSError, RuntimeError):
        return None
    if target == root:
        return "the folder itself"
    return target.relative_to(root).as_posix() if target.is_relative_to(root) else None


def _file(path: Path, below: str, source: str, *, named: bool) -> Found | Unreadable:
    try:
        status = path.stat()
    except (OSError, ValueError) as error:
        return _unreadable(source, below, error)
    if not stat.S_ISREG(status.st_mode):
        return Unreadable(
            source, below, Reason.NOT_A_FILE.value, "It is a pipe, socket or device, not a file."
        )
    return Found(source, _printable(below), path, named)


def _unreadable(source: str, below: str, error: OSError | ValueError) -> Unreadable:
    if isinstance(error, FileNotFoundError):
        reason, detail = Reason.NOT_FOUND, "There is no such file or folder."
    elif isinstance(error, PermissionError):
        reason, detail = Reason.NOT_PERMITTED, "It may not be read by this user."
    else:
        reason, detail = (
            Reason.INPUT_ERROR,
            f"It cannot be read: {getattr(error, 'strerror', None) or error}.",
        )
    return Unreadable(source, _printable(below), reason.value, detail)


def _printable(path: str) -> str:
    """File names may hold bytes that are no text; they show as U+FFFD."""
    return path.encode("utf-8", "replace").decode("utf-8") if not path.isascii() else path

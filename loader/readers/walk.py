"""Named files and folders -> the files below them in a stable order; no link is followed."""

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
    one. A named path may be a link; a link within a named folder is not followed.
    """
    folders: dict[str, list[Path]] = {}  # of the paths before, by their source
    seen: set[Path] = set()
    for path in paths:
        resolved = path.resolve()
        if resolved in seen:
            continue
        seen.add(resolved)
        name = source or source_name(path)
        folder = resolved if resolved.is_dir() else resolved.parent
        earlier = folders.setdefault(name, [])
        clashing = [other for other in earlier if other != folder]
        for found in _below(path, name):
            yield _refused_where_twice(found, clashing)
        earlier.append(folder)


def _refused_where_twice(found: Found | Unreadable, folders: Sequence[Path]) -> Found | Unreadable:
    """The file, or its refusal where one of `folders`, read before, holds a file of its path."""
    if isinstance(found, Found):
        for folder in folders:
            if os.path.lexists(folder / found.path):
                return Unreadable(
                    found.source, found.path, Reason.SAME_PATH.value,
                    f"A file of this path was read from {folder} under the source "
                    f"{found.source!r} as well; load the folders one by one with a --source of "
                    "their own.",
                )  # fmt: skip
    return found


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
    while waiting:
        path, below = waiting.pop()
        try:
            mode = path.lstat().st_mode
            names = os.listdir(path) if stat.S_ISDIR(mode) else []
        except OSError as error:
            yield _unreadable(source, below or ".", error)
            continue
        if stat.S_ISLNK(mode):
            yield _link(path, below, root, source)
        elif not stat.S_ISDIR(mode):
            yield _file(path, below, source, named=False)
        waiting.extend(
            (path / name, f"{below}/{name}" if below else name)
            for name in sorted(names, reverse=True)
            if not is_hidden(name)
        )


def _link(path: Path, below: str, root: Path, source: str) -> Unreadable:
    """A link within a named folder: what it leads to is read at its own place, or is no part of the
    folder (a file of the system, the environment of this process).
    """
    try:
        target = path.resolve(strict=True)
    except (OSError, RuntimeError) as error:
        return _unreadable(source, below, error)
    if target.is_relative_to(root):
        inside = target.relative_to(root).as_posix()
        place = "the folder itself" if target == root else f"{inside}, read at its own place"
        reason, detail = Reason.LINK, f"It is a link to {place}."
    else:
        reason = Reason.LINK_OUT
        detail = "It is a link that leads out of the named folder; name its target to read it."
    return Unreadable(source, _printable(below), reason.value, detail)


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


def _unreadable(source: str, below: str, error: Exception) -> Unreadable:
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

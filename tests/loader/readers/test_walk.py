"""Folders are walked in a stable order; links, pipes and odd names are survived."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from loader.raw import Unreadable
from loader.readers import read
from loader.readers.walk import Found, find
from loader.settings import LoaderSettings


def found(*paths: Path, source: str | None = None) -> list[tuple[str, str, str]]:
    """(source, path, reason or "file") of everything found."""
    return [
        (item.source, item.path, item.reason if isinstance(item, Unreadable) else "file")
        for item in find(paths, source)
    ]


def write(path: Path, text: str = "x") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def test_paths_are_below_the_named_folder_sorted_and_without_the_hidden(tmp_path: Path) -> None:
    root = tmp_path / "wires"
    for name in (
        "b.txt",
        "a/z.txt",
        "a/2020/c.txt",
        ".git/x.txt",
        "a/.y.txt",
        "Thumbs.db",
        "خبر.txt",
    ):
        write(root / name)
    assert found(root) == [
        ("wires", "a/2020/c.txt", "file"),
        ("wires", "a/z.txt", "file"),
        ("wires", "b.txt", "file"),
        ("wires", "خبر.txt", "file"),
    ]


def test_a_named_file_belongs_to_its_folder(tmp_path: Path) -> None:
    path = write(tmp_path / "wires" / "a.txt")
    assert found(path) == [("wires", "a.txt", "file")]
    assert found(path, source="s") == [("s", "a.txt", "file")]
    (item,) = find([path], None)
    assert isinstance(item, Found)
    assert item.named


def test_the_folder_one_stands_in_has_a_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path / "wires" / "a.txt")
    monkeypatch.chdir(tmp_path / "wires")
    assert found(Path()) == [("wires", "a.txt", "file")]


def test_what_is_not_there_or_empty_is_told(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    assert found(tmp_path / "none") == [(tmp_path.name, "none", "not-found")]
    assert found(tmp_path / "empty") == [("empty", ".", "empty")]


def test_links_that_loop_and_links_to_nothing(tmp_path: Path) -> None:
    root = tmp_path / "wires"
    write(root / "a" / "x.txt")
    (root / "a" / "up").symlink_to(root)
    (root / "b").symlink_to(root / "a")
    (root / "c.txt").symlink_to(root / "a" / "x.txt")
    (root / "gone").symlink_to(root / "nowhere")
    (root / "self").symlink_to("self")
    assert found(root) == [
        ("wires", "a/up", "link"),
        ("wires", "a/x.txt", "file"),
        ("wires", "b", "link"),
        ("wires", "c.txt", "link"),
        ("wires", "gone", "not-found"),
        ("wires", "self", "input-error"),
    ]


def test_links_out_of_the_folder_are_told_and_not_followed(tmp_path: Path) -> None:
    root = tmp_path / "wires"
    write(root / "a.txt")
    for name, target in (
        ("environment", Path("/proc/self/environ")),
        ("folder", write(tmp_path / "elsewhere" / "x.txt").parent),
        ("system.txt", Path("/etc/passwd")),
        ("zero", Path("/dev/zero")),
    ):
        (root / name).symlink_to(target)
    (root / "chain.txt").symlink_to("system.txt")
    assert found(root) == [
        ("wires", "a.txt", "file"),
        ("wires", "chain.txt", "link-out"),
        ("wires", "environment", "link-out"),
        ("wires", "folder", "link-out"),
        ("wires", "system.txt", "link-out"),
        ("wires", "zero", "link-out"),
    ]


def test_what_the_user_names_may_be_a_link(tmp_path: Path) -> None:
    path = write(tmp_path / "elsewhere" / "x.txt")
    (tmp_path / "folder").symlink_to(path.parent)
    (tmp_path / "file.txt").symlink_to(path)
    assert found(tmp_path / "folder") == [("elsewhere", "x.txt", "file")]
    assert found(tmp_path / "file.txt") == [("elsewhere", "file.txt", "file")]


def test_pipes_are_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    assert found(tmp_path) == [(tmp_path.name, "pipe.txt", "not-a-file")]
    assert found(tmp_path / "pipe.txt") == [(tmp_path.name, "pipe.txt", "not-a-file")]


@pytest.fixture
def as_somebody() -> Iterator[Path]:
    """A folder in which this process may not read what is closed: root puts its rights aside for
    the test.
    """
    with TemporaryDirectory() as name:
        Path(name).chmod(0o755)
        user = os.geteuid()
        closed = Path(name) / "closed"
        closed.mkdir(mode=0)
        (Path(name) / "a.txt").write_text("x", encoding="utf-8")
        (Path(name) / "a.txt").chmod(0)
        if user == 0:
            os.seteuid(65_534)
        try:
            yield Path(name)
        finally:
            os.seteuid(user)
            closed.chmod(0o700)


def test_what_may_not_be_read_is_told(as_somebody: Path) -> None:
    name = as_somebody.name
    assert found(as_somebody) == [(name, "a.txt", "file"), (name, "closed", "not-permitted")]
    items = list(read([as_somebody], LoaderSettings()))
    assert [item.reason for item in items if isinstance(item, Unreadable)] == [
        "not-permitted",
        "not-permitted",
    ]


def test_a_path_named_twice_is_read_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path / "wires" / "a.txt")
    monkeypatch.chdir(tmp_path)
    assert found(Path("wires"), tmp_path / "wires", Path("wires/../wires")) == [
        ("wires", "a.txt", "file")
    ]


def test_two_files_of_one_identity_are_told_apart(tmp_path: Path) -> None:
    for folder in ("one/wires", "two/wires"):
        write(tmp_path / folder / "a.txt")
    write(tmp_path / "two/wires/b.txt")
    assert found(tmp_path / "one/wires", tmp_path / "two/wires") == [
        ("wires", "a.txt", "file"),
        ("wires", "a.txt", "same-path"),
        ("wires", "b.txt", "file"),
    ]


def test_names_that_are_no_text_can_still_be_printed(tmp_path: Path) -> None:
    with open(os.fsencode(tmp_path) + b"/\xc7\xe1.txt", "wb") as file:
        file.write(b"x")
    ((_, path, outcome),) = found(tmp_path)
    assert (path.encode(), outcome) == (b"??.txt", "file")


def test_folders_nested_very_deep(tmp_path: Path) -> None:
    folder = tmp_path
    for _ in range(400):
        folder = folder / "d"
    write(folder / "a.txt")
    assert found(tmp_path) == [(tmp_path.name, "d/" * 400 + "a.txt", "file")]

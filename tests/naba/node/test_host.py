"""What the node's account owns, and what root never gives away."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from naba.node.host import NOBODY, Account, NodeError, library_platform, make_passable, node_account

OWNER = NOBODY if os.geteuid() == 0 else os.geteuid()


def test_root_runs_the_node_as_nobody_and_others_as_themselves() -> None:
    assert node_account() == Account(NOBODY if os.geteuid() == 0 else None)


def test_all_below_a_folder_is_taken_but_nothing_that_a_link_points_to(tmp_path: Path) -> None:
    """A link that the node's account planted must not make root hand over somebody else's file."""
    outside = tmp_path / "outside"
    outside.write_text("not the node's")
    inside = tmp_path / "node" / "logs"
    inside.mkdir(parents=True)
    (inside / "copied.log").write_text("restored by root")
    (inside / "link").symlink_to(outside)
    node_account().take_all(tmp_path / "node")
    assert {path.lstat().st_uid for path in (tmp_path / "node").rglob("*")} == {OWNER}
    assert outside.stat().st_uid == os.geteuid()


def test_a_folder_of_the_node_is_closed_to_others(tmp_path: Path) -> None:
    node_account().make_folder(tmp_path / "a" / "b")
    made = (tmp_path / "a" / "b").stat()
    assert (made.st_uid, made.st_mode & 0o777) == (OWNER, 0o700)


def test_parents_that_are_made_let_everybody_pass(tmp_path: Path) -> None:
    before = os.umask(0o077)
    try:
        make_passable(tmp_path / "a" / "b")
    finally:
        os.umask(before)
    assert [(tmp_path / name).stat().st_mode & 0o777 for name in ("a", "a/b")] == [0o755, 0o755]


def test_other_systems_are_told_the_way_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.platform", "darwin")
    with pytest.raises(NodeError, match=r"runs on Linux only.*set NABA_ELASTICSEARCH_URL"):
        library_platform()

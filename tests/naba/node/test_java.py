"""Which Java is taken, and what is said when none fits."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from naba.node.host import Account, NodeError, node_account
from naba.node.java import find_java

CALLER = Account(None)
VECTOR = "jdk.incubator.vector"


def java_home(folder: Path, version: str, *modules: str) -> Path:
    """A home folder whose `java --list-modules` answers as Java `version` with these modules
    does.
    """
    program = folder / "bin" / "java"
    program.parent.mkdir(parents=True)
    lines = "".join(f"{module}@{version}\n" for module in ("java.base", *modules))
    program.write_text(f"#!/bin/sh\ncat <<'END'\n{lines}END\n")
    program.chmod(0o755)
    return folder


def test_this_machine_has_one() -> None:
    assert find_java(os.environ, node_account()).version >= 21


def test_an_older_java_on_path_is_passed_over(tmp_path: Path) -> None:
    old = java_home(tmp_path / "old", "17.0.15", VECTOR)
    system = tmp_path / "jvm"
    fitting = java_home(system / "jdk-25", "25.0.1", VECTOR)
    found = find_java({"PATH": str(old / "bin")}, CALLER, system_folder=system)
    assert (found.home, found.version) == (fitting, 25)


@pytest.mark.parametrize("variable", ["ES_JAVA_HOME", "JAVA_HOME"])
def test_a_named_java_comes_before_the_one_on_path(tmp_path: Path, variable: str) -> None:
    named = java_home(tmp_path / "named", "21", VECTOR)
    on_path = java_home(tmp_path / "path", "25", VECTOR)
    assert find_java({variable: str(named), "PATH": str(on_path / "bin")}, CALLER).home == named


def test_a_link_on_path_leads_to_its_home(tmp_path: Path) -> None:
    home = java_home(tmp_path / "jdk", "21.0.2", VECTOR)
    programs = tmp_path / "bin"
    programs.mkdir()
    (programs / "java").symlink_to(home / "bin" / "java")
    assert find_java({"PATH": str(programs)}, CALLER, system_folder=tmp_path / "none").home == home


@pytest.mark.parametrize(
    ("version", "modules", "reason"),
    [
        ("20.0.1", (VECTOR,), "version 20"),
        ("25", (), f"version 25 without {VECTOR}"),
        ("25", (VECTOR + "s",), "without"),
    ],
)
def test_one_that_does_not_fit_is_named_with_the_reason(
    tmp_path: Path, version: str, modules: tuple[str, ...], reason: str
) -> None:
    home = java_home(tmp_path / "jdk", version, *modules)
    with pytest.raises(NodeError, match=r"needs Java 21 or newer.*set ES_JAVA_HOME") as refused:
        find_java({"JAVA_HOME": str(home)}, CALLER, system_folder=tmp_path / "none")
    assert f"{home} (" in str(refused.value)
    assert reason in str(refused.value)


def test_no_java_at_all_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(NodeError, match=r"needs Java 21 or newer.*found none.*install a JDK"):
        find_java({"PATH": str(tmp_path)}, CALLER, system_folder=tmp_path / "none")


@pytest.mark.parametrize(
    "content", [b"\x7fELF broken", b"#!/bin/sh\nexit 1\n", b"#!/bin/sh\nprintf '\\377\\n'\n", b""]
)
def test_a_broken_java_is_passed_over(tmp_path: Path, content: bytes) -> None:
    broken = tmp_path / "broken" / "bin" / "java"
    broken.parent.mkdir(parents=True)
    broken.write_bytes(content)
    broken.chmod(0o755)
    fitting = java_home(tmp_path / "jvm" / "jdk", "21", VECTOR)
    environ = {"JAVA_HOME": str(tmp_path / "broken"), "ES_JAVA_HOME": str(tmp_path / "absent")}
    assert find_java(environ, CALLER, system_folder=tmp_path / "jvm").home == fitting


def test_one_that_the_node_may_not_run_is_passed_over(tmp_path: Path) -> None:
    home = java_home(tmp_path / "jdk", "25", VECTOR)
    home.chmod(0o700 if os.geteuid() == 0 else 0o000)  # root's node runs as somebody else
    try:
        with pytest.raises(NodeError, match="cannot be run"):
            find_java(
                {"JAVA_HOME": str(home), "PATH": ""},
                node_account(),
                system_folder=tmp_path / "none",
            )
    finally:
        home.chmod(0o700)

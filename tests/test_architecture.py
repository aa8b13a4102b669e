"""The house rules that a program can check, over everything that is tracked."""

from __future__ import annotations

import importlib
import re
import subprocess
import sys
import unicodedata
from pathlib import Path

import pytest

from naba.settings import CommandSettings

PROJECT = Path(__file__).parents[1]
PACKAGES = ("mappings", "loader", "service", "naba")
LONGEST_FILE = 360  # lines; what is longer does more than one job
CODE = {".py", ".js", ".css", ".html", ".sh", ""}
SAYS_NOTHING = {"util", "utils", "helper", "helpers", "common", "base", "manager", "misc"}
# In two parts, so that this file does not name what it looks for.
FOREIGN = [
    "pypi" + ".org",
    "python" + "hosted.org",
    "maven" + ".org",
    "maven.apache" + ".org/maven2",
    "npmjs" + ".org",
    "/ro" + "ot/",
    "/ho" + "me/",
    "/wo" + "rk/",
]


def tracked_files() -> list[Path]:
    """Every file under version control, as it is in the work tree."""
    listed = subprocess.run(
        # The tests may run as another user than the one who cloned.
        ["git", "-c", "safe.directory=*", "ls-files", "-z"],
        cwd=PROJECT,
        capture_output=True,
        text=True,
        check=True,
    )
    files = [PROJECT / name for name in listed.stdout.split("\0") if name]
    return [file for file in files if file.is_file()]


TRACKED = tracked_files()


def text_of(file: Path) -> str | None:
    """A file's text; None for a binary one."""
    try:
        return file.read_bytes().decode("utf-8")
    except UnicodeDecodeError:
        return None


@pytest.mark.parametrize("name", PACKAGES)
def test_a_package_of_that_name_is_ours(name: str) -> None:
    """Others have published packages of these names; an installed one would win over ours from
    another folder.
    """
    module = importlib.import_module(name)
    assert module.__file__
    assert Path(module.__file__).is_relative_to(PROJECT)


def test_dependencies_point_one_way() -> None:
    program = Path(sys.executable).with_name("lint-imports")
    checked = subprocess.run(
        [program, "--no-cache"], cwd=PROJECT, capture_output=True, text=True, check=False
    )
    assert checked.returncode == 0, checked.stdout


def test_no_file_does_two_jobs() -> None:
    lengths = {
        str(file.relative_to(PROJECT)): len((text_of(file) or "").splitlines())
        for file in TRACKED
        if file.suffix in CODE and file.name != "LICENSE"
    }
    assert {name: lines for name, lines in lengths.items() if lines > LONGEST_FILE} == {}


def test_every_name_says_what_a_file_is_for() -> None:
    parts = {file: set(re.split(r"[_.]", file.stem)) for file in TRACKED}
    assert [
        str(file.relative_to(PROJECT)) for file, words in parts.items() if words & SAYS_NOTHING
    ] == []


def test_no_tracked_file_names_a_registry_or_a_machine() -> None:
    found = [
        f"{file.relative_to(PROJECT)}: {foreign}"
        for file in TRACKED
        for foreign in FOREIGN
        if foreign in (text_of(file) or "")
    ]
    assert found == []


def test_invisible_characters_are_written_as_escapes() -> None:
    """A reader of the source has to see what stands there (and what a bidi control would hide)."""
    found = set()
    for file in TRACKED:
        for character in set(text_of(file) or ""):
            if (
                unicodedata.category(character) in ("Cf", "Co", "Cn", "Cc")
                and character not in "\n\t\r"
            ):
                found.add(f"{file.relative_to(PROJECT)}: U+{ord(character):04X}")
    assert found == set()


def test_tests_are_no_packages() -> None:
    """An __init__.py below tests/ would make `import loader` find the tests of the loader."""
    assert [
        file
        for file in TRACKED
        if file.name == "__init__.py" and file.is_relative_to(PROJECT / "tests")
    ] == []


@pytest.mark.parametrize("field", sorted(CommandSettings.model_fields))
def test_every_setting_is_documented(field: str) -> None:
    documents = (PROJECT / "README.md").read_text() + (
        PROJECT / "docs" / "operations.md"
    ).read_text()
    assert re.search(rf"\bNABA_{field.upper()}\b", documents), (
        f"NABA_{field.upper()} is in neither document"
    )


@pytest.mark.parametrize(
    "name", ["requirements.lock", "requirements-dev.lock", "requirements-build.lock"]
)
def test_a_lock_holds_versions_and_hashes_and_no_address(name: str) -> None:
    lines = (PROJECT / name).read_text().splitlines()
    requirements = [line for line in lines if re.match(r"[A-Za-z0-9]", line)]
    hashes = [line for line in lines if line.startswith("    --hash=sha256:")]
    assert all(re.match(r"[A-Za-z0-9._-]+(\[[a-z,]+\])?==\S+ ", line) for line in requirements)
    assert len(hashes) >= len(requirements) > 0
    assert len(requirements) + len(hashes) == len(lines)


def test_tests_run_with_the_versions_that_are_deployed() -> None:
    deployed, tested = (
        {line.split(" ")[0] for line in (PROJECT / name).read_text().splitlines() if "==" in line}
        for name in ("requirements.lock", "requirements-dev.lock")
    )
    assert deployed <= tested

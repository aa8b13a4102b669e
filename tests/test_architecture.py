"""The house rules that a program can check, over everything that is tracked."""

from __future__ import annotations

import ast
import importlib
import re
import subprocess
import sys
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest

from naba.settings import CommandSettings

PROJECT = Path(__file__).parents[1]
PACKAGES = ("mappings", "loader", "service", "naba")
LONGEST_FILE = 300  # lines; what is longer does more than one job
MOST_BRANCHES = 12  # of a function; what has more is a table, or several functions
MOST_FILES_IN_SERVICE = 10  # directly in service/; the rest lives in its rooms
CODE = {".py", ".js", ".css", ".html", ".sh", ""}
SAYS_NOTHING = {"util", "utils", "helper", "helpers", "common", "base", "manager", "misc"}
# Names that say nothing to who knows the trade (search, news, HTTP).
NOT_OF_THE_TRADE = {"desk", "asked", "written", "kin", "reach", "direct", "finding"}
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
SOURCES = [
    file
    for file in TRACKED
    if file.suffix == ".py" and file.relative_to(PROJECT).parts[0] in PACKAGES
]
# Tests that follow no one file: of whole loads and requests, or of one kind of input everywhere.
WITHOUT_SOURCE = {
    "loader/test_promote_under_load.py": "two commands at once",
    "loader/extract/test_habits.py": "whole copies, by the habits of newsrooms",
    "loader/extract/test_given.py": "what a record gives beside its text",
    "loader/extract/test_properties.py": "whole copies, by what always holds",
    "loader/extract/test_linear_time.py": "whole copies, by the time they take",
    "loader/readers/test_bad_input.py": "every reader",
    "loader/readers/test_volume.py": "every reader",
    "mappings/test_names.py": "the registry over real names",
    "service/http/test_bad_input.py": "whole requests",
    "service/http/test_faults.py": "whole requests, Elasticsearch failing",
    "service/http/test_leaving.py": "whole requests, clients leaving",
    "service/http/test_refused_parameters.py": "whole requests",
    "service/http/test_schemathesis.py": "whole requests, by the API's description",
    "service/http/test_unforeseen.py": "whole requests, code failing",
    "service/query/test_long_queries.py": "whole searches",
    "service/routes/test_agency_names.py": "whole requests",
    "service/routes/test_facets.py": "whole requests",
    "service/routes/test_instants.py": "whole requests, by times of publication",
    "service/routes/test_walks.py": "whole requests, page after page",
    "service/search/test_grouping.py": "whole searches",
    "service/search/test_relaxing.py": "whole searches",
}


def definitions(file: Path) -> Iterator[tuple[str, ast.AST]]:
    """Every function and class of a file, as ("loader/load.py:start", its syntax tree)."""
    for node in ast.walk(ast.parse(file.read_text())):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            yield f"{file.relative_to(PROJECT)}:{node.name}", node


def inside(node: ast.AST) -> Iterator[ast.AST]:
    """What stands in a function, without the functions defined in it."""
    for child in ast.iter_child_nodes(node):
        if not isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            yield child
            yield from inside(child)


def branches(function: ast.AST) -> int:
    """The ways through a function: 1, and 1 more for each if, loop, handler and case, each `and`
    and `or`, each conditional expression, each loop and condition of a comprehension.
    """
    count = 1
    for node in inside(function):
        match node:
            case ast.BoolOp():
                count += len(node.values) - 1
            case ast.comprehension():
                count += 1 + len(node.ifs)
            case ast.If() | ast.For() | ast.AsyncFor() | ast.While() | ast.ExceptHandler():
                count += 1
            case ast.IfExp() | ast.match_case():
                count += 1
    return count


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


def test_no_function_has_more_branches_than_a_reader_can_hold() -> None:
    counted = {
        place: branches(node)
        for file in SOURCES
        for place, node in definitions(file)
        if not isinstance(node, ast.ClassDef)
    }
    assert {place: count for place, count in counted.items() if count > MOST_BRANCHES} == {}


def test_no_conditional_expression_holds_another() -> None:
    places = [
        f"{file.relative_to(PROJECT)}:{node.lineno}"
        for file in SOURCES
        for node in ast.walk(ast.parse(file.read_text()))
        if isinstance(node, ast.IfExp)
        and any(isinstance(part, ast.IfExp) for part in ast.walk(node) if part is not node)
    ]
    assert places == []


def test_names_are_those_of_the_trade() -> None:
    modules = [f"{file.relative_to(PROJECT)}:{file.stem}" for file in SOURCES]
    defined = [place for file in SOURCES for place, _ in definitions(file)]
    assert [
        place
        for place in [*modules, *defined]
        if place.rpartition(":")[2].lower() in NOT_OF_THE_TRADE
    ] == []


def test_the_service_is_built_of_rooms() -> None:
    files = [file for file in SOURCES if file.parent == PROJECT / "service"]
    assert len(files) <= MOST_FILES_IN_SERVICE


def sources_of(test: Path) -> Iterator[Path]:
    """What a test may be of: index/test_bulk_refused.py of index/bulk_refused.py, index/bulk.py, or
    the folders of these names.
    """
    words = test.stem.removeprefix("test_").split("_")
    for count in range(len(words), 0, -1):
        source = PROJECT / test.with_name("_".join(words[:count]))
        yield from (source, source.with_suffix(".py"))


def test_a_test_stands_where_its_source_stands() -> None:
    tests = {
        file.relative_to(PROJECT / "tests")
        for file in TRACKED
        if file.name.startswith("test_") and file.parent.is_relative_to(PROJECT / "tests")
    }
    strays = {
        str(test)
        for test in tests
        if test.parts[0] in PACKAGES and not any(map(Path.exists, sources_of(test)))
    }
    assert strays == set(WITHOUT_SOURCE)


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


def test_the_map_names_what_exists() -> None:
    """Every path and file name in docs/architecture.md; a name alone may be in any folder."""
    named = re.findall(r"`([\w./]+)`", (PROJECT / "docs" / "architecture.md").read_text())
    tracked = {part for file in TRACKED for part in (file, *file.parents)}
    names = {file.name for file in TRACKED}
    assert [
        name
        for name in named
        if (PROJECT / name not in tracked if "/" in name else "." in name and name not in names)
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

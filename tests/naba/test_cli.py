"""The command line as a whole: what goes wrong is one sentence on stderr and a true exit code."""

from __future__ import annotations

import socket
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.core import TyperGroup
from typer.main import get_command

from naba.cli import app, main

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Run:
    """Runs `naba …` in this process: exit code, stdout, stderr."""
    monkeypatch.setenv("NABA_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setenv("COLUMNS", "200")
    monkeypatch.setenv("TERM", "dumb")

    def run(*arguments: str | Path, **settings: str) -> tuple[int, str, str]:
        for name, value in settings.items():
            monkeypatch.setenv(f"NABA_{name.upper()}", value)
        monkeypatch.setattr(sys, "argv", ["naba", *map(str, arguments)])
        try:
            main()
            code = 0
        except SystemExit as end:
            code = int(end.code or 0)
        output = capsys.readouterr()
        return code, output.out, output.err

    return run


def test_version(run: Run) -> None:
    code, out, _err = run("--version")
    assert (code, out.split()[0]) == (0, "naba")


def commands() -> list[list[str]]:
    """Every command and sub-command."""
    found: list[list[str]] = []
    group = get_command(app)
    assert isinstance(group, TyperGroup)
    for name, command in group.commands.items():
        within = command.commands if isinstance(command, TyperGroup) else {}
        found += [[name, inner] for inner in within] or [[name]]
    return found


@pytest.mark.parametrize("command", commands(), ids=" ".join)
def test_every_command_explains_itself_with_an_example(run: Run, command: list[str]) -> None:
    code, out, _err = run(*command, "--help")
    assert code == 0
    assert "Example: " in out
    assert f"naba {' '.join(command)}" in out.split("Example: ")[1]


def test_all_commands_are_there() -> None:
    assert {command[0] for command in commands()} == {
        "run",
        "load",
        "check",
        "serve",
        "withdraw",
        "restore",
        "index",
        "key",
        "node",
    }


def test_a_mistyped_command_is_guessed(run: Run) -> None:
    code, _out, err = run("chek")
    assert code == 2
    assert "Did you mean 'check'?" in " ".join(err.replace("│", " ").split())


def test_a_command_imports_nothing_for_another() -> None:
    asked = (
        "import sys; from naba.cli import main; sys.argv = ['naba', 'check', '--help']\n"
        "try: main()\n"
        "except SystemExit: print(*{'elasticsearch', 'fastapi', 'numpy'} & set(sys.modules))"
    )
    process = subprocess.run(
        [sys.executable, "-c", asked], capture_output=True, check=True, text=True, timeout=60
    )
    assert process.stdout.splitlines()[-1] == ""


@pytest.fixture
def closed_port() -> str:
    """An address at which nobody listens."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        return f"http://127.0.0.1:{server.getsockname()[1]}"


def test_no_elasticsearch(run: Run, closed_port: str, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("خبر قصير.")  # a short piece of news
    for arguments in (["load", tmp_path / "a.txt"], ["index", "list"]):
        code, out, err = run(*arguments, elasticsearch_url=closed_port)
        assert (code, out) == (1, "")
        assert err.splitlines() == [
            f"No Elasticsearch answers at {closed_port}: start it, correct "
            f"NABA_ELASTICSEARCH_URL, or unset that to "
            "use Naba's own node."
        ]


def test_no_such_folder(run: Run, closed_port: str) -> None:
    code, out, err = run("load", "no/such/folder", elasticsearch_url=closed_port)
    assert (code, out, err) == (1, "", "There is no file or folder no/such/folder.\n")


@pytest.mark.parametrize(
    ("settings", "name"),
    [
        ({"alias": "Naba!"}, "NABA_ALIAS"),
        ({"time_zone": "Nowhere/City"}, "NABA_TIME_ZONE"),
        ({"patience": "soon"}, "NABA_PATIENCE"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_bad_setting(
    run: Run, settings: dict[str, str], name: str, closed_port: str, tmp_path: Path
) -> None:
    code, out, err = run("load", tmp_path, elasticsearch_url=closed_port, **settings)
    assert (code, out) == (2, "")
    assert err.startswith(f"The setting {name} cannot be used: ")
    assert len(err.splitlines()) == 1


def test_wrong_usage(run: Run) -> None:
    assert run("load")[0] == 2
    assert run("nonsense")[0] == 2


def test_a_mistake_of_ours_keeps_its_traceback(
    run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def mistaken(*_arguments: object, **_options: object) -> None:
        raise KeyError("a mistake")

    monkeypatch.setattr("naba.commands.load.load_paths", mistaken)
    with pytest.raises(KeyError):
        run("load", tmp_path)


def test_an_interrupt_is_no_traceback(
    run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def interrupted(*_arguments: object, **_options: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("naba.commands.load.load_paths", interrupted)
    code, out, err = run("load", tmp_path)
    assert (code, out) == (130, "")
    assert "Traceback" not in err

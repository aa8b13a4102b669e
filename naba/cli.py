"""The command line as a whole: the commands by name, and the one place that turns our errors into
one sentence.

Exit codes: 0 it is done, 1 it is not and the sentence on stderr says why, 2 wrong usage or
settings, 130 interrupted.
"""

from __future__ import annotations

import os
import sys
from collections import UserDict
from importlib import import_module
from importlib.metadata import version
from typing import Annotated, Any

import typer
from pydantic import ValidationError
from typer.core import TyperGroup

from mappings.errors import NabaError, describe_settings
from naba.signals import INTERRUPTED, raised_once

BAD_SETTING = 2
# Name of a command -> its module in naba.commands, in the order of the help.
_MODULES = {
    "run": "run",
    "load": "load",
    "check": "check",
    "serve": "serve",
    "withdraw": "withdraw",
    "restore": "withdraw",
    "index": "index",
    "key": "key",
    "node": "node",
}


class _Imported(UserDict[str, Any]):
    """Commands by name, each imported when it is asked for: those of all the others take longer
    than to check a file.
    """

    def __getitem__(self, name: str) -> Any:
        module = import_module(f"naba.commands.{self.data[name]}")
        commands = getattr(module, "app", None)
        if commands is None:
            commands = typer.Typer(add_completion=False)
            commands.command()(getattr(module, name))
        command = typer.main.get_command(commands)
        command.name = name
        return command


class _Commands(TyperGroup):
    """The group of `_MODULES`."""

    def __init__(self, **attributes: Any) -> None:
        super().__init__(**attributes)
        self.commands = _Imported(_MODULES)


app = typer.Typer(
    cls=_Commands,
    name="naba",
    help="Naba (نبأ): search for Arabic news on Elasticsearch.",
    epilog="Example: naba run news/ makes the articles of a folder searchable and prints "
    "the address.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _print_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"naba {version('naba-search')}")
        raise typer.Exit


@app.callback()
def options(
    _version: Annotated[
        bool,
        typer.Option(
            "--version", callback=_print_version, is_eager=True, help="Print the version and end."
        ),
    ] = False,
) -> None:
    """Naba (نبأ): search for Arabic news on Elasticsearch."""


def main() -> None:
    """Run the command line. Ends the process with the exit code that tells the truth."""
    try:
        with raised_once():
            app()
    except NabaError as error:
        _end(str(error), error.exit_code)
    except ValidationError as error:
        _end(describe_settings(error), BAD_SETTING)
    except KeyboardInterrupt:
        _end("Interrupted.", INTERRUPTED)
    except (
        BrokenPipeError
    ):  # `naba index list | head`: nobody reads any more, and Python's own flush must not complain
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)


def _end(sentence: str, code: int) -> None:
    typer.echo(sentence, err=True)
    sys.exit(code)

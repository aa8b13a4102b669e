"""The command line as a whole: the commands by name, and the one place that turns our errors into
one sentence.

Exit codes: 0 it is done, 1 it is not and the sentence on stderr says why, 2 wrong usage or
settings, 130 interrupted.
"""

from __future__ import annotations

import os
import sys
from importlib.metadata import version
from typing import Annotated

import typer
from pydantic import ValidationError

from mappings.errors import NabaError, describe_settings
from naba.commands.check import check
from naba.commands.index import app as index_app
from naba.commands.key import app as key_app
from naba.commands.load import load
from naba.commands.node import app as node_app
from naba.commands.run import run
from naba.commands.serve import serve
from naba.commands.withdraw import restore, withdraw
from naba.signals import INTERRUPTED, raised_once

BAD_SETTING = 2

app = typer.Typer(
    name="naba",
    help="Naba (نبأ): search for Arabic news on Elasticsearch.",
    epilog="Example: naba run news/ makes the articles of a folder searchable and prints "
    "the address.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.command()(run)
app.command()(load)
app.command()(check)
app.command()(serve)
app.command()(withdraw)
app.command()(restore)
app.add_typer(index_app, name="index")
app.add_typer(key_app, name="key")
app.add_typer(node_app, name="node")


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

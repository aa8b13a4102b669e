"""`naba load`: articles into the index."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from threading import Event
from typing import Annotated

import typer
from rich.console import Console

from loader.index.retries import Patience
from loader.load import Options
from loader.load import load as load_articles
from loader.report import LoadReport, Tally
from mappings.agencies import load_registry
from mappings.errors import NabaError
from naba.commands.given import given_options
from naba.commands.open_index import open_index
from naba.settings import CommandSettings, NodeSettings
from naba.signals import INTERRUPTED, noted_in
from naba.terminal.progress import showing
from naba.terminal.summary import summary


class NoSuchPath(NabaError):
    """A named file or folder is not there."""


def load(
    paths: Annotated[
        list[Path], typer.Argument(help="Files and folders; `naba check --help` lists the formats.")
    ],
    replace: Annotated[
        bool,
        typer.Option(
            "--replace",
            help="Build a new index of exactly these paths; it serves when it is whole.",
        ),
    ] = False,
    source: Annotated[
        str | None, typer.Option(help="Name of the collection; else the folder's name.")
    ] = None,
    agency: Annotated[
        str | None, typer.Option(help="Agency (id or name) of articles that do not say.")
    ] = None,
    date: Annotated[
        str | None, typer.Option(help="Date (YYYY-MM-DD) of articles that do not say.")
    ] = None,
    strict: Annotated[
        bool, typer.Option("--strict", help="Exit code 1 also when an article was rejected.")
    ] = False,
) -> None:
    """Load articles: add and update them, or with --replace build the index anew. Loading twice
    changes nothing.

    What is rejected (no article can be made of it) or fails (it could not be written) goes to a
    file in the data folder that can be mended and loaded again. Exit code 1 when anything failed or
    nothing got in.

    Example: naba load wires/ --source wires --agency tass
    """
    settings = CommandSettings()
    defaults = given_options(agency, date, load_registry(settings.agencies))
    wished = Options(unloaded_file(settings), replace=replace, source=source, defaults=defaults)
    report = load_paths(paths, settings, wished)
    raise typer.Exit(exit_code(report, strict=strict))


def load_paths(
    paths: Sequence[Path],
    settings: CommandSettings,
    wished: Options,
    *,
    stopping: Event | None = None,
) -> LoadReport:
    """Load with progress on stderr and the summary on stdout. Raises NabaError.

    `stopping` is set by the first ending signal, which ends the load with what is under way; a
    signal that came when all was read already is in no report, so a caller who has more to do has
    to look at it.
    """
    stopping = stopping or Event()
    require_paths(paths)
    console = Console(stderr=True)
    tally = Tally()
    with open_index(settings) as es, noted_in(stopping), showing(tally, console):
        patience = Patience(settings.patience, stopping)
        report = load_articles(es, paths, settings, wished, patience=patience, tally=tally)
    typer.echo(summary(report))
    return report


def require_paths(paths: Sequence[Path]) -> None:
    """Raises NoSuchPath for the first that is not there, before anything is started for the
    others.
    """
    for path in paths:
        if not path.exists():
            raise NoSuchPath(f"There is no file or folder {path}.")


def unloaded_file(settings: NodeSettings) -> Path:
    """A file, not there yet, for what a load beginning now rejects or fails to write."""
    return settings.data_dir / "unloaded" / f"{datetime.now(UTC):%Y%m%dT%H%M%S.%fZ}.jsonl"


def exit_code(report: LoadReport, *, strict: bool = False) -> int:
    """0 when what was asked is done; an article that was rejected is reported, and only --strict
    minds it.
    """
    if report.interrupted:
        return INTERRUPTED
    return 0 if report.complete and not (strict and report.rejected) else 1

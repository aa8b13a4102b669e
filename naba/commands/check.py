"""`naba check PATH…`: what `naba load` would index, from where it knows it, and what is missing."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import nullcontext
from datetime import UTC, datetime
from pathlib import Path
from time import monotonic
from typing import Annotated

import orjson
import typer
from rich.console import Console

from loader.check import Summary, json_row
from loader.check import check as check_articles
from loader.readers import ENDINGS, read
from loader.settings import LoaderSettings
from loader.understand import Refused, Understood
from mappings.agencies import Registry, RegistryError, load_registry
from naba.commands.given import given_options
from naba.terminal.check_tables import print_articles, print_summary

_WIDE = 160  # columns
_SOME_REFUSED, _USAGE = 1, 2
_LIVE_EVERY, _PLAIN_EVERY = 0.1, 10.0  # seconds between two signs of life on a terminal, in a log


def check(
    paths: Annotated[
        list[Path],
        typer.Argument(
            metavar="PATH",
            show_default=False,
            help=f"Files or folders: {' '.join(ENDINGS)}, each also .gz, and .zip.",
        ),
    ],
    as_json: Annotated[
        bool, typer.Option("--json", help="One JSON object an article, nothing else.")
    ] = False,
    agency: Annotated[
        str | None, typer.Option(help="Agency (id or name) of articles that do not say.")
    ] = None,
    day: Annotated[
        str | None,
        typer.Option(
            "--date", help="Date (YYYY, YYYY-MM or YYYY-MM-DD) of articles that do not say."
        ),
    ] = None,
    source: Annotated[
        str | None, typer.Option(help="Name of the collection; else the folder's name.")
    ] = None,
    rows: Annotated[int, typer.Option(help="How many articles the table shows; -1 for all.")] = 20,
) -> None:
    """Show what would be indexed: agency, date, title, where each was found, and what is missing;
    then a summary.

    Reads only, and needs no Elasticsearch. Exit code 0 when all would be indexed, 1 when something
    would not (its reason is shown, with --json on standard error), 2 for wrong usage.

    Example: naba check archive/   or for machines: naba check archive/ --json > articles.jsonl
    """
    # In a file or a pipe tables are as wide as they need; COLUMNS overrides either.
    console, errors = (
        Console(width=None if sys.stdout.isatty() or "COLUMNS" in os.environ else _WIDE),
        Console(stderr=True),
    )
    settings = LoaderSettings()
    try:
        registry = load_registry(settings.agencies)
    except RegistryError as error:
        raise typer.BadParameter(str(error), param_hint="NABA_AGENCIES") from error
    defaults = given_options(agency, day, registry)
    if absent := [path for path in paths if not path.exists()]:
        raise typer.BadParameter(f"There is no file or folder {absent[0]}.", param_hint="PATH")
    now = datetime.now(UTC)
    today = now.astimezone(settings.zone).date()
    items = check_articles(
        read(paths, settings, source),
        registry,
        now=now,
        today=today,
        defaults=defaults,
        seconds=settings.reading_seconds,
    )
    summary = Summary()
    counted = _counted(items, summary, errors)
    if as_json:
        _print_json(counted, summary, errors)
    else:
        _print_tables(counted, summary, registry, console, rows)
    if summary.refusals:
        raise typer.Exit(_SOME_REFUSED)


def _print_json(items: Iterable[Understood | Refused], summary: Summary, errors: Console) -> None:
    """Articles go to standard output as they are found, refusals to standard error."""
    for item in items:
        if isinstance(item, Understood):
            typer.echo(orjson.dumps(json_row(item)))
        else:
            errors.print(
                f"{item.place}: {item.reason}: {item.detail}",
                markup=False,
                highlight=False,
                soft_wrap=True,
            )
    errors.print(
        f"{summary.articles:,} articles; {summary.refusals:,} would not be indexed.",
        highlight=False,
    )


def _print_tables(
    items: Iterable[Understood | Refused],
    summary: Summary,
    registry: Registry,
    console: Console,
    rows: int,
) -> None:
    shown: list[Understood] = []
    for item in items:
        if isinstance(item, Understood) and (rows < 0 or len(shown) < rows):
            shown.append(item)
    if shown:
        print_articles(console, shown, registry)
        if summary.articles > len(shown):
            console.print(
                f"… and {summary.articles - len(shown):,} more (--rows -1 shows all).\n",
                highlight=False,
            )
    print_summary(console, summary, registry)


def _counted(
    items: Iterable[Understood | Refused], summary: Summary, errors: Console
) -> Iterator[Understood | Refused]:
    """Counts what passes and shows that reading goes on: a live line on a terminal, now and then
    one in a log.
    """
    live = errors.status("Reading…") if errors.is_terminal else None
    every = _PLAIN_EVERY if live is None else _LIVE_EVERY
    due = monotonic() + every
    with live or nullcontext():
        for item in items:
            summary.add(item)
            yield item
            if (now := monotonic()) >= due:
                due = now + every
                line = f"{summary.articles:,} articles read, {summary.refusals:,} refused"
                if live is None:
                    errors.print(line, highlight=False)
                else:
                    live.update(line)

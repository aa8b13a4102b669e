"""`naba index list|show|promote|rollback|delete`: the generations behind the alias."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Annotated, Any, TypeVar

import orjson
import typer
from elasticsearch import Elasticsearch
from rich.filesize import decimal

from loader.index.generations import Generations
from loader.index.lock import LoadLock
from loader.index.retries import Patience
from naba.commands.open_index import open_index
from naba.settings import NodeSettings
from naba.terminal.readings import readings

app = typer.Typer(
    help="The generations of the index: each --replace builds one, one serves.",
    no_args_is_help=True,
)
_PATIENCE = 30  # seconds: somebody sits and waits
LONG_LIST, BEGINNING_OF_LIST = (
    20,
    3,
)  # entries: more than any list but those of words and letters has

T = TypeVar("T")


@contextmanager
def _generations() -> Iterator[tuple[Elasticsearch, Generations]]:
    settings = NodeSettings()
    with open_index(settings) as es:
        yield es, Generations(es, settings.alias)


def _changing(work: Callable[[Generations], T]) -> T:
    """Do something to the generations while no load is running."""
    patience = Patience(_PATIENCE)
    with _generations() as (es, generations):
        lock = LoadLock(es, generations.alias)
        patience.call(es, lock.acquire)
        with lock:
            return patience.call(es, lambda: work(generations))


@app.command("list")
def list_() -> None:
    """List the generations, oldest first; the current one is marked.

    Example: naba index list
    """
    with _generations() as (es, generations):
        found = Patience(_PATIENCE).call(es, generations.all)
    if not found:
        typer.echo("There is no index yet: `naba load PATH…` makes one.")
    for generation in found:
        marks = "  current" if generation.current else ""
        marks += "  being built" if generation.state == "building" else ""
        typer.echo(
            f"{generation.name}  {generation.articles:>10,} articles  "
            f"{decimal(generation.bytes):>9}"
            f"  version {generation.version}{marks}"
        )


@app.command()
def promote(
    name: Annotated[str, typer.Argument(help="A generation of `naba index list`.")],
) -> None:
    """Let another generation serve, in one step that no search notices.

    Example: naba index promote naba-20261122t063700
    """
    before = _changing(lambda generations: generations.promote(name))
    typer.echo(
        f"{name} serves"
        + (" as before." if before == name else f"; before: {before or 'nothing'}.")
    )


@app.command()
def rollback() -> None:
    """Go back to the generation before the current one.

    Example: naba index rollback
    """
    now, before = _changing(lambda generations: generations.rollback())
    typer.echo(f"{now} serves; before: {before}.")


@app.command()
def delete(
    name: Annotated[
        str, typer.Argument(help="A generation of `naba index list` that does not serve.")
    ],
) -> None:
    """Delete a generation that does not serve.

    Example: naba index delete naba-20261122t063700
    """
    _changing(lambda generations: generations.delete(name))
    typer.echo(f"{name} is deleted.")


@app.command()
def show(
    name: Annotated[str | None, typer.Argument(help="A generation; else the current one.")] = None,
    analysis: Annotated[
        str | None,
        typer.Option(
            "--analysis", metavar="TEXT", help="Show instead how each field reads this text."
        ),
    ] = None,
    full: Annotated[
        bool, typer.Option("--full", help="Show long lists whole: some 16,000 lines of rules.")
    ] = False,
) -> None:
    """Show a generation: its state and counts, and its settings and fields as JSON; or how it reads
    a text.

    How a text is read has a line for each field: its terms, with | between those of one word (in
    title and body its stem, lemma and root).

    Example: naba index show --analysis "والمدارس"
    """
    patience = Patience(_PATIENCE)
    with _generations() as (es, generations):
        generation = patience.call(
            es, lambda: generations.get(name) if name else generations.current()
        )
        if generation is None:
            typer.echo("There is no index yet: `naba load PATH…` makes one.")
            raise typer.Exit(1)
        if analysis is not None:
            read = patience.call(es, lambda: list(readings(es, generation.name, analysis)))
            width = max(len(field) for field, _tokens in read)
            typer.echo("\n".join(f"{field:<{width}}  {tokens}" for field, tokens in read))
            return
        body = patience.call(es, lambda: es.indices.get(index=generation.name))[generation.name]
    typer.echo(
        f"{generation.name}: {'current' if generation.current else 'not current'}, "
        f"{generation.state}, "
        f"{generation.articles:,} articles, {decimal(generation.bytes)}, index version "
        f"{generation.version}"
    )
    parts = {name: body[name] for name in ("settings", "mappings")}
    typer.echo(
        orjson.dumps(parts if full else _shortened(parts), option=orjson.OPT_INDENT_2).decode()
    )


def _shortened(value: Any) -> Any:
    """`value` with the beginning of long lists instead of the whole."""
    if isinstance(value, dict):
        return {key: _shortened(item) for key, item in value.items()}
    if isinstance(value, list) and len(value) > LONG_LIST:
        return [*value[:BEGINNING_OF_LIST], f"… {len(value):,} in all: --full shows them"]
    return value

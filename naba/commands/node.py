"""`naba node start|stop|status`: the private Elasticsearch by hand."""

from __future__ import annotations

import typer

from naba.commands.open_index import say
from naba.node import usage
from naba.settings import NodeSettings

app = typer.Typer(
    help="The private Elasticsearch of those who have none of their own.", no_args_is_help=True
)
_NOT_RUNNING = 3
"""Exit code of `status` when no node runs, as service managers count."""


@app.command()
def start() -> None:
    """Start the private Elasticsearch and let it run; fetch it first if need be.

    Example: NABA_NODE_HEAP=2g naba node start
    """
    settings = NodeSettings()
    if settings.elasticsearch_url:
        say(
            "NABA_ELASTICSEARCH_URL is set: that Elasticsearch is used, and no private one "
            "is started."
        )
        return
    node = usage.start_to_stay(settings, say=say)
    typer.echo(f"{node.url} (process {node.pid})")


@app.command()
def stop() -> None:
    """Stop the private Elasticsearch; what is indexed stays.

    Example: naba node stop
    """
    stopped = usage.stop(NodeSettings())
    typer.echo("Stopped." if stopped else "It was not running.")


@app.command()
def status() -> None:
    """Say whether the private Elasticsearch runs, and where; exit code 3 when it does not.

    Example: naba node status
    """
    settings = NodeSettings()
    if settings.elasticsearch_url:
        typer.echo(
            "NABA_ELASTICSEARCH_URL is set: that Elasticsearch is used, not the private one."
        )
    node = usage.running(settings)
    if node is None:
        typer.echo("The private Elasticsearch is not running.")
        raise typer.Exit(_NOT_RUNNING)
    typer.echo(
        f"The private Elasticsearch runs at {node.url} (process {node.pid}), data in "
        f"{settings.data_dir}."
    )

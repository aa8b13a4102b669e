"""`naba run`: everything that one person on one machine needs, in one command."""

from __future__ import annotations

from pathlib import Path
from threading import Event
from typing import Annotated

import typer

import naba
from loader.index.generations import Generations
from loader.load import Options
from naba.commands.load import load_paths, require_paths, unloaded_file
from naba.commands.open_index import open_index, say
from naba.commands.serve import answer, require_usable
from naba.node.usage import ensure_running
from naba.server import take_address
from naba.settings import CommandSettings
from naba.signals import INTERRUPTED

_SAMPLES = Path(naba.__file__).parents[1] / "samples"


def run(
    paths: Annotated[
        list[Path] | None, typer.Argument(help="Files and folders of articles to load first.")
    ] = None,
) -> None:
    """Start a private Elasticsearch, load what is named (the samples when nothing is indexed yet),
    and serve.

    With NABA_ELASTICSEARCH_URL set, that Elasticsearch is used and none is started. Ctrl-C ends all
    of it.

    Example: naba run news/
    """
    settings = CommandSettings()
    require_usable(settings)
    require_paths(paths or [])
    with (
        take_address(settings.host, settings.port) as taken,
        ensure_running(settings, say=say) as url,
    ):
        reached = settings.model_copy(update={"elasticsearch_url": url})
        chosen = paths or _samples_if_empty(reached)
        if chosen:
            stopping = Event()
            load_paths(chosen, reached, Options(unloaded_file(reached)), stopping=stopping)
            if stopping.is_set():
                raise typer.Exit(INTERRUPTED)
        answer(reached, url, taken)


def _samples_if_empty(settings: CommandSettings) -> list[Path]:
    """The project's samples when nothing is indexed; nothing where something is, or where there are
    no samples.
    """
    with open_index(settings) as es:
        current = Generations(es, settings.alias).current()
    if (current and current.articles) or not _SAMPLES.is_dir():
        return []
    say("Nothing is indexed yet: loading the samples.")
    return [_SAMPLES]

"""Elasticsearch for a command: the one that is named, or the private node, checked before anything
else is done.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import typer
from elasticsearch import Elasticsearch

from mappings.connection import connect, ensure_supported
from naba.node.distribution import Say
from naba.node.usage import ensure_running
from naba.settings import NodeSettings


def say(sentence: str) -> None:
    """Tell a person what is being done: on stderr, in one line however wide the terminal is."""
    typer.echo(sentence, err=True)


@contextmanager
def open_index(settings: NodeSettings, *, say: Say = say) -> Iterator[Elasticsearch]:
    """A client of an Elasticsearch that answers and is of our major version, while the block runs.

    `say` gets a sentence before anything that takes long. Raises NabaError with one sentence.
    """
    with ensure_running(settings, say=say) as url, connect(settings, url) as es:
        ensure_supported(es)
        yield es

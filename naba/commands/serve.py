"""`naba serve`: answer searches over what is indexed."""

from __future__ import annotations

import socket

import typer

from mappings.agencies import load_registry
from mappings.connection import connect
from mappings.errors import NabaError
from naba.commands.open_index import say
from naba.newsroom import LoadersNewsroom
from naba.node.usage import ensure_running
from naba.server import serve as serve_http
from naba.server import take_address, url_of
from naba.settings import CommandSettings
from service.app import create_app
from service.http.logs import configure_logs

# Said at the start where others can reach the service.
READERS = {
    "open": "Everybody who can reach this address may read (NABA_READ=open).",
    "keys": "Only holders of a key may read (NABA_READ=keys); `naba key add` makes one.",
}


def serve() -> None:
    """Serve the page and the API on NABA_HOST:NABA_PORT until Ctrl-C.

    Example: NABA_PORT=8080 naba serve
    """
    settings = CommandSettings()
    require_usable(settings)
    with (
        take_address(settings.host, settings.port) as taken,
        ensure_running(settings, say=say) as url,
    ):
        answer(settings, url, taken)


class ReadersUndecided(NabaError):
    """Others can reach the service, and nobody has said who of them may read."""

    exit_code = 2


def require_usable(settings: CommandSettings) -> None:
    """Read what the settings name, before anything is started. Raises NabaError with one
    sentence.
    """
    if settings.read is None and not settings.is_loopback:
        raise ReadersUndecided(
            f"NABA_HOST={settings.host} lets others reach Naba: say who may read, by "
            "NABA_READ=open (everybody who can reach it) or NABA_READ=keys (holders of a key, see "
            "`naba key`)."
        )
    load_registry(settings.agencies)
    if settings.elasticsearch_url:
        connect(settings).close()


def answer(settings: CommandSettings, elasticsearch_url: str, taken: socket.socket) -> None:
    """Serve on the address that is taken already, until an ending signal; says where, once it
    answers.
    """

    configure_logs(settings.log_level)

    def announce() -> None:
        typer.echo(f"Naba answers at {url_of(taken)} (Ctrl-C ends it)")
        if not settings.is_loopback:
            say(READERS[settings.reading])

    # A certificate or an address that cannot be used is said here, in one sentence, before anything
    # serves.
    with connect(settings, elasticsearch_url) as es:
        reached = settings.model_copy(update={"elasticsearch_url": elasticsearch_url})
        serve_http(
            create_app(reached, LoadersNewsroom(es, settings.alias)),
            taken,
            drain_seconds=settings.drain_seconds,
            grace_seconds=settings.grace_seconds,
            client_seconds=settings.client_seconds,
            on_ready=announce,
        )

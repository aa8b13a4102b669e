"""`naba withdraw` and `naba restore`: the newsroom takes an article back, or lets it be found
again.
"""

from __future__ import annotations

import getpass
from functools import partial
from typing import Annotated

import typer

from loader.index.decisions import Decision, Decisions
from loader.index.retries import Patience
from naba.commands.open_index import open_index
from naba.settings import NodeSettings

_PATIENCE = 30  # seconds: somebody sits and waits
Ids = Annotated[list[str], typer.Argument(metavar="ID", help="Ids of articles, as /v1 has them.")]


def withdraw(
    ids: Ids,
    reason: Annotated[str, typer.Option(help="Why; readers of its address are told.")] = "",
) -> None:
    """Take articles back: at once they are gone from searches, feeds and exports, and stay gone
    through loads of the archive and --replace. Also for articles that have yet to come.

    Example: naba withdraw aeb4k2xw7dq3mz5n --reason "The agency killed it"
    """
    _decide(ids, reason, withdraws=True)


def restore(
    ids: Ids, reason: Annotated[str, typer.Option(help="Why; kept for the newsroom.")] = ""
) -> None:
    """Let withdrawn articles be found again, as they were.

    Example: naba restore aeb4k2xw7dq3mz5n
    """
    _decide(ids, reason, withdraws=False)


def _decide(ids: list[str], reason: str, *, withdraws: bool) -> None:
    settings = NodeSettings()
    decision = Decision(reason, _who())
    with open_index(settings) as es:
        decisions = Decisions(es, settings.alias)
        decide = decisions.withdraw if withdraws else decisions.restore
        done = "is withdrawn" if withdraws else "is restored"
        before = "was withdrawn before" if withdraws else "was not withdrawn"
        for article_id in ids:
            changed = Patience(_PATIENCE).call(es, partial(decide, article_id, decision))
            typer.echo(f"{article_id} {done if changed else before}.")


def _who() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # a container's user may have no name
        return "unknown"

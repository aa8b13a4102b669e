"""`naba key add|list|rotate|revoke`: the keys by which people and programs reach Naba."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, time, timedelta
from typing import Annotated
from zoneinfo import ZoneInfo

import typer

from mappings.keys import MAX_NAME, SCOPES, Key, Rate, Scope, Token
from naba.commands.open_index import open_index, say
from naba.key_store import KeyStore
from naba.settings import NodeSettings

app = typer.Typer(
    help="The keys by which people and programs reach Naba.",
    no_args_is_help=True,
)
_SPAN = re.compile(r"([0-9]{1,5})(min|h|d)")
_UNITS = {"min": "minutes", "h": "hours", "d": "days"}
KeyName = Annotated[str, typer.Argument(metavar="NAME", help="A name or id of `naba key list`.")]


@contextmanager
def _store(settings: NodeSettings) -> Iterator[KeyStore]:
    with open_index(settings) as es:
        yield KeyStore(es, settings.alias)


@app.command()
def add(
    name: Annotated[str, typer.Argument(help="Who will use it, such as monitor or cms.")],
    may: Annotated[
        str, typer.Option(help=f"What it may do, separated by commas: {', '.join(SCOPES)}.")
    ],
    source: Annotated[
        list[str] | None,
        typer.Option(help="A source that it may write to; repeatable. Without it any."),
    ] = None,
    rate: Annotated[
        str | None, typer.Option(help="Requests it may send, such as 600/min (s, min, h, day).")
    ] = None,
    until: Annotated[
        str | None,
        typer.Option(help="The last day on which it is valid (YYYY-MM-DD), or an instant."),
    ] = None,
) -> None:
    """Make a key and print it, this once: Naba keeps only its hash.

    Example: naba key add monitor --may read,export --rate 600/min --until 2027-12-31

    Example: naba key add desk --may push,withdraw --source afp --source reuters
    """
    settings = NodeSettings()
    token = Token.new()
    key = Key(
        id=token.id,
        name=_checked_name(name),
        scopes=_scopes(may),
        digest=token.digest,
        created=datetime.now(UTC),
        sources=tuple(source or ()),
        rate=_rate(rate),
        expires=_end(until, settings.zone),
    )
    with _store(settings) as store:
        store.add(key)
    typer.echo(str(token))
    say("Keep it now: it is not shown again. It is sent as `Authorization: Bearer`.")


@app.command("list")
def list_(
    all_: Annotated[
        bool, typer.Option("--all", help="Also those that are expired or revoked.")
    ] = False,
) -> None:
    """List the keys, oldest first; never their secrets.

    Example: naba key list --all
    """
    now = datetime.now(UTC)
    settings = NodeSettings()
    with _store(settings) as store:
        keys = store.all(live_at=None if all_ else now)
    if not keys:
        typer.echo("There are no keys: `naba key add NAME --may read` makes one.")
    for key in keys:
        typer.echo(_line(key, now, settings.zone))


@app.command()
def rotate(
    name: KeyName,
    overlap: Annotated[
        str, typer.Option(help="How long the old key goes on, such as 30min, 24h or 7d; 0h: not.")
    ] = "24h",
) -> None:
    """Make a new key in an old one's place and print it; both hold until the overlap is over.

    Example: naba key rotate monitor --overlap 7d
    """
    settings = NodeSettings()
    span = _span(overlap)
    with _store(settings) as store:
        token, old = store.rotate(name, span)
    typer.echo(str(token))
    assert old.expires is not None
    say(f"The old key {old.id} is valid until {_shown(old.expires, settings.zone)}.")


@app.command()
def revoke(name: KeyName) -> None:
    """End a key, or all keys of a name; the service refuses it within five seconds.

    Example: naba key revoke monitor
    """
    with _store(NodeSettings()) as store:
        for key in store.revoke(name):
            typer.echo(f"{key.id} ({key.name}) is revoked.")


def _checked_name(name: str) -> str:
    if not name.strip() or not name.isprintable() or len(name) > MAX_NAME:
        raise typer.BadParameter(
            f"a name has 1 to {MAX_NAME} printable characters.", param_hint="NAME"
        )
    return name.strip()


def _scopes(text: str) -> frozenset[Scope]:
    named = {part.strip() for part in text.split(",") if part.strip()}
    unknown = sorted(named.difference(SCOPES))
    if unknown or not named:
        what = ", ".join(unknown) or "nothing"
        raise typer.BadParameter(
            f"{what} is no right; choose of {', '.join(SCOPES)}.", param_hint="--may"
        )
    return frozenset(scope for scope in SCOPES if scope in named)


def _rate(text: str | None) -> Rate | None:
    try:
        return Rate.parse(text) if text is not None else None
    except ValueError as error:
        raise typer.BadParameter(f"{error}.", param_hint="--rate") from None


def _end(text: str | None, zone: ZoneInfo) -> datetime | None:
    """The instant from which on the key is no longer valid: a day's end in the newsroom's zone, or
    an instant with its offset. None without a text.
    """
    if text is None:
        return None
    try:
        end = _parsed_end(text, zone)
    except (ValueError, OverflowError):
        raise typer.BadParameter(
            f"{text!r} is no day such as 2027-12-31 and no instant such as 2027-12-31T18:00Z.",
            param_hint="--until",
        ) from None
    if end <= datetime.now(UTC):
        raise typer.BadParameter(f"{text} is over already.", param_hint="--until")
    return end


def _parsed_end(text: str, zone: ZoneInfo) -> datetime:
    if len(text) == len("YYYY-MM-DD"):
        next_day = date.fromisoformat(text) + timedelta(days=1)
        return datetime.combine(next_day, time.min, zone).astimezone(UTC)
    instant = datetime.fromisoformat(text)
    if instant.tzinfo is None:
        raise ValueError("no offset")
    return instant.astimezone(UTC)


def _span(text: str) -> timedelta:
    match = _SPAN.fullmatch(text)
    if match is None:
        raise typer.BadParameter(
            f"{text!r} is no span such as 30min, 24h or 7d.", param_hint="--overlap"
        )
    return timedelta(**{_UNITS[match[2]]: int(match[1])})


def _line(key: Key, now: datetime, zone: ZoneInfo) -> str:
    """A key on one line: id, name, what it may do, and when it ends."""
    parts = [key.id, key.name, ",".join(scope for scope in SCOPES if key.may(scope))]
    if key.sources:
        parts.append(f"sources {', '.join(key.sources)}")
    if key.rate:
        parts.append(str(key.rate))
    parts.append(_state(key, now, zone))
    return "  ".join(parts)


def _state(key: Key, now: datetime, zone: ZoneInfo) -> str:
    if key.revoked is not None:
        return f"revoked {_shown(key.revoked, zone)}"
    if key.expires is None:
        return "without end"
    return f"{'until' if now < key.expires else 'expired'} {_shown(key.expires, zone)}"


def _shown(instant: datetime, zone: ZoneInfo) -> str:
    return f"{instant.astimezone(zone):%Y-%m-%d %H:%M}"

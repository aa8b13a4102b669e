"""`naba key` on a real Elasticsearch, from the arguments to the exit code."""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from elasticsearch import Elasticsearch

from mappings.keys import Key, Token, keys_index
from naba.cli import main
from naba.key_store import KeyStore

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def alias(index_prefix: str, request: pytest.FixtureRequest) -> str:
    """An alias of this test's own."""
    return f"{index_prefix}-{abs(hash(request.node.name)) % 10**8}"


@pytest.fixture
def run(
    elasticsearch_url: str,
    alias: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> Run:
    """Runs `naba key …` in this process: exit code, stdout, stderr."""
    monkeypatch.setenv("NABA_ELASTICSEARCH_URL", elasticsearch_url)
    monkeypatch.setenv("NABA_ALIAS", alias)
    monkeypatch.setenv("NABA_TIME_ZONE", "Asia/Riyadh")
    monkeypatch.setenv("TERM", "dumb")
    monkeypatch.setenv("COLUMNS", "200")

    def run(*arguments: str) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["naba", "key", *arguments])
        try:
            main()
            code = 0
        except SystemExit as end:
            code = int(end.code or 0)
        output = capsys.readouterr()
        return code, output.out, output.err

    return run


def kept(elasticsearch: Elasticsearch, alias: str) -> dict[str, Key]:
    """Every key by its id, as it is kept."""
    return {key.id: key for key in KeyStore(elasticsearch, alias).all()}


def made(run: Run, *arguments: str) -> Token:
    """The key that a command printed: alone on its line, so that a script can take it."""
    code, out, _err = run(*arguments)
    assert code == 0
    token = Token.parse(out.removesuffix("\n"))
    assert token is not None
    return token


def test_a_whole_life(run: Run, elasticsearch: Elasticsearch, alias: str) -> None:
    assert run("list") == (
        0,
        "There are no keys: `naba key add NAME --may read` makes one.\n",
        "",
    )
    token = made(
        run, "add", "desk", "--may", "read, push", "--source", "afp", "--source", "spa",
        "--rate", "600/min", "--until", "2099-12-31",
    )  # fmt: skip
    key = kept(elasticsearch, alias)[token.id]
    assert key.digest == token.digest
    assert key.scopes == {"read", "push"}
    assert key.sources == ("afp", "spa")
    # the whole of that day in the newsroom's zone
    assert key.expires == datetime(2100, 1, 1, tzinfo=ZoneInfo("Asia/Riyadh"))
    code, out, _err = run("list")
    assert (code, out) == (
        0,
        f"{token.id}  desk  read,push  sources afp, spa  600/min  until 2100-01-01 00:00\n",
    )

    renewed = made(run, "rotate", "desk", "--overlap", "30min")
    keys = kept(elasticsearch, alias)
    assert keys[renewed.id].scopes == key.scopes
    assert keys[renewed.id].expires == key.expires
    old_ends = keys[token.id].expires
    assert old_ends is not None
    assert timedelta(minutes=29) < old_ends - datetime.now(UTC) <= timedelta(minutes=30)

    code, out, _err = run("revoke", token.id)
    assert (code, out) == (0, f"{token.id} (desk) is revoked.\n")
    _code, out, _err = run("list")
    assert out.startswith(renewed.id)
    assert len(out.splitlines()) == 1
    _code, out, _err = run("list", "--all")
    assert [line.split()[0] for line in out.splitlines()] == [token.id, renewed.id]
    assert "  revoked " in out.splitlines()[0]
    for secret in (token.secret, renewed.secret):
        assert secret not in out
        assert secret not in str(elasticsearch.search(index=keys_index(alias)))


def test_a_name_is_revoked_with_all_its_keys(
    run: Run, elasticsearch: Elasticsearch, alias: str
) -> None:
    """Whoever lost a key does not know which of two it was."""
    tokens = [made(run, "add", "monitor", "--may", "read"), made(run, "rotate", "monitor")]
    code, out, _err = run("revoke", "monitor")
    assert code == 0
    assert sorted(line.split()[0] for line in out.splitlines()) == sorted(t.id for t in tokens)
    now = datetime.now(UTC)
    assert not any(key.is_live(now) for key in kept(elasticsearch, alias).values())


def test_a_name_is_free_again_when_its_key_ended(run: Run) -> None:
    made(run, "add", "cms", "--may", "read")
    code, _out, err = run("add", "cms", "--may", "read")
    assert (code, err) == (
        1,
        "There is a key named cms already: take another name, or renew it by "
        "`naba key rotate cms`.\n",
    )
    run("revoke", "cms")
    made(run, "add", "cms", "--may", "export")


def test_a_rotation_without_overlap_ends_the_old_key_now(
    run: Run, elasticsearch: Elasticsearch, alias: str
) -> None:
    old, new = (
        made(run, "add", "cms", "--may", "read"),
        made(run, "rotate", "cms", "--overlap", "0h"),
    )
    now = datetime.now(UTC)
    live = {key.id for key in kept(elasticsearch, alias).values() if key.is_live(now)}
    assert live == {new.id}
    assert old.id != new.id


def test_an_overlap_never_makes_a_key_live_longer(
    run: Run, elasticsearch: Elasticsearch, alias: str
) -> None:
    soon = (datetime.now(UTC) + timedelta(hours=1)).isoformat()
    token = made(run, "add", "cms", "--may", "read", "--until", soon)
    made(run, "rotate", token.id, "--overlap", "7d")
    assert kept(elasticsearch, alias)[token.id].expires == datetime.fromisoformat(soon)


@pytest.mark.parametrize("command", ["revoke", "rotate"])
def test_a_key_that_is_not_there(run: Run, command: str) -> None:
    sentence = "No live key has the name or id nobody: `naba key list` shows them.\n"
    code, _out, err = run(command, "nobody")
    assert (code, err) == (1, sentence)


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"--may": "fly"}, "fly is no right"),
        ({"--may": ","}, "nothing is no right"),
        ({"--rate": "many"}, "such as 600/min"),
        ({"--until": "2001-01-01"}, "2001-01-01 is over already"),
        ({"--until": "tomorrow"}, "is no day such as 2027-12-31"),
        ({"--until": "2099-02-30"}, "is no day such as"),
        ({"--until": "9999-12-31"}, "is no day such as"),
        ({"--until": "2099-01-01T10:00:00"}, "no instant such as"),
        ({"NAME": "a\nb"}, "printable characters"),
        ({"NAME": "x" * 101}, "printable characters"),
        ({"NAME": " "}, "printable characters"),
    ],
)
def test_wrong_options_are_named(run: Run, options: dict[str, Any], said: str) -> None:
    name = options.pop("NAME", "cms")
    given = [part for pair in ({"--may": "read"} | options).items() for part in pair]
    code, _out, err = run("add", name, *given)
    assert code == 2
    assert said in err


def test_a_span_is_named_when_it_is_wrong(run: Run) -> None:
    code, _out, err = run("rotate", "cms", "--overlap", "soon")
    assert code == 2
    assert "is no span such as 30min, 24h or 7d" in err


def test_a_document_changed_by_hand_keeps_no_other_key_from_ending(
    run: Run, elasticsearch: Elasticsearch, alias: str
) -> None:
    broken, leaked = (made(run, "add", name, "--may", "read") for name in ("broken", "leaked"))
    index = keys_index(alias)
    elasticsearch.update(index=index, id=broken.id, doc={"rate": "many"}, refresh=True)
    assert run("revoke", "leaked")[0] == 0
    assert kept(elasticsearch, alias)[leaked.id].revoked is not None

"""`naba load` and `naba index` on a real Elasticsearch, from the arguments to the exit code."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from elasticsearch import Elasticsearch

from loader.index.lock import LoadLock
from naba.cli import main

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
    tmp_path: Path,
) -> Run:
    """Runs `naba …` in this process: exit code, stdout, stderr."""
    monkeypatch.setenv("NABA_ELASTICSEARCH_URL", elasticsearch_url)
    monkeypatch.setenv("NABA_ALIAS", alias)
    monkeypatch.setenv("NABA_DATA_DIR", str(tmp_path / "data"))

    def run(*arguments: str | Path) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["naba", *map(str, arguments)])
        with pytest.raises(SystemExit) as end:
            main()
        output = capsys.readouterr()
        return int(end.value.code or 0), output.out, output.err

    return run


@pytest.fixture
def news(tmp_path: Path) -> Path:
    """A folder with two articles, an empty file and a broken record."""
    folder = tmp_path / "news"
    folder.mkdir()
    (folder / "a.txt").write_text(
        "افتتاح جسر جديد\nافتتح الوزير اليوم جسرا جديدا فوق النهر."
    )  # a new bridge
    (folder / "b.jsonl").write_text(
        json.dumps({"id": "7", "text": "تأجلت مباراة الفريقين بسبب المطر."})
        + '\n{"id": \n'  # postponed for rain
    )
    (folder / "c.txt").write_text("")
    return folder


def test_a_whole_life(run: Run, news: Path, alias: str, tmp_path: Path) -> None:
    code, out, _err = run("load", news)
    assert code == 0
    assert "4 articles read in " in out
    assert "  indexed           2  new\n" in out
    assert "  rejected          2  broken-json 1, empty 1\n" in out
    [unloaded] = (tmp_path / "data" / "unloaded").iterdir()
    assert f"What was rejected or failed is in {unloaded}" in out

    assert run("load", "--strict", news)[0] == 1

    code, out, _err = run("load", news / "a.txt", "--replace", "--source", "news")
    assert code == 0
    assert "(before: " in out
    names = [line.split()[0] for line in run("index", "list")[1].splitlines()]
    assert len(names) == 2
    assert run("index", "list")[1].splitlines()[1].endswith("current")

    assert run("index", "rollback")[:2] == (0, f"{names[0]} serves; before: {names[1]}.\n")
    code, _out, err = run("index", "delete", names[0])
    assert (code, err) == (
        1,
        f"{names[0]} is the generation that serves: promote another one first.\n",
    )
    assert run("index", "promote", names[1])[:2] == (0, f"{names[1]} serves; before: {names[0]}.\n")
    assert run("index", "delete", names[0])[:2] == (0, f"{names[0]} is deleted.\n")

    code, out, _err = run("index", "show")
    assert code == 0
    head, body = out.split("\n", 1)
    assert head.startswith(f"{names[1]}: current, complete, 1 articles, ")
    assert {"settings", "mappings"} == json.loads(body).keys()
    assert len(body.splitlines()) < 1_000
    assert "in all: --full shows them" in body
    assert len(run("index", "show", "--full")[1].splitlines()) > 10_000

    code, out, _err = run("index", "show", "--analysis", "والمدارس")  # and the schools
    assert code == 0
    fields = dict(line.split(maxsplit=1) for line in out.splitlines())
    assert fields["title.letters"] == "والمدارس"
    assert "مدارس" in fields["body"].split("|")


def test_nothing_got_in(run: Run, news: Path) -> None:
    code, out, _err = run("load", news / "c.txt")
    assert code == 1
    assert "rejected          1  empty 1" in out
    assert "Index: " not in out
    assert run("index", "list")[1] == "There is no index yet: `naba load PATH…` makes one.\n"
    assert run("index", "show")[0] == 1


def test_one_changes_generations_while_nobody_loads(
    run: Run, news: Path, alias: str, elasticsearch: Elasticsearch
) -> None:
    lock = LoadLock(elasticsearch, alias)
    lock.acquire()
    with lock:
        elasticsearch.update(
            index=f"{alias}-lock", id="loader", doc={"pid": 1, "host": "elsewhere"}
        )
        for arguments in (["load", news], ["index", "rollback"]):
            code, _out, err = run(*arguments)
            assert code == 1
            assert "Another load is running (process 1 on " in err
        assert run("index", "list")[0] == 0


@pytest.mark.parametrize(
    ("option", "value"),
    [("--agency", "no such agency"), ("--date", "2020-02-30"), ("--date", "yesterday")],
)
def test_values_that_cannot_be(run: Run, news: Path, option: str, value: str) -> None:
    code, _out, err = run("load", news, option, value)
    assert code == 2
    assert option in err

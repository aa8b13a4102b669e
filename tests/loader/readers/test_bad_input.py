"""Whatever lies in a folder ends in one counted outcome with its reason, and the run goes on."""

from __future__ import annotations

import gzip
import json
import os
import random
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from loader.check import check
from loader.raw import RawArticle, Unreadable
from loader.readers import formats, read
from loader.readers.content import Content
from loader.readers.reasons import Reason
from loader.settings import LoaderSettings
from loader.understand import Refused, Understood
from mappings.agencies import load_registry

SETTINGS = LoaderSettings(
    max_article_bytes=100_000, archive_max_members=100, archive_max_bytes=3_000_000
)
GOOD = (
    "افتتاح الجسر\nافتتح رئيس البلدية الجسر الجديد صباح الخميس.\nوقال إن العمل فيه استمر "
    "عامين.\nالمصدر: رويترز\n"
)


def outcomes(path: Path) -> list[tuple[str, str]]:
    """(place, reason or "article") of everything below a path, understood as `naba check` does."""
    now = datetime(2024, 5, 1, tzinfo=UTC)
    items = check(read([path], SETTINGS), load_registry(), now=now, today=date(2024, 5, 1))
    return [
        (item.place, item.reason) if isinstance(item, Refused) else (item.raw.place, "article")
        for item in items
    ]


def text(value: str) -> Callable[[Path], None]:
    return data("bad.txt", value.encode())


def data(name: str, value: bytes) -> Callable[[Path], None]:
    def write(folder: Path) -> None:
        (folder / name).write_bytes(value)

    return write


def archive(**members: bytes) -> Callable[[Path], None]:
    def write(folder: Path) -> None:
        with zipfile.ZipFile(folder / "bad.zip", "w", zipfile.ZIP_DEFLATED) as file:
            for name, value in members.items():
                file.writestr(name.replace("__", "/").replace("UP", ".."), value)

    return write


@pytest.mark.parametrize(
    ("write", "expected"),
    [
        pytest.param(text(""), [("bad.txt", "empty")], id="empty"),
        pytest.param(
            text(" \n\ufeff\t\u200f\n"), [("bad.txt", "empty")], id="nothing but space and marks"
        ),
        pytest.param(
            text("المصدر: رويترز\n"), [("bad.txt", "only-boilerplate")], id="only boilerplate"
        ),
        pytest.param(text("ن" * 60_000), [("bad.txt", "too-large")], id="over the limit"),
        pytest.param(text("كلمة " * 10_000), [("bad.txt", "article")], id="one endless line"),
        pytest.param(text("ن" * 40_000), [("bad.txt", "article")], id="one endless word"),
        pytest.param(
            text("\x00".join(GOOD.split(" "))), [("bad.txt", "article")], id="NUL characters"
        ),
        pytest.param(
            data("bad.txt", bytes(range(32)) * 30), [("bad.txt", "binary")], id="mostly controls"
        ),
        pytest.param(
            text(GOOD.replace(" ", " \x07\x1b\x9d")),
            [("bad.txt", "article")],
            id="control characters",
        ),
        pytest.param(
            text("\u202e" + GOOD.replace(" ", " \u200f\u2067")),
            [("bad.txt", "article")],
            id="bidi controls",
        ),
        pytest.param(
            data("bad.txt", random.Random(5).randbytes(5_000)), [("bad.txt", "binary")], id="binary"
        ),
        pytest.param(
            data("bad.txt", b"%PDF-1.4 x"), [("bad.txt", "binary")], id="PDF under another name"
        ),
        pytest.param(
            data("bad.txt", bytes(random.Random(1).choices(range(128, 256), k=500))),
            [("bad.txt", "undecodable")],
            id="no known encoding",
        ),
        pytest.param(
            data("bad.docx", b"PK"), [("bad.docx", "unknown-format")], id="another format"
        ),
        pytest.param(data("bad", GOOD.encode()), [("bad", "article")], id="no ending"),
        pytest.param(
            data("bad.jsonl", b'{"text": \n{"title": "x", "text": "a b c d."}\n'),
            [("bad.jsonl:1", "broken-json"), ("bad.jsonl:2", "article")],
            id="broken JSON line",
        ),
        pytest.param(
            data("bad.json", b'{"title": "'), [("bad.json:1", "broken-json")], id="broken JSON"
        ),
        pytest.param(data("bad.json", b"[]"), [("bad.json", "empty")], id="empty array"),
        pytest.param(
            data("bad.csv", b"x,y\n1,2\n"), [("bad.csv", "no-text")], id="unknown columns"
        ),
        pytest.param(data("bad.csv", b"title,text\n"), [("bad.csv", "empty")], id="only a header"),
        pytest.param(
            data("bad.jsonl.gz", gzip.compress(bytes(2_000_000))),
            [("bad.jsonl.gz", "archive-ratio")],
            id="gzip bomb",
        ),
        pytest.param(
            archive(**{"bomb.jsonl": bytes(2_000_000)}),
            [("bad.zip/bomb.jsonl", "archive-ratio")],
            id="zip bomb",
        ),
        pytest.param(
            archive(**{"UP__UP__x.txt": b"x"}),
            [("bad.zip/../../x.txt", "unsafe-path")],
            id="path outside the archive",
        ),
        pytest.param(
            archive(**{f"{n}.txt": b"x" for n in range(101)}),
            [("bad.zip", "archive-members")],
            id="too many members",
        ),
        pytest.param(
            archive(**{f"{n}.txt": random.Random(n).randbytes(1_100_000) for n in range(3)}),
            [("bad.zip", "archive-size")],
            id="too large in all",
        ),
        pytest.param(
            archive(**{"inner.zip": b"PK"}),
            [("bad.zip/inner.zip", "nested-archive")],
            id="nested archive",
        ),
        pytest.param(
            lambda folder: os.symlink(folder, folder / "bad"),
            [("bad", "link")],
            id="link that loops",
        ),
        pytest.param(
            lambda folder: os.symlink("nowhere", folder / "bad"),
            [("bad", "not-found")],
            id="dead link",
        ),
        pytest.param(
            lambda folder: os.mkfifo(folder / "bad.txt"), [("bad.txt", "not-a-file")], id="pipe"
        ),
        pytest.param(
            lambda folder: (folder / "bad.txt").mkdir(), [], id="a folder named like a file"
        ),
    ],
)
def test_one_outcome_with_a_reason_and_the_run_goes_on(
    tmp_path: Path, write: Callable[[Path], None], expected: list[tuple[str, str]]
) -> None:
    (tmp_path / "aaa.txt").write_text(GOOD, encoding="utf-8")
    (tmp_path / "zzz.txt").write_text(GOOD, encoding="utf-8")
    write(tmp_path)
    assert outcomes(tmp_path) == [("aaa.txt", "article"), *expected, ("zzz.txt", "article")]


def test_a_headline_alone_is_an_article(tmp_path: Path) -> None:
    """An alert has no more to say."""
    (tmp_path / "a.jsonl").write_text(
        json.dumps({"title": "افتتاح الجسر", "text": ""}), encoding="utf-8"
    )
    assert outcomes(tmp_path) == [("a.jsonl:1", "article")]


def test_mixed_encodings_in_one_folder_read_the_same(tmp_path: Path) -> None:
    for number, encoding in enumerate(["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1256"]):
        (tmp_path / f"{number}.txt").write_bytes(GOOD.encode(encoding))
    items = list(read([tmp_path], SETTINGS))
    articles = [item for item in items if isinstance(item, RawArticle)]
    assert [article.encoding for article in articles] == [
        "utf-8",
        "utf-8-sig",
        "utf-16",
        "utf-16-le",
        "windows-1256",
    ]
    assert {article.text for article in articles} == {GOOD}


@pytest.mark.parametrize("path", ["/proc/self/mem", "/dev/zero"])
def test_what_the_system_will_not_give_as_a_file(path: str) -> None:
    (item,) = outcomes(Path(path))
    assert item[1] in (Reason.INPUT_ERROR, Reason.NOT_A_FILE, Reason.EMPTY)


def test_a_thousand_random_files_each_have_outcomes(tmp_path: Path) -> None:
    """Good files with bytes overwritten, under every ending: nothing raises, nothing is passed over
    in silence.
    """
    chance = random.Random(11)
    record = json.dumps({"title": "ع", "text": GOOD}, ensure_ascii=False)
    samples = {
        ".txt": GOOD.encode(),
        ".jsonl": f"{record}\n{record}\n".encode(),
        ".json": f"[{record}, {record}]".encode(),
        ".csv": f'title,text\nع,"{GOOD}"\nع,"{GOOD}"\n'.encode(),
        ".txt.gz": gzip.compress(GOOD.encode()),
    }
    names = []
    for number in range(1_000):
        ending = chance.choice(list(samples))
        value = bytearray(samples[ending])
        for _ in range(chance.randint(1, 4)):
            at = chance.randrange(len(value))
            value[at : at + chance.randint(0, 3)] = chance.randbytes(chance.randint(0, 3))
        names.append(f"{number:04}{ending}")
        (tmp_path / names[-1]).write_bytes(value)
    items = list(read([tmp_path], SETTINGS))
    assert {item.path for item in items} == set(names)
    assert Reason.NOT_UNDERSTOOD not in {
        item.reason for item in items if isinstance(item, Unreadable)
    }


def test_a_file_that_a_reader_stumbles_over_costs_itself_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stumbling(_content: Content) -> Iterator[RawArticle]:
        raise RecursionError

    table = tuple(
        replace(format_, read=stumbling) if format_.name == "csv" else format_
        for format_ in formats.FORMATS
    )
    monkeypatch.setattr(formats, "FORMATS", table)
    for name in ("a.txt", "b.csv", "c.txt"):
        (tmp_path / name).write_text(GOOD, encoding="utf-8")
    assert outcomes(tmp_path) == [
        ("a.txt", "article"),
        ("b.csv", "not-understood"),
        ("c.txt", "article"),
    ]


def test_every_reason_is_a_code_for_machines() -> None:
    assert all(
        reason.value.replace("-", "").isalpha() and reason.value.islower() for reason in Reason
    )


def test_articles_are_told_from_refusals_one_by_one(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(GOOD, encoding="utf-8")
    now = datetime(2024, 5, 1, tzinfo=UTC)
    (item,) = check(read([tmp_path], SETTINGS), load_registry(), now=now, today=date(2024, 5, 1))
    assert isinstance(item, Understood)
    assert item.article.agencies == ("reuters",)

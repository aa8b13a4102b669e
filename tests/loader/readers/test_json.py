"""JSON and JSON lines: every common layout is read, a fault costs one record."""

from __future__ import annotations

import json
from typing import Any

import pytest

from loader.raw import RawArticle, Unreadable
from loader.readers.content import Content, Reader
from loader.readers.json import read_json
from loader.readers.jsonl import read_jsonl
from loader.settings import LoaderSettings

SETTINGS = LoaderSettings(max_article_bytes=5_000)
FIRST = {"title": "افتتاح الجسر", "text": "افتتح رئيس البلدية الجسر."}
SECOND = {"title": "سباق الزوارق", "text": "فاز الفريق بالسباق."}


def read(reader: Reader, data: bytes | str) -> list[RawArticle | Unreadable]:
    data = data.encode() if isinstance(data, str) else data
    return list(reader(Content("wires", "a.json", iter([data]), SETTINGS)))


def outcomes(items: list[RawArticle | Unreadable]) -> list[tuple[int | None, str]]:
    """(position, title or reason) of each item."""
    return [
        (
            item.position,
            item.reason if isinstance(item, Unreadable) else item.given.title or item.text,
        )
        for item in items
    ]


@pytest.mark.parametrize(
    "value",
    [
        pytest.param([FIRST, SECOND], id="array"),
        pytest.param({"articles": [FIRST, SECOND]}, id="object round an array"),
        pytest.param(
            {"response": {"docs": [FIRST, SECOND]}, "status": "ok"}, id="two objects round an array"
        ),
        pytest.param(
            {"hits": {"hits": [{"_source": FIRST}, {"_source": SECOND}]}},
            id="answer of Elasticsearch",
        ),
        pytest.param({"title": "نشرة", "description": "وصف", "items": [FIRST, SECOND]}, id="feed"),
    ],
)
@pytest.mark.parametrize("indent", [None, 2])
def test_layouts_of_json(value: Any, indent: int | None) -> None:
    items = read(read_json, json.dumps(value, ensure_ascii=False, indent=indent))
    assert outcomes(items) == [(1, "افتتاح الجسر"), (2, "سباق الزوارق")]


def test_what_is_no_article_in_a_wrapped_array_costs_itself_alone_and_is_kept() -> None:
    items = read(
        read_json, json.dumps({"articles": [FIRST, {"colour": "أحمر"}, "نص", None, SECOND]})
    )
    assert outcomes(items) == [
        (1, "افتتاح الجسر"),
        (2, "no-text"),
        (3, "not-a-record"),
        (4, "not-a-record"),
        (5, "سباق الزوارق"),
    ]
    assert [item.raw for item in items if isinstance(item, Unreadable)] == [
        '{"colour": "أحمر"}',
        '"نص"',
        "null",
    ]


def test_one_object_is_one_article_without_position() -> None:
    related = {**FIRST, "text": "نص طويل. " * 20, "related": [SECOND]}
    assert outcomes(read(read_json, json.dumps(related))) == [(None, "افتتاح الجسر")]


def test_json_lines_under_the_name_of_json() -> None:
    items = read(read_json, json.dumps(FIRST) + "\n" + json.dumps(SECOND) + "\n")
    assert outcomes(items) == [(1, "افتتاح الجسر"), (2, "سباق الزوارق")]


@pytest.mark.parametrize(
    ("line", "outcome"),
    [
        pytest.param("{broken", "broken-json", id="broken"),
        pytest.param('{"text": "x"', "broken-json", id="cut"),
        pytest.param("[1, 2]", "not-a-record", id="list"),
        pytest.param('"text"', "not-a-record", id="string"),
        pytest.param("null", "not-a-record", id="null"),
        pytest.param('{"n": 1}', "no-text", id="no text"),
        pytest.param('{"text": "  "}', "no-text", id="blank text"),
        pytest.param('{"text": "%s"}' % ("ن" * 3_000), "too-large", id="over the limit"),
        pytest.param("[" * 4_000, "broken-json", id="nested without end"),
        pytest.param(
            '{"text": "x", "n": %s}' % ("9" * 4_900), "x", id="a number of thousands of digits"
        ),
        pytest.param('{"text": "x", "score": NaN}', "x", id="NaN"),
        pytest.param('{"text": "x\\ud800"}', "x\ud800", id="half a surrogate pair"),
        pytest.param('{"text": "x\\u0000y"}', "x\x00y", id="NUL"),
        pytest.param('{"text": "one\ttwo"}', "one\ttwo", id="raw control character"),
        pytest.param(
            "نص".encode("cp1256").join([b'{"text": "', b'"}']), "نص", id="windows-1256 in one line"
        ),
    ],
)
def test_a_line_costs_itself_alone(line: str | bytes, outcome: str) -> None:
    data = b"\n".join(
        [
            json.dumps(FIRST).encode(),
            line.encode() if isinstance(line, str) else line,
            b"",
            json.dumps(SECOND).encode(),
        ]
    )
    items = outcomes(read(read_jsonl, data))
    if outcome == "x" and b"999" in data:
        outcome = items[1][1]  # Python may refuse such numbers; either way the others are read
        assert outcome in ("x", "broken-json")
    assert items == [(1, "افتتاح الجسر"), (2, outcome), (4, "سباق الزوارق")]


def test_the_raw_line_is_kept_when_it_is_small() -> None:
    small, large = read(read_jsonl, '{"text": "خبر\n' + "{" + "x" * 4_000)
    assert isinstance(small, Unreadable)
    assert small.raw == '{"text": "خبر'
    keep_none = LoaderSettings(keep_raw_bytes=10)
    (dropped, _) = read_jsonl(Content("wires", "a", iter(['{"text": "خبر\n{'.encode()]), keep_none))
    assert isinstance(dropped, Unreadable)
    assert dropped.raw is None
    assert isinstance(large, Unreadable)


def test_an_array_that_breaks_off_keeps_what_came_before() -> None:
    data = json.dumps([FIRST, SECOND])[:-20]
    assert outcomes(read(read_json, data)) == [(1, "افتتاح الجسر"), (2, "broken-json")]


@pytest.mark.parametrize("reader", [read_json, read_jsonl])
def test_windows_1256_and_utf_16_are_read(reader: Reader) -> None:
    data = json.dumps({"text": "افتتح رئيس البلدية الجسر صباح اليوم"}, ensure_ascii=False)
    for encoding, name in (
        ("cp1256", "windows-1256"),
        ("utf-16", "utf-16"),
        ("utf-8-sig", "utf-8-sig"),
    ):
        (article,) = read(reader, data.encode(encoding))
        assert isinstance(article, RawArticle)
        assert (article.text, article.encoding) == ("افتتح رئيس البلدية الجسر صباح اليوم", name)

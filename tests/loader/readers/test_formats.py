"""A file is told by its content; its name decides only where the content does not."""

from __future__ import annotations

import gzip
import json
import zipfile
from pathlib import Path

import pytest

from tests.loader.readers.wire_items import (
    TEXT,
    TITLE,
    XHTML,
    article,
    given,
    items,
    read_as,
    reasons,
)

RECORD = json.dumps({"title": TITLE, "text": TEXT}, ensure_ascii=False)


@pytest.mark.parametrize(
    ("data", "name", "format_"),
    [
        pytest.param(f"{TITLE}\n{TEXT}", "a.txt", "text", id="text"),
        pytest.param(f"{TITLE}\n{TEXT}", "a.017", "text", id="a number as ending"),
        pytest.param(RECORD, "a.txt", "json", id="one object"),
        pytest.param(f"[{RECORD}]", "a", "json", id="a list"),
        pytest.param(f"{RECORD}\n{RECORD[:-1]}, \"id\": 1}}", "a.txt", "jsonl", id="JSON lines"),
        pytest.param(json.dumps(json.loads(RECORD), indent=1), "a.jsonl", "json", id="indented"),
        pytest.param(f"title,text,date\nع,{TEXT.split()[0]},2024", "a.txt", "csv", id="a table"),
        pytest.param(f"<!DOCTYPE html><html><body>{XHTML * 3}", "a.php", "html", id="a page"),
        pytest.param(f"<html><body>{XHTML * 3}", "a.txt", "html", id="a page called a text"),
        pytest.param(
            f'<?xml version="1.0"?><rss><item><title>{TITLE}</title></item></rss>',
            "a.json", "feed", id="a feed called JSON",
        ),
        pytest.param(
            f'<?xml version="1.0" encoding="utf-16"?><rss><item><title>{TITLE}</title></item></rss>'
            .encode("utf-16"), "a.xml", "feed", id="a feed in UTF-16",
        ),
        pytest.param(gzip.compress(RECORD.encode()), "a.json.gz", "json.gz", id="gzipped"),
        pytest.param(gzip.compress(RECORD.encode()), "a.json", "json.gz", id="gzipped in secret"),
    ],
)  # fmt: skip
def test_the_format(tmp_path: Path, data: str | bytes, name: str, format_: str) -> None:
    found = items(tmp_path, data, name)
    assert {read_as(item) for item in found} == {format_}


@pytest.mark.parametrize(
    ("data", "name", "reason"),
    [
        pytest.param("<?xml version='1.0'?><plan/>", "a.txt", "unknown-format", id="XML"),
        pytest.param("[عاجل] افتتاح الميناء اليوم.", "a.txt", "article", id="no list"),
        pytest.param("{هكذا} قال الوزير.", "a.txt", "article", id="no object"),
        pytest.param("From: الميناء إلى المدينة", "a.txt", "article", id="no mail"),
        pytest.param("<p>فقرة</p>", "a.txt", "article", id="text with tags"),
        pytest.param(b"%PDF-1.7 x", "a.txt", "binary", id="PDF"),
        pytest.param(b"PK\x03\x04" + b"x" * 99, "a.txt", "broken-archive", id="no archive"),
        pytest.param(b"{\\rtf1 \\ansi}", "a.txt", "no-text", id="Rich Text without text"),
        pytest.param(b"WARC/1.0\r\nbroken", "a.txt", "broken-archive", id="a broken web archive"),
    ],
)
def test_what_is_none_of_them(tmp_path: Path, data: str | bytes, name: str, reason: str) -> None:
    assert reasons(tmp_path, data, name) == [reason]


def test_the_members_of_an_archive_each_by_its_content(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a", "w") as archive:
        archive.writestr("x.txt", RECORD)
        archive.writestr("y.jsonl.gz", gzip.compress(RECORD.encode()))
    found = items(tmp_path, (tmp_path / "a").read_bytes())
    assert [read_as(item) for item in found] == ["zip: json", "zip: jsonl.gz"]


@pytest.mark.parametrize(
    ("data", "guids"),
    [
        pytest.param(
            '{"index":{"_index":"n","_id":"7"}}\n{"title":"ع"}\n{"create":{}}\n{"title":"ف"}\n',
            ["7", None], id="lines of the bulk format",
        ),
        pytest.param(
            '{"_index":"n","_id":"7","_source":{"title":"ع"}}\n' * 2, ["7", "7"], id="a dump",
        ),
        pytest.param(
            '{"took":3,"hits":{"hits":[{"_id":"7","_source":{"title":"ع","text":"ن ن"}}]}}',
            ["7"], id="an answer",
        ),
        pytest.param('{"index": {"title": "ع", "text": "ن"}}\n{"id": 8, "title": "ف"}\n',
                     [None, "8"], id="no action"),
    ],
)  # fmt: skip
def test_dumps_of_elasticsearch(tmp_path: Path, data: str, guids: list[str | None]) -> None:
    found = items(tmp_path, data)
    assert [given(item).guid for item in found] == guids


def test_a_json_feed(tmp_path: Path) -> None:
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "صحيفة الميناء",
        "items": [
            {"id": "1", "title": TITLE, "content_html": XHTML, "summary": "م",
             "date_published": "2024-03-10T08:00:00+04:00", "authors": [{"name": "ليلى"}]},
            {"id": "2", "content_text": TEXT},
        ],
    }  # fmt: skip
    first, second = items(tmp_path, json.dumps(feed))
    assert (getattr(first, "text", ""), getattr(second, "text", "")) == (TEXT, TEXT)
    said = article(tmp_path, json.dumps({**feed, "items": feed["items"][:1]})).given
    assert (said.guid, said.author) == ("1", "ليلى")
    assert said.published_at == "2024-03-10T04:00:00.000Z"


DOCUMENT = (
    '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>'
    "<w:p><w:r><w:t>{}</w:t></w:r></w:p><w:p><w:r><w:t>سطر</w:t><w:br/><w:t>آخر</w:t></w:r>"
    "<w:del><w:r><w:delText>محذوف</w:delText></w:r></w:del></w:p></w:body></w:document>"
)


def test_a_word_document(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "d", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", DOCUMENT.format(TITLE))
    data = (tmp_path / "d").read_bytes()
    raw = article(tmp_path, data, "a.docx")
    assert (raw.format, raw.text) == ("docx", f"{TITLE}\nسطر\nآخر")
    with zipfile.ZipFile(tmp_path / "d", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", " " * 5_000_000)
    assert reasons(tmp_path, (tmp_path / "d").read_bytes()) == ["archive-ratio"]


def test_a_word_document_that_is_damaged(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "d", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", DOCUMENT.format(TITLE))
    data = bytearray((tmp_path / "d").read_bytes())
    start = data.index(b"document.xml") + len(b"document.xml")
    data[start : start + 20] = b"\xff" * 20
    assert reasons(tmp_path, bytes(data), "a.docx") == ["broken-archive"]


def test_rich_text(tmp_path: Path) -> None:
    escaped = "".join(f"\\'{byte:02x}" for byte in TITLE.encode("cp1256"))
    raw = article(tmp_path, f"{{\\rtf1\\ansi\\ansicpg1256 {escaped}\\par}}", "a.txt")
    assert (raw.format, raw.text.strip()) == ("rtf", TITLE)


def test_a_web_archive(tmp_path: Path) -> None:
    page = f"<html><head><title>{TITLE}</title></head><body><article>{XHTML * 2}</article>"
    body = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + page.encode()
    head = (
        b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://example.org/77\r\n"
        b"Content-Type: application/http; msgtype=response\r\nContent-Length: %d\r\n\r\n"
    )
    data = (head % len(body) + body + b"\r\n\r\n") * 2
    found = items(tmp_path, gzip.compress(data), "a.warc.gz")
    assert [(item.position, read_as(item)) for item in found] == [
        (1, "WARC.gz"),
        (2, "WARC.gz"),
    ]
    assert given(found[0]).url == "https://example.org/77"

"""XML from anywhere: nothing outside of it is read, and its size costs no memory."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from loader.readers.xml import root_name
from tests.loader.readers.wire_items import SETTINGS, items, reasons

LAUGHS = "".join(f"<!ENTITY a{n} '{f'&a{n - 1};' * 10}'>" for n in range(1, 12))
BOMB = f"<?xml version='1.0'?><!DOCTYPE rss [<!ENTITY a0 'ha'>{LAUGHS}]>"
OUTSIDE = "<!DOCTYPE rss [<!ENTITY x SYSTEM '{}'>]>"


def rss(title: str, before: str = "") -> str:
    return f"{before}<rss><channel><item><title>{title}</title></item></channel></rss>"


@pytest.mark.parametrize(
    ("text", "root"),
    [
        ("<rss>", "rss"),
        ("<?xml version='1.0'?>\n<!-- خبر --><atom:feed xmlns:atom='x'>", "feed"),
        ("<!DOCTYPE nitf SYSTEM 'nitf.dtd'><nitf/>", "nitf"),
        ("<!DOCTYPE nitf [<!ENTITY a '>'>]>\n<nitf>", "nitf"),
        ("<!doctype html><HTML lang='ar'>", "HTML"),
        ("<3 أحب", None),
        ("<", None),
        ("<?xml", None),
        ("", None),
    ],
)
def test_the_root_is_the_first_element(text: str, root: str | None) -> None:
    assert root_name(text) == root


def test_entities_within_entities_are_not_unfolded(tmp_path: Path) -> None:
    started = time.process_time()
    assert reasons(tmp_path, rss("خبر &a11; جديد", BOMB)) == ["broken-xml"]
    assert time.process_time() - started < 2


def test_entities_of_the_file_are_names_that_go(tmp_path: Path) -> None:
    (item,) = items(tmp_path, rss("خبر &a0; جديد", "<!DOCTYPE rss [<!ENTITY a0 'ha'>]>"))
    assert getattr(item, "text", None) == "خبر  جديد"


def test_references_to_elsewhere_are_not_followed(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("سر", encoding="utf-8")
    for address in (secret.as_uri(), "http://127.0.0.1:9/x", "/etc/passwd"):
        (item,) = items(tmp_path, rss("خبر &x;", OUTSIDE.format(address)))
        assert getattr(item, "text", None) == "خبر"


@pytest.mark.parametrize(
    ("xml", "reason"),
    [
        pytest.param("<?xml version='1.0'?><plan><x/></plan>", "unknown-format", id="unknown"),
        pytest.param(
            "<rss><channel><item " + "".join(f'a{n}="{"x" * 90}" ' for n in range(5_000)),
            "too-large",
            id="attributes without end",
        ),
        pytest.param("<rss><channel><item a='" + "x" * 500_000, "too-large", id="a long one"),
        pytest.param("<nitf>" + "<p>" * 10_000, "broken-xml", id="ten thousand levels"),
        pytest.param("<newsItem><contentMeta></newsItem", "broken-xml", id="not well formed"),
        pytest.param("<nitf>", "broken-xml", id="nothing but a beginning"),
    ],
)
def test_one_outcome_each(tmp_path: Path, xml: str, reason: str) -> None:
    assert reasons(tmp_path, xml) == [reason]


def test_an_item_over_the_limit_ends_the_file_there(tmp_path: Path) -> None:
    large = "ن" * SETTINGS.max_article_bytes
    feed = rss("خبر").replace("</channel>", f"<item><title>{large}</title></item></channel>")
    found = reasons(tmp_path, feed)
    assert found[0] == "article"
    assert found[1:] in (["too-large"], ["article"])

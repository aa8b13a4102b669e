"""Feeds as files: RSS, RDF, Atom, and exports of WordPress."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.loader.readers.wire_items import (
    GUID,
    PARAGRAPHS,
    TEXT,
    TITLE,
    XHTML,
    article,
    given,
    items,
    reasons,
)

NAMESPACES = (
    'xmlns:content="http://purl.org/rss/1.0/modules/content/" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:wp="http://wordpress.org/export/1.2/" '
    'xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/"'
)
LINK = "https://example.org/77"
RSS_ITEM = f"""<item><title>{TITLE}</title><link>{LINK}</link><guid>{GUID}</guid>
<pubDate>Sun, 10 Mar 2024 08:00:00 +0400</pubDate><dc:creator>ليلى البلوشي</dc:creator>
<category>اقتصاد</category><category>بحر</category><description>{PARAGRAPHS[0]}</description>
<content:encoded><![CDATA[{XHTML}<figure><figcaption>صورة</figcaption></figure>]]></content:encoded>
</item>"""


def rss(*entries: str) -> str:
    return (
        f'<?xml version="1.0"?><rss version="2.0" {NAMESPACES}><channel>'
        f"<title>صحيفة الميناء</title>{''.join(entries)}</channel></rss>"
    )


ATOM = f"""<feed xmlns="http://www.w3.org/2005/Atom"><title>صحيفة الميناء</title><entry>
<id>{GUID}</id><title type="html">&lt;b&gt;{TITLE}&lt;/b&gt;</title>
<link rel="self" href="https://example.org/self"/><link href="{LINK}"/>
<published>2024-03-10T08:00:00+04:00</published><updated>2024-03-10T09:30:00+04:00</updated>
<author><name>ليلى البلوشي</name></author><category term="اقتصاد"/><category term="بحر"/>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">{XHTML}</div></content>
</entry></feed>"""
RDF = f"""<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
 xmlns="http://purl.org/rss/1.0/" {NAMESPACES}><channel><title>صحيفة الميناء</title></channel>
<item rdf:about="{GUID}"><title>{TITLE}</title><link>{LINK}</link>
<dc:date>2024-03-10T08:00:00+04:00</dc:date><dc:creator>ليلى البلوشي</dc:creator>
<category>اقتصاد</category><category>بحر</category><description>{TEXT}</description></item>
</rdf:RDF>"""


@pytest.mark.parametrize(
    "feed", [rss(RSS_ITEM), ATOM, RDF], ids=["RSS 2.0", "Atom with XHTML", "RDF"]
)
def test_what_an_item_says(tmp_path: Path, feed: str) -> None:
    raw = article(tmp_path, feed, "a.txt")  # its name says nothing
    said = raw.given
    assert (raw.format, raw.text) == ("feed", TEXT)
    assert (said.guid, said.title, said.url) == (GUID, TITLE, LINK)
    assert (said.outlet, said.author) == ("صحيفة الميناء", "ليلى البلوشي")
    assert said.section == "اقتصاد، بحر"
    assert said.published_at == "2024-03-10T04:00:00.000Z"


def test_an_export_of_wordpress(tmp_path: Path) -> None:
    def post(kind: str, status: str, text: str = XHTML) -> str:
        return (
            f"<item><title>{TITLE}</title><wp:post_type>{kind}</wp:post_type>"
            f"<wp:status>{status}</wp:status><excerpt:encoded>م</excerpt:encoded>"
            f"<content:encoded><![CDATA[{text}]]></content:encoded></item>"
        )

    export = rss(post("post", "publish"), post("post", "draft"), post("nav_menu_item", "publish"))
    first, second, third = items(tmp_path, export)
    assert [given(first).status, given(second).status] == ["publish", "draft"]
    assert third.place == "a:3"
    assert reasons(tmp_path, export) == ["article", "article", "no-text"]


@pytest.mark.parametrize(
    ("feed", "expected"),
    [
        pytest.param(rss(RSS_ITEM, RSS_ITEM), ["article", "article"], id="two of one guid"),
        pytest.param(rss("<item><link>x</link></item>"), ["no-text"], id="without text"),
        pytest.param(rss(), ["empty"], id="no items"),
        pytest.param(
            rss(RSS_ITEM, "<item><title>سفن &nbsp; & موانئ &copy;</title></item>"),
            ["article", "article"],
            id="loose ampersands and names of HTML",
        ),
        pytest.param(rss(RSS_ITEM, RSS_ITEM)[:-200], ["article", "broken-xml"], id="cut short"),
        pytest.param(f"<rss><channel>{'<x>' * 10_000}", ["broken-xml"], id="ten thousand levels"),
    ],
)
def test_odd_feeds(tmp_path: Path, feed: str, expected: list[str]) -> None:
    assert reasons(tmp_path, feed) == expected


def test_names_of_html_become_characters(tmp_path: Path) -> None:
    entry = "<item><title>سفن&nbsp;وموانئ &laquo;صلالة&raquo;</title><x/>&unknown;</item>"
    assert article(tmp_path, rss(entry)).given.title == "سفن\u00a0وموانئ «صلالة»"

"""Web pages: the article without the page, and what the page says of it."""

from __future__ import annotations

import json
import sys
import time
from dataclasses import replace
from typing import Any

import pytest

from loader.raw import Given, RawArticle
from loader.readers.content import Content
from loader.readers.html import read_html
from loader.readers.reasons import Reason, Refused
from loader.settings import LoaderSettings

PARAGRAPHS = [
    "عمّان - افتتح رئيس البلدية اليوم الخميس جسرا جديدا يربط ضفتي النهر بعد أعمال استمرت "
    "عامين كاملين.",
    "وأضاف أن الجسر سيخفف الازدحام عن وسط المدينة، وأن حركة السير ستبدأ فيه فجر الغد.",
    "وكانت الأعمال قد توقفت مرتين بسبب الأمطار، بحسب المتحدث باسم البلدية.",
]
TITLE = "افتتاح جسر جديد في المدينة"
JSON_LD = {
    "@context": "https://schema.org",
    "@graph": [
        {"@type": "WebSite", "name": "صحيفة المثال", "url": "https://example.org/"},
        {
            "@type": ["NewsArticle"],
            "headline": TITLE,
            "datePublished": "2021-03-04T10:00:00+03:00",
            "dateModified": "2021-03-05T10:00:00+03:00",
            "author": [{"@type": "Person", "name": "سعاد العلي"}],
            "publisher": {"@type": "Organization", "name": "صحيفة المثال"},
            "mainEntityOfPage": {"@type": "WebPage", "@id": "https://example.org/news/1"},
            "articleSection": ["محليات"],
            "description": "وصف قصير",
        },
    ],
}
META = """<meta property="og:title" content="افتتاح جسر جديد في المدينة">
<meta property="og:site_name" content="صحيفة المثال">
<meta property="article:published_time" content="2021-03-04">
<meta name="author" content="سعاد العلي">
<link rel="canonical" href="https://example.org/news/1">
<meta property="article:section" content="محليات">"""


def page(*paragraphs: str, head: str = "", byline: str = "", charset: str = "utf-8") -> str:
    body = "\n".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    return f"""<!DOCTYPE html><html lang="ar" dir="rtl"><head><meta charset="{charset}">
<title>{TITLE} | صحيفة المثال</title>{head}<script>var x = "نص برمجي";</script></head><body>
<header><nav><ul><li><a href="/">الرئيسية</a></li>
<li><a href="/s">رياضة</a></li></ul></nav></header>
<main><article><h1>{TITLE}</h1>{byline}<div class="share"><a>فيسبوك</a><a>تويتر</a></div>
{body}</article></main>
<aside><h3>اقرأ أيضا</h3><a href="/2">خبر آخر عن الطقس</a></aside>
<footer>جميع الحقوق محفوظة</footer></body></html>"""


def read(html: str | bytes) -> RawArticle:
    data = html.encode() if isinstance(html, str) else html
    (item,) = read_html(Content("web", "a.html", iter([data]), LoaderSettings()))
    assert isinstance(item, RawArticle)
    return item


@pytest.mark.parametrize("count", [1, 3])
def test_the_text_is_the_article_alone_a_line_a_paragraph(count: int) -> None:
    assert read(page(*PARAGRAPHS[:count], head=META)).text.split("\n") == PARAGRAPHS[:count]


@pytest.mark.parametrize(
    "head",
    [
        f'<script type="application/ld+json">{json.dumps(JSON_LD, ensure_ascii=False)}</script>',
        META,
    ],
)
def test_what_the_page_says_of_its_article(head: str) -> None:
    given = read(page(*PARAGRAPHS, head=head)).given
    assert replace(given, published_at=None, updated_at=None) == Given(
        title=TITLE,
        outlet="صحيفة المثال",
        published=given.published,
        url="https://example.org/news/1",
        author="سعاد العلي",
        section="محليات",
    )
    assert str(read(page(*PARAGRAPHS, head=head)).given.published).startswith("2021-03-04")


def test_a_byline_that_the_page_marks_is_the_credit() -> None:
    byline = '<div class="meta"><span class="byline">عمّان - (رويترز)</span></div>'
    assert read(page(*PARAGRAPHS, head=META, byline=byline)).given.credit == "عمّان - (رويترز)"


def test_without_data_the_heading_is_the_title_and_nothing_is_guessed() -> None:
    assert read(page(*PARAGRAPHS)).given == Given(title=TITLE)


def test_a_page_that_builds_itself_by_script_is_read_from_its_data() -> None:
    data = {"@type": "Article", "headline": TITLE, "articleBody": "\n".join(PARAGRAPHS)}
    script = f'<script type="application/ld+json">{json.dumps(data)}</script>'
    html = f"<html><head>{script}</head><body><div id=app></div></body></html>"
    assert read(html).text.split("\n") == PARAGRAPHS


@pytest.mark.parametrize(
    "html",
    [
        pytest.param("<p>{}</p>\n<p>{}</p>\n<p>{}</p>", id="a fragment"),
        pytest.param("<BODY><FONT>{}<P>{}<P>{}</FONT></BODY>", id="old markup"),
        pytest.param("<html><body>{}<br>{}<br>{}</body></html>", id="lines"),
        pytest.param(
            "<table><tr><td>{}</td></tr><tr><td>{}</td></tr><tr><td>{}</td></tr></table>",
            id="table",
        ),
        pytest.param("{}\n{}\n{}", id="plain text"),
    ],
)
def test_other_pages_than_those_of_today(html: str) -> None:
    assert read(html.format(*PARAGRAPHS)).text.split("\n") == PARAGRAPHS


@pytest.mark.parametrize(
    "script", ["{broken", "[]", "3", '"x"', '{"@type": 5}', '{"@graph": {}}', "[null, [1]]"]
)
def test_broken_data_is_passed_over(script: str) -> None:
    head = f'<script type="application/ld+json">{script}</script>' + META
    assert read(page(*PARAGRAPHS, head=head)).given.title == TITLE


@pytest.mark.parametrize(
    ("charset", "codec", "encoding"),
    [
        ("windows-1256", "cp1256", "windows-1256"),
        ("utf-8", "utf-8", "utf-8"),
        ("windows-1256", "utf-8", "utf-8"),
        ("utf-8", "cp1256", "windows-1256"),
    ],
)
def test_the_bytes_decide_the_encoding_not_the_declaration(
    charset: str, codec: str, encoding: str
) -> None:
    article = read(page(*PARAGRAPHS, charset=charset).encode(codec))
    assert (article.text.split("\n"), article.encoding) == (PARAGRAPHS, encoding)


@pytest.mark.parametrize(
    "html",
    [
        "<html></html>",
        "<!-- x -->",
        "<html><body><img src=x></body></html>",
        "<" * 500,
        "<div>" * 3_000,
    ],
)
def test_a_page_without_article_is_refused(html: str) -> None:
    with pytest.raises(Refused) as refused:
        read(html)
    assert refused.value.reason is Reason.NO_TEXT


def test_an_empty_file_is_nothing() -> None:
    assert list(read_html(Content("web", "a.html", iter([b" \n"]), LoaderSettings()))) == []


def test_without_the_extra_the_sentence_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    blocked: Any = None  # what Python puts in place of a module that must not be imported
    monkeypatch.setitem(sys.modules, "trafilatura", blocked)
    with pytest.raises(
        Refused, match=r"extra naba-search\[html\]: pip install '\.\[html\]'"
    ) as refused:
        read(page(*PARAGRAPHS))
    assert refused.value.reason is Reason.NEEDS_HTML


LINE = "<div>خبر اليوم</div>"
ROW = "<tr><td>خبر اليوم</td></tr>"


@pytest.mark.parametrize(
    "markup",
    [
        pytest.param(f"<table>{ROW * 60}<tr><td>" * 70, id="tables in tables"),
        pytest.param(f"<div>{LINE * 60}" * 50, id="blocks in blocks"),
        pytest.param(f"<ul>{'<li>خبر اليوم</li>' * 50}<li>" * 40, id="lists in lists"),
        pytest.param(f"<h1 class=byline>{LINE * 60}" * 100, id="headings in headings"),
        pytest.param(LINE * 8_000, id="short blocks without end"),
        pytest.param("<p>نص<br>" * 8_000, id="paragraphs without end"),
    ],
)
def test_the_time_for_a_page_grows_with_its_length(markup: str) -> None:
    started = time.process_time()
    paragraphs = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)
    assert read(f"<html><body>{markup}{paragraphs}").text
    assert time.process_time() - started < 8.0

"""Pages in the shapes of real sites: ways to say title and date, by ways to lay out the text, each
with the things that stand beside articles.
"""

from __future__ import annotations

import json
from typing import Any

import pytest

from loader.raw import RawArticle
from loader.readers.content import Content
from loader.readers.html import read_html
from loader.settings import LoaderSettings

TITLE = "عودة القطار الساحلي بعد انقطاع عشرين عاما"
SITE = "صحيفة المنارة"
PARAGRAPHS = (
    "عاد القطار الساحلي صباح الخميس إلى العمل بعد انقطاع استمر عشرين عاما، وحمل في رحلته الأولى "
    "أكثر من ثلاثمئة راكب من أبناء المدن الواقعة على الخط.",
    "وقال مدير السكة إن الرحلات ستكون أربعا في اليوم، وإن ثمن التذكرة لن يزيد في السنة الأولى.",
    "وأضاف أن العمل في الخط استمر ثلاثة أعوام، وأن عشرات المهندسين أعادوا بناء الجسور القديمة.",
    "ورحب أصحاب المتاجر قرب المحطات بعودة القطار، وقالوا إنهم ينتظرون الزوار في موسم الصيف.",
)
LEAD, *REST = PARAGRAPHS


def linked(value: dict[str, Any] | str) -> str:
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return f'<script type="application/ld+json">{text}</script>'


ARTICLE = {"@type": "NewsArticle", "headline": TITLE, "datePublished": "2021-03-04T09:10:00+02:00"}
HEAD: dict[str, str] = {
    "JSON-LD": linked(ARTICLE),
    "JSON-LD of a page": linked({**ARTICLE, "@type": "WebPage"}),
    "JSON-LD with a loose comma": linked(json.dumps(ARTICLE, ensure_ascii=False)[:-1] + ",}"),
    "JSON-LD with line ends": linked(json.dumps({**ARTICLE, "description": "سطر|سطر"},
                                                ensure_ascii=False).replace("|", "\n")),
    "meta elements": '<meta property="article:published_time" content="2021-03-04T09:10:00Z">',
}  # fmt: skip
LINE: dict[str, str] = {
    "RDFa": '<span property="dc:date" content="2021-03-04T09:10:00+02:00">الخميس</span>',
    "microdata": '<span itemprop="datePublished" content="2021-03-04">الخميس</span>',
    "time": '<time datetime="2021-03-04T09:10:00+02:00">الخميس</time>',
    "time in words": "<time>الخميس 4 مارس 2021</time>",
    "a block called meta": '<div class="entry-meta">الخميس 4 مارس 2021 - 09:10</div>',
    "a block called byline": '<p class="byline">سعاد العلي - 4 مارس 2021</p>',
    "a block called timestamp": '<span class="c-timestamp">04/03/2021</span>',
    "published and updated": '<div class="post-date">آخر تحديث: 6 مارس 2021 - نشر: 4 مارس '
    "2021</div>",
}
FORMS = {**HEAD, **LINE}


def paragraphs(*texts: str) -> str:
    return "".join(f"<p>{text}</p>" for text in texts)


LAYOUTS: dict[str, str] = {
    "article": f"<article><h1>{TITLE}</h1>@{paragraphs(*PARAGRAPHS)}</article>",
    "blocks": f'<div class="node"><h1>{TITLE}</h1>@<div class="entry-content">'
    f"{paragraphs(*PARAGRAPHS)}</div></div>",
    "a linked lead": f'<article><h1>{TITLE}</h1>@<p><a href="/x">{LEAD}</a></p>'
    f"{paragraphs(*REST)}</article>",
    "a lead of its own": f'<div class="page"><h1>{TITLE}</h1>@<div class="article__lead">'
    f'<p>{LEAD}</p></div><div itemprop="articleBody">{paragraphs(*REST)}</div></div>',
}
COMMENT = "تعليق من قارئ يشكر الصحيفة على هذا الخبر ويتمنى للقطار التوفيق في كل الرحلات."
RULE = "تمتنع الصحيفة عن نشر التعليقات التي تسيء إلى الأشخاص، ولا تعبر التعليقات عن رأيها."
COOKIE = "نستخدم ملفات تعريف الارتباط لتحسين تجربتك، وباستمرارك في التصفح توافق على ذلك."
RELATED = "افتتاح مطار جديد في الشمال"
BESIDE = (
    f'<div class="related-posts"><h3>مواضيع ذات صلة</h3><ul><li><a href="/2">{RELATED}</a></li>'
    f"</ul></div><h4>اقرأ أيضا</h4><ul><li><a href='/3'>{RELATED} مرة أخرى</a></li></ul>"
    f'<section id="comments"><h3>التعليقات</h3><p>{COMMENT}</p><p>{RULE}</p></section>'
)


def read(form: str, layout: str) -> RawArticle:
    body = LAYOUTS[layout].replace("@", LINE.get(form, ""))
    html = (
        f'<!DOCTYPE html><html lang="ar"><head><meta charset="utf-8">'
        f"<title>{TITLE} | {SITE}</title>"
        f'<meta property="og:site_name" content="{SITE}">{HEAD.get(form, "")}</head><body>'
        f'<div class="cookie-notice"><p>{COOKIE}</p></div><nav><a href="/">الرئيسية</a></nav>'
        f"<main>{body}{BESIDE}</main><footer>جميع الحقوق محفوظة 2024</footer></body></html>"
    )
    (item,) = read_html(Content("web", "a.html", iter([html.encode()]), LoaderSettings()))
    assert isinstance(item, RawArticle)
    return item


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("form", FORMS)
def test_a_page_of_every_shape(form: str, layout: str) -> None:
    raw = read(form, layout)
    assert (raw.given.title, raw.given.outlet) == (TITLE, SITE)
    before, text = raw.text.split("\n")[:-4], raw.text.split("\n")[-4:]
    assert text == list(PARAGRAPHS)
    # a line for the eye is left to extraction, which tells dates and bylines from text
    assert all(line in LINE[form] for line in before)
    assert raw.given.published is not None
    assert (
        raw.given.published.startswith("2021-03-04")
        or "4 مارس 2021" in raw.given.published
        or raw.given.published == "04/03/2021"
    )


def test_there_are_fifty_shapes() -> None:
    assert len(FORMS) * len(LAYOUTS) >= 50


def test_joiners_stay_as_they_were_sent() -> None:
    texts = paragraphs(*PARAGRAPHS, "كتاب نوشته\u200cها.")
    page = f"<html><body><article><h1>{TITLE}</h1>{texts}"
    (item,) = read_html(Content("web", "a.html", iter([page.encode()]), LoaderSettings()))
    assert "نوشته\u200cها" in getattr(item, "text", "")

"""The text of a web page's article: what is beside it goes, what belongs to it stays, a line a
paragraph.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from typing import Any

from loader.readers.items import Item
from loader.readers.markup import has_markup, text_of_html
from loader.readers.page_data import short_text, words_of

_SENTENCE_END = re.compile(r"[.؟!][»”\"]?\s*\n")
_TABLE_ROW = re.compile(r"^\| ?(.*?) ?\| ?$")
_BLOCK_TAG = re.compile(
    r"<(?:br|/?(?:p|div|li|td|tr|h[1-6]|section|article|center|blockquote))\b[^<>]{0,500}>", re.I
)
_TAG = re.compile(r"<[^<>]{1,1000}>")
_SHORT = 20_000  # characters; every line of the page is looked for in a text of at most this length
# Deeper tables lay out no page that was ever seen (six in portals of 2003), and trafilatura looks
# through each as often as it lies in others: a page of 2 MB took 168 seconds.
_TABLES_DEEP = 10
# Elements of a page from which on the text is found without comparing it to what other algorithms
# find: theirs grow with the square of the paragraphs. Articles have 300 to 4,000.
_LARGE_PAGE = 5_000
# Joiners shape the letters beside them, and trafilatura drops them: letters that no page uses stand
# in for them meanwhile.
_STAND_INS = {"\u200c": "\ua66e", "\u200d": "\ua66d"}
# Words of the names that templates give to what is beside an article.
_BESIDE = frozenset(
    [
        "cookie",
        "cookies",
        "consent",
        "gdpr",
        "comments",
        "comment",
        "respond",
        "disqus",
        "related",
        "recommended",
        "recommendations",
        "newsletter",
        "subscribe",
        "share",
        "sharing",
        "social",
        "breadcrumb",
        "breadcrumbs",
        "advertisement",
    ]
)
# Headings of such blocks: read also, related, most read, comments and their rules, cookies.
_BESIDE_HEADING = re.compile(
    r"(?:اقر[أا]|شاهد|طالع) (?:أيضا|أيضاً|ايضا|المزيد)|(?:مواضيع|أخبار|مقالات|موضوعات) "
    r"(?:ذات صلة|متعلقة|مشابهة)|ذات صلة|قد يهمك|الأكثر (?:قراءة|مشاهدة)|(?:ال)?تعليقات|"
    r"(?:شروط|قواعد|سياسة) (?:ال)?(?:تعليق|نشر)|أضف تعليق|اترك تعليق|ملفات تعريف الارتباط"
)
_HEADING_LENGTH = 60  # characters of a heading
_LEAD_WORDS = frozenset(
    ["lead", "lede", "standfirst", "chapo", "summary", "intro", "introduction", "sapo"]
)
_LEAD_LENGTH = (60, 2_000)  # characters of a lead
_LINKED = 60  # characters from which a paragraph that is one link is a sentence, no headline


def stand_ins(text: str) -> tuple[str, dict[int, str]]:
    """The page with its joiners replaced, and the table that puts them back."""
    found = {sign: letter for sign, letter in _STAND_INS.items() if sign in text}
    return text.translate({ord(sign): letter for sign, letter in found.items()}), str.maketrans(
        {letter: sign for sign, letter in found.items()}
    )


def body_of(trafilatura: Any, tree: Any, page: str, item: Item) -> str:
    """The text of the article without its title, in time that grows with the page; empty where
    there is none. `item` holds what the page says of it, `page` is its source.
    """
    for element in tree.xpath(
        "//body//*[@content or @datetime][not(descendant::p or self::ins or self::del)]"
    ):
        if short_text(element, _HEADING_LENGTH):  # said to machines, and read in page_data
            element.drop_tree()
    leads = list(_leads(tree))
    _drop_beside(tree)
    _unwrap_links(tree)
    body = _body(trafilatura, tree, page)
    stated = item.text or ""
    stated = text_of_html(stated) if has_markup(stated) else stated
    # Pages that build themselves by script carry the article only in their JSON-LD.
    if len(body) < len(stated) / 2 or _is_better_divided(stated, body):
        body = stated
    body = body.removeprefix(item.title or "").lstrip()  # the heading, where it opens the text
    for lead in leads[:1]:
        if body and _letters(lead) not in _letters(body):
            body = f"{lead}\n{body}"
    return body


def _leads(tree: Any) -> Iterator[str]:
    """Paragraphs that stand before the body in an element of their own."""
    for element in tree.xpath("//body//*[@class or @itemprop='description']"):
        marked = element.get("itemprop") == "description" or not _LEAD_WORDS.isdisjoint(
            words_of(element)
        )
        if marked and element.tag != "meta" and not element.xpath("ancestor::aside | .//h1"):
            text = short_text(element, _LEAD_LENGTH[1])
            if text and len(text) >= _LEAD_LENGTH[0]:
                yield text


def _drop_beside(tree: Any) -> None:
    """Take out what templates name as beside the article, and lists under headings that say so."""
    whole = sum(map(len, tree.itertext()))
    for element in tree.xpath("//body//*[@class or @id]"):
        if _BESIDE.isdisjoint(words_of(element)) or element.xpath(".//h1 | .//article"):
            continue
        if sum(map(len, element.itertext())) < whole / 2:
            _take_out(element)
    for heading in tree.xpath("//h2 | //h3 | //h4 | //h5 | //strong | //p | //span"):
        text = short_text(heading, _HEADING_LENGTH)
        if text and _BESIDE_HEADING.match(text):
            block = heading if heading.getparent().tag != "p" else heading.getparent()
            after = block.getnext()
            if after is not None and (after.tag in ("ul", "ol") or _is_links(after)):
                _take_out(after)
            _take_out(block)


def _is_links(element: Any) -> bool:
    """Whether an element holds links and nothing else."""
    linked = sum(len(short_text(link, 2_000) or "") for link in element.xpath(".//a"))
    text = short_text(element, 5_000)
    return bool(text) and linked > 0.8 * len(text or "")


def _take_out(element: Any) -> None:
    if element.getparent() is not None:
        element.drop_tree()


def _unwrap_links(tree: Any) -> None:
    """Make text of the links that are a paragraph: a paragraph of the article that is one link is
    taken for a headline elsewhere.
    """
    for link in tree.xpath("//p/a"):
        text = short_text(link, _LEAD_LENGTH[1]) or ""
        around = short_text(link.getparent(), _LEAD_LENGTH[1] + 1)
        if len(text) >= _LINKED and around == text and "." in text:
            link.drop_tag()


def _is_better_divided(text: str, other: str) -> bool:
    """Whether `text` is no shorter and has more paragraphs: trafilatura runs those of JSON-LD
    together.
    """
    return len(text) >= len(other) and text.count("\n") > other.count("\n")


def _body(trafilatura: Any, tree: Any, text: str) -> str:
    """The text of the article with a line a paragraph, in time that grows with the page."""
    _unnest_tables(tree)
    large = sum(1 for _ in tree.iter()) > _LARGE_PAGE

    def extract(**favor: bool) -> str:
        options = {"include_comments": False, "deduplicate": False, "fast": large, **favor}
        return trafilatura.extract(tree, **options) or ""

    body = extract()
    if "\n" not in body:
        # For short articles trafilatura falls back to all text of the page in one line, menus and
        # share links too.
        body = _divided(extract(favor_precision=True) or body, text)
    elif body in (more := extract(favor_recall=True)) and _SENTENCE_END.search(
        more[: more.index(body)]
    ):
        # A first paragraph outside of <p>: with it the dateline would be lost.
        body = more
    # Old pages are laid out in tables, which come as rows of Markdown.
    return "\n".join(_TABLE_ROW.sub(r"\1", line) for line in body.split("\n"))


def _unnest_tables(tree: Any) -> None:
    """Turn tables within too many others into plain blocks, where they stand."""
    for element in tree.xpath(
        f"//table[count(ancestor::table) >= {_TABLES_DEEP}] | //*[self::thead or self::tbody or "
        f"self::tr or self::th or self::td][count(ancestor::table) > {_TABLES_DEEP}]"
    ):
        element.tag = "div"


def _divided(body: str, page: str) -> str:
    """`body`, where it is one line, with the line ends that the page's elements give it; else as it
    is.
    """
    if "\n" in body or len(body) > _SHORT:
        return body
    text = unescape(_TAG.sub("", _BLOCK_TAG.sub("\n", page)))
    lines = [" ".join(line.split()) for line in text.split("\n", _LARGE_PAGE)]
    kept = [line for line in lines if line and line in body]
    return "\n".join(kept) if _letters("".join(kept)) == _letters(body) else body


def _letters(text: str) -> str:
    return "".join(text.split())

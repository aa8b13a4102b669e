"""Web pages (.html): the article's text by trafilatura (the extra naba-search[html]), its data from
the page.
"""

from __future__ import annotations

import logging
import re
from html import unescape
from typing import Any

from loader.readers.content import Content, Reading
from loader.readers.encodings import UTF_8, decoded
from loader.readers.items import Item, article_of_item
from loader.readers.page_data import page_item
from loader.readers.reasons import Reason, Refused

_DECLARED_CHARSET = re.compile(
    rb"""<meta[^>]{0,200}?charset\s{0,9}=\s{0,9}["']?\s{0,9}([a-zA-Z0-9_-]{2,40})""", re.I
)
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
_HEAD = 4_096  # bytes in which a page says its encoding
_DECLARED = {"windows-1256": "windows-1256", "cp1256": "windows-1256", "iso-8859-6": "iso-8859-6"}


def read_html(content: Content) -> Reading:
    """One article. Raises Refused (needs-html, no-text, binary, undecodable, too-large)."""
    try:
        import trafilatura
    except ImportError as error:
        raise Refused(
            Reason.NEEDS_HTML,
            "Reading web pages needs the extra naba-search[html]: pip install '.[html]' in the "
            "project's folder.",
        ) from error
    # Its warnings ("discarding data") go to nobody who could act on them; what is refused is told
    # by its reason.
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    data = content.whole()
    if not data.strip():
        return
    text, encoding = _decoded_page(data)
    if "<" not in text:  # plain text under the name of a page
        yield content.article(text, encoding)
        return
    try:
        tree = trafilatura.load_html(text)
        item = page_item(tree) if tree is not None else Item()
        body = _body(trafilatura, tree, text) if tree is not None else ""
    except Exception as error:  # a page that breaks the parser costs that page alone
        raise Refused(
            Reason.NO_TEXT, f"The page cannot be parsed ({type(error).__name__})."
        ) from error
    marked_up = item.text or ""
    # Pages that build themselves by script carry the article only in their JSON-LD.
    if len(body) < len(marked_up) / 2 or _is_better_divided(marked_up, body):
        body = marked_up
    body = body.removeprefix(item.title or "").lstrip()  # the heading, where it opens the text
    if not body:
        raise Refused(Reason.NO_TEXT, "No article was found in the page.")
    item.text = body
    yield article_of_item(content, item, encoding)


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


def _decoded_page(data: bytes) -> tuple[str, str]:
    """Text and encoding; where the bytes do not decide, what the page says of itself is
    believed.
    """
    declared = _DECLARED_CHARSET.search(data[:_HEAD])
    name = _DECLARED.get(declared[1].decode("ascii").lower()) if declared else None
    try:
        text, encoding = decoded(data)
    except Refused as refused:
        if name is None or refused.reason is not Reason.UNDECODABLE:
            raise
        return data.decode(name, "replace"), name
    if name is not None and not encoding.startswith((UTF_8, "utf-16")) and encoding != name:
        return data.decode(name, "replace"), name
    return text, encoding

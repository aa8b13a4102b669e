"""Web pages (.html): the article's text by trafilatura (the extra naba-search[html]), its data from
the page.
"""

from __future__ import annotations

import logging
import re

from loader.readers.content import Content, Reading
from loader.readers.encodings import UTF_8, decoded
from loader.readers.items import Item, article_of_item
from loader.readers.page_data import page_item
from loader.readers.page_text import body_of, stand_ins
from loader.readers.reasons import Reason, Refused

_DECLARED_CHARSET = re.compile(
    rb"""<meta[^>]{0,200}?charset\s{0,9}=\s{0,9}["']?\s{0,9}([a-zA-Z0-9_-]{2,40})""", re.I
)
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
    shown, hidden = stand_ins(text)
    try:
        tree = trafilatura.load_html(shown)
        item = page_item(tree) if tree is not None else Item()
        body = body_of(trafilatura, tree, shown, item) if tree is not None else ""
    except Exception as error:  # a page that breaks the parser costs that page alone
        raise Refused(
            Reason.NO_TEXT, f"The page cannot be parsed ({type(error).__name__})."
        ) from error
    if not body:
        raise Refused(Reason.NO_TEXT, "No article was found in the page.")
    item.text, item.title = body.translate(hidden), (item.title or "").translate(hidden)
    yield article_of_item(content, item, encoding)


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

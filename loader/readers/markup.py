"""HTML and XHTML inside of records and wire items -> text with a line a paragraph."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, cast

from lxml import etree, html

# A tag that only markup has: "<3" and "a < b" in plain text are none.
_MARKUP = re.compile(
    r"</?(?:p|br|div|span|a|b|i|strong|em|h[1-6]|ul|li|table|img)\b[^<>]{0,1000}>", re.I
)
_SPACES = re.compile(r"[ \t\r\n\f]+")
_PARSER = html.HTMLParser(remove_comments=True, remove_pis=True, collect_ids=False)
_BLOCKS = frozenset(
    [
        "p",
        "div",
        "br",
        "li",
        "ul",
        "ol",
        "tr",
        "td",
        "th",
        "table",
        "thead",
        "tbody",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "section",
        "article",
        "blockquote",
        "pre",
        "hr",
        "dl",
        "dt",
        "dd",
        "header",
        "main",
        "center",
        "block",
        "hl1",
        "hl2",
        "body",
        "body.content",
    ]
)
# What stands beside an article's words: pictures with their captions, scripts, forms.
_BESIDE = frozenset(
    [
        "script",
        "style",
        "noscript",
        "figure",
        "figcaption",
        "iframe",
        "object",
        "video",
        "audio",
        "svg",
        "form",
        "button",
        "select",
        "head",
        "media",
        "media-caption",
    ]
)


def has_markup(text: str) -> bool:
    """Whether text holds HTML."""
    return "<" in text and _MARKUP.search(text) is not None


def plain(text: str) -> str:
    """The text of a value that may be HTML."""
    return text_of_html(text) if has_markup(text) else text


def text_of_html(markup: str) -> str:
    """The text of a piece of HTML, a line a paragraph."""
    try:
        fragment = html.fragment_fromstring(
            markup.replace("\0", ""), create_parent="div", parser=_PARSER
        )
    except (etree.ParserError, ValueError):  # nothing but a comment; an encoding declared in text
        return ""
    return text_of(fragment)


def text_of(element: Any) -> str:
    """The text of an element of HTML, XHTML or NITF, a line a paragraph."""
    lines = "".join(_pieces(element)).split("\n")
    return "\n".join(line.strip() for line in lines if line.strip())


def _pieces(element: Any) -> Iterator[str]:
    """The text with line ends where blocks begin and end; without recursion, for any depth."""
    skipped: Any = None
    for event, node in etree.iterwalk(element, events=("start", "end")):
        name = local_name(node)
        if event == "end":
            skipped = None if node is skipped else skipped
        elif skipped is None and name in _BESIDE:
            skipped = node
        if skipped is None:
            yield "\n" if name in _BLOCKS else ""
            yield _SPACES.sub(" ", _beside(event, node, element) or "")


def _beside(event: str, node: Any, root: Any) -> str | None:
    """The text that follows the beginning or the end of a node."""
    if event == "start":
        return cast(str | None, node.text)
    return cast(str | None, node.tail) if node is not root else None


def line_of(element: Any) -> str:
    """The text of an element in one line."""
    return " ".join(" ".join(text_of(element).split("\n")).split())


def local_name(element: Any) -> str:
    """The name of an element without its namespace; empty for comments and entities."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""

"""Feeds as files: RSS 0.9 to 2.0, RDF, Atom, and exports of WordPress. Nothing is fetched."""

from __future__ import annotations

from typing import Any

from loader.readers.content import Content, Reading
from loader.readers.items import Item, article_of_item
from loader.readers.markup import line_of, local_name, text_of
from loader.readers.xml import Items, children, first

_CONTENT = "{http://purl.org/rss/1.0/modules/content/}encoded"
_RDF_ABOUT = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}about"
_POST_TYPES = ("post", "article", "news")  # of WordPress; pages, menus and pictures are none


def read_feed(content: Content) -> Reading:
    """The items of one feed; `position` counts them from 1."""
    items = Items(content, "item", "entry")
    outlet = None
    for position, element in enumerate(items, start=1):
        outlet = outlet or _feed_title(element)
        item = _entry(element) if local_name(element) == "entry" else _rss_item(element)
        item.outlet = item.outlet or outlet
        yield article_of_item(content, item, items.encoding, position=position)


def _feed_title(element: Any) -> str | None:
    """The title of what an item stands in; of the channel beside it in RDF."""
    around = element.getparent()
    return first(around, "title") or first(around, "channel", "title")


def _rss_item(element: Any) -> Item:
    if first(element, "post_type") not in (None, *_POST_TYPES):
        return Item()
    return Item(
        guid=first(element, "guid") or element.get(_RDF_ABOUT),
        title=_markup(element, "title"),
        text=_text(element),
        published=(
            first(element, "pubDate"),
            first(element, "date"),
            first(element, "post_date_gmt"),
            first(element, "post_date"),
        ),
        updated=first(element, "modified") or first(element, "post_modified_gmt"),
        credit=first(element, "source"),
        author=first(element, "creator") or first(element, "author"),
        section=_joined(element, "category"),
        url=first(element, "link"),
        status=first(element, "status"),
    )


def _entry(element: Any) -> Item:
    terms = [term for child in children(element, "category") if (term := _term(child))]
    links = (
        link.get("href")
        for link in children(element, "link")
        if link.get("rel", "alternate") == "alternate"
    )
    return Item(
        guid=first(element, "id"),
        title=_markup(element, "title"),
        text=_markup(element, "content") or _markup(element, "summary"),
        published=(
            first(element, "published"),
            first(element, "issued"),
            first(element, "updated"),
            first(element, "modified"),
        ),
        updated=first(element, "updated") or first(element, "modified"),
        credit=first(element, "source", "title"),
        author="، ".join(
            name for author in children(element, "author") if (name := first(author, "name"))
        )
        or None,
        section="، ".join(terms) or None,
        url=next(links, None),
        status="draft" if first(element, "control", "draft") == "yes" else None,
    )


def _term(category: Any) -> str:
    return str(category.get("label") or category.get("term") or "")


def _text(element: Any) -> str | None:
    """The whole text, where it is more than the description; an excerpt may repeat its name."""
    encoded = next((text for child in element.iter(_CONTENT) if (text := _inner(child))), None)
    return encoded or _markup(element, "body") or _markup(element, "description")


def _markup(element: Any, name: str) -> str | None:
    return next((text for child in children(element, name) if (text := _inner(child))), None)


def _inner(element: Any) -> str:
    """Markup that stands as text, or the text of markup that stands as elements."""
    return text_of(element) if len(element) else "".join(element.itertext()).strip()


def _joined(element: Any, name: str) -> str | None:
    lines = dict.fromkeys(line for child in children(element, name) if (line := line_of(child)))
    return "، ".join(lines) or None

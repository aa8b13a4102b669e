"""NITF: one article in its own file, or within NewsML."""

from __future__ import annotations

from typing import Any

from loader.readers.content import Content, Reading
from loader.readers.items import Item, article_of_item
from loader.readers.markup import text_of
from loader.readers.xml import Items, children, first, value


def read_nitf(content: Content) -> Reading:
    """The article of one file."""
    items = Items(content, "nitf")
    for element in items:
        yield article_of_item(content, nitf_item(element), items.encoding)


def nitf_item(nitf: Any) -> Item:
    """What an element `nitf` says."""
    data, head = ("head", "docdata"), ("body", "body.head")
    issued = value(nitf, "norm", *data, "date.issue")
    return Item(
        guid=value(nitf, "id-string", *data, "doc-id"),
        version=value(nitf, "version", *data, "du-key"),
        title=first(nitf, *head, "hedline", "hl1") or first(nitf, "head", "title"),
        text="\n".join(text_of(body) for body in children(nitf, "body", "body.content")),
        published=(
            value(nitf, "norm", *head, "dateline", "story.date"),
            issued,
            value(nitf, "norm", *data, "date.release"),
            value(nitf, "date.publication", "head", "pubdata"),
        ),
        updated=issued,
        credit=first(nitf, *head, "distributor") or value(nitf, "holder", *data, "doc.copyright"),
        outlet=value(nitf, "name", "head", "pubdata"),
        author=first(nitf, *head, "byline"),
        section=value(nitf, "position.section", "head", "pubdata"),
        status=value(nitf, "management-status", *data[:1], "docdata"),
        embargo=value(nitf, "norm", *data, "date.release"),
    )

"""NewsML-G2: items alone or in a message, their text as XHTML, NITF or inline data."""

from __future__ import annotations

import base64
import binascii
from typing import Any

from loader.readers.content import Content, Reading
from loader.readers.encodings import decoded
from loader.readers.items import Item, article_of_item
from loader.readers.markup import line_of, local_name, plain, text_of
from loader.readers.nitf import nitf_item
from loader.readers.reasons import Refused
from loader.readers.xml import Items, children, first, value

# Packages, concepts and plans of events hold no text; each is told as such.
ITEMS = ("newsItem", "packageItem", "conceptItem", "knowledgeItem", "planningItem")


def read_newsml_g2(content: Content) -> Reading:
    """The items of one file; `position` counts them from 1."""
    items = Items(content, *ITEMS)
    for position, element in enumerate(items, start=1):
        yield article_of_item(content, _item(element), items.encoding, position=position)


def _item(element: Any) -> Item:
    meta, about = ("itemMeta",), ("contentMeta",)
    text, of_nitf = _text(element)
    return Item(
        guid=element.get("guid"),
        version=element.get("version"),
        title=_in_arabic(element, "contentMeta", "headline") or of_nitf.title,
        text=text,
        published=(
            first(element, *about, "contentCreated"),
            first(element, *meta, "firstCreated"),
            first(element, *meta, "versionCreated"),
        ),
        updated=first(element, *meta, "versionCreated"),
        credit=_credit(element) or of_nitf.credit,
        author=_in_arabic(element, "contentMeta", "by") or of_nitf.author,
        section=_in_arabic(element, "contentMeta", "subject", "name"),
        status=value(element, "qcode", *meta, "pubStatus"),
        embargo=first(element, *meta, "embargoed"),
    )


def _in_arabic(element: Any, *path: str) -> str | None:
    """The text of an element that is there in several languages: Arabic if there is such."""
    texts = [(child, line) for child in children(element, *path) if (line := line_of(child))]
    for child, line in texts:
        if (child.get("{http://www.w3.org/XML/1998/namespace}lang") or "").startswith("ar"):
            return line
    return texts[0][1] if texts else None


def _credit(element: Any) -> str | None:
    """Who reports: sources of the role origin, else the provider, the credit line, the holder of
    the rights; each by its name, else by the last part of its code.
    """
    sources = list(children(element, "contentMeta", "infoSource"))
    origins = [source for source in sources if "orig" in (source.get("role") or "orig")]
    for candidates in (
        origins or sources,
        list(children(element, "itemMeta", "provider")),
        list(children(element, "contentMeta", "creditline")),
        list(children(element, "rightsInfo", "copyrightHolder")),
    ):
        names = [name for candidate in candidates if (name := _name(candidate))]
        if names:
            return " - ".join(dict.fromkeys(names))
    return None


def _name(party: Any) -> str | None:
    code = party.get("literal") or party.get("qcode") or ""
    return line_of(party) or code.rpartition(":")[2] or None


def _text(element: Any) -> tuple[str | None, Item]:
    """The text of the first rendition that has one, and what NITF says beside it."""
    for rendition in children(element, "contentSet", "inlineXML"):
        for root in rendition:
            nitf = nitf_item(root) if local_name(root) == "nitf" else Item()
            bodies = [*children(root, "body")] or [root]
            if text := nitf.text or "\n".join(map(text_of, bodies)):
                return text, nitf
    for rendition in children(element, "contentSet", "inlineData"):
        if data := _inline(rendition):
            return data, Item()
    return None, Item()


def _inline(rendition: Any) -> str | None:
    text = "".join(rendition.itertext())
    if rendition.get("encoding") == "base64" or "base64" in (rendition.get("contenttype") or ""):
        try:
            text = decoded(base64.b64decode(text, validate=False))[0]
        except (binascii.Error, ValueError, Refused):
            return None
    return plain(text).strip() or None

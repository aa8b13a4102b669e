"""What a web page says of its article beside the text: JSON-LD first, then meta elements, RDFa and
microdata, then what is marked for the eye.

Only what the page states is taken: no date is looked for in addresses or in the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from loader.readers.items import Item
from loader.readers.json_ld import linked_data
from loader.readers.records import Role

# Names of meta elements, of RDFa and of microdata, in the order of preference.
_NAMES: dict[Role, str] = {
    "title": "og:title twitter:title dc.title dc:title dcterms:title headline",
    "published": (
        "article:published_time og:published_time datepublished publishdate publish-date pubdate "
        "publication_date article.published dc.date.issued dcterms:issued dcterms.issued "
        "dc:issued dc.date dc:date dcterms:date dcterms.created dcterms:created datecreated "
        "parsely-pub-date sailthru.date cxenseparse:recs:publishtime date"
    ),
    "updated": (
        "article:modified_time og:updated_time datemodified dcterms:modified dcterms.modified "
        "lastmod last-modified"
    ),
    "author": "author article:author dc.creator dc:creator dcterms:creator parsely-author creator",
    "outlet": "og:site_name application-name dc.publisher dc:publisher publisher",
    "url": "og:url",
    "section": "article:section articlesection parsely-section section category",
    "credit": "news_agency dc.source dc:source dcterms:source sourceorganization",
}
_ROLES = {
    name: (role, rank) for role, names in _NAMES.items() for rank, name in enumerate(names.split())
}
_ADDRESS = re.compile(r"https?://", re.I)
# Words of classes and ids, parted at hyphens, underscores and capitals.
_WORDS = re.compile(r"[A-Z]?[a-z]{1,40}|[A-Z]{1,40}")
_CREDIT_WORDS = frozenset(["byline", "credit", "source", "agency"])
_DATE_WORDS = frozenset(
    [
        "date",
        "dateline",
        "datetime",
        "published",
        "publish",
        "pubdate",
        "timestamp",
        "time",
        "posted",
        "meta",
        "byline",
    ]
)
_AUTHOR_WORDS = frozenset(["author", "writer", "byline"])
_LINE_LENGTH = 160  # characters; what is longer is no line of data
_TITLE_LENGTH = 1_000  # characters; what is longer is no title
# What stands on a page beside its article.
OUTSIDE = frozenset(
    [
        "comment",
        "comments",
        "related",
        "recommended",
        "sidebar",
        "widget",
        "footer",
        "nav",
        "menu",
        "most",
        "popular",
        "latest",
        "trending",
        "similar",
        "more",
        "copyright",
        "cookie",
        "ticker",
        "breaking",
    ]
)
_OUTSIDE_ELEMENTS = ("aside", "footer", "nav", "figure", "figcaption", "form")
# "آخر تحديث", "تم التحديث", "حدث", "عدل": what follows such a label is no date of publication.
_UPDATED = re.compile(r"(?:آخر|اخر|تم|تاريخ)\s{0,3}(?:ال)?(?:تحديث|تعديل)|عُدّل|حُدّث|[Uu]pdated")
_PUBLISHED = re.compile(r"(?:تاريخ\s{0,3})?(?:ال)?نشر|[Pp]ublished")
_DIGIT = re.compile(r"\d")
_AT_ENDS = " |-–—:•·»«/\t"


def page_item(tree: Any) -> Item:
    """The values of a parsed page (an lxml element); `text` is the body that JSON-LD may hold."""
    linked = linked_data(tree)
    named = _named_values(tree)

    def get(role: Role) -> str | None:
        return next(iter([*linked.get(role, []), *named.get(role, [])]), None)

    marked = list(_marked(tree))
    dates = [*linked.get("published", []), *named.get("published", []), *_times(tree)]
    dates += [date for _, text in marked if (date := _visible_date(text))]
    outlet = get("outlet")
    return Item(
        title=_title(tree, get("title"), outlet),
        text=next(iter(linked.get("text", [])), None),
        published=dates,
        updated=get("updated"),
        credit=get("credit") or _line_marked(marked, _CREDIT_WORDS),
        outlet=outlet,
        author=get("author") or _author(marked),
        section=get("section"),
        url=get("url") or next(iter(tree.xpath("//link[@rel='canonical']/@href")), None),
    )


def _named_values(tree: Any) -> dict[Role, list[str]]:
    """The values of meta elements, and of any element with a property of RDFa or microdata."""
    found: dict[Role, list[tuple[int, str]]] = {}
    for element in tree.xpath("//*[@property or @itemprop or (self::meta and @name)]"):
        for name in _properties(element):
            role, rank = _ROLES.get(name, (None, 0))
            text = _value(element) if role else None
            if role and text and not (role == "author" and _ADDRESS.match(text)):
                found.setdefault(role, []).append((rank, text))
    return {
        role: [text for _, text in sorted(values, key=lambda value: value[0])]
        for role, values in found.items()
    }


def _properties(element: Any) -> list[str]:
    """The names of what an element says, in lower case."""
    name = element.get("name") if element.tag == "meta" else None
    stated = (element.get("property"), name, element.get("itemprop"))
    return [
        part.removeprefix("schema:") for text in stated for part in (text or "").lower().split()
    ]


def _value(element: Any) -> str | None:
    """The value of a property: for machines if there is one, else what is read."""
    if _is_outside(element):
        return None
    stated = element.get("content") or element.get("datetime")
    if stated is not None or element.tag == "meta":
        return " ".join((stated or "").split()) or None
    names = element.xpath(".//*[@itemprop='name' or @property='name']")
    return short_text(names[0] if names else element, _LINE_LENGTH)


def _times(tree: Any) -> Iterator[str]:
    """The dates of elements `time`, those of publication first."""
    times = [time for time in tree.xpath("//time") if not _is_outside(time)]
    times.sort(key=lambda time: not ("pubdate" in time.attrib or "publish" in _names(time)))
    for time in times:
        text = time.get("datetime") or short_text(time, _LINE_LENGTH) or ""
        if text and "updated" not in _names(time) and "modified" not in _names(time):
            yield text


def _names(element: Any) -> str:
    return f"{element.get('class') or ''} {element.get('id') or ''}".lower()


def _marked(tree: Any) -> Iterator[tuple[frozenset[str], str]]:
    """The short lines of the article that the page marks by a name, with the words of the name."""
    wanted = _CREDIT_WORDS | _DATE_WORDS | _AUTHOR_WORDS
    for element in tree.xpath("//body//*[@class or @id]"):
        words = frozenset(words_of(element))
        if wanted.isdisjoint(words) or not OUTSIDE.isdisjoint(words) or _is_outside(element):
            continue
        if text := short_text(element, _LINE_LENGTH):
            yield words, text


def words_of(element: Any) -> list[str]:
    """The words of which an element's class and id are made, in lower case."""
    names = f"{element.get('class') or ''} {element.get('id') or ''}"
    return [word.lower() for word in _WORDS.findall(names)]


def _is_outside(element: Any) -> bool:
    """Whether an element stands in what is beside the article."""
    return any(
        outer.tag in _OUTSIDE_ELEMENTS or not OUTSIDE.isdisjoint(words_of(outer))
        for outer in element.iterancestors()
        if outer.tag not in ("body", "html", "main", "article")
    )


def _visible_date(text: str) -> str | None:
    """The part of a line that may date the publication."""
    if not _DIGIT.search(text):
        return None
    updated = _UPDATED.search(text)
    if updated is None:
        return text
    before, after = text[: updated.start()], text[updated.end() :]
    if _DIGIT.search(before):
        return before
    published = _PUBLISHED.search(after)
    return after[published.end() :] if published else None


def _line_marked(marked: list[tuple[frozenset[str], str]], words: frozenset[str]) -> str | None:
    return next((text for names, text in marked if not words.isdisjoint(names)), None)


def _author(marked: list[tuple[frozenset[str], str]]) -> str | None:
    """A line marked as the author's that holds no date."""
    lines = [(names, text) for names, text in marked if not _DIGIT.search(text)]
    author = _line_marked(lines, _AUTHOR_WORDS - _CREDIT_WORDS)
    return author.split(":", 1)[-1].strip() if author else None


def _title(tree: Any, stated: str | None, outlet: str | None) -> str | None:
    """The heading, where the stated title is the heading with the site's name; else the title
    without that name at either end.
    """
    headings = [
        heading
        for element in tree.xpath("//h1")[:20]
        if (heading := short_text(element, _TITLE_LENGTH)) and heading != outlet
    ]
    whole = stated or " ".join(" ".join(tree.xpath("//head/title//text()")).split())
    for heading in headings:
        if heading in whole or (len(headings) == 1 and not stated):
            return heading
    return _without_site(whole, outlet) if outlet else whole or None


def _without_site(title: str, outlet: str) -> str | None:
    """A title without the name of the site at either end."""
    if title != outlet:
        if title.endswith(outlet):
            title = title.removesuffix(outlet).rstrip(_AT_ENDS)
        if title.startswith(outlet):
            title = title.removeprefix(outlet).lstrip(_AT_ENDS)
    return title or None


def short_text(element: Any, limit: int) -> str | None:
    """The text of an element with single spaces; None where there is none, or more than `limit`
    characters. Of what is longer no more is looked at.
    """
    words: list[str] = []
    size = 0
    for piece in element.itertext():
        words += piece.split()
        size += len(piece.strip())
        if size > limit:
            return None
    text = " ".join(words)
    return text if 0 < len(text) <= limit else None

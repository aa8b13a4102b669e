"""What a web page says of its article beside the text: JSON-LD first, then meta elements, then
visible bylines.

Only what the page states is taken: no date is looked for in addresses or in the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

import orjson

from loader.readers.records import Role, roles_of

# schema.org types of articles.
_ARTICLES = frozenset(
    (
        "NewsArticle",
        "ReportageNewsArticle",
        "AnalysisNewsArticle",
        "BackgroundNewsArticle",
        "OpinionNewsArticle",
        "Article",
        "Report",
        "BlogPosting",
        "LiveBlogPosting",
    )
)
# Names (or properties, or itemprops) of meta elements, in the order of preference.
_META: dict[Role, tuple[str, ...]] = {
    "title": ("og:title", "twitter:title", "dc.title", "headline"),
    "published": (
        "article:published_time",
        "og:published_time",
        "datepublished",
        "publishdate",
        "publish-date",
        "pubdate",
        "publication_date",
        "dc.date.issued",
        "dc.date",
        "dcterms.created",
        "date",
    ),
    "author": ("author", "article:author", "dc.creator", "parsely-author"),
    "outlet": ("og:site_name", "application-name", "dc.publisher", "publisher"),
    "url": ("og:url",),
    "section": ("article:section", "section", "category"),
}
_ADDRESS = re.compile(r"https?://", re.I)
_CREDIT_CLASSES = (
    "byline",
    "credit",
    "source",
    "agency",
    "news-source",
    "article-source",
    "article-byline",
)
_CREDIT_LENGTH = 120  # characters; what is longer is no credit line
_TITLE_LENGTH = 1_000  # characters; what is longer is no title
_OUTSIDE = (
    "ancestor::aside or ancestor::footer or ancestor::nav or ancestor::figure or "
    "ancestor::figcaption"
)


def page_data(tree: Any) -> dict[Role, str]:
    """The values of a parsed page (an lxml element) by what they are; `text` is the body that
    JSON-LD may hold.
    """
    found = _json_ld(tree)
    for role, value in _meta(tree).items():
        found.setdefault(role, value)
    if "url" not in found and (canonical := tree.xpath("//link[@rel='canonical']/@href")):
        found["url"] = str(canonical[0])
    if "published" not in found and (
        times := tree.xpath("//article//time/@datetime | //time[@pubdate]/@datetime")
    ):
        found["published"] = str(times[0])
    if "title" not in found and (title := _title(tree, found.get("outlet"))):
        found["title"] = title
    if "credit" not in found and (credit := _credit(tree)):
        found["credit"] = credit
    return found


def _json_ld(tree: Any) -> dict[Role, str]:
    for script in tree.xpath("//script[@type='application/ld+json']"):
        try:
            value = orjson.loads(script.text or "")
        except orjson.JSONDecodeError:
            continue
        for item in _objects(value):
            if not _ARTICLES.isdisjoint(_types(item)):
                # `name` and `url` of a nested object are read where it stands as a value; ids of
                # JSON-LD are addresses.
                roles = roles_of(
                    {
                        name: value
                        for name, value in item.items()
                        if name not in ("@id", "identifier")
                    }
                )
                if "url" not in roles and isinstance(page := item.get("mainEntityOfPage"), Mapping):
                    roles |= {"url": str(page["@id"])} if "@id" in page else {}
                # A description is no body.
                if not isinstance(item.get("articleBody"), str):
                    roles.pop("text", None)
                return roles
    return {}


def _types(item: Mapping[str, Any]) -> list[str]:
    kinds = item.get("@type")
    return [
        kind for kind in (kinds if isinstance(kinds, list) else [kinds]) if isinstance(kind, str)
    ]


def _objects(value: Any) -> Iterator[Mapping[str, Any]]:
    """The objects at the top of JSON-LD: one, a list of them, or a graph."""
    if isinstance(value, list):
        yield from (item for item in value if isinstance(item, Mapping))
    elif isinstance(value, Mapping):
        yield value
        if isinstance(graph := value.get("@graph"), list):
            yield from (item for item in graph if isinstance(item, Mapping))


def _meta(tree: Any) -> dict[Role, str]:
    values: dict[str, str] = {}
    for element in tree.xpath("//meta[@content]"):
        for attribute in ("property", "name", "itemprop"):
            name = (element.get(attribute) or "").lower()
            if name and element.get("content").strip():
                values.setdefault(name, element.get("content").strip())
    found: dict[Role, str] = {}
    for role, names in _META.items():
        for name in names:
            value = values.get(name)
            if value and not (role == "author" and _ADDRESS.match(value)):
                found[role] = value
                break
    return found


def _title(tree: Any, outlet: str | None) -> str | None:
    """The only h1, else the title element without the site's name at its end."""
    headings = tree.xpath("//h1")
    if len(headings) == 1 and (heading := _short_text(headings[0], _TITLE_LENGTH)):
        return heading
    title = " ".join(" ".join(tree.xpath("//head/title//text()")).split())
    if outlet and title.endswith(outlet):
        title = title.removesuffix(outlet).rstrip(" |-–—:")
    return title or None


def _credit(tree: Any) -> str | None:
    """A short line of the article that the page marks as its byline or source."""
    for element in tree.xpath(f"//*[@class and not({_OUTSIDE})]"):
        marked = not set(element.get("class").lower().split()).isdisjoint(_CREDIT_CLASSES)
        if marked and (text := _short_text(element, _CREDIT_LENGTH)):
            return text
    return None


def _short_text(element: Any, limit: int) -> str | None:
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

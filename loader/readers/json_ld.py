"""What a page says of its article in JSON-LD, small faults of its JSON forgiven."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

import orjson

from loader.readers.records import Role, values_of

# schema.org types, the better ones first: a page of a site is taken where no article is described.
_ARTICLES = frozenset(
    [
        "NewsArticle",
        "ReportageNewsArticle",
        "AnalysisNewsArticle",
        "BackgroundNewsArticle",
        "OpinionNewsArticle",
        "ReviewNewsArticle",
        "AskPublicNewsArticle",
        "Article",
        "Report",
        "BlogPosting",
        "LiveBlogPosting",
        "SocialMediaPosting",
    ]
)
_PAGES = frozenset(("WebPage", "ItemPage", "CollectionPage"))
# What templates leave round and in the JSON: comments of HTML, CDATA, a semicolon, a comma before a
# closing bracket.
_WRAPPING = re.compile(
    r"^\s{0,999}(?:<!--|//<!\[CDATA\[|<!\[CDATA\[)|(?:-->|//\]\]>|\]\]>|;)\s{0,999}$"
)
_LOOSE_COMMA = re.compile(r",\s{0,200}(?=[}\]])")
_NO_VALUES = ("@id", "identifier", "isPartOf", "comment", "mentions", "about", "image", "video")


def linked_data(tree: Any) -> dict[Role, list[str]]:
    """The values of the article that a parsed page describes; `text` is its body, where given."""
    pages: dict[Role, list[str]] = {}
    for script in tree.xpath("//script[contains(@type, 'ld+json')]"):
        for item in _objects(_parsed(script.text or "")):
            types = _types(item)
            if not _ARTICLES.isdisjoint(types):
                return _values(item)
            if not _PAGES.isdisjoint(types) and "datePublished" in item:
                pages = pages or {
                    role: value for role, value in _values(item).items() if role != "text"
                }
    return pages


def _values(item: Mapping[str, Any]) -> dict[Role, list[str]]:
    # `name` and `url` of a nested object are read where it stands as a value; ids of JSON-LD are
    # addresses.
    values = values_of({name: value for name, value in item.items() if name not in _NO_VALUES})
    page = item.get("mainEntityOfPage")
    if "url" not in values and isinstance(page, Mapping) and "@id" in page:
        values["url"] = [str(page["@id"])]
    # A description is no body.
    if not isinstance(item.get("articleBody"), str):
        values.pop("text", None)
    return values


def _parsed(text: str) -> Any:
    try:
        return orjson.loads(text)
    except orjson.JSONDecodeError:
        pass
    text = _WRAPPING.sub("", _WRAPPING.sub("", text))
    try:
        return json.loads(_LOOSE_COMMA.sub("", text), strict=False)
    except (ValueError, RecursionError):
        return None


def _types(item: Mapping[str, Any]) -> list[str]:
    kinds = item.get("@type")
    return [
        kind.rpartition("/")[2]
        for kind in (kinds if isinstance(kinds, list) else [kinds])
        if isinstance(kind, str)
    ]


def _objects(value: Any) -> Iterator[Mapping[str, Any]]:
    """The objects at the top of JSON-LD: one, a list of them, or a graph."""
    if isinstance(value, list):
        yield from (item for item in value if isinstance(item, Mapping))
    elif isinstance(value, Mapping):
        yield value
        if isinstance(graph := value.get("@graph"), list):
            yield from (item for item in graph if isinstance(item, Mapping))
        if isinstance(entity := value.get("mainEntity"), Mapping):
            yield entity

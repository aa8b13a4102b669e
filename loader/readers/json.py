"""JSON (.json): an array of articles, one article, or an object round an array; streamed, so of any
size.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from loader.readers.content import Content, Reading
from loader.readers.encodings import as_utf_8
from loader.readers.json_values import Fault, Value, json_values
from loader.readers.reasons import Reason, Refused
from loader.readers.records import article_of_value, parse_json, values_of

_DEPTH = 3  # {"response": {"hits": {"hits": [...]}}}


def read_json(content: Content) -> Reading:
    """Articles of one file; `position` counts them from 1, and is None where the file is one
    article.
    """
    chunks, encoding = as_utf_8(content.chunks)
    values = json_values(chunks, content.settings.max_article_bytes)
    first = next(values, None)
    if first is None:
        return
    second = next(values, None)
    if second is None and first.fault is None and first.data.startswith(b"{"):
        yield from _only_value(content, first, encoding)
        return
    yield from _articles_of(content, first, encoding)
    if second is not None:
        yield from _articles_of(content, second, encoding)
    for value in values:
        yield from _articles_of(content, value, encoding)


def _only_value(content: Content, value: Value, encoding: str) -> Reading:
    """A single object: an article, or round a list of articles."""
    try:
        parsed, encoding = parse_json(value.data, encoding)
    except Refused as refused:
        yield content.unreadable(refused.reason, refused.detail, raw=value.data)
        return
    records = _wrapped(parsed)
    # An article may carry a list of others (related ones); what wraps articles has at most a
    # description.
    if _text_length(parsed) >= sum(map(_text_length, records)):
        records = []
    if not records:
        yield article_of_value(content, parsed, None, encoding, value.data)
    for position, record in enumerate(records, start=1):
        data = json.dumps(record, ensure_ascii=False).encode("utf-8", "replace")
        yield article_of_value(content, record, position, encoding, data)


def _text_length(value: Any) -> int:
    texts = values_of(value).get("text") if isinstance(value, Mapping) else None
    return len(texts[0]) if texts else 0


def _articles_of(content: Content, value: Value, encoding: str) -> Reading:
    if value.fault is Fault.OVERSIZED:
        yield content.unreadable(Reason.TOO_LARGE, content.too_large(), position=value.position)
        return
    try:
        parsed, encoding = parse_json(value.data, encoding)
    except Refused as refused:
        detail = refused.detail if value.fault is None else "The record ends before it is complete."
        yield content.unreadable(refused.reason, detail, position=value.position, raw=value.data)
        return
    yield article_of_value(content, parsed, value.position, encoding, value.data)


def _wrapped(value: Mapping[str, Any]) -> list[Any]:
    """The longest list of objects within an object."""
    lists: list[list[Any]] = []

    def look(inner: Any, depth: int) -> None:
        if isinstance(inner, Mapping) and depth < _DEPTH:
            for part in inner.values():
                look(part, depth + 1)
        elif isinstance(inner, list) and inner and isinstance(inner[0], Mapping):
            lists.append(inner)

    look(value, 0)
    return max(lists, key=len, default=[])

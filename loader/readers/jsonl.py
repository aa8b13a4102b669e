"""JSON lines (.jsonl, .ndjson): one article a line. A broken line costs that line alone."""

from __future__ import annotations

import re
from collections.abc import Mapping

import orjson

from loader.readers.content import Content, Reading
from loader.readers.encodings import as_utf_8
from loader.readers.lines import bounded_lines
from loader.readers.reasons import Reason
from loader.readers.records import article_of_json

# What the bulk format of Elasticsearch writes above each document.
_ACTION = re.compile(rb'\s{0,20}\{\s{0,20}"(?:index|create|update)"\s{0,20}:\s{0,20}\{')


def read_jsonl(content: Content) -> Reading:
    """Articles of one file; `position` is the number of the line. Memory stays within one line."""
    chunks, encoding = as_utf_8(content.chunks)
    guid: str | None = None  # of the action above
    for line in bounded_lines(chunks, content.settings.max_article_bytes):
        if line.oversized:
            yield content.unreadable(Reason.TOO_LARGE, content.too_large(), position=line.number)
        elif _ACTION.match(line.data) and (action := _action(line.data)) is not None:
            guid = action.get("_id")
            continue
        elif line.data.strip():
            yield article_of_json(content, line.data, line.number, encoding, guid)
        guid = None


def _action(line: bytes) -> Mapping[str, str] | None:
    """What an action of the bulk format says; None for a record that only looks like one."""
    try:
        (action,) = orjson.loads(line).values()
    except (orjson.JSONDecodeError, ValueError):
        return None
    return action if isinstance(action, dict) and all(key[:1] == "_" for key in action) else None

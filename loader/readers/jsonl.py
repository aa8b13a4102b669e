"""JSON lines (.jsonl, .ndjson): one article a line. A broken line costs that line alone."""

from __future__ import annotations

from loader.readers.content import Content, Reading
from loader.readers.encodings import as_utf_8
from loader.readers.lines import bounded_lines
from loader.readers.reasons import Reason
from loader.readers.records import article_of_json


def read_jsonl(content: Content) -> Reading:
    """Articles of one file; `position` is the number of the line. Memory stays within one line."""
    chunks, encoding = as_utf_8(content.chunks)
    for line in bounded_lines(chunks, content.settings.max_article_bytes):
        if line.oversized:
            yield content.unreadable(Reason.TOO_LARGE, content.too_large(), position=line.number)
        elif line.data.strip():
            yield article_of_json(content, line.data, line.number, encoding)

"""Plain text (.txt): the file is the article."""

from __future__ import annotations

from loader.readers.content import Content, Reading
from loader.readers.encodings import decoded


def read_text(content: Content) -> Reading:
    """One article, in the encoding that was found; nothing for an empty file. Raises Refused."""
    text, encoding = decoded(content.whole())
    if text.strip("\ufeff\0 \t\r\n\f\v"):
        yield content.article(text, encoding)

"""Web archives (.warc, .warc.gz), by warcio (the extra naba-search[warc]): a page an article."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import BinaryIO

from loader.raw import RawArticle
from loader.readers.content import CHUNK, Content, Reading
from loader.readers.html import read_html
from loader.readers.reasons import Reason, Refused


def read_warc(content: Content) -> Reading:
    """The pages of one archive; `position` counts its records. Raises Refused (needs-extra,
    broken-archive).
    """
    try:
        from warcio.archiveiterator import ArchiveIterator
        from warcio.exceptions import ArchiveLoadFailed
    except ImportError as error:
        raise Refused(
            Reason.NEEDS_EXTRA,
            "Reading web archives needs the extra naba-search[warc]: pip install '.[warc]' in the "
            "project's folder.",
        ) from error
    try:
        for position, record in enumerate(ArchiveIterator(_Stream(content.chunks)), start=1):
            if not record.rec_headers.headers:
                raise Refused(Reason.BROKEN_ARCHIVE, "The web archive has no whole record.")
            headers = record.http_headers
            kind = headers.get_header("Content-Type") if headers else None
            if record.rec_type != "response" or "html" not in (kind or ""):
                continue
            page = replace(content, chunks=_pieces(record.content_stream()))
            yield from _page(page, position, record.rec_headers.get_header("WARC-Target-URI"))
    except ArchiveLoadFailed as error:
        raise Refused(Reason.BROKEN_ARCHIVE, f"The web archive is damaged: {error}.") from error


def _page(page: Content, position: int, address: str | None) -> Reading:
    try:
        for item in read_html(page):
            if isinstance(item, RawArticle) and item.given.url is None:
                item = replace(item, given=replace(item.given, url=address))
            yield replace(item, position=position)
    except Refused as refused:
        yield page.unreadable(refused.reason, refused.detail, position=position)


def _pieces(stream: BinaryIO) -> Iterator[bytes]:
    while piece := stream.read(CHUNK):
        yield piece


class _Stream:
    """Pieces of bytes as a file that can be read once."""

    def __init__(self, chunks: Iterator[bytes]) -> None:
        self._chunks = chunks
        self._rest = b""

    def read(self, size: int = -1) -> bytes:
        """Up to `size` bytes; where it is negative, as many as there are at once."""
        while not self._rest:
            piece = next(self._chunks, None)
            if piece is None:
                return b""
            self._rest = piece
        size = size if size >= 0 else len(self._rest)
        piece, self._rest = self._rest[:size], self._rest[size:]
        return piece

    def close(self) -> None:
        """Nothing to close."""

"""One file, or one member of an archive, that a reader is given: its place, its bytes, and the
limits.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from loader.raw import Given, RawArticle, Unreadable
from loader.readers.reasons import Reason, Refused
from loader.readers.ruined import is_lost, mended
from loader.settings import LoaderSettings

_RUINED = (
    "Question marks stand for its letters: they were lost when it was saved in a table without "
    "Arabic; take it from its origin."
)
CHUNK = 262_144  # bytes read at a time

Reading = Iterator[RawArticle | Unreadable]


@dataclass(frozen=True, slots=True)
class Content:
    """Bytes as they stand in the file, decompressed, in pieces of any size; `chunks` can be walked
    over once.
    """

    source: str
    path: str
    chunks: Iterator[bytes]
    settings: LoaderSettings
    format: str = ""  # how it is packed, then what it is read as, for people

    def whole(self) -> bytes:
        """All bytes of what is one article. Raises Refused (too-large)."""
        limit = self.settings.max_article_bytes
        pieces, size = [], 0
        for piece in self.chunks:
            pieces.append(piece)
            size += len(piece)
            if size > limit:
                raise Refused(Reason.TOO_LARGE, self.too_large())
        return b"".join(pieces)

    def too_large(self) -> str:
        """The sentence about an article over the limit."""
        return (
            f"The article is larger than {self.settings.max_article_bytes:,} bytes; "
            "raise NABA_MAX_ARTICLE_BYTES if it is one article."
        )

    def article(
        self, text: str, encoding: str, *, position: int | None = None, given: Given | None = None
    ) -> RawArticle | Unreadable:
        """An article of this file, mended where it was decoded by the wrong table before; told
        (ruined) where its letters are lost.
        """
        given = given or Given()
        if is_lost(text):
            return self.unreadable(Reason.RUINED, _RUINED, position=position)
        if (arabic := mended(text)) is not None:
            text, encoding = arabic, f"{encoding}, decoded twice"
            given = replace(given, title=mended(given.title or "") or given.title)
        return RawArticle(
            source=self.source,
            path=self.path,
            text=text,
            position=position,
            given=given,
            encoding=encoding,
            format=self.format or "text",
        )

    def unreadable(
        self, reason: Reason, detail: str, *, position: int | None = None, raw: bytes | None = None
    ) -> Unreadable:
        """Something of this file that could not be read; `raw` (UTF-8) is kept when it is small."""
        kept = None
        if raw is not None and len(raw) <= self.settings.keep_raw_bytes:
            kept = raw.decode("utf-8", "replace")
        return Unreadable(
            source=self.source,
            path=self.path,
            reason=reason.value,
            detail=detail,
            position=position,
            raw=kept,
        )


Reader = Callable[[Content], Reading]

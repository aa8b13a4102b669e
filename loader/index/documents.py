"""An article as a document: what it is called, whether it changed, and what is sent to
Elasticsearch.

Identity is where an article comes from, never its text, so that a corrected article replaces
itself. The content hash covers everything a reader can see; it decides between unchanged and
updated.
"""

from __future__ import annotations

import hashlib
import unicodedata
from base64 import b32encode
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

import orjson

from loader.extract.extraction import Extraction, Rejected
from loader.raw import RawArticle
from mappings.arabic.text import clean_text
from mappings.article import Article, Field

# 80 bits: among ten million articles the chance that any two share an id is 4e-11. Sixteen base-32
# letters, far from Elasticsearch's limit of 512 bytes, which percent-encoded Arabic addresses
# exceed.
ID_BYTES = 10
HASH_BYTES = 16
_IDENTIFIER_LENGTH = 512  # characters of a sender's id; Elasticsearch takes 32,766 bytes

# Not part of what a reader sees: the hash itself, the time of loading, and the grouping that other
# articles decide.
_NOT_CONTENT = (Field.CONTENT_HASH, Field.LOADED_AT, Field.STORY_ID)


def article_id(raw: RawArticle) -> str:
    """The id of an article: its source with the given id, else the url, else path and position in
    the file.

    Sixteen letters of a-z2-7. Names are compared in NFC: some file systems store them decomposed.
    """
    if raw.given.guid:
        kind, name = "id", raw.given.guid.strip()
    elif raw.given.url:
        kind, name = "url", raw.given.url.strip()
    else:
        kind, name = "path", raw.place
    # A NUL cannot stand in a file's name and ends the parts without ambiguity; a path may hold
    # undecodable bytes.
    text = unicodedata.normalize("NFC", "\0".join((raw.source, kind, name)))
    digest = hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=ID_BYTES).digest()
    return b32encode(digest).decode("ascii").lower()


def to_article(raw: RawArticle, extraction: Extraction, *, loaded_at: datetime) -> Article:
    """The article to store. `loaded_at` is UTC. Raises Rejected("invalid-text") for text that is
    not Unicode.
    """
    article = Article(
        id=article_id(raw),
        source=clean_text(raw.source),
        title=extraction.title,
        title_origin=extraction.title_origin,
        body=extraction.body,
        content_hash="",
        loaded_at=loaded_at,
        outlet=extraction.outlet,
        agencies=extraction.agencies,
        agency_origin=extraction.agency_origin,
        credit=extraction.credit,
        cited_agencies=extraction.cited_agencies,
        published=extraction.published,
        published_text=extraction.published_text,
        precision=extraction.precision,
        date_origin=extraction.date_origin,
        url=_web_address(raw.given.url),
        author=extraction.author,
        section=clean_text(raw.given.section or "") or None,
        # The instant belongs to the given date; where the text's date holds, it is another one's.
        published_at=_instant(raw.given.published_at)
        if extraction.date_origin == "given"
        else None,
        updated_at=_instant(raw.given.updated_at),
        guid=_identifier(raw.given.guid),
        version=_identifier(raw.given.version),
    )
    return replace(article, content_hash=content_hash(article))


def _instant(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


def _identifier(text: str | None) -> str | None:
    return clean_text(text or "")[:_IDENTIFIER_LENGTH] or None


def content_hash(article: Article) -> str:
    """A hash over all that a reader can see of an article, in hexadecimal. Raises
    Rejected("invalid-text").
    """
    content = {
        name: value for name, value in article.to_source().items() if name not in _NOT_CONTENT
    }
    try:
        text = orjson.dumps(content, option=orjson.OPT_SORT_KEYS)
    except orjson.JSONEncodeError as error:  # a lone surrogate: half of a character
        raise Rejected(
            "invalid-text", "The text holds halves of characters and cannot be stored."
        ) from error
    return hashlib.blake2b(text, digest_size=HASH_BYTES).hexdigest()


def _web_address(url: str | None) -> str | None:
    """The address when it is one a reader may follow: `javascript:` and the like are not stored."""
    if not url:
        return None
    address = clean_text(url)
    try:
        parts = urlsplit(address)
    except ValueError:
        return None
    return address if parts.scheme in ("http", "https") and parts.netloc else None


@dataclass(frozen=True, slots=True)
class Version:
    """The state of a stored document that an update expects to find (Elasticsearch's optimistic
    concurrency).
    """

    content_hash: str
    seq_no: int
    primary_term: int


@dataclass(frozen=True, slots=True)
class Action:
    """One operation of a bulk request.

    A new article is created and an update names the version it replaces: sent a second time,
    because the first answer was lost, either is refused with 409 and nothing is written twice.
    """

    id: str
    content_hash: str
    source: bytes  # the document, one line of JSON
    replaces: Version | None

    @property
    def lines(self) -> bytes:
        """The two lines of a bulk request, ready to send."""
        if self.replaces is None:
            header: dict[str, Any] = {"create": {"_id": self.id}}
        else:
            expected = {
                "if_seq_no": self.replaces.seq_no,
                "if_primary_term": self.replaces.primary_term,
            }
            header = {"index": {"_id": self.id, **expected}}
        return orjson.dumps(header) + b"\n" + self.source + b"\n"


def bulk_action(
    article: Article, index_only: Mapping[str, Any], replaces: Version | None
) -> Action:
    """The operation that stores `article`, with the fields that exist in the index only."""
    source = {**article.to_source(), **index_only}
    return Action(article.id, article.content_hash, orjson.dumps(source), replaces)

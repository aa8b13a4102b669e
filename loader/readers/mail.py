"""Mail: one message (.eml), or many in a mailbox (mbox). Attachments are passed over."""

from __future__ import annotations

import re
from collections.abc import Iterator
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import parseaddr

from loader.raw import RawArticle, Unreadable
from loader.readers.content import Content, Reading
from loader.readers.encodings import UTF_8, decoded
from loader.readers.items import Item, article_of_item
from loader.readers.lines import Line, bounded_lines
from loader.readers.reasons import Reason, Refused

# A mailbox parts its messages by such lines: "From news@ona.om Thu Feb 22 09:30:00 2024".
_SEPARATOR = re.compile(rb"From \S{1,200} .{0,60}\d{4}\s?$")
# Plain text first; what has neither is read for its first part of text.
_PREFERRED = ("plain", "html")


def read_mail(content: Content) -> Reading:
    """The article of one message."""
    yield _article(content, content.whole(), None)


def read_mailbox(content: Content) -> Reading:
    """The articles of the messages; `position` counts them from 1."""
    limit = content.settings.max_article_bytes
    lines = bounded_lines(content.chunks, limit)
    for position, message in enumerate(_messages(lines, limit), start=1):
        if message is None:
            yield content.unreadable(Reason.TOO_LARGE, content.too_large(), position=position)
        else:
            yield _article(content, message, position)


def _messages(lines: Iterator[Line], limit: int) -> Iterator[bytes | None]:
    """Each message's bytes; None where it is over the limit."""
    held: list[bytes] = []
    size = 0
    after_blank, begun = True, False
    for line in lines:
        if after_blank and _SEPARATOR.match(line.data):
            if begun:
                yield b"\n".join(held) if size <= limit else None
            held, size, begun = [], 0, True
        else:
            size += len(line.data) + 1
            if size <= limit:
                # a line that begins so within a message was quoted when it was put in the box
                held.append(line.data[1:] if line.data.startswith(b">From ") else line.data)
        after_blank = not line.data.strip()
    if begun:
        yield b"\n".join(held) if size <= limit else None


def _article(content: Content, data: bytes, position: int | None) -> RawArticle | Unreadable:
    try:
        message = message_from_bytes(data, policy=policy.default)
        text, encoding = _text(message)
    except RecursionError:  # one message of a box must not end it
        detail = "The message has too many parts within parts."
        return content.unreadable(Reason.NOT_UNDERSTOOD, detail, position=position, raw=data)
    name, address = parseaddr(_header(message, "From"))
    item = Item(
        guid=_header(message, "Message-ID").strip("<> ") or None,
        title=_header(message, "Subject") or None,
        text=text,
        published=(_header(message, "Date") or None,),
        credit=name or address or None,
    )
    if not (text or "").strip():
        return content.unreadable(
            Reason.NO_TEXT, "The message has no text.", position=position, raw=data
        )
    return article_of_item(content, item, encoding, position=position)


def _header(message: EmailMessage, name: str) -> str:
    """A header, decoded; what is broken in it stays as it stands."""
    try:
        return " ".join(str(message.get(name, "")).split())
    except (
        ValueError,
        IndexError,
        AttributeError,
        LookupError,
    ):  # faults of email with odd headers
        raw = next((text for key, text in message.raw_items() if key.lower() == name.lower()), "")
        return " ".join(str(raw).split())


def _text(message: EmailMessage) -> tuple[str | None, str]:
    """The text, and the encoding it was in."""
    parts = [part for part in message.walk() if part.get_content_maintype() == "text"]
    inline = [part for part in parts if part.get_content_disposition() != "attachment"]
    for kind in _PREFERRED:
        for part in inline:
            if part.get_content_subtype() == kind:
                text, encoding = _decoded_part(part)
                if text.strip():
                    return text, encoding
    return None, UTF_8


def _decoded_part(part: EmailMessage) -> tuple[str, str]:
    """The text of a part by its own charset, else by what its bytes are."""
    payload = part.get_payload(decode=True)
    data = payload if isinstance(payload, bytes) else b""
    charset = (part.get_content_charset() or UTF_8).lower()
    try:
        return data.decode(charset), charset
    except (LookupError, ValueError):  # no encoding of that name, or not of this text
        pass
    try:
        return decoded(data)
    except Refused:
        return data.decode(UTF_8, "replace"), f"{charset}, damaged"

"""Wire text between control characters: IPTC 7901 (SOH header STX text ETX) and ANPA 1312."""

from __future__ import annotations

import re
from email.utils import parsedate_to_datetime

from loader.readers.content import Content, Reading
from loader.readers.encodings import decoded
from loader.readers.items import Item, article_of_item
from loader.readers.reasons import Reason, Refused

STX, ETX = b"\x02", b"\x03"
START = re.compile(rb"[\x00\x16\s]{0,20}\x01[\x20-\x7e\x1f\x13]{8}")  # SOH and a header
# "ONA0061 4 I 0211": source and number, priority, category, words; an optional keyword after them.
HEADER = re.compile(
    rb"[\x16\x01\s]{0,20}([A-Z]{2,5}) ?([0-9]{3,5}) ([0-9]) ([A-Za-z]{1,3}) ([0-9]{1,5})"
    rb"(?: ([^\r\n\x02]{1,100}))?[ ]{0,9}(?=[\r\n\x02])"
)
# "r0061 4 a bc-kitab 02-22 0211" between SYN SYN SOH and STX, parted by unit separators or blanks.
_ANPA = re.compile(rb"[\x16\s]{1,20}\x01([a-z])([0-9]{4})[\x1f ]([\x20-\x7e\x1f\x13]{0,200})")
# "ONA 220930 GMT Feb 24": day, hour and minute, month and year of sending.
_SENT = re.compile(
    rb"([0-9]{2})([0-9]{2})([0-9]{2}) ?(?:GMT|UTC|Z) ?([A-Za-z]{3})[a-z]{0,6} ?((?:20)?[0-9]{2})\b"
)
_REPEATED = re.compile(rb"[A-Z]{2,5} ?[0-9]{3,5}\s{0,4}")  # the number once more, above the text
_FORMATTING = bytes(byte for byte in range(32) if byte not in b"\t\n\r\x1e") + b"\x7f"
_ANPA_LINES = ((b"\r\n^", b"\n"), (b"<^", b"\n"), (b">", b"\n"))
_MESSAGES = re.compile(rb"(?:\x04|\x03[\x03\s]{0,9})(?=[\x16\s\x04]{0,40}\x01)")


def read_wire(content: Content) -> Reading:
    """The articles of one file, one or several messages; `position` counts them where there are
    several.
    """
    data = content.whole()
    messages = [part for part in _MESSAGES.split(data) if part.strip(b"\x00\x04\x16\r\n ")]
    for number, message in enumerate(messages, start=1):
        position = number if len(messages) > 1 else None
        try:
            text, encoding = decoded(_body(message))
        except Refused as refused:
            yield content.unreadable(refused.reason, refused.detail, position=position)
            continue
        if not text.strip():
            yield content.unreadable(Reason.NO_TEXT, "The message has no text.", position=position)
            continue
        item = _item(message)
        item.text = text.strip("\n")
        yield article_of_item(content, item, encoding, position=position)


def _body(message: bytes) -> bytes:
    """What stands between STX and ETX; without them what follows the header."""
    start = message.find(STX) + 1
    if not start and (header := HEADER.match(message)):
        start = header.end()
    end = message.find(ETX, start)
    body = message[start : end if end >= 0 else None].lstrip(b"\r\n ")
    if repeated := _REPEATED.match(body):
        body = body[repeated.end() :]
    lines = body.translate(None, _FORMATTING).replace(b"\r\n", b"\n").split(b"\n")
    return b"\n".join(line.strip() for line in lines)


def _item(message: bytes) -> Item:
    header = HEADER.match(message)
    anpa = _ANPA.match(message) if header is None else None
    sent = _SENT.search(message, max(message.find(ETX), 0)) or _SENT.search(message)
    stamp = _stamp(*(part.decode("ascii") for part in sent.groups())) if sent else None
    if header:
        source, number = header[1].decode("ascii"), header[2].decode("ascii")
        # numbers begin anew each day or year: with the day they are the message's own
        guid = f"{source}{number}:{stamp}" if stamp else None
        return Item(guid=guid, published=(stamp,), credit=source)
    if anpa and stamp:
        return Item(guid=f"{(anpa[1] + anpa[2]).decode('ascii')}:{stamp}", published=(stamp,))
    return Item(published=(stamp,))


def _stamp(day: str, hour: str, minute: str, month: str, year: str) -> str | None:
    """The instant of sending in ISO 8601."""
    try:
        sent = parsedate_to_datetime(f"{day} {month} {year} {hour}:{minute}:00 +0000")
    except ValueError:
        return None
    return sent.isoformat()

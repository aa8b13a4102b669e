"""What a file is, told by its content; its name decides only where the content does not."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from loader.readers.content import Reader
from loader.readers.csv import is_table, read_csv
from loader.readers.docx import read_docx
from loader.readers.feeds import read_feed
from loader.readers.html import read_html
from loader.readers.json import read_json
from loader.readers.jsonl import read_jsonl
from loader.readers.mail import read_mail, read_mailbox
from loader.readers.newsml_1 import read_newsml_1
from loader.readers.newsml_g2 import ITEMS, read_newsml_g2
from loader.readers.nitf import read_nitf
from loader.readers.rtf import read_rtf
from loader.readers.text import read_text
from loader.readers.warc import read_warc
from loader.readers.wire import HEADER, START, read_wire
from loader.readers.xml import root_name

HEAD = 65_536  # bytes by which a file is told
_JSON = re.compile(r'\{\s{0,999}(?:"|\}\s{0,999}$)|\[\s{0,999}(?:\{|\]\s{0,999}$)')
_JSON_LINE = re.compile(r"\{[^\n]{0,60000}\}\s{0,99}\n\s{0,99}\{")
# Header lines of mail; two of them make a message of what begins with them.
_MAIL_HEADERS = frozenset(
    [
        "from",
        "to",
        "cc",
        "subject",
        "date",
        "message-id",
        "mime-version",
        "received",
        "return-path",
        "delivered-to",
        "reply-to",
        "content-type",
        "content-transfer-encoding",
        "sender",
    ]
)
_HEADER_LINE = re.compile(r"([A-Za-z][A-Za-z0-9-]{1,60}):[ \t]")
_MAILBOX = re.compile(r"From \S{1,200} .{0,60}\d{4}\s?$", re.MULTILINE)
_BYTE_ORDER_MARKS = ((b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))


@dataclass(frozen=True)
class Head:
    """The beginning of a file, and the ending of its name in lower case (`.xml`)."""

    data: bytes
    ending: str

    @cached_property
    def text(self) -> str:
        """As text, its Latin letters right whatever the encoding."""
        for mark, encoding in _BYTE_ORDER_MARKS:
            if self.data.startswith(mark):
                return self.data.decode(encoding, "replace").lstrip("\ufeff \t\r\n")
        text = self.data.decode("utf-8", "replace")
        return text.replace("\0", "").lstrip("\ufeff \t\r\n")

    @cached_property
    def root(self) -> str | None:
        """The local name of the first element of XML or HTML."""
        return root_name(self.text) if self.text.startswith("<") else None

    @cached_property
    def mail_headers(self) -> int:
        """How many header lines of mail it begins with."""
        count = 0
        for line in self.text[:4_000].split("\n"):
            if line[:1] in (" ", "\t") and count:
                continue
            header = _HEADER_LINE.match(line)
            if header is None:
                break
            count += header[1].lower() in _MAIL_HEADERS
        return count


@dataclass(frozen=True, slots=True)
class Format:
    """A format, by the name that `check` shows, and how its files are told."""

    name: str
    is_it: Callable[[Head], bool]
    read: Reader


def _rooted(*names: str) -> Callable[[Head], bool]:
    return lambda head: head.root in names


def _page(head: Head) -> bool:
    return (head.root or "").lower() == "html"


def _json_lines(head: Head) -> bool:
    if not _JSON.match(head.text):
        return head.ending in (".jsonl", ".ndjson")
    if head.ending in (".jsonl", ".ndjson"):
        return not re.match(r"[\[{]\s{0,99}\n", head.text) and not head.text.startswith("[")
    return head.ending != ".json" and _JSON_LINE.match(head.text) is not None


# In this order: what a format is told by must not stand in an earlier one.
FORMATS = (
    Format("docx", lambda head: head.data.startswith(b"PK\x03\x04"), read_docx),
    Format("rtf", lambda head: head.data.startswith(b"{\\rtf"), read_rtf),
    Format("WARC", lambda head: head.data.startswith(b"WARC/1."), read_warc),
    Format("NewsML-G2", _rooted("newsMessage", *ITEMS), read_newsml_g2),
    Format("NewsML 1", _rooted("NewsML"), read_newsml_1),
    Format("NITF", _rooted("nitf"), read_nitf),
    Format("feed", _rooted("rss", "feed", "RDF"), read_feed),
    Format("html", _page, read_html),
    Format("mbox", lambda head: _MAILBOX.match(head.text) is not None, read_mailbox),
    Format("mail", lambda head: head.mail_headers >= 2, read_mail),
    Format("wire", lambda head: _is_wire(head), read_wire),
    Format("jsonl", _json_lines, read_jsonl),
    Format("json", lambda head: head.ending == ".json" or bool(_JSON.match(head.text)), read_json),
    Format("html", lambda head: head.ending in (".html", ".htm", ".xhtml"), read_html),
    Format("csv", lambda head: head.ending in (".csv", ".tsv") or is_table(head.text), read_csv),
)
TEXT = Format("text", lambda head: head.ending in (".txt", ".text", ""), read_text)
ENDINGS = [
    ".txt",
    ".text",
    ".html",
    ".htm",
    ".xhtml",
    ".xml",
    ".jsonl",
    ".ndjson",
    ".json",
    ".csv",
    ".tsv",
    ".eml",
    ".mbox",
    ".rtf",
    ".docx",
    ".warc",
]


def _is_wire(head: Head) -> bool:
    return (START.match(head.data[:300]) or HEADER.match(head.data[:300])) is not None


def recognise(head: Head) -> Format | None:
    """The format of a file; None for XML that nobody knows, and where neither content nor name
    tells.
    """
    for format_ in FORMATS:
        if format_.is_it(head):
            return format_
    if head.text.startswith("<?xml") or head.ending == ".xml":
        return None
    return TEXT if TEXT.is_it(head) or head.ending[1:].isdigit() else None

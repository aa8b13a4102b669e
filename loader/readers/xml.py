"""XML of any size -> its items, one at a time; nothing outside of the file is ever read.

Entities are not resolved, document types and external references not loaded, so an entity within
entities is a name and no more. Depth, names and attributes are bounded by libxml2.
"""

from __future__ import annotations

import codecs
import html
import re
from collections.abc import Iterator
from typing import Any

from lxml import etree

from loader.readers.content import Content
from loader.readers.encodings import UTF_8, as_utf_8
from loader.readers.markup import line_of, local_name
from loader.readers.reasons import Reason, Refused

_PIECE = 65_536  # bytes parsed at a time
# Control characters are damage to XML; none is part of a character of UTF-8.
_CONTROLS = bytes(byte for byte in range(32) if byte not in b"\t\n\r")
_SKIPPED = re.compile(
    r"<\?[^>]{0,2000}\?>|<!--.{0,4000}?-->|<!DOCTYPE[^\[>]{0,1000}>|\s{1,1000}", re.S | re.I
)
_ROOT = re.compile(r"<(?:[A-Za-z_][\w.-]{0,60}:)?([A-Za-z_][\w.-]{0,60})(?=[\s/>])")
# Faults after which nothing follows: the file ends too early, or a bound of the parser is passed.
_ENDED = ("NOT_FINISHED", "RESOURCE_LIMIT")


def root_name(text: str) -> str | None:
    """The local name of the first element of a text that begins as XML or HTML does."""
    at = 0
    while skipped := _SKIPPED.match(text, at):
        at = skipped.end()
    if text.startswith("<!DOCTYPE", at):  # with declarations of its own
        at = text.find("]", at) + 1
        at = text.find("<", at) if at else len(text)
    root = _ROOT.match(text, max(at, 0))
    return root[1] if root else None


class Items:
    """The elements of some names in a file of XML, each complete, parsed as they are asked for.

    `encoding` is the file's. Raises Refused (binary, undecodable) where it is none that is known.
    """

    def __init__(self, content: Content, *names: str) -> None:
        self._names = frozenset(names)
        self._limit = content.settings.max_article_bytes
        self._too_large = content.too_large()
        self._chunks, self.encoding = as_utf_8(content.chunks)
        self._parser = etree.XMLPullParser(
            events=("end",),
            recover=True,
            resolve_entities=False,
            no_network=True,
            load_dtd=False,
            huge_tree=False,
            remove_comments=True,
            remove_pis=True,
            encoding=UTF_8,
        )

    def __iter__(self) -> Iterator[Any]:
        """Raises Refused (broken-xml, too-large) after what could be read."""
        waiting = 0  # bytes since the last item
        for piece in _utf_8(self._chunks):
            self._parser.feed(piece)
            waiting += len(piece)
            for item in self._finished():
                waiting = 0
                yield item
            if waiting > self._limit + 2 * _PIECE:
                raise self._broken() or Refused(Reason.TOO_LARGE, self._too_large)
        try:
            self._parser.close()
        except etree.XMLSyntaxError as error:
            raise Refused(Reason.BROKEN_XML, f"It is not valid XML: {error.msg}.") from error
        broken = self._broken(_ENDED)
        # A fault that is passed over holds back what follows it up to here; of a file that is cut
        # the last item is cut as well.
        rest = list(self._finished(keep=True))
        yield from rest[:-1] if broken else rest
        if broken is not None:
            raise broken

    def _finished(self, *, keep: bool = False) -> Iterator[Any]:
        for _, element in self._parser.read_events():
            if local_name(element) in self._names:
                _resolve(element)
                yield element
                if keep:
                    continue
                element.clear(keep_tail=True)
                before = element.getprevious()
                if before is not None and before.tag == element.tag:
                    element.getparent().remove(before)

    def _broken(self, kinds: tuple[str, ...] = ("ERR_",)) -> Refused | None:
        """The first fatal fault of some kinds."""
        for entry in self._parser.feed_error_log:
            fatal = entry.level == etree.ErrorLevels.FATAL
            if fatal and any(kind in entry.type_name for kind in kinds):
                detail = f"It is not valid XML (line {entry.line}): {entry.message.strip(' .')}."
                return Refused(Reason.BROKEN_XML, detail)
        return None


def _resolve(element: Any) -> None:
    """Put the characters that HTML has names for in the place of those names; drop other names."""
    for entity in list(element.iter(etree.Entity)):
        text = html.unescape(entity.text)
        text = "" if text == entity.text else text
        before, parent = entity.getprevious(), entity.getparent()
        if before is not None:
            before.tail = (before.tail or "") + text
        else:
            parent.text = (parent.text or "") + text
        tail, entity.tail = entity.tail or "", None
        parent.remove(entity)
        if before is not None:
            before.tail += tail
        else:
            parent.text += tail


def _utf_8(chunks: Iterator[bytes]) -> Iterator[bytes]:
    """Pieces without control characters and broken sequences."""
    decoder = codecs.getincrementaldecoder(UTF_8)("replace")
    for chunk in chunks:
        for start in range(0, len(chunk), _PIECE):
            piece = chunk[start : start + _PIECE].translate(None, _CONTROLS)
            yield decoder.decode(piece).encode(UTF_8)


def children(element: Any, *path: str) -> Iterator[Any]:
    """The descendants at the end of a path of local names."""
    if not path:
        yield element
        return
    for child in element:
        if local_name(child) == path[0]:
            yield from children(child, *path[1:])


def first(element: Any, *path: str) -> str | None:
    """The text of the first element at the end of a path that holds any, in one line."""
    return next((line for child in children(element, *path) if (line := line_of(child))), None)


def value(element: Any, attribute: str, *path: str) -> str | None:
    """An attribute of the first element at the end of a path that has it."""
    for child in children(element, *path):
        if text := (child.get(attribute) or "").strip():
            return str(text)
    return None

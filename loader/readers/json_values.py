"""Bytes in pieces -> the JSON values of a file, one at a time, each within a limit; nothing is
parsed here.

A file holds an array of records, or records one after the other (one, or JSON lines under the name
.json), or one object that wraps such an array. What a streaming parser would give up at (a broken
record, one over the limit) costs that record alone.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import Enum, auto

# What matters outside and inside of strings; and a line that begins a new record although a string
# seems open: raw line ends are not allowed in JSON strings, so a quotation mark was lost before it.
_TOKEN = re.compile(rb'["\\{}\[\],]|\n[ \t]*\{[ \t]*"')
_ARRAY_OF_OBJECTS = re.compile(rb"\[\s*\{")
_SPACE = b" \t\r\n"


class Fault(Enum):
    """What is wrong with a value."""

    OVERSIZED = auto()
    UNFINISHED = auto()  # the file, or the next record, begins before its end


@dataclass(frozen=True, slots=True)
class Value:
    """The bytes of one value; cut at the limit where it is oversized. `position` counts from 1."""

    position: int
    data: bytes
    fault: Fault | None = None


@dataclass(slots=True)
class _Scan:
    """Where the scan stands: `base` is 1 within an outer array, else 0; what follows a `wrapped`
    array is ignored.
    """

    limit: int
    base: int
    wrapped: bool = False
    position: int = 0
    depth: int = 0
    in_string: bool = False
    held: list[bytes] = field(default_factory=list)
    size: int = 0

    def hold(self, piece: bytes) -> None:
        self.size += len(piece)
        if self.size <= self.limit:
            self.held.append(piece)

    def release(self, fault: Fault | None = None) -> Iterator[Value]:
        """The value held so far, if there is one."""
        data = b"".join(self.held).strip(_SPACE)
        if self.size > self.limit:
            fault = Fault.OVERSIZED
        if data.strip(b", \t\r\n") or fault is Fault.OVERSIZED:
            self.position += 1
            yield Value(self.position, data, fault)
        self.held, self.size = [], 0


def json_values(chunks: Iterator[bytes], limit: int) -> Iterator[Value]:
    """The values of an array, a sequence, or of the array in an object that is larger than `limit`
    bytes.
    """
    head = b""
    for chunk in chunks:
        head += chunk
        if head.strip(_SPACE):
            break
    head = head.lstrip(_SPACE)
    if head.startswith(b"["):
        return _scan(itertools.chain([head[1:]], chunks), _Scan(limit, base=1, depth=1))
    return _sequence(itertools.chain([head], chunks), limit)


def _sequence(chunks: Iterator[bytes], limit: int) -> Iterator[Value]:
    """Values one after the other; a first one over the limit may be an object round a large
    array.
    """
    start: list[bytes] = []
    size = 0
    for chunk in chunks:
        start.append(chunk)
        size += len(chunk)
        if size > limit:
            break
    head = b"".join(start)
    first = next(_scan(iter([head]), _Scan(limit, base=0)), None)
    if (
        first is not None
        and first.fault is not None
        and size > limit
        and (array := _ARRAY_OF_OBJECTS.search(head))
    ):
        yield from _scan(
            itertools.chain([head[array.start() + 1 :]], chunks),
            _Scan(limit, base=1, wrapped=True, depth=1),
        )
    else:
        yield from _scan(itertools.chain([head], chunks), _Scan(limit, base=0))


def _scan(chunks: Iterator[bytes], scan: _Scan) -> Iterator[Value]:
    skip_to = 0  # a place in the next chunk: the character after a backslash
    for chunk in chunks:
        begin = 0
        for match in _TOKEN.finditer(chunk):
            at, token = match.start(), match.group()
            if at < skip_to:
                continue
            if len(token) > 1:  # a new record on a line of its own
                if scan.in_string:
                    scan.hold(chunk[begin:at])
                    yield from scan.release(Fault.UNFINISHED)
                    begin, scan.depth = at + 1, scan.base
                scan.depth += 1
                scan.in_string = True
            elif scan.in_string:
                if token == b"\\":
                    skip_to = at + 2
                elif token == b'"':
                    scan.in_string = False
            elif token == b'"':
                scan.in_string = True
            elif token in b"{[":
                scan.depth += 1
            elif token == b",":
                if scan.depth == scan.base:
                    scan.hold(chunk[begin:at])
                    yield from scan.release()
                    begin = at + 1
            elif token in b"}]":
                scan.depth -= 1
                if scan.depth < scan.base or (scan.base == 0 and scan.depth == 0):
                    closing = at if scan.base else at + 1
                    scan.hold(chunk[begin:closing])
                    yield from scan.release()
                    begin, scan.depth = at + 1, 0
                    if scan.base and scan.wrapped:
                        return
                    scan.base = 0
        scan.hold(chunk[begin:])
        skip_to = max(0, skip_to - len(chunk))
    yield from scan.release(Fault.UNFINISHED)

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
from dataclasses import dataclass
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


class _Scan:
    """Where the scan of a file stands, token by token."""

    def __init__(self, limit: int, *, in_array: bool = False, wrapped: bool = False) -> None:
        """`in_array` says that the outer array is open; what follows a `wrapped` array is
        ignored.
        """
        self._limit = limit
        self._base = int(in_array)  # the depth at which values begin
        self._wrapped = wrapped
        self._position = 0
        self._depth = self._base
        self._in_string = False
        self._held: list[bytes] = []
        self._size = 0
        self._ended = False

    def values(self, chunks: Iterator[bytes]) -> Iterator[Value]:
        """The values of the rest of a file."""
        skip_to = 0  # a place in the chunk: the character after a backslash
        for chunk in chunks:
            begin = 0  # of the value in this chunk
            for match in _TOKEN.finditer(chunk):
                at, token = match.start(), match.group()
                if at < skip_to:
                    continue
                if token == b"\\":
                    skip_to = at + 2 if self._in_string else skip_to
                elif (held := self._value_before(token)) is not None:
                    end, after, fault = held
                    self._hold(chunk[begin : at + end])
                    begin = at + after
                    yield from self._release(fault)
                    if self._ended:
                        return
            self._hold(chunk[begin:])
            skip_to = max(0, skip_to - len(chunk))
        yield from self._release(Fault.UNFINISHED)

    def _value_before(self, token: bytes) -> tuple[int, int, Fault | None] | None:
        """Take one token. Where a value ends with it: where that value ends and what follows it
        begins, both counted from the token, and what is wrong with it.
        """
        if len(token) > 1:  # a new record on a line of its own
            return self._new_line()
        if token == b'"':
            self._in_string = not self._in_string
        elif self._in_string:
            pass
        elif token in b"{[":
            self._depth += 1
        elif token in b"}]":
            return self._closed()
        elif self._depth == self._base:
            return (0, 1, None)
        return None

    def _new_line(self) -> tuple[int, int, Fault | None] | None:
        unfinished = self._in_string
        if unfinished:
            self._depth = self._base
        self._depth += 1
        self._in_string = True
        return (0, 1, Fault.UNFINISHED) if unfinished else None

    def _closed(self) -> tuple[int, int, Fault | None] | None:
        self._depth -= 1
        if self._depth >= max(self._base, 1):
            return None
        end = 0 if self._base else 1
        self._ended = self._wrapped
        self._base = self._depth = 0
        return (end, 1, None)

    def _hold(self, piece: bytes) -> None:
        self._size += len(piece)
        if self._size <= self._limit:
            self._held.append(piece)

    def _release(self, fault: Fault | None) -> Iterator[Value]:
        """The value held so far, if there is one."""
        data = b"".join(self._held).strip(_SPACE)
        if self._size > self._limit:
            fault = Fault.OVERSIZED
        if data.strip(b", \t\r\n") or fault is Fault.OVERSIZED:
            self._position += 1
            yield Value(self._position, data, fault)
        self._held, self._size = [], 0


def json_values(chunks: Iterator[bytes], limit: int) -> Iterator[Value]:
    """The values of an array, a sequence, or of the array in an object that is larger than `limit`
    bytes.
    """
    head = next((rest for chunk in chunks if (rest := chunk.lstrip(_SPACE))), b"")
    if head.startswith(b"["):
        return _Scan(limit, in_array=True).values(itertools.chain([head[1:]], chunks))
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
    first = next(_Scan(limit).values(iter([head])), None)
    if (
        first is not None
        and first.fault is not None
        and size > limit
        and (array := _ARRAY_OF_OBJECTS.search(head))
    ):
        rest = itertools.chain([head[array.start() + 1 :]], chunks)
        yield from _Scan(limit, in_array=True, wrapped=True).values(rest)
    else:
        yield from _Scan(limit).values(itertools.chain([head], chunks))

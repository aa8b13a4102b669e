"""Bytes in pieces -> lines that never grow beyond a limit, whatever the file holds."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Line:
    """One line without its line feed. `data` is cut at the limit when the line is `oversized`."""

    number: int  # from 1, blank lines counted
    data: bytes
    oversized: bool = False
    quotes: int = 0  # quotation marks in all of it, what was cut included


def bounded_lines(chunks: Iterator[bytes], limit: int) -> Iterator[Line]:
    """Split at line feeds. Of a line over `limit` bytes the rest is passed over without being
    kept.
    """
    number = 1
    held = _Held(limit)
    for chunk in chunks:
        *finished, rest = chunk.split(b"\n")
        for part in finished:
            held.add(part)
            yield held.line(number)
            number += 1
        held.add(rest)
    if held.size:
        yield held.line(number)


class _Held:
    """The unfinished line, up to the limit."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._parts: list[bytes] = []
        self.size = 0
        self._quotes = 0

    def add(self, part: bytes) -> None:
        if self.size < self._limit:
            self._parts.append(part[: self._limit - self.size])
        self.size += len(part)
        self._quotes += part.count(b'"')

    def line(self, number: int) -> Line:
        """The line held; a new one begins."""
        line = Line(number, b"".join(self._parts), self.size > self._limit, self._quotes)
        self._parts, self.size, self._quotes = [], 0, 0
        return line

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


def bounded_lines(chunks: Iterator[bytes], limit: int) -> Iterator[Line]:
    """Split at line feeds. Of a line over `limit` bytes the rest is passed over without being kept."""
    number = 1
    held: list[bytes] = []  # the unfinished line
    size = 0
    for chunk in chunks:
        *finished, rest = chunk.split(b"\n")
        for part in finished:
            yield _line(number, held, size, part, limit)
            number += 1
            held, size = [], 0
        size += len(rest)
        if size <= limit:
            held.append(rest)
        elif not held:
            held.append(rest[:limit])
    if size:
        yield _line(number, held, size, b"", limit)


def _line(number: int, held: list[bytes], size: int, last: bytes, limit: int) -> Line:
    oversized = size + len(last) > limit
    if not held:
        return Line(number, last[:limit], oversized)
    return Line(number, b"".join(held)[:limit] if oversized else b"".join([*held, last]), oversized)

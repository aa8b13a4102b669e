"""A line of a copy: what every recogniser asks of it is found out once and kept."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

from loader.extract.date_forms import WrittenDate
from loader.extract.extraction import RemovedKind
from loader.extract.folding import Folded, fold
from loader.extract.segments import Segment, walk
from loader.extract.written_dates import dates_in
from mappings.agencies import Registry, name_key

FOLDED = 240  # characters; no form of credit, date line or page furniture is longer
HEAD = 200  # a dateline with two places, two calendars and two agencies is shorter


class Line:
    """A line with its place in the copy and what it was found to be (`kind`, None for text).

    `folded` and `dates` are of its first 240 characters, `parts` of its first 200: nothing that is
    recognised reaches further. A line that loses a piece is a new line (`with_text`).
    """

    def __init__(self, number: int, text: str, registry: Registry) -> None:
        self.number = number
        self.text = text
        self.registry = registry
        self.kind: RemovedKind | None = None
        self._folded: Folded | None = None
        self._parts: list[Segment] = []

    def with_text(self, text: str) -> Line:
        """The same line holding `text`."""
        line = Line(self.number, text, self.registry)
        line.kind = self.kind
        return line

    @property
    def folded(self) -> Folded:
        """The beginning of the line, folded."""
        if self._folded is None:  # asked of every line: not a cached_property, which takes a lock
            self._folded = fold(self.text[:FOLDED])
        return self._folded

    @cached_property
    def key(self) -> str:
        """The key under which spellings of the line meet."""
        return name_key(self.text)

    @cached_property
    def dates(self) -> list[WrittenDate]:
        """The dates that the beginning of the line writes out."""
        return dates_in(self.folded)

    @cached_property
    def _rest_of_parts(self) -> Iterator[Segment]:
        return walk(self.text[:HEAD], self.folded.first(HEAD), self.registry, dateline=True)

    @property
    def parts(self) -> Iterator[Segment]:
        """The parts of the beginning of the line, each found out when it is first asked for."""
        at = 0
        while True:
            if at == len(self._parts):
                part = next(self._rest_of_parts, None)
                if part is None:
                    return
                self._parts.append(part)
            yield self._parts[at]
            at += 1

    def is_called(self, key: str) -> bool:
        """Whether `key` is the key of the line. Most lines begin with another word, whose key is at
        hand.
        """
        first = self.text.split(maxsplit=1)[:1]
        return all(key.startswith(name_key(word)) for word in first) and self.key == key

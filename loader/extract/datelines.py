"""Datelines: what stands before the first sentence and says where, when and who ("بكين 31 ديسمبر
2020 (شينخوا)").
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from loader.extract.date_forms import WrittenDate
from loader.extract.dateline_parts import ENDS, Reading, read_parts
from loader.extract.gazetteer import is_person
from loader.extract.line import HEAD, Line
from loader.extract.segments import Kind, Segment, split
from loader.extract.unknown_names import read_signed

# A dateline has its first mark, figure or loose letter within its first place; most leads have none
# so early.
_FIRST_MARK = 48
_BEGINNING = re.compile(r"[-–—\u2212\u2012―|/:(\[«،,.؛\d]|ـ\s|(?:^|\s)\w(?:\s|$)")
_AFTER = re.compile(r"[\s\-–—\u2212\u2012―|/:؛،.,)\]»”\"*ـ]*")
_FROM = re.compile(r"من ([^\W\d_][^\n\-–—:(/]{2,40})[\-–—:/]\s{0,3}")
_OWN_NAME = re.compile(
    r"\s{0,3}(وطنية)\s{0,3}[-–—:]\s{0,3}"
)  # the Lebanese agency signs with the last word of its name


@dataclass(frozen=True, slots=True)
class Dateline:
    """A dateline: the raw line up to `end` is it; ids and date may be missing, one of them is
    there.
    """

    end: int
    sources: tuple[str, ...]
    date: WrittenDate | None
    credit: str | None
    unnamed: bool = False  # "(وكالات)"
    is_bare: bool = False  # nothing but a day


def read_dateline(line: Line) -> Dateline | None:
    """The dateline that `line` opens with, or None. `line` is a paragraph of the article."""
    if not _BEGINNING.search(line.text, 0, _FIRST_MARK):
        return None
    if (own := _OWN_NAME.match(line.text)) and "nna" in line.registry:
        return _after_own_name(line, own)
    reading = read_parts(line)
    # No name, or nothing at all, is known: somebody may sign whom nobody knows.
    nameless = reading is None or not (reading.sources or reading.unnamed)
    if nameless and (signed := read_signed(line)):
        return Dateline(_end(line.text, signed.last), (), signed.date, signed.credit)
    return _dateline(line, reading) if reading else None


def _dateline(line: Line, reading: Reading) -> Dateline | None:
    used = reading.used
    if used[-1].end >= HEAD - 1 and len(line.text) > HEAD:
        return None
    end = _end(line.text, used[-1])
    # "(بترا) من منى علي-": the correspondent belongs to the dateline.
    if (by := _FROM.match(line.text, end)) and is_person(by[1].strip()):
        end = by.end()
    named = [part for part in used if part.named]
    if not named:
        return _only_dated(line, reading, end)
    credit = line.text[named[0].start : named[-1].end].strip()
    sources = tuple(dict.fromkeys(reading.sources))
    return Dateline(end, sources, reading.date, credit, reading.unnamed)


def _only_dated(line: Line, reading: Reading, end: int) -> Dateline:
    """A dateline that names nobody, but for a paper that is called after a day: "عدن - 14 أكتوبر -
    …".
    """
    date = reading.date
    if date and date.year is None:
        text = line.text[date.start : date.end]
        if paper := line.registry.get_exact(text):
            return Dateline(end, (paper.id,), None, text)
    return Dateline(end, (), date, None, is_bare=reading.used[0].date is not None)


def _end(line: str, last: Segment) -> int:
    after = _AFTER.match(line, last.end)
    end = after.end() if after else last.end
    # Brackets and quotes that open the first sentence belong to it.
    while end > last.end and line[end - 1] in '"“«([':
        end -= 1
    return end


def _after_own_name(line: Line, own: re.Match[str]) -> Dateline:
    """ "وطنية - بيروت - عقد …": the place goes with the name where the registry of places knows
    it.
    """
    head, end = line.text[:HEAD], own.end()
    first = next(iter(split(head[end:], line.registry, dateline=True)), None)
    if first and first.kind is Kind.PLACE and first.after[:1] in ENDS:
        after = _AFTER.match(head, end + first.end)
        end = after.end() if after else end
    return Dateline(end, ("nna",), None, own[1])

"""Names that no list knows: which can be a town or a person, and which sign a dateline as an agency
would.

"عدن 7 مارس 2022 (وكالة خبر الجنوب) - …": a new or local agency stands where the known ones stand.
Its date counts, and its name is the credit as it stands; who it is remains open until somebody adds
it to the registry.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from loader.extract.date_forms import WrittenDate
from loader.extract.folding import fold
from loader.extract.gazetteer import is_person
from loader.extract.line import HEAD, Line
from loader.extract.segments import Kind, Segment, split
from loader.extract.word_lists import keys
from loader.extract.written_dates import find_dates
from mappings.agencies import Registry, name_key

# Words that open a sentence or a quotation; a part that holds one is text, not a place or a name.
_PROSE = keys("prose")
# In brackets after a date these open a name and no quotation: "(صحيفة …)".
_HOUSES = frozenset(map(name_key, ("وكالة", "صحيفة", "قناة")))
_WIRE = frozenset(map(name_key, ("وكالة", "الوكالة", "أنباء", "الأنباء", "للأنباء", "لأنباء")))
_NEWS = _WIRE | frozenset(map(name_key, ("نيوز", "برس", "بريس", "news", "press", "agency")))
# What a bracket after a day says when it names nobody: which day it was, or what is shown.
_OCCASIONS = keys("occasions")
_NAME_WORDS = 5
_NAME_LENGTH = 60
_PLACES = 3  # "عدن، اليمن"
_SLASHED_WORDS = (
    3  # of a name that does not say "agency"; between slashes stand parts of headlines as well
)
_PLACE_WORDS = 3  # of a town that no list knows

_DASHES = "–—\u2212\u2012―-"  # the hyphen last: these stand in classes of characters
# Without one of these there is nothing to find: a word for "agency", or a bracket or slash not far
# after a figure.
_HINT = re.compile(r"وكال|نباء|نيوز|بري?س|(?i:news|press|agency)|\d[^()/\n]{0,40}[(/]")
_DASH = tuple(_DASHES)
_BEFORE_DASHED = tuple(_DASHES + "/|:ـ)")
_AFTER_DASHED = tuple(_DASHES + "/|:ـ(")
_CLOSING = {"(": ")", "[": "]", "/": "/"}
_MARK = re.compile(rf"\s{{0,3}}(?:[:{_DASHES}]|\.(?!\w)|ـ\s|$)")
_DELIMITERS = re.compile(rf"[\s|/:.)\]ـ{_DASHES}]*")
_NEXT_WORD = re.compile(r"\s{0,3}[^\W\d]")
_NOT_IN_NAME = re.compile(r"[.!؟?،؛:;…]\s|[،؛:؟!]")


def is_nameable(text: str) -> bool:
    """Whether `text` holds no figure and no word of prose, and so can be a town or a person."""
    if any(map(str.isdigit, text)):
        return False
    return _PROSE.isdisjoint(fold(text.removeprefix("من ")).text.split())


@dataclass(frozen=True, slots=True)
class Signed:
    """A dateline with a stranger's name: its last part, the name verbatim (None for "(خاص)"), its
    date or None.
    """

    last: Segment
    credit: str | None
    date: WrittenDate | None


@dataclass
class _Candidate:
    """A name, a day and places that open a line, as far as they were read."""

    head: str
    registry: Registry
    name: Segment | None = None
    date: WrittenDate | None = None
    last: Segment | None = None
    places: int = 0
    town: bool = False  # one that no list knows

    def add(self, part: Segment) -> bool:
        """Take `part` in; False where it is none of these."""
        if part.date and self.date is None:
            self.date, self.last = part.date, part
        elif part.kind is Kind.PLACE and self._has_room_for_place():
            self.places, self.last = self.places + 1, part
        elif self.last and part.kind is Kind.TIME:
            self.last = part
        elif self.name is None and (found := _name(self.head, part, self.last, self.registry)):
            self.name = self.last = found
        elif not self.town and self.last is None and _is_town(part):
            self.town, self.last = True, part
        else:
            return False
        return True

    def _has_room_for_place(self) -> bool:
        opens = self.name.start == 0 if self.name else not (self.date and self.places)
        return opens and self.places < _PLACES


def read_signed(line: Line) -> Signed | None:
    """The dateline that `line` opens with, where an agency signs it that nobody knows.

    A place and a date stand beside the name, or a place alone where the name says that it is a news
    agency's. A name that does not say so must stand in brackets or slashes right after the date.
    None where it may be text or a person.
    """
    head = line.text[:HEAD]
    if not _HINT.search(head):
        return None
    read = _Candidate(head, line.registry)
    for part in line.parts:
        inside = read.name is not None and part.start < read.name.end
        if not inside and not read.add(part):
            break
    name, last = read.name, read.last
    if name is None or last is None or not (read.places or read.town):
        return None
    if not _stands(_Standing(head, name, last, read.date, read.places > 0)):
        return None
    return Signed(last, None if name.kind is Kind.LABEL else name.text, read.date)


def _is_town(part: Segment) -> bool:
    short = part.kind is Kind.OTHER and part.words <= _PLACE_WORDS
    return short and part.start == 0 and bool(part.after) and is_nameable(part.text)


def _name(head: str, part: Segment, last: Segment | None, registry: Registry) -> Segment | None:
    """The name that begins with `part`, whole, with its bracket: its end is behind it. None where
    it is no name.
    """
    if part.kind in (Kind.DATE, Kind.TIME):
        return None
    opening = part.before[-1:]
    found = _bracketed(head, part, opening) or _between_dashes(head, part)
    if found is None:
        return None
    if opening == "/" and found.words > _SLASHED_WORDS and not _says(found.text, _NEWS):
        return None
    dated = opening in ("(", "/") and last is not None and last.kind in (Kind.DATE, Kind.TIME)
    return found if _is_name(found.text, part.kind, registry, dated=dated) else None


def _bracketed(head: str, part: Segment, opening: str) -> Segment | None:
    """ "(وكالة خبر الجنوب)", "/الضفة/"."""
    if opening not in _CLOSING:
        return None
    close = head.find(_CLOSING[opening], part.start, part.start + _NAME_LENGTH)
    if close <= 0:
        return None
    # A quotation mark that opens the name belongs to it.
    start = head.rfind(opening, 0, part.start + 1) + 1
    text = head[start:close]
    start += len(text) - len(text.lstrip())
    return Segment(part.kind, text.strip(), start, close, part.before, _delimiter(head, close))


def _between_dashes(head: str, part: Segment) -> Segment | None:
    """ "عدن - وكالة خبر الجنوب - …"."""
    if part.kind is not Kind.OTHER or not _says(part.text, _NEWS) or not _dashed(part):
        return None
    after = _delimiter(head, part.end)
    return Segment(part.kind, part.text, part.start, part.end, part.before, after)


def _delimiter(head: str, at: int) -> str:
    after = _DELIMITERS.match(head, at)
    return after.group().strip() if after else ""


def _dashed(part: Segment) -> bool:
    opens = part.start == 0 or part.before[:1] in _BEFORE_DASHED
    return opens and part.after[:1] in _AFTER_DASHED


def _is_name(text: str, kind: Kind, registry: Registry, *, dated: bool) -> bool:
    """Whether `text` is the name of an agency: it says so, or stands in brackets or slashes after a
    date (`dated`).
    """
    words = [name_key(word) for word in text.split()]
    if not 1 <= len(words) <= _NAME_WORDS or not any(words) or _is_prose(text, words):
        return False
    if any(part.sources for part in split(text, registry)):
        return False
    if _says(text, _NEWS):
        return len(words) > 1
    if not dated or kind in (Kind.PLACE, Kind.SOURCE, Kind.AGENCIES):
        return False
    return not (words[0].isdigit() or is_person(text) or _OCCASIONS.intersection(words))


def _is_prose(text: str, words: list[str]) -> bool:
    if _NOT_IN_NAME.search(text) or find_dates(text):
        return True
    return any(word in _PROSE and word not in _HOUSES for word in words)


def _says(text: str, words: frozenset[str]) -> bool:
    return any(name_key(word) in words for word in text.split())


@dataclass
class _Standing:
    """A name, the last part of its dateline and the day beside it, and how they are closed."""

    head: str
    name: Segment
    last: Segment
    date: WrittenDate | None
    known_place: bool

    @property
    def ends(self) -> bool:
        """Whether the name is the last part."""
        return self.last is self.name

    @cached_property
    def bracketed(self) -> bool:
        closing = self.head[self.name.end : self.name.end + 1]
        return closing in _CLOSING.values() and self.name.before[-1:] in _CLOSING

    @cached_property
    def behind(self) -> int:
        """Where the text begins."""
        return self.last.end + 1 if self.ends and self.bracketed else self.last.end

    @cached_property
    def closed(self) -> bool:
        """Whether a mark closes it."""
        if _MARK.match(self.head, self.behind) or (self.ends and not self.bracketed):
            return True
        # "عدن في 7 مارس /الضفة/ افتتح": nothing but a wire's name stands so.
        slashed = self.bracketed and self.name.before[-1:] == "/"
        return slashed and self.known_place and self.ends

    @property
    def opens_text(self) -> bool:
        """Whether a word follows."""
        return bool(_NEXT_WORD.match(self.head, self.behind))


def _stands(at: _Standing) -> bool:
    """Whether name, place and date stand as in a dateline, closed by a mark, or by the bracket
    where a day is given.
    """
    date = at.date
    if date is None:
        return _stands_without_date(at)
    if date.day is None:
        return False
    in_brackets = at.bracketed and at.ends
    if not _says(at.name.text, _NEWS):
        if date.year is None and date.hijri is None:
            return at.closed and at.known_place
        in_brackets = at.known_place and at.name.kind is not Kind.LABEL
    return at.closed or (in_brackets and at.opens_text)


def _stands_without_date(at: _Standing) -> bool:
    """ "عدن (وكالة …) -", "عدن - وكالة … -": the name itself must say that it is an agency's."""
    if not at.ends or at.name.start == 0 or not _says(at.name.text, _WIRE):
        return False
    dashed = at.last.after.strip(")]/ ")[:1] in _DASH or at.behind >= len(at.head.rstrip())
    return dashed and (at.known_place or at.bracketed)

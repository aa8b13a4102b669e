"""Takes a credit-like text apart: what stands between dashes, brackets, points and slashes, and
what each part is.

`datelines` and `credits` decide from the kinds of the parts whether the text is a credit at all.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from enum import Enum
from itertools import chain

from loader.extract.date_forms import WrittenDate
from loader.extract.folding import Folded, fold
from loader.extract.gazetteer import may_hold_place, places
from loader.extract.months import weekday_of
from loader.extract.word_lists import alternatives, keys
from loader.extract.written_dates import dates_in
from mappings.agencies import Registry, name_key


class Kind(Enum):
    """What a part of a credit is."""

    SOURCE = "source"  # one or more names of the registry
    AGENCIES = "agencies"  # "وكالات", "مواقع": sources that are not named
    DATE = "date"
    TIME = "time"  # an hour, a weekday, a word that goes with a date
    PLACE = "place"
    LABEL = "label"  # "المصدر", "كتب"
    SIGN = "sign"  # an editor's letters: "ع.ج", "م م"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Segment:
    """A part of a credit: raw places, what stands before and after it ("" where nothing does), and
    what it is.
    """

    kind: Kind
    text: str
    start: int
    end: int
    before: str
    after: str
    sources: tuple[str, ...] = ()
    date: WrittenDate | None = None

    @property
    def named(self) -> bool:
        """Whether it says who a text is from, if only "agencies"."""
        return self.kind in (Kind.SOURCE, Kind.AGENCIES)

    @property
    def words(self) -> int:
        """How many words it has."""
        return len(self.text.split())


# Dashes, slashes, brackets, quotes and list signs; a tatweel only where it stands like a dash; a
# full stop only before a space or the end ("العربية.نت" has none).
_DELIMITER = re.compile(
    r"(?:\s{0,3}(?:[-–—\u2212\u2012―|/\\:;؛،,+•·*=()\[\]{}«»\"“”„‟<>…&#]|(?<=\s)ـ{1,40}+(?=\s|$)"
    r"|(?<!ه)ـ{1,40}+(?=\s)|\.(?=[\s.)(]|$)))++\s{0,3}"
)
# "أ ف ب", "د. ب. أ.", "و.م.ع", "ع.ج.م": single letters with points or spaces between.
# A joining waw may stand before them: "رويترز وأ ف ب".
_LETTERS = re.compile(
    r"(?<![\w])(?:و(?=[\u0621-\u064a][.\s]))?"
    r"([\u0621-\u064a](?:(?:[.\s\u0640]{1,3}|-)[\u0621-\u064a]){1,3})(?![\w])\.?"
)
_TIME = re.compile(rf"(?:{alternatives('time')}|\d{{1,2}}[:.]\d\d(?::\d\d)?|\d{{1,4}})[.:]?")
_AGENCIES = keys("unnamed_sources")
_LABELS = keys("labels")
_JOINED_BY_AND = re.compile(r"\s{1,3}(?:و\s?(?=\S)|مع\s)")
_PROSE_WORDS = 8
_COMPOSED_WORDS = 8
_LONGEST = 80  # characters; the longest name of an agency has fifty
_LED = frozenset(("في", "م", "ه", "من", "مراسل", "مراسله", "عن"))


def sources_of(parts: Iterable[Segment]) -> tuple[str, ...]:
    """The ids that `parts` name, each once, in order."""
    return tuple(dict.fromkeys(source for part in parts for source in part.sources))


def date_of(parts: Iterable[Segment]) -> WrittenDate | None:
    """The first date of `parts`."""
    return next((part.date for part in parts if part.date), None)


def letters_in(text: str) -> Iterator[re.Match[str]]:
    """Every run of single letters in `text`: "أ ف ب", "د.ب.أ"; group 1 without a joined waw."""
    return _LETTERS.finditer(text)


def split(
    text: str, registry: Registry, *, dateline: bool = False, byline: bool = True
) -> list[Segment]:
    """The parts of `text` in order. `text` should be short: a credit line or the start of a lead.

    `byline` is False after a label ("المصدر: الجزيرة" is the channel, "الجزيرة - الرياض" the Saudi
    daily).
    """
    return list(walk(text, fold(text), registry, dateline=dateline, byline=byline))


def walk(
    text: str, folded: Folded, registry: Registry, *, dateline: bool = False, byline: bool = True
) -> Iterator[Segment]:
    """The parts of `split` one by one, so that a caller can stop early: finding out what a part is
    costs the most. `folded` is `text` folded.
    """
    for part in _classified(text, folded, registry, dateline, byline):
        yield part
        if part.kind is Kind.OTHER and part.words > _PROSE_WORDS:
            break  # the sentence has begun: nothing after it belongs to a credit


def _classified(
    text: str, folded: Folded, registry: Registry, dateline: bool, byline: bool
) -> Iterator[Segment]:
    at, before = 0, ""
    for part in _dates_and_letters(text, folded, registry, dateline):
        if part.start < at:
            continue
        yield from _between(text, at, part.start, before, registry, byline)
        if at < part.start:
            before = _trailing_delimiter(text, at, part.start) or " "
        after = _mark_at(text, part.end)
        yield replace(part, before=before, after=after)
        at, before = part.end, after
    yield from _between(text, at, len(text), before, registry, byline)


def _dates_and_letters(
    text: str, folded: Folded, registry: Registry, dateline: bool
) -> list[Segment]:
    """The parts that hold delimiters themselves, in order of their places."""
    found = [
        Segment(Kind.DATE, text[date.start : date.end], date.start, date.end, "", "", (), date)
        for date in dates_in(folded, dateline=dateline)
    ]
    dated = [(date.start, date.end) for date in found]
    for letters in _LETTERS.finditer(text):
        start, end = letters.span()
        if any(start < last and first < end for first, last in dated):
            continue
        source = registry.resolve(letters[1])
        kind, ids = (Kind.SOURCE, (source.id,)) if source else (Kind.SIGN, ())
        found.append(Segment(kind, text[start:end], start, end, "", "", ids))
    found.sort(key=lambda part: part.start)
    return found


def _mark_at(text: str, at: int) -> str:
    """The delimiter at `at`: " " where only a word follows, "" at the end."""
    after = _DELIMITER.match(text, at)
    mark = after.group().strip() if after else ""
    return mark or (" " if at < len(text) else "")


def _trailing_delimiter(text: str, start: int, end: int) -> str:
    last = ""
    for match in _DELIMITER.finditer(text, start, end):
        if match.end() == end or not text[match.end() : end].strip():
            last = match.group().strip()
    return last


def _between(
    text: str, start: int, end: int, before: str, registry: Registry, byline: bool
) -> Iterator[Segment]:
    """The parts of text[start:end], which holds no date and no loose letters."""
    at = start
    rest = " " if end < len(text) else ""
    for mark in chain(_DELIMITER.finditer(text, start, end), [None]):
        stop, following = mark.span() if mark else (end, end)
        after = mark.group().strip() if mark else rest
        piece = text[at:stop]
        if name := piece.strip():
            first = at + len(piece) - len(piece.lstrip())
            kind, sources = classify(name, registry, byline=byline)
            yield Segment(kind, name, first, first + len(name), before, after, sources)
        if name or mark:
            before = after
        at = following


_Class = tuple[Kind, tuple[str, ...]]


def classify(piece: str, registry: Registry, *, byline: bool = True) -> _Class:
    """What a part without delimiters is, and the ids it names."""
    if len(piece) > _LONGEST:
        return Kind.OTHER, ()
    key = name_key(piece)
    found = _whole(piece, key, registry, byline=byline)
    if found is None and len(words := piece.split()) <= _COMPOSED_WORDS:
        found = _composed(piece, words, key, registry, byline=byline)
    return found or (Kind.OTHER, ())


def _whole(piece: str, key: str, registry: Registry, *, byline: bool) -> _Class | None:
    """A part that a list knows as a whole."""
    if not key:
        return Kind.SIGN, ()
    if key in _AGENCIES:
        return Kind.AGENCIES, ()
    place = key in places()
    if place and not registry.get_exact(piece):
        return Kind.PLACE, ()
    if source := registry.resolve(piece, byline=byline):
        return Kind.SOURCE, (source.id,)
    if place:
        return Kind.PLACE, ()
    if key in _LABELS:
        return Kind.LABEL, ()
    return (Kind.TIME, ()) if all(map(_TIME.fullmatch, piece.split())) else None


def _composed(
    piece: str, words: list[str], key: str, registry: Registry, *, byline: bool
) -> _Class | None:
    """A part of two that lists know: "رويترز وأ ف ب", "القاهرة أ ش أ", "دمشق وبيروت"."""
    joined = _joined(piece, registry)
    if joined is not None:
        return (Kind.SOURCE if joined else Kind.AGENCIES), joined
    if found := _with_place(words, key, registry):
        return Kind.SOURCE, found
    if len(words) > 1 and _TIME.fullmatch(words[-1]):  # "بنا 0930 جمت"
        return classify(" ".join(words[:-1]), registry, byline=byline)
    return (Kind.PLACE, ()) if _place_list(key) else None


def _joined(piece: str, registry: Registry) -> tuple[str, ...] | None:
    """ "رويترز وأ ف ب", "واس ووكالات": every name must be known; None where one is not."""
    names = _JOINED_BY_AND.split(piece)
    if len(names) < 2:
        return None
    found: list[str] = []
    for name in names:
        if source := registry.resolve(name):
            found.append(source.id)
        elif name_key(name) not in _AGENCIES:
            return None
    return tuple(found)


def _with_place(words: list[str], key: str, registry: Registry) -> tuple[str, ...]:
    """ "القاهرة أ ش أ", "واس الرياض", "من رويترز": a place or a preposition and a whole name,
    nothing between.
    """
    keys = key.split()
    if keys[0] in ("مراسل", "مراسله", "موفد") and len(keys) > 2:
        keys, words = keys[1:], words[1:]  # "مراسل رويترز في بيروت"
    if len(keys) != len(words) or not (keys[0] in _LED or may_hold_place(keys[0], keys[-1])):
        return ()
    for cut in range(1, len(keys)):
        first, second = " ".join(keys[:cut]), " ".join(keys[cut:])
        led = first in places() or first in _LED
        if led and (source := registry.resolve(" ".join(words[cut:]))):
            return (source.id,)
        placed = second.removeprefix("في ").removeprefix("من ") in places()
        if placed and (source := registry.resolve(" ".join(words[:cut]))):
            return (source.id,)
    return ()


def _place_list(key: str) -> bool:
    """Two places with "and" between, or a place after "في" or "من": "دمشق وبيروت", "من القاهرة"."""
    words = key.split()
    if words[0] in ("في", "من"):
        words = words[1:]
    if len(words) > 1 and (words[-1] == "في" or weekday_of(words[-1]) is not None):
        words = words[:-1]  # "أبوظبي في 3 يناير", "جدة الأحد 30 شعبان": the day follows
    if not words or not may_hold_place(words[0], words[0]):
        return False
    text = " ".join(words)
    if text in places():
        return True
    return any(
        " ".join(words[:cut]) in places()
        and words[cut].startswith("و")
        and " ".join(words[cut:])[1:] in places()
        for cut in range(1, len(words))
    )

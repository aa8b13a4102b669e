"""Takes a credit-like text apart: what stands between dashes, brackets, points and slashes, and
what each part is.

`datelines` and `credits` decide from the kinds of the parts whether the text is a credit at all.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from itertools import chain

from loader.extract.gazetteer import places
from loader.extract.months import weekday_of
from loader.extract.written_dates import WrittenDate, find_dates
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
_TIME = re.compile(
    r"(?:الساعة|بتوقيت|تمام|توقيت|غرينتش|جرينتش|جمت|السعودية|مكة|المكرمة|GMT|UTC|ت غ|صباحا|صباحاً"
    r"|مساء|مساءً|ظهرا|م|"
    r"ص|هـ|هـ?جري|ميلادي"
    r"|AM|PM|am|pm|يوم|في|بتاريخ|الموافق|\d{1,2}[:.]\d\d(?::\d\d)?|\d{1,4}"
    r"|السبت|الأحد|الاحد|الاثنين|الإثنين|الأثنين|الثلاثاء|الأربعاء|الاربعاء|الخميس|الجمعة|الجمعه"
    r"|Mon|Tue|Wed|Thu|Fri|Sat|Sun|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)[.:]?"
)
_AGENCIES_WORDS = (
    "وكالات,الوكالات,وكالات الأنباء,وكالات أنباء,وكالات الأنباء العالمية,وكالات عالمية,وكالات "
    "دولية,متابعات,"
    "متابعة,مواقع,مواقع إلكترونية,مواقع إخبارية,وسائل إعلام,مواقع التواصل,"
    "مواقع التواصل الاجتماعي,وكالات ومواقع,agencies,وكالات إعلام,خدمة الأخبار,"
    "وكالة,الوكالة,وكالة أنباء,وكالات انباء"
)
_AGENCIES = frozenset(map(name_key, _AGENCIES_WORDS.split(",")))
_LABELS_WORDS = (
    "المصدر,مصدر,المصادر,source,sources,نقلا عن,نقلاً عن,كتب,كتبت,كتبه,بقلم,تحرير,إعداد,اعداد,"
    "تقرير,مراسل,مراسلة,"
    "ترجمة,via,by,نص,فيديو,نشر,نشرت,المراسل,الكاتب,المحرر,متابعة,من,عن,بواسطة,خاص"
)
_LABELS = frozenset(map(name_key, _LABELS_WORDS.split(",")))
_JOINED_BY_AND = re.compile(r"\s{1,3}(?:و\s?(?=\S)|مع\s)")
_PROSE_WORDS = 8
_LONGEST = 80  # characters; the longest name of an agency has fifty
_LED = frozenset(("في", "م", "ه", "من", "مراسل", "مراسله", "عن"))


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
    return list(walk(text, registry, dateline=dateline, byline=byline))


def walk(
    text: str, registry: Registry, *, dateline: bool = False, byline: bool = True
) -> Iterator[Segment]:
    """The parts of `split` one by one, for who may leave early: finding out what a part is costs
    the most.
    """
    for part in _classified(text, registry, dateline, byline):
        yield part
        if part.kind is Kind.OTHER and part.words > _PROSE_WORDS:
            break  # the sentence has begun: nothing after it belongs to a credit


def _classified(text: str, registry: Registry, dateline: bool, byline: bool) -> Iterator[Segment]:
    fixed: list[tuple[int, int, WrittenDate | None, tuple[str, ...]]] = []
    for date in find_dates(text, dateline=dateline):
        fixed.append((date.start, date.end, date, ()))
    for letters in _LETTERS.finditer(text):
        if not any(letters.start() < end and start < letters.end() for start, end, _, _ in fixed):
            source = registry.resolve(letters[1])
            fixed.append((letters.start(), letters.end(), None, (source.id,) if source else ()))
    fixed.sort(key=lambda item: item[0])
    at, before = 0, ""
    for start, end, found, sources in [*fixed, (len(text), len(text), None, ())]:
        if start < at:
            continue
        for part in _between(text, at, start, before, registry, byline):
            yield part
            before = part.after
        if start < end:
            if at < start:
                before = _trailing_delimiter(text, at, start) or " "
            after = _DELIMITER.match(text, end)
            mark = (
                after.group().strip()
                if after and after.group().strip()
                else (" " if end < len(text) else "")
            )
            kind = Kind.DATE if found else Kind.SOURCE if sources else Kind.SIGN
            yield Segment(kind, text[start:end], start, end, before, mark, sources, found)
            before = mark
            at = end
        else:
            at = start


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
    for mark in chain(_DELIMITER.finditer(text, start, end), [None]):
        stop, following = mark.span() if mark else (end, end)
        piece = text[at:stop]
        lead = len(piece) - len(piece.lstrip())
        if piece.strip():
            after = mark.group().strip() if mark else (" " if end < len(text) else "")
            yield _classify(piece.strip(), at + lead, before, after, registry, byline)
            before = after
        elif mark:
            before = mark.group().strip()
        at = following


def _classify(
    piece: str, start: int, before: str, after: str, registry: Registry, byline: bool
) -> Segment:
    kind, sources = classify(piece, registry, byline=byline)
    return Segment(kind, piece, start, start + len(piece), before, after, sources)


def classify(
    piece: str, registry: Registry, *, byline: bool = True
) -> tuple[Kind, tuple[str, ...]]:
    """What a part without delimiters is, and the ids it names."""
    if len(piece) > _LONGEST:
        return Kind.OTHER, ()
    key = name_key(piece)
    if not key:
        return Kind.SIGN, ()
    if key in _AGENCIES:
        return Kind.AGENCIES, ()
    if key in places() and not registry.get_exact(piece):
        return Kind.PLACE, ()
    if source := registry.resolve(piece, byline=byline):
        return Kind.SOURCE, (source.id,)
    if key in places():
        return Kind.PLACE, ()
    if key in _LABELS:
        return Kind.LABEL, ()
    if all(_TIME.fullmatch(word) for word in piece.split()):
        return Kind.TIME, ()
    words = piece.split()
    if len(words) <= 8:
        if (joined := _joined(piece, registry)) is not None:
            return (Kind.SOURCE if joined else Kind.AGENCIES), joined
        if found := _with_place(words, key, registry):
            return Kind.SOURCE, found
        if len(words) > 1 and _TIME.fullmatch(words[-1]):  # "بنا 0930 جمت"
            return classify(" ".join(words[:-1]), registry, byline=byline)
        if _place_list(key):
            return Kind.PLACE, ()
    return Kind.OTHER, ()


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
    if len(keys) != len(words):
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
    text = " ".join(words)
    if text in places():
        return True
    return any(
        " ".join(words[:cut]) in places()
        and words[cut].startswith("و")
        and " ".join(words[cut:])[1:] in places()
        for cut in range(1, len(words))
    )

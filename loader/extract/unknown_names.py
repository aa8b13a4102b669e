"""Names that no list knows: which can be a town or a person, and which sign a dateline as an agency
would.

"عدن 7 مارس 2022 (وكالة خبر الجنوب) - …": a new or local agency stands where the known ones stand.
Its date counts, and its name is the credit as it stands; who it is remains open until somebody adds
it to the registry.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from loader.extract.folding import fold
from loader.extract.gazetteer import is_person
from loader.extract.segments import Kind, Segment, split, walk
from loader.extract.written_dates import WrittenDate, find_dates
from mappings.agencies import Registry, name_key

# Words that open a sentence or a quotation; a part that holds one is text, not a place or a name.
_PROSE_WORDS = (
    "قال,قالت,اعلن,اعلنت,ذكر,ذكرت,افاد,افادت,نقل,نقلت,نقلا,كشف,كشفت,اكد,اكدت,اضاف,اضافت,بحث,شدد,"
    "دعا,دعت,وصل,وصلت,"
    "بدا,بدات,عقد,افتتح,التقى,استقبل,ان,إن,بان,بأن,عن,الى,إلى,من,لوكالة,وكالة,لـ,وكان,كان,كانت,"
    "هو,هي,الذي,التي,"
    "هذا,هذه,بعد,قبل,حسب,بحسب,وفق,وفقا,لـوكالة,مع,منذ,خلال,لدى,عند,حين,حيث,كما,فيما,بينما,أن,"
    "لقناة,صحيفة,لصحيفة,"
    "قناة,تقرير,مصدر,مصادر,مقتل,اصابة,توقيع,وفاة,فاز,فازت,يعقد,تعقد,ينطلق,تنطلق,سجل,سجلت,رفض,"
    "رفضت,نفى,نفت,حذر,"
    "حذرت,اعتقل,ضبط,قتل,قتلت,أصيب,شهد,شهدت"
)
_PROSE = frozenset(map(name_key, _PROSE_WORDS.split(",")))
# In brackets after a date these open a name and no quotation: "(صحيفة …)".
_HOUSES = frozenset(map(name_key, ("وكالة", "صحيفة", "قناة")))
_WIRE = frozenset(map(name_key, ("وكالة", "الوكالة", "أنباء", "الأنباء", "للأنباء", "لأنباء")))
_NEWS = _WIRE | frozenset(map(name_key, ("نيوز", "برس", "بريس", "news", "press", "agency")))
# What a bracket after a day says when it names nobody: which day it was, or what is shown.
_OCCASION_WORDS = (
    "يوم,اليوم,أمس,غدا,عيد,ذكرى,الذكرى,مهرجان,المهرجان,مؤتمر,المؤتمر,ندوة,معرض,قمة,القمة,بطولة,"
    "كأس,انتخابات,"
    "صور,صورة,بالصور,بالفيديو,عام,سنة,شهر,الموافق,"
    "بالتوقيت,التوقيت,مباشر,محدث,تحديث,عاجل,في,على,أو,أي,لم,لا,ما,هل"
)
_OCCASIONS = frozenset(map(name_key, _OCCASION_WORDS.split(",")))
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
_BEFORE_DASHED = tuple(_DASHES + "/|:ـ)")
_AFTER_DASHED = tuple(_DASHES + "/|:ـ(")
_CLOSING = {"(": ")", "[": "]", "/": "/"}
_MARK = re.compile(rf"\s{{0,3}}(?:[:{_DASHES}]|\.(?!\w)|ـ\s|$)")
_DELIMITERS = re.compile(rf"[\s|/:.)\]ـ{_DASHES}]*")
_NEXT_WORD = re.compile(r"\s{0,3}[^\W\d]")
_NOT_IN_NAME = re.compile(r"[.!؟?،؛:;…]\s|[،؛:؟!]")


def is_nameable(text: str) -> bool:
    """Whether `text` holds no figure and no word of prose, and so can be a town or a person."""
    return not any(character.isdigit() for character in text) and not any(
        fold(word).text in _PROSE for word in text.removeprefix("من ").split()
    )


@dataclass(frozen=True, slots=True)
class Signed:
    """A dateline with a stranger's name: its last part, the name verbatim (None for "(خاص)"), its
    date or None.
    """

    last: Segment
    credit: str | None
    date: WrittenDate | None


def read_signed(head: str, registry: Registry) -> Signed | None:
    """The dateline that `head`, the start of a line, opens with, where an agency signs it that
    nobody knows.

    A place and a date stand beside the name, or a place alone where the name says that it is a news
    agency's. A name that does not say so must stand in brackets or slashes right after the date.
    None where it may be text or a person.
    """
    if not _HINT.search(head):
        return None
    name: Segment | None = None
    date: WrittenDate | None = None
    last: Segment | None = None
    places, town = 0, False
    for part in walk(head, registry, dateline=True):
        if name and part.start < name.end:
            continue
        if part.kind is Kind.DATE and part.date and date is None:
            date, last = part.date, part
        elif (
            part.kind is Kind.PLACE
            and (name.start == 0 if name else not (date and places))
            and places < _PLACES
        ):
            places, last = places + 1, part
        elif part.kind is Kind.TIME and last:
            last = part
        elif name is None and (found := _name(head, part, last, registry)):
            name = last = found
        elif part.kind is Kind.OTHER and not town and last is None and _is_town(part):
            town, last = True, part
        else:
            break
    if name is None or last is None or not (places or town):
        return None
    if not _stands(head, name, last, date, known_place=places > 0):
        return None
    label = name.kind is Kind.LABEL
    return Signed(last, None if label else name.text, date)


def _is_town(part: Segment) -> bool:
    return (
        part.start == 0
        and part.words <= _PLACE_WORDS
        and bool(part.after)
        and is_nameable(part.text)
    )


def _name(head: str, part: Segment, last: Segment | None, registry: Registry) -> Segment | None:
    """The name that begins with `part`, whole, with its bracket: its end is behind it. None where
    it is no name.
    """
    if part.kind in (Kind.DATE, Kind.TIME):
        return None
    opening = part.before[-1:]
    close = (
        head.find(_CLOSING[opening], part.start, part.start + _NAME_LENGTH)
        if opening in _CLOSING
        else -1
    )
    if close > 0:
        # A quotation mark that opens the name belongs to it.
        start = head.rfind(opening, 0, part.start + 1) + 1
        text = head[start:close].strip()
        start += len(head[start:close]) - len(head[start:close].lstrip())
    elif part.kind is Kind.OTHER and _says(part.text, _NEWS) and _dashed(part):
        start, close, text = part.start, part.end, part.text
    else:
        return None
    after = _DELIMITERS.match(head, close)
    found = Segment(
        part.kind, text, start, close, part.before, after.group().strip() if after else ""
    )
    dated = opening in ("(", "/") and last is not None and last.kind in (Kind.DATE, Kind.TIME)
    if opening == "/" and found.words > _SLASHED_WORDS and not _says(text, _NEWS):
        return None
    return found if _is_name(text, part.kind, registry, dated=dated) else None


def _dashed(part: Segment) -> bool:
    opens = part.start == 0 or part.before[:1] in _BEFORE_DASHED
    return opens and part.after[:1] in _AFTER_DASHED


def _is_name(text: str, kind: Kind, registry: Registry, *, dated: bool) -> bool:
    """Whether `text` is the name of an agency: it says so, or stands in brackets or slashes after a
    date (`dated`).
    """
    words = [name_key(word) for word in text.split()]
    if not 1 <= len(words) <= _NAME_WORDS or _NOT_IN_NAME.search(text) or find_dates(text):
        return False
    if any(word in _PROSE and word not in _HOUSES for word in words):
        return False
    if not any(words) or any(part.sources for part in split(text, registry)):
        return False
    if _says(text, _NEWS):
        return len(words) > 1
    if (
        not dated
        or kind in (Kind.PLACE, Kind.SOURCE, Kind.AGENCIES)
        or words[0].isdigit()
        or is_person(text)
    ):
        return False
    return not any(word in _OCCASIONS for word in words)


def _says(text: str, words: frozenset[str]) -> bool:
    return any(name_key(word) in words for word in text.split())


def _stands(
    head: str, name: Segment, last: Segment, date: WrittenDate | None, *, known_place: bool
) -> bool:
    """Whether name, place and date stand as in a dateline, closed by a mark, or by the bracket
    where a day is given.
    """
    bracketed = head[name.end : name.end + 1] in _CLOSING.values() and name.before[-1:] in _CLOSING
    behind = last.end + 1 if last is name and bracketed else last.end
    closed = bool(_MARK.match(head, behind)) or (last is name and not bracketed)
    says = _says(name.text, _NEWS)
    if bracketed and known_place and name.before[-1:] == "/":
        closed = (
            closed or last is name
        )  # "عدن في 7 مارس /الضفة/ افتتح": nothing but a wire's name stands so
    if date is None:
        # "عدن (وكالة …) -", "عدن - وكالة … -": the name itself must say that it is an agency's.
        dashed = last.after.strip(")]/ ")[:1] in tuple(_DASHES) or behind >= len(head.rstrip())
        return (
            last is name
            and name.start > 0
            and _says(name.text, _WIRE)
            and dashed
            and (known_place or bracketed)
        )
    if date.day is None:
        return False
    complete = date.year is not None or date.hijri is not None
    if says:
        return closed or (last is name and bracketed and bool(_NEXT_WORD.match(head, behind)))
    if not known_place:
        return closed and complete
    return closed or (
        complete and name.kind is not Kind.LABEL and bool(_NEXT_WORD.match(head, behind))
    )

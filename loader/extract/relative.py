"""Dates that the text ties to the day of writing: "اليوم الأربعاء 30 …", "أمس الخميس 16 تموز",
"عشية زيارته".

A date that no such word ties to the day of writing is the date of an event and is not returned.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import islice

from loader.extract.date_forms import WrittenDate
from loader.extract.folding import fold
from loader.extract.months import ARABIC_WEEKDAY, weekday_of
from loader.extract.written_dates import dates_in, find_dates

_ANCHOR = re.compile(
    r"(?<![\w\u064b-\u0652])[وفلب]?(?:ال[يی]وم|[أا]مس|غد[اًٌ]{0,3}|الغد"
    r"|الليلة(?: الماضية| الفائتة)?|ليلة أمس|البارح[ةه]|قبل يومين|منذ يومين"
    r"|عشي[ةه])(?![\w\u064b-\u0652])"
)
_BEFORE, _AFTER = (
    26,
    76,
)  # how far round the word the date and the words that change its sense can stand
_WEEKDAY_LENGTH = 24  # characters behind the word in which its weekday stands
_SENTENCE = 260
# such words looked at in one text; an article has a dozen, a hostile text a hundred thousand
_MOST = 200

_FILLER = re.compile(
    r"[ ,:]{0,2}(?:\(? ?(?:يوم )?" + ARABIC_WEEKDAY + r" ?[)/]?)?[ ,:]{0,2}\(?"
    r"(?:(?:و?الموافق|المصادف|المصادف|بتاريخ|في|من) ?(?:ل|لـ|ليوم|يوم)? ?)?[,:(-]? ?"
)
_FIRST = " الاول"
_NO_DAY = ("عشي", "الليل", "بارح", "يومين")  # the weekday beside these is not taken for today's
# Days that the words leave between the date beside them and the day of writing, folded.
_SHIFTS = {
    "الليله": 0,
    "الليله الماضيه": 1,
    "الليله الفائته": 1,
    "البارحه": 1,
    "قبل يومين": 2,
    "منذ يومين": 2,
}
_WEEKDAY_ONLY = re.compile(r"[ ,:]{0,2}\(? ?(" + ARABIC_WEEKDAY + r")")
# "In such a day of", "that day", "the same day", "since that day": days of the past.
_NOT_TODAY = re.compile(
    r"(?:مثل هذا|مثل|ذلك|ذات|نفس|في هذا|تلك|كل|لهذا|يصادف|صادف|عيد|عطله|طوال|خلال) ?\Z"
)
_DAY_BEFORE_YESTERDAY = re.compile(r"(?:اول|اول من|قبل) ?\Z")
_AFTER_TOMORROW = re.compile(r"بعد ?\Z")
_SENTENCE_END = re.compile(r"[.!؟?](?:\s|\Z)|\n")


@dataclass(frozen=True, slots=True)
class Anchored:
    """A date with how many days later than it the article is (`shift`), and whether the word was
    "today".
    """

    written: WrittenDate
    shift: int
    start: int


def anchored_dates(text: str) -> Iterator[Anchored]:
    """Every date of `text` that a word ties to the day of writing, in order."""
    for match in islice(_ANCHOR.finditer(text), _MOST):
        read = _eve if "عشي" in match.group() else _beside
        if found := read(text, match):
            yield found


def _beside(text: str, match: re.Match[str]) -> Anchored | None:
    """ "اليوم الأربعاء 30 ديسمبر": the date right behind the word."""
    after = text[match.end() : match.end() + _AFTER].partition("\n")[0]
    if not any(map(str.isdigit, after)):
        return None
    folded, word = fold(after), _word(match)
    shift = _shift(word, text, match.start(), folded.text)
    # "أمس الأول" is the day before; "اليوم الأول في 5 مايو" is the first day of something.
    skipped = len(_FIRST) if word.endswith("امس") and folded.text.startswith(_FIRST) else 0
    filler = _FILLER.match(folded.text, skipped)
    written = next(iter(dates_in(folded)), None)
    if shift is None or filler is None or written is None or written.day is None:
        return None
    # The date must begin where the filler ends: nothing but weekday and brackets between.
    if written.start > folded.raw(filler.end()) + 1:
        return None
    weekday = _WEEKDAY_ONLY.match(folded.text)
    if written.weekday is None and weekday:
        written = replace(written, weekday=weekday_of(weekday[1]))
    return Anchored(written, shift, match.start())


def _word(match: re.Match[str]) -> str:
    """The word that ties a date, folded and without its particle."""
    return fold(match.group()).text.lstrip("وفلب")


def _shift(word: str, text: str, at: int, after: str) -> int | None:
    """Days from the written date to the day of writing; None where the word, which stands in `text`
    at `at`, means another day.
    """
    if word in _SHIFTS:
        return _SHIFTS[word]
    before = fold(text[max(0, at - _BEFORE) : at]).text
    if word == "اليوم":
        return None if _NOT_TODAY.search(before) else 0
    if "امس" in word:
        two = _DAY_BEFORE_YESTERDAY.search(before) or after.startswith(_FIRST)
        return 2 if two else 1
    return -2 if _AFTER_TOMORROW.search(before) else -1


def today_weekday(text: str) -> int | None:
    """The weekday that the text calls today ("اليوم (الخميس)") or derives from yesterday; the first
    one, Monday = 0.
    """
    for match in islice(_ANCHOR.finditer(text), _MOST):
        after = text[match.end() : match.end() + _WEEKDAY_LENGTH]
        if "ال" not in after or any(
            word in match.group() for word in ("عشي", "الليل", "بارح", "يومين")
        ):
            continue
        folded = fold(after).text
        weekday = _WEEKDAY_ONLY.match(folded)
        number = weekday_of(weekday[1]) if weekday else None
        shift = _shift(_word(match), text, match.start(), folded) if weekday else None
        if shift is not None and number is not None:
            return (number + shift) % 7
    return None


def _eve(text: str, match: re.Match[str]) -> Anchored | None:
    """ "Today Wednesday, on the eve of his visit (Thursday/ 9 November)": the article is of the day
    before.

    Only where one sentence names both weekdays and they follow each other.
    """
    start, end = max(0, match.start() - _SENTENCE), match.end() + _SENTENCE
    before = _SENTENCE_END.split(text[start : match.start()])[-1]
    after = _SENTENCE_END.split(text[match.end() : end])[0]
    today = today_weekday(before)
    if today is None:
        return None
    for written in find_dates(after):
        if (
            written.weekday is not None
            and written.day is not None
            and written.weekday == (today + 1) % 7
        ):
            return Anchored(written, -1, match.start())
    return None

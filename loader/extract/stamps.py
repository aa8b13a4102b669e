"""Date lines: lines of a page that hold nothing but when it was published ("الثلاثاء 15 مارس 2022 -
14:30").
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from loader.extract.date_forms import WrittenDate
from loader.extract.folding import fold
from loader.extract.line import Line

_LONGEST = 110
_FAULTY = 60  # characters of a line whose date cannot be
_MOST = 3  # dates: published, updated, the other calendar
# Everything that may stand round the date on such a line, folded.
_WORD = re.compile(
    r"(?:نشر|نشرت|نشره|النشر|تاريخ|التاريخ|بتاريخ|تم|في|يوم|اخر|تحديث|التحديث|الساعه|توقيت|بتوقيت"
    r"|السعوديه|علي|محدث|تعديل|التعديل|عدل|مكه|المكرمه|القاهره|بيروت|دمشق|بغداد|ابوظبي"
    r"|غرينتش|جرينتش|جمت|غ|ت|ص|م|هـ|ه|ق|صباحا|مساء|ظهرا|عصرا|فجرا|ليلا|الموافق|المصادف|لـ|الاصدار"
    r"|اضيف|اضيفت|كتب|منذ|من|عام|سنه|شهر|وقت|"
    r"السبت|الاحد|الاثنين|الثلاثاء|الاربعاء|الخميس|الجمعه|الخبر|المقال|الماده"
    r"|published|publish|posted|updated|update|last|modified|date|on|at|of|gmt|utc|am|pm|ast|gst"
    r"|kst|cet|est|time|first|created|z|t"
    r"|(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?|st|nd|rd|th|\d{1,2}|\d{6})"
)
_CLOCK = re.compile(
    r"\d{1,2}[:.h]\d\d(?:[:.]\d\d)?(?:\.\d{1,6})?(?:z|\+\d\d:?\d\d)?|\+\d{1,2}(?::\d\d)?"
    r"|t\d\d:\d\d(?::\d\d)?(?:\.\d{1,6})?(?:z|\+\d\d:?\d\d)?"
)
_ISSUE = re.compile(
    r"(?:العدد|عدد|رقم) ?:? ?\d{1,6}|\d{1,7} ?(?:مشاهده|مشاهدات|قراءه|تعليق|تعليقات|views?)(?!\w)"
)
# "بتوقيت القدس", "بالتوقيت المحلي".
_ZONE = re.compile(r"(?:ب|بال|ال)?توقيت \w{2,12}(?: المكرمه)?")
_UPDATED = re.compile(r"حدثت? ?:")  # without its colon a headline: "حدث في 5 مايو"
_UPDATE = re.compile(r"تحديث|حدث|تعديل|عدل|updated|modified|update")
_PUBLISHED = re.compile(r"نشر|اضيف|publish|posted|created")
_WORDS = re.compile(r"\w+")
_DIGIT = re.compile(r"\d")
_LABEL = re.compile(r"نشر|تاريخ|تحديث|اضيف|publish|posted|updated|date|بتاريخ")


@dataclass(frozen=True, slots=True)
class Stamp:
    """The date of a date line, and whether it says when the text was changed, not published."""

    date: WrittenDate
    of_update: bool = False


def read_stamp(line: Line) -> Stamp | None:
    """The date of a line that is nothing but a date, its labels and its hour; of "updated …
    published …" the day of publication, whatever stands first.
    """
    if len(line.text) > _LONGEST or not _DIGIT.search(line.text):
        return None
    dates = [date for date in line.dates if date.fault is None or len(line.text) < _FAULTY]
    if not 0 < len(dates) <= _MOST or _is_name(line, dates[0]):
        return None
    rest = _without(line.text, dates)
    for other in (_UPDATED, _ZONE, _ISSUE, _CLOCK):
        rest = other.sub(" ", rest)
    if not all(map(_WORD.fullmatch, _WORDS.findall(rest))):
        return None
    stamps = list(_labelled_dates(line.text, dates))
    return next((stamp for stamp in stamps if not stamp.of_update), stamps[0])


def _labelled_dates(text: str, dates: list[WrittenDate]) -> Iterator[Stamp]:
    """Each date with what the label before it says."""
    at = 0
    for date in dates:
        label = fold(text[at : date.start]).text
        yield Stamp(date, bool(_UPDATE.search(label)) and not _PUBLISHED.search(label))
        at = date.end


def _is_name(line: Line, date: WrittenDate) -> bool:
    """Whether the line is the name of a paper that is called after a day: "14 أكتوبر"."""
    return date.year is None and line.registry.get_exact(line.text) is not None


def is_labelled_stamp(line: Line) -> bool:
    """Whether a date line says that its date is that of publication."""
    return bool(_LABEL.search(line.folded.text))


def _without(line: str, dates: list[WrittenDate]) -> str:
    pieces, at = [], 0
    for date in dates:
        pieces.append(line[at : date.start])
        at = date.end
    pieces.append(line[at:])
    return fold(" ".join(pieces)).text

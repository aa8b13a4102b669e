"""Date lines: lines of a page that hold nothing but when it was published ("الثلاثاء 15 مارس 2022 -
14:30").
"""

from __future__ import annotations

import re

from loader.extract.date_forms import WrittenDate
from loader.extract.folding import fold
from loader.extract.line import Line

_LONGEST = 110
_FAULTY = 60  # characters of a line whose date cannot be
_MOST = 3  # dates: published, updated, the other calendar
# Everything that may stand round the date on such a line, folded.
_WORD = re.compile(
    r"(?:نشر|نشرت|نشره|النشر|تاريخ|التاريخ|بتاريخ|تم|في|يوم|اخر|تحديث|التحديث|الساعه|توقيت|بتوقيت"
    r"|السعوديه|مكه|المكرمه|القاهره|بيروت|دمشق|بغداد|ابوظبي"
    r"|غرينتش|جرينتش|جمت|غ|ت|ص|م|هـ|ه|ق|صباحا|مساء|ظهرا|عصرا|فجرا|ليلا|الموافق|المصادف|لـ|الاصدار"
    r"|اضيف|اضيفت|كتب|منذ|من|عام|سنه|شهر|وقت|"
    r"السبت|الاحد|الاثنين|الثلاثاء|الاربعاء|الخميس|الجمعه|الخبر|المقال|الماده"
    r"|published|publish|posted|updated|update|last|modified|date|on|at|of|gmt|utc|am|pm|ast|gst"
    r"|kst|cet|est|time|first|created|z|t"
    r"|(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?|st|nd|rd|th|\d{1,2}|\d{6})"
)
_CLOCK = re.compile(
    r"\d{1,2}[:.]\d\d(?:[:.]\d\d)?(?:\.\d{1,6})?(?:z|\+\d\d:?\d\d)?|\+\d{1,2}(?::\d\d)?"
    r"|t\d\d:\d\d(?::\d\d)?(?:\.\d{1,6})?(?:z|\+\d\d:?\d\d)?"
)
_ISSUE = re.compile(
    r"(?:العدد|عدد|رقم) ?:? ?\d{1,6}|\d{1,7} ?(?:مشاهده|مشاهدات|قراءه|تعليق|تعليقات|views?)(?!\w)"
)
_WORDS = re.compile(r"\w+")
_DIGIT = re.compile(r"\d")
_LABEL = re.compile(r"نشر|تاريخ|تحديث|اضيف|publish|posted|updated|date|بتاريخ")


def read_stamp(line: Line) -> WrittenDate | None:
    """The date of a line that is nothing but a date, its labels and its hour; of "published …
    updated …" the first.
    """
    if len(line.text) > _LONGEST or not _DIGIT.search(line.text):
        return None
    dates = [date for date in line.dates if date.fault is None or len(line.text) < _FAULTY]
    if not 0 < len(dates) <= _MOST:
        return None
    rest = _CLOCK.sub(" ", _ISSUE.sub(" ", _without(line.text, dates)))
    return dates[0] if all(map(_WORD.fullmatch, _WORDS.findall(rest))) else None


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

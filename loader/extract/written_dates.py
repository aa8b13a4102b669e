"""Date expressions: finds every date that a short text writes out, in either calendar, and what
stands beside it.

Knows how dates are written, not whether one is the article's: see `datelines`, `relative` and
`date`.
"""

from __future__ import annotations

import re
from dataclasses import replace

from loader.extract.date_forms import DIGIT, WrittenDate, scan
from loader.extract.folding import Folded, fold
from loader.extract.months import ARABIC_WEEKDAY, ENGLISH_WEEKDAY, weekday_of

_WEEKDAY_BEFORE = re.compile(
    r"(?<![ا-ي])[وب]?(" + ARABIC_WEEKDAY + r"|" + ENGLISH_WEEKDAY + r")\.?\)? ?[,/:(-]{0,2} ?"
    r"(?:(?:الموافق|المصادف|بتاريخ|في) ?(?:ل|لـ|ليوم|يوم)? ?)?[,(]? ?$"
)
_WEEKDAY_AFTER = re.compile(r" ?[(,] ?(" + ARABIC_WEEKDAY + r")\)?")
_SAME_DAY = re.compile(
    r"(?: ?[,(=/-]{0,2} ?(?:و?(?:الموافق|المصادف|الموافق فيه|يوافق|ما يوافق) ?(?:ل|لـ|يوم|ليوم)? ?)"
    r"| ?[(=/|,-]{1,2} ?| )(?:" + ARABIC_WEEKDAY + r" ?)?\(?"
)


def find_dates(text: str, *, dateline: bool = False) -> list[WrittenDate]:
    """Every date that `text` writes out, in order; dates of both calendars side by side are one.

    `text` should be short (a line, a window). With `dateline`, "5 - 1 (كونا)" is a date as well.
    """
    return dates_in(fold(text), dateline=dateline) if dateline or DIGIT.search(text) else []


def dates_in(folded: Folded, *, dateline: bool = False) -> list[WrittenDate]:
    """The dates of `find_dates` in a text that is folded already; places are those of the raw
    text.
    """
    if not dateline and not DIGIT.search(folded.text):
        return []
    dates = _paired(scan(folded.text, dateline=dateline), folded)
    if folded.unmarked:
        return dates
    return [replace(date, start=folded.raw(date.start), end=folded.raw(date.end)) for date in dates]


def _paired(found: list[WrittenDate], folded: Folded) -> list[WrittenDate]:
    """Attach weekdays, and join the two calendars' names of one day."""
    dates: list[WrittenDate] = []
    for date in found:
        date = _with_weekday(date, folded.text)
        if dates and _is_same_day(dates[-1], date, folded.text):
            dates[-1] = _joined(dates[-1], date)
        else:
            dates.append(date)
    return dates


def _with_weekday(date: WrittenDate, text: str) -> WrittenDate:
    if before := _WEEKDAY_BEFORE.search(text, max(0, date.start - 32), date.start):
        return replace(date, weekday=weekday_of(before[1]))
    if after := _WEEKDAY_AFTER.match(text, date.end):
        return replace(date, weekday=weekday_of(after[1]))
    return date


def _is_same_day(first: WrittenDate, second: WrittenDate, text: str) -> bool:
    """Whether two dates side by side are one day, in the Gregorian and in another calendar."""
    calendars = {first.calendar, second.calendar}
    if len(calendars) == 1 or "gregorian" not in calendars:
        return False
    return _SAME_DAY.fullmatch(text, first.end, second.start) is not None


def _joined(first: WrittenDate, second: WrittenDate) -> WrittenDate:
    western, other = (first, second) if first.calendar == "gregorian" else (second, first)
    # A solar date, or one whose month nobody can read, says nothing against the Gregorian one.
    hijri = other if other.calendar == "hijri" and other.month else None
    return replace(
        western,
        start=first.start,
        end=second.end,
        hijri=hijri,
        weekday=second.weekday if first.weekday is None else first.weekday,
        fault=western.fault or (hijri.fault if hijri else None),
    )

"""Date expressions: finds every date that a short text writes out, in either calendar, and what
stands beside it.

Knows how dates are written, not whether one is the article's: see `datelines`, `relative` and
`publication`. All patterns are bounded, so that scanning takes time linear in the length of the
text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from loader.extract.folding import Folded, fold
from loader.extract.months import (
    ARABIC_MONTH,
    ARABIC_WEEKDAY,
    ENGLISH_MONTH,
    ENGLISH_WEEKDAY,
    Calendar,
    misspelt_month,
    month_of,
    weekday_of,
)


@dataclass(frozen=True, slots=True)
class WrittenDate:
    """A date as written, in one calendar. `start` and `end` are places in the raw text.

    `day` is None for a month alone; `year` is None where none is written. `weekday`: Monday = 0.
    `hijri` is the same day in the Hijri calendar where the text gives both; `fault` says what is
    wrong with it. `ambiguous`: day and month in figures could be swapped (5/1/2020), read as day
    first.
    """

    start: int
    end: int
    day: int | None
    month: int
    year: int | None
    calendar: Calendar = "gregorian"
    weekday: int | None = None
    hijri: WrittenDate | None = None
    fault: str | None = None
    ambiguous: bool = False


# "1440هـالموافق" and "2019مواس" are what lost spaces leave.
_ERA = r"(?: ?(?:هـ|(?:ه|م|ميلادي|ميلاديه|هجري|هجريه)(?![ا-ي])|م(?=واس(?![ا-ي]))))?"
_YEAR = r"(?:1[2-9]|20|21)\d\d(?!\d)"
_OF_YEAR = r"(?: ?[,/.-]? ?(?:(?:من )?(?:ال|ل)?(?:عام|سنه) ?)?\(?(" + _YEAR + r"))?"
_BETWEEN_NAMES = r" ?[/,\\(|-]? ?\(?"

_ISO = re.compile(r"(?<![\d/.-])(\d{4}) ?([-/.]) ?(\d{1,2}) ?\2 ?(\d{1,2})(?!\d)" + _ERA)
_FIGURES = re.compile(
    r"(?<![\d/.-])(\d{1,2}) ?([-/.\\]) ?(\d{1,2}) ?\2 ?(\d{4}|\d\d)(?![\d%])" + _ERA
)
_DAY_MONTH = re.compile(
    r"(?<![\d.])(\d{1,2})(?: ?(?:من|شهر|-|/|,) ?){0,2} ?("
    + ARABIC_MONTH
    + r")(?:"
    + _BETWEEN_NAMES
    + r"("
    + ARABIC_MONTH
    + r")\)?)?"
    + _OF_YEAR
    + _ERA
)
# "الأول من يونيو 2022", "الثاني عشر من مايو"; "أول يونيو" is the first as well. One row a ten.
_ORDINALS = (
    "الاول الثاني الثالث الرابع الخامس السادس السابع الثامن التاسع العاشر "
    "الحادي+عشر الثاني+عشر الثالث+عشر الرابع+عشر الخامس+عشر السادس+عشر السابع+عشر الثامن+عشر "
    "التاسع+عشر العشرين "
    "الحادي+والعشرين الثاني+والعشرين الثالث+والعشرين الرابع+والعشرين الخامس+والعشرين "
    "السادس+والعشرين السابع+والعشرين الثامن+والعشرين التاسع+والعشرين الثلاثين الحادي+والثلاثين"
)
_ORDINAL_DAYS = {name.replace("+", " "): day for day, name in enumerate(_ORDINALS.split(), 1)} | {
    "اول": 1,
    "الفاتح": 1,
}
_ORDINAL = re.compile(
    r"(?<![ا-ي])("
    + "|".join(sorted(_ORDINAL_DAYS, key=len, reverse=True))
    + r") (?:من (?:شهر )?)?("
    + ARABIC_MONTH
    + r")(?:"
    + _BETWEEN_NAMES
    + r"("
    + ARABIC_MONTH
    + r")\)?)?"
    + _OF_YEAR
    + _ERA
)
# A word that is no month stands where one belongs: beside a month ("ديمبر/كانون الأول") or a year
# ("نوفمير 2020").
_MISSPELT = re.compile(
    r"(?<![\d.])(\d{1,2}) ?([ا-ي]{4,9})(?: ?[/(] ?("
    + ARABIC_MONTH
    + r")\)?"
    + _OF_YEAR
    + r"| ?,? ?("
    + _YEAR
    + r"))"
    + _ERA
)
_MISSPELT_SECOND = re.compile(
    r"(?<![\d.])(\d{1,2}) ?(" + ARABIC_MONTH + r") ?[/(] ?([ا-ي]{4,9})\)? ?(" + _YEAR + r")" + _ERA
)
_MONTH_DAY = re.compile(r"(?<![ا-ي])(" + ARABIC_MONTH + r") (\d{1,2}) ?,? (" + _YEAR + r")" + _ERA)
_MONTH_YEAR = re.compile(
    r"(?<![ا-ي])(?<!\d )(?<!\d)("
    + ARABIC_MONTH
    + r")(?:"
    + _BETWEEN_NAMES
    + r"("
    + ARABIC_MONTH
    + r")\)?)?"
    r"(?: ?,? ?(?:من )?(?:عام |سنه )?)(" + _YEAR + r")" + _ERA
)
_ENGLISH = re.compile(
    r"(?<![\w.])(\d{1,2})(?:st|nd|rd|th)?[ -](?:of )?("
    + ENGLISH_MONTH
    + r")\.?,?(?:[ -](\d{4})(?!\d))?"
    r"|\b(" + ENGLISH_MONTH + r")\.? (\d{1,2})(?:st|nd|rd|th)?(?:,? (\d{4})(?!\d)|(?=[ ,.]))"
)
_ENGLISH_MONTH_YEAR = re.compile(r"(?<!\d )(?<!\d-)\b(" + ENGLISH_MONTH + r")\.?,? (\d{4})(?!\d)")
# "الكويت - 5 - 1 (كونا)": day and month in figures, only in front of a credit.
_DAY_MONTH_FIGURES = re.compile(r"(?<![\d/.-])(\d{1,2}) ?[-/] ?(\d{1,2})(?= ?[(/])(?! ?/ ?\d)")

_WEEKDAY_BEFORE = re.compile(
    r"(?<![ا-ي])[وب]?(" + ARABIC_WEEKDAY + r"|" + ENGLISH_WEEKDAY + r")\.?\)? ?[,/:(-]{0,2} ?"
    r"(?:(?:الموافق|المصادف|بتاريخ|في) ?(?:ل|لـ|ليوم|يوم)? ?)?[,(]? ?$"
)
_WEEKDAY_AFTER = re.compile(r" ?[(,] ?(" + ARABIC_WEEKDAY + r")\)?")
_SAME_DAY = re.compile(
    r"(?: ?[,(=/-]{0,2} ?(?:و?(?:الموافق|المصادف|الموافق فيه|يوافق|ما يوافق) ?(?:ل|لـ|يوم|ليوم)? ?)"
    r"| ?[(=/|,-]{1,2} ?| )(?:" + ARABIC_WEEKDAY + r" ?)?\(?"
)
_LATIN = re.compile("[a-z]{3}")
_DIGIT = re.compile(r"\d")
_HIJRI_YEARS = range(1200, 1600)


def find_dates(text: str, *, dateline: bool = False) -> list[WrittenDate]:
    """Every date that `text` writes out, in order; dates of both calendars side by side are one.

    `text` should be short (a line, a window). With `dateline`, "5 - 1 (كونا)" is a date as well.
    """
    if not dateline and not _DIGIT.search(text):
        return []
    folded = fold(text)
    found = _scan(folded.text, dateline)
    dates = _paired(found, folded)
    if len(folded.text) == len(text):
        return dates
    return [replace(date, start=folded.raw(date.start), end=folded.raw(date.end)) for date in dates]


def _scan(text: str, dateline: bool) -> list[WrittenDate]:
    found: list[WrittenDate] = []

    def add(date: WrittenDate | None) -> None:
        if date and not any(date.start < other.end and other.start < date.end for other in found):
            found.append(date)

    for match in _ORDINAL.finditer(text):
        add(_named(match, str(_ORDINAL_DAYS[match[1]]), match[2], match[3], match[4]))
    if not _DIGIT.search(text):
        return found
    for match in _ISO.finditer(text):
        year, _, month, day = match.groups()
        add(_in_figures(match, int(day), int(month), int(year)))
    for match in _FIGURES.finditer(text):
        day, _, month, year = match.groups()
        add(
            _in_figures(
                match, int(day), int(month), int(year) if len(year) == 4 else 2000 + int(year)
            )
        )
    for match in _DAY_MONTH.finditer(text):
        add(_named(match, match[1], match[2], match[3], match[4]))
    for match in _MISSPELT.finditer(text):
        if not month_of(match[2]) and (month := misspelt_month(match[2])):
            add(
                _dated(
                    match,
                    int(match[1]),
                    month,
                    month_of(match[3]) if match[3] else None,
                    match[4] or match[5],
                )
            )
    for match in _MISSPELT_SECOND.finditer(text):
        if not month_of(match[3]) and misspelt_month(match[3]) == month_of(match[2]):
            add(_named(match, match[1], match[2], None, match[4]))
    for match in _MONTH_DAY.finditer(text):
        add(_named(match, match[2], match[1], None, match[3]))
    for match in _MONTH_YEAR.finditer(text):
        add(_named(match, None, match[1], match[2], match[3]))
    if _LATIN.search(text):
        for match in _ENGLISH.finditer(text):
            day, month, year = (
                (match[1], match[2], match[3]) if match[1] else (match[5], match[4], match[6])
            )
            add(_named(match, day, month, None, year))
        for match in _ENGLISH_MONTH_YEAR.finditer(text):
            add(_named(match, None, match[1], None, match[2]))
    if dateline:
        for match in _DAY_MONTH_FIGURES.finditer(text):
            if int(match[1]) <= 31 and int(match[2]) <= 12:
                add(WrittenDate(match.start(), match.end(), int(match[1]), int(match[2]), None))
    return sorted(found, key=lambda date: date.start)


def _in_figures(match: re.Match[str], day: int, month: int, year: int) -> WrittenDate | None:
    """A date in figures: day first, unless only month first is possible."""
    ambiguous = day <= 12 and month <= 12 and day != month
    if month > 12 >= day:
        day, month = month, day
    calendar: Calendar = "hijri" if year in _HIJRI_YEARS else "gregorian"
    fault = None if 1 <= month <= 12 and 1 <= day <= 31 else "there is no such day"
    return WrittenDate(
        match.start(), match.end(), day, month, year, calendar, fault=fault, ambiguous=ambiguous
    )


def _named(
    match: re.Match[str], day: str | None, first: str, second: str | None, year: str | None
) -> WrittenDate | None:
    month = month_of(first)
    return month and _dated(
        match, int(day) if day else None, month, month_of(second) if second else None, year
    )


def _dated(
    match: re.Match[str],
    day: int | None,
    first: tuple[Calendar, int],
    second: tuple[Calendar, int] | None,
    year: str | None,
) -> WrittenDate:
    fault = None
    if second and second != first:
        fault = "the two month names differ"
    elif day is not None and not 1 <= day <= 31:
        fault = "there is no such day"
    value = int(year) if year else None
    if value is not None and (first[0] == "hijri") != (value in _HIJRI_YEARS):
        value, fault = None, "the year is of the other calendar"
    return WrittenDate(match.start(), match.end(), day, first[1], value, first[0], fault=fault)


def _paired(found: list[WrittenDate], folded: Folded) -> list[WrittenDate]:
    """Attach weekdays, and join the two calendars' names of one day."""
    text = folded.text
    dates: list[WrittenDate] = []
    for date in found:
        if before := _WEEKDAY_BEFORE.search(text, max(0, date.start - 32), date.start):
            date = replace(date, weekday=weekday_of(before[1]))
        elif after := _WEEKDAY_AFTER.match(text, date.end):
            date = replace(date, weekday=weekday_of(after[1]))
        last = dates[-1] if dates else None
        if (
            last
            and last.calendar != date.calendar
            and _SAME_DAY.fullmatch(text, last.end, date.start)
        ):
            western, hijri = (date, last) if date.calendar == "gregorian" else (last, date)
            weekday = last.weekday if last.weekday is not None else date.weekday
            fault = western.fault or hijri.fault
            dates[-1] = replace(
                western, start=last.start, end=date.end, hijri=hijri, weekday=weekday, fault=fault
            )
        else:
            dates.append(date)
    return dates

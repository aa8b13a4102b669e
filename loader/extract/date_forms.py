"""The forms in which copy writes a date, one pattern and one reader each.

Names and figures, in Arabic and English, over folded text. All patterns are bounded.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from loader.extract.months import (
    ARABIC_MONTH,
    ENGLISH_MONTH,
    SOLAR_MONTH,
    Calendar,
    misspelt_month,
    month_of,
    solar_month_of,
)
from loader.extract.word_lists import words


@dataclass(frozen=True, slots=True)
class WrittenDate:
    """A date as written, in one calendar. `start` and `end` are places in the raw text.

    `day` is None for a month alone; `year` is None where none is written. `weekday`: Monday = 0.
    `hijri` is the same day in that calendar where the text gives both; `fault` says what is wrong.
    `ambiguous`: day and month in figures could be swapped (5/1/2020), read as day first.
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
_ERA = (
    r"(?: ?(?:(?:هـ|ه|هجري|هجريه)(?: ?(?:ق|قمري|قمريه))?(?![ا-ي])|هـ"
    r"|(?:م|ميلادي|ميلاديه|قمري|قمريه|ش|شمسي|شمسيه)(?![ا-ي])|م(?=واس(?![ا-ي]))))?"
)
_YEAR = r"(?:1[2-9]|20|21)\d\d(?!\d)"
_OF_YEAR = r"(?: ?[,/.-]? ?(?:(?:من )?(?:ال|ل)?(?:عام|سنه) ?)?\(?(" + _YEAR + r"))?"
_BETWEEN_NAMES = r" ?[/,\\(|-]? ?\(?"
# A month by one name or by two ("مايو/أيار"), and its year.
_MONTH_OF_YEAR = rf"({ARABIC_MONTH})(?:{_BETWEEN_NAMES}({ARABIC_MONTH})\)?)?" + _OF_YEAR + _ERA

_ISO = re.compile(r"(?<![\d/.-])(\d{4}) ?([-/.]) ?(\d{1,2}) ?\2 ?(\d{1,2})(?!\d)" + _ERA)
_FIGURES = re.compile(
    r"(?<![\d/.-])(\d{1,2}) ?([-/.\\]) ?(\d{1,2}) ?\2 ?(\d{4}|\d\d)(?![\d%])" + _ERA
)
_DAY_MONTH = re.compile(r"(?<![\d.])(\d{1,2})(?: ?(?:من|شهر|-|/|,) ?){0,2} ?" + _MONTH_OF_YEAR)
# "الأول من يونيو 2022", "الثاني عشر من مايو"; "أول يونيو" is the first as well. One row a ten.
_ORDINAL_DAYS = {name: day for day, name in enumerate(words("ordinals"), 1)} | {
    "اول": 1,
    "الفاتح": 1,
}
_ORDINAL = re.compile(
    r"(?<![ا-ي])("
    + "|".join(sorted(_ORDINAL_DAYS, key=len, reverse=True))
    + r") (?:من (?:شهر )?)?"
    + _MONTH_OF_YEAR
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
# "18 آبان 1402", "5 حمل 1401 هـ ش".
_SOLAR = re.compile(
    r"(?<![\d.])(\d{1,2}) ?(" + SOLAR_MONTH + r")(?: ?[,/]? ?(?:عام |سنه )?)(1[34]\d\d)(?!\d)"
    r"(?: ?(?:هـ|ه|هجري|هجريه)?\.? ?(?:ش|شمسي|شمسيه)(?![ا-ي]))?"
)
# "13 جمدى الأولى 1440 هـ": whatever month was meant, it is a Hijri date.
_HIJRI_UNREAD = re.compile(
    r"(?<![\d.])\d{1,2} ?[ا-ي]{3,9}(?: [ا-ي]{3,9})? ?1[34]\d\d ?(?:هـ|ه(?![ا-ي])|هجري(?![ا-ي]))"
)
_LATIN = re.compile("[a-z]{3}")
DIGIT = re.compile(r"\d")
_HIJRI_YEARS = range(1200, 1600)
# Figures without an era: as lunar years 1961 to 1990, before there were pages; as solar ones 2002
# to 2031.
_SOLAR_YEARS = range(1381, 1411)
_LUNAR_ERA = re.compile(r"ه|ق")


def _in_figures(match: re.Match[str], day: int, month: int, year: int) -> WrittenDate | None:
    """A date in figures: day first, unless only month first is possible."""
    ambiguous = day <= 12 and month <= 12 and day != month
    if month > 12 >= day:
        day, month = month, day
    calendar: Calendar = "hijri" if year in _HIJRI_YEARS else "gregorian"
    if year in _SOLAR_YEARS and not _LUNAR_ERA.search(match.group()):
        calendar = "solar"
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


def _ordinal(match: re.Match[str]) -> WrittenDate | None:
    """ "الأول من يونيو 2022"."""
    return _named(match, str(_ORDINAL_DAYS[match[1]]), match[2], match[3], match[4])


def _year_first(match: re.Match[str]) -> WrittenDate | None:
    """ "2022-03-15"."""
    return _in_figures(match, int(match[4]), int(match[3]), int(match[1]))


def _day_first(match: re.Match[str]) -> WrittenDate | None:
    """ "15/3/2022", "15.03.22"."""
    year = int(match[4]) if len(match[4]) == 4 else 2000 + int(match[4])
    return _in_figures(match, int(match[1]), int(match[3]), year)


def _day_and_names(match: re.Match[str]) -> WrittenDate | None:
    """ "15 مارس/آذار 2022"."""
    return _named(match, match[1], match[2], match[3], match[4])


def _misspelt(match: re.Match[str]) -> WrittenDate | None:
    """ "3 نوفمير 2020", "30 ديمبر/كانون الأول 2020"."""
    month = None if month_of(match[2]) else misspelt_month(match[2])
    if month is None:
        return None
    second = month_of(match[3]) if match[3] else None
    return _dated(match, int(match[1]), month, second, match[4] or match[5])


def _second_misspelt(match: re.Match[str]) -> WrittenDate | None:
    """ "30 ديسمبر/كانون الاوول 2020"."""
    if month_of(match[3]) or misspelt_month(match[3]) != month_of(match[2]):
        return None
    return _named(match, match[1], match[2], None, match[4])


def _name_and_day(match: re.Match[str]) -> WrittenDate | None:
    """ "مارس 15, 2022"."""
    return _named(match, match[2], match[1], None, match[3])


def _month_alone(match: re.Match[str]) -> WrittenDate | None:
    """ "مارس 2022"."""
    return _named(match, None, match[1], match[2], match[3])


def _english(match: re.Match[str]) -> WrittenDate | None:
    """ "15 March 2022", "March 15, 2022"."""
    if match[1]:
        return _named(match, match[1], match[2], None, match[3])
    return _named(match, match[5], match[4], None, match[6])


def _english_month_alone(match: re.Match[str]) -> WrittenDate | None:
    """ "March 2022"."""
    return _named(match, None, match[1], None, match[2])


def _figures_before_credit(match: re.Match[str]) -> WrittenDate | None:
    """ "الكويت - 5 - 1 (كونا)"."""
    day, month = int(match[1]), int(match[2])
    possible = day <= 31 and month <= 12
    return WrittenDate(match.start(), match.end(), day, month, None) if possible else None


def _solar(match: re.Match[str]) -> WrittenDate | None:
    """ "18 آبان 1402"."""
    day, month, year = int(match[1]), solar_month_of(match[2]), int(match[3])
    return WrittenDate(match.start(), match.end(), day, month, year, "solar")


def _unread_month(match: re.Match[str]) -> WrittenDate | None:
    """ "13 جمدى الأولى 1440 هـ": says too little to be a date, and is one all the same."""
    return WrittenDate(match.start(), match.end(), None, 0, None, "hijri")


_Form = tuple[re.Pattern[str], Callable[[re.Match[str]], WrittenDate | None]]
# The first that reads a place of the text has it.
_WORDS: tuple[_Form, ...] = ((_ORDINAL, _ordinal),)
_FIGURED: tuple[_Form, ...] = (
    (_ISO, _year_first),
    (_FIGURES, _day_first),
    (_DAY_MONTH, _day_and_names),
    (_SOLAR, _solar),
    (_MISSPELT, _misspelt),
    (_MISSPELT_SECOND, _second_misspelt),
    (_MONTH_DAY, _name_and_day),
    (_MONTH_YEAR, _month_alone),
    (_HIJRI_UNREAD, _unread_month),
)
_ENGLISH_FORMS: tuple[_Form, ...] = (
    (_ENGLISH, _english),
    (_ENGLISH_MONTH_YEAR, _english_month_alone),
)
_BEFORE_CREDIT: tuple[_Form, ...] = ((_DAY_MONTH_FIGURES, _figures_before_credit),)


def _forms_of(text: str, dateline: bool) -> Iterator[_Form]:
    yield from _WORDS
    if DIGIT.search(text):
        yield from _FIGURED
        if _LATIN.search(text):
            yield from _ENGLISH_FORMS
        if dateline:
            yield from _BEFORE_CREDIT


def scan(text: str, *, dateline: bool) -> list[WrittenDate]:
    """Every date of folded `text` in order, each by itself; places are those of the folded text.

    With `dateline`, "5 - 1 (كونا)" is a date as well.
    """
    found: list[WrittenDate] = []
    for pattern, read in _forms_of(text, dateline):
        for match in pattern.finditer(text):
            date = read(match)
            if date and not any(date.start < one.end and one.start < date.end for one in found):
                found.append(date)
    return sorted(found, key=lambda date: date.start)

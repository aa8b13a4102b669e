"""Words that say when: which part of a query does, and the days that it means.

Such words rank what was published then and are not asked for: «عاجل زلزال» (breaking: earthquake)
means the earthquake, in articles that seldom say عاجل. The list is mappings/words/when.txt.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta
from itertools import islice, product
from typing import Final

from mappings.arabic.word_lists import lookup_key, words_for_when
from service.dates import DayRange, month_of

# A month without its year may be that of any year; an archive is asked for the last ones mostly.
YEARS_BACK: Final = 10
# All months of these years. Twelve months with fifty years beside them are a paste, and would be
# more clauses than any Elasticsearch takes.
MOST_RANGES: Final = 12 * YEARS_BACK
_WEEKDAYS: Final = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_MONTH: Final = re.compile(r"[0-9]{1,2}")
_YEAR: Final = re.compile(r"(?:19|20)[0-9]{2}")


def meaning_of(part: Sequence[str]) -> str | None:
    """What these words of a query mean when they say when: a line's beginning in when.txt, or a
    year (`2018`); None where they say something else.
    """
    key = lookup_key(part)
    return key if _YEAR.fullmatch(key) else words_for_when().get(key)


def names_days(meaning: str) -> bool:
    """Whether this names days by themselves, not as seen from today: weekday, month or year."""
    return meaning in _WEEKDAYS or meaning.isdecimal()


def days_of(meanings: Sequence[str], today: date) -> tuple[DayRange, ...]:
    """The days that these meanings name together, seen from the newsroom's day `today`; at most
    MOST_RANGES ranges.
    """
    meanings = tuple(dict.fromkeys(meanings))  # a month has several names
    years = [int(meaning) for meaning in meanings if _YEAR.fullmatch(meaning)]
    months = [int(meaning) for meaning in meanings if _MONTH.fullmatch(meaning)]
    if months:
        of_years = years or list(range(today.year, today.year - YEARS_BACK, -1))
        pairs = islice(product(of_years, months), MOST_RANGES)
        return tuple(month_of(date(*one, 1)) for one in pairs)
    if years:
        return tuple(DayRange(date(year, 1, 1), date(year, 12, 31)) for year in years)
    return tuple(days for meaning in meanings if (days := _days(meaning, today)))


def _days(meaning: str, today: date) -> DayRange | None:
    """The days of one meaning; None for what lies ahead, which nothing was published on."""
    day = timedelta(days=1)
    if meaning in _WEEKDAYS:  # the last one, today included
        last = today - day * ((today.weekday() - _WEEKDAYS.index(meaning)) % 7)
        return DayRange(last, last)
    first_of_month = today.replace(day=1)
    before = first_of_month - day
    ranges = {
        "today": DayRange(today, today),
        "now": DayRange(today - day, today),  # after midnight too
        "yesterday": DayRange(today - day, today - day),
        "this week": DayRange(today - 6 * day, today),
        "last week": DayRange(today - 13 * day, today - 7 * day),
        "this month": DayRange(first_of_month, today),
        "last month": DayRange(before.replace(day=1), before),
        "this year": DayRange(date(today.year, 1, 1), today),
        "last year": DayRange(date(today.year - 1, 1, 1), date(today.year - 1, 12, 31)),
    }
    return ranges.get(meaning)

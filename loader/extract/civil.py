"""From a written date to a civil one: conversion, contradiction, and the year that a weekday and
the text betray.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from hijridate import Hijri

from loader.extract.date_forms import WrittenDate
from mappings.article import DateOrigin, Precision

EARLIEST = date(1800, 1, 1)
# Sighted and reckoned months differ by a day, sometimes by two (Umm al-Qura against local
# sighting).
_HIJRI_TOLERANCE = timedelta(days=2)
_LONGEST_MONTH = 30
# The first day of a solar year, and the years for which the rule of 33 years holds.
_NOWRUZ, _NOWRUZ_YEAR = date(2021, 3, 21), 1400
_SOLAR_FIRST, _SOLAR_LAST = 1244, 1472
# A year named in the text may be the last or the coming one; further off, the weekday would fit by
# chance.
_YEAR_DISTANCE = 1
# An older named year that fits as well leaves the year open, if it is not long before the newest
# one named.
_RECENT_YEARS = 4

_YEAR_NAMED = re.compile(r"(?<![\d.,/-])(?:19[5-9]\d|20[0-4]\d)(?![\d.,٪%]\d|\d)")
# Plans, tournaments and deadlines name years to come: "رؤية 2030", "بحلول 2025", "مونديال 2022".
_YEAR_TO_COME = re.compile(
    r"(?:رؤي[ةه]|بحلول|حتى|مونديال|العالم|أولمبياد|افق|أفق|إكسبو|استراتيجي[ةه]|خط[ةه]) ?(?:عام "
    r"|سنة |العام )?\Z"
)


@dataclass(frozen=True, slots=True)
class Dated:
    """A settled date: `published` is the first day of the period, None where only `text`
    (`--MM-DD`) is known.
    """

    published: date | None
    text: str
    precision: Precision
    origin: DateOrigin


@dataclass(frozen=True, slots=True)
class Refused:
    """Why a written date is no date."""

    note: str


def named_years(text: str, today: date) -> list[int]:
    """The years that `text` names, without plans for later and years after the next; newest
    first.
    """
    years = set()
    for match in _YEAR_NAMED.finditer(text):
        year = int(match.group())
        if year <= today.year + 1 and not _YEAR_TO_COME.search(
            text, max(0, match.start() - 20), match.start()
        ):
            years.add(year)
    return sorted(years, reverse=True)


def year_by_weekday(
    month: int, day: int, weekday: int, years: Iterable[int], today: date
) -> int | None:
    """The year in which `day`.`month`. was that weekday, near the newest of `years`; None where
    that is open.

    Tried on 16 July, a Thursday, beside 2019: 2015, 2020 and 2026 fit, and 2020 is the nearest.
    Within one year of the newest named at most one year fits; an older named year that fits as well
    leaves it open.
    """

    def fits(year: int) -> bool:
        try:
            candidate = date(year, month, day)
        except ValueError:
            return False
        return candidate.weekday() == weekday and candidate <= today + timedelta(days=1)

    newest_first = sorted(years, reverse=True)
    if not newest_first:
        return None
    newest = newest_first[0]
    near = {
        year for year in range(newest - _YEAR_DISTANCE, newest + _YEAR_DISTANCE + 1) if fits(year)
    }
    older = {year for year in newest_first if newest - year <= _RECENT_YEARS and fits(year)}
    return near.pop() if len(near) == 1 and older <= near else None


def to_gregorian(written: WrittenDate) -> date | None:
    """The civil day of a complete Hijri date by the Umm al-Qura calendar (1343-1500 AH); None where
    there is none.
    """
    if written.year is None or written.day is None:
        return None
    # A month is sighted: its thirtieth day is the one after the last that was reckoned.
    sighted = [(written.day - 1, 1)] if written.day == _LONGEST_MONTH else []
    for day, more in ((written.day, 0), *sighted):
        try:
            converted = Hijri(written.year, written.month, day).to_gregorian()
        except (ValueError, OverflowError):
            continue
        return date(converted.year, converted.month, converted.day) + timedelta(days=more)
    return None


def solar_to_gregorian(written: WrittenDate) -> date | None:
    """The civil day of a date of the solar Hijri calendar by its rule of 33 years (1244-1472); None
    where there is none.
    """
    year, month, day = written.year or 0, written.month, written.day or 0
    length = [31] * 6 + [30] * 5 + [30 if _is_solar_leap(year) else 29]
    if not (_SOLAR_FIRST <= year <= _SOLAR_LAST and 1 <= day <= length[month - 1]):
        return None
    leaps = sum(map(_is_solar_leap, range(min(year, _NOWRUZ_YEAR), max(year, _NOWRUZ_YEAR))))
    years = 365 * (year - _NOWRUZ_YEAR) + (leaps if year >= _NOWRUZ_YEAR else -leaps)
    months = 31 * min(month - 1, 6) + 30 * max(month - 7, 0)
    return _NOWRUZ + timedelta(days=years + months + day - 1)


def _is_solar_leap(year: int) -> bool:
    return year % 33 in (1, 5, 9, 13, 17, 22, 26, 30)


def settle(
    written: WrittenDate, *, shift: int, origin: DateOrigin, years: list[int], today: date
) -> Dated | Refused | None:
    """The civil date of `written` moved by `shift` days (1 for "yesterday was"); None where it says
    too little.

    Refuses what cannot be: the 30th of February, a weekday or a Hijri date that contradicts, a date
    before 1800 or after tomorrow. A missing year is looked for through the weekday; else the date
    stays open (`--MM-DD`).
    """
    if written.fault:
        return Refused(written.fault)
    if written.calendar == "solar":
        day = solar_to_gregorian(written)
        moved = Dated(day + timedelta(days=shift), "", "day", origin) if day else None
        return bounded(moved, today) if moved else Refused("there is no such day")
    if written.calendar == "hijri":
        return _settle_hijri(written, shift=shift, today=today)
    if written.year is None and (other := _of_hijri(written)):
        written = replace(written, year=other.year)
    if written.day is None:
        return _settle_month(written, origin, today)
    if written.year is None:
        return _settle_open(written, shift=shift, origin=origin, years=years, today=today)
    try:
        day = date(written.year, written.month, written.day)
    except ValueError:
        return Refused("there is no such day")
    refused = _contradiction(written, day)
    return refused or bounded(Dated(day + timedelta(days=shift), "", "day", origin), today)


def _of_hijri(written: WrittenDate) -> date | None:
    return to_gregorian(written.hijri) if written.hijri else None


def _contradiction(written: WrittenDate, day: date) -> Refused | None:
    """Why `day` is not the day of its weekday or of the Hijri date beside it."""
    if written.weekday is not None and day.weekday() != written.weekday:
        return Refused("the weekday contradicts the date")
    other = _of_hijri(written)
    if other is None and written.hijri and written.hijri.year is not None:
        return Refused("the Hijri date does not exist")
    if other is not None and abs(other - day) > _HIJRI_TOLERANCE:
        return Refused("the two calendars contradict each other")
    return None


def _settle_hijri(written: WrittenDate, *, shift: int, today: date) -> Dated | Refused | None:
    if written.year is None or written.day is None:
        return None
    converted = to_gregorian(written)
    if converted is None:
        return Refused("the Hijri date does not exist or is outside 1343-1500")
    if written.weekday is not None and converted.weekday() != written.weekday:
        # Local sighting may have begun the month a day apart; the weekday then tells which day it
        # was.
        near = [converted + timedelta(days=d) for d in (-1, 1)]
        agreeing = [day for day in near if day.weekday() == written.weekday]
        if not agreeing:
            return Refused("the weekday contradicts the Hijri date")
        converted = agreeing[0]
    return bounded(Dated(converted + timedelta(days=shift), "", "day", "hijri"), today)


def _settle_month(written: WrittenDate, origin: DateOrigin, today: date) -> Dated | Refused | None:
    if written.year is None:
        return None
    return bounded(Dated(date(written.year, written.month, 1), "", "month", origin), today)


def _settle_open(
    written: WrittenDate, *, shift: int, origin: DateOrigin, years: list[int], today: date
) -> Dated | Refused | None:
    assert written.day is not None  # the caller has seen to it
    try:
        leap = date(2000, written.month, written.day)
    except ValueError:
        return Refused("there is no such day")
    if written.weekday is not None:
        year = year_by_weekday(written.month, written.day, written.weekday, years, today)
        if year is not None:
            moved = date(year, written.month, written.day) + timedelta(days=shift)
            return bounded(Dated(moved, "", "day", "weekday"), today)
    if shift and (written.month, written.day) in ((2, 28), (2, 29), (3, 1)):
        return Refused("without the year, the day beside the end of February is not known")
    moved = leap + timedelta(days=shift)
    return Dated(None, f"--{moved.month:02d}-{moved.day:02d}", "day", origin)


def bounded(dated: Dated, today: date) -> Dated | Refused:
    """`dated` with its text filled in, or a refusal where it lies before 1800 or after tomorrow."""
    if dated.published is None:
        return dated
    if not EARLIEST <= dated.published <= today + timedelta(days=1):
        return Refused("the date lies outside 1800 to tomorrow")
    length = {"day": 10, "month": 7, "year": 4}[dated.precision]
    return replace(dated, text=dated.published.isoformat()[:length])

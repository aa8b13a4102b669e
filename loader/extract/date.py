"""When a text was published: one answer from everything that dates it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property

from loader.extract.civil import Dated, Refused, bounded, named_years, settle
from loader.extract.copy import Layout
from loader.extract.date_forms import WrittenDate
from loader.extract.relative import anchored_dates, today_weekday
from loader.extract.written_dates import find_dates
from mappings.article import DateOrigin

# What machines write, in full and so without a second date, weekday or calendar: nothing to be
# looked for in it.
_INSTANT = re.compile(
    r"((?:19|20)\d\d)-(\d\d)-(\d\d)(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?(?:Z|[+-]\d\d:?\d\d)?)?"
)
_YEAR = re.compile(r"\d{4}")
_MONTH = re.compile(r"(\d{4})[-/](\d\d)")
_DAY = re.compile(r"(\d{4})(\d\d)(\d\d)")
_LONGEST = 200  # characters of a date that somebody gives: two calendars, hour and zone are shorter
_NEAR = timedelta(days=2)  # a path is named after the day of loading or of writing


@dataclass(frozen=True, slots=True)
class Publication:
    """The date, or None, and one sentence for each date that was refused or that contradicts."""

    dated: Dated | None
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DatesBeside:
    """What stands beside the text: the record's date, the option's, and that of path or address."""

    record: str | None
    option: str | None
    path: Dated | None


def date_article(layout: Layout, text: str, beside: DatesBeside, today: date) -> Publication:
    """Decide. A record's date wins over the text, the text over the option and the path.

    In the text: dateline, date lines at the top, footer, byline, then words of the body that tie a
    date to the day of writing. A date without a year takes the year of the path where day and month
    agree.
    """
    notes: list[str] = []
    found = _from_text(layout, text, today, notes)
    if beside.record and (dated := _read_noted("The given date", beside.record, today, notes)):
        if found and _contradicts(found, dated):
            notes.append(
                f"Given date {dated.text}, but the text says {found.text}: the given one holds."
            )
        return Publication(dated, tuple(notes))
    path = beside.path
    if found:
        found = _in_year_of(path, found)
        if path and found.published and _contradicts(found, path):
            notes.append(
                f"The path says {path.text}, but the text says {found.text}: the text holds."
            )
    elif beside.option:
        found = _read_noted("The date", beside.option, today, notes)
    return Publication(found or path, tuple(notes))


def _read_noted(what: str, value: str, today: date, notes: list[str]) -> Dated | None:
    """A date from beside the text; None, with a note, where it is none."""
    dated = read_given(value, today)
    if isinstance(dated, Dated):
        return dated
    notes.append(f"{what} {value[:_LONGEST]!r} is not used: {dated.note}.")
    return None


def _in_year_of(path: Dated | None, found: Dated) -> Dated:
    """`found`, a day without a year, in the year in which it is near the day of the path."""
    if found.published or path is None or path.published is None or path.precision != "day":
        return found
    month, day, year = int(found.text[2:4]), int(found.text[5:7]), path.published.year
    for candidate in (_day(year + more, month, day) for more in (-1, 0, 1)):
        if candidate and abs(candidate - path.published) <= _NEAR:
            return Dated(candidate, candidate.isoformat(), "day", found.origin)
    return found


def _contradicts(found: Dated, other: Dated) -> bool:
    if found.published is None:
        return not other.text.endswith(found.text[2:])
    length = min(len(found.text), len(other.text))
    return found.text[:length] != other.text[:length] and (
        length < 10 or other.published is None or abs(found.published - other.published) > _NEAR
    )


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def read_given(value: str, today: date) -> Dated | Refused:
    """A date that a record or an option gives: ISO (day, month, year, date time) or any form that
    copy writes.
    """
    text = value.strip()
    if len(text) > _LONGEST:
        return Refused("it is too long for a date")
    return _machine_date(text, today) or _copy_date(text, today)


def _machine_date(text: str, today: date) -> Dated | Refused | None:
    """ "2022", "2022-03", "20220315", "2022-03-15T14:30Z"."""
    if year := _YEAR.fullmatch(text):
        return bounded(Dated(_day(int(year[0]), 1, 1), "", "year", "given"), today)
    if month := _MONTH.fullmatch(text):
        first = _day(int(month[1]), int(month[2]), 1)
        dated = Dated(first, "", "month", "given")
        return bounded(dated, today) if first else Refused("there is no such month")
    stamp = _DAY.fullmatch(text) or _INSTANT.fullmatch(text)
    day = _day(int(stamp[1]), int(stamp[2]), int(stamp[3])) if stamp else None
    return bounded(Dated(day, "", "day", "given"), today) if day else None


def _copy_date(text: str, today: date) -> Dated | Refused:
    """A date as copy writes it."""
    for written in find_dates(text):
        settled = settle(written, shift=0, origin="given", years=[], today=today)
        if isinstance(settled, Refused):
            return settled
        if settled and settled.published:
            return replace(settled, origin="given")
    return Refused("it is not a date in a form that is known")


@dataclass(frozen=True, slots=True)
class _Candidate:
    written: WrittenDate
    origin: DateOrigin
    shift: int = 0  # days that the article is later


def _candidates(layout: Layout, text: str) -> Iterator[_Candidate]:
    for dateline in layout.datelines:
        if dateline.date:
            yield _Candidate(dateline.date, "dateline")
    for written in layout.head_dates:
        yield _Candidate(written, "byline")
    for credit in (*layout.footers, *layout.signatures):
        if credit.date:
            yield _Candidate(credit.date, "footer")
    for credit in layout.bylines:
        if credit.date:
            yield _Candidate(credit.date, "byline")
    yield from (_Candidate(written, "footer") for written in layout.tail_dates)
    yield from (_Candidate(written, "byline") for written in layout.update_dates)
    yield from _in_body(text)


def _in_body(text: str) -> Iterator[_Candidate]:
    for anchored in anchored_dates(text):
        origin: DateOrigin = "relative" if anchored.shift else "body"
        yield _Candidate(anchored.written, origin, anchored.shift)


class _Context:
    """What the text says of its day beside its dates; looked for once, when it is needed."""

    def __init__(self, text: str, today: date) -> None:
        self.text = text
        self.today = today

    @cached_property
    def years(self) -> list[int]:
        """The years that the text names."""
        return named_years(self.text, self.today)

    @cached_property
    def weekday(self) -> int | None:
        """The weekday that the text calls today."""
        return today_weekday(self.text)


def _from_text(layout: Layout, text: str, today: date, notes: list[str]) -> Dated | None:
    """The first date that holds; one without a year is kept while a later one may have it."""
    context = _Context(text, today)
    open_date: Dated | None = None
    for candidate in _candidates(layout, text):
        settled = _settle(candidate, context)
        if isinstance(settled, Refused):
            notes.append(f"A date ({candidate.origin}) is not used: {settled.note}.")
        elif settled and settled.published is None:
            open_date = open_date or settled
        elif settled and (open_date is None or settled.text.endswith(open_date.text[2:])):
            return settled
    return open_date


def _settle(candidate: _Candidate, context: _Context) -> Dated | Refused | None:
    written, origin = candidate.written, candidate.origin
    years = context.years if written.year is None else []
    of_today = origin in ("dateline", "byline", "footer")
    if written.year is None and written.weekday is None and of_today:
        # "القاهرة 31 ديسمبر (أ ش أ) … اليوم (الخميس)": the body's today is the dateline's day.
        written = replace(written, weekday=context.weekday)
    return settle(written, shift=candidate.shift, origin=origin, years=years, today=context.today)

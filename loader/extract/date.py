"""When a text was published: one answer from everything that dates it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from loader.extract.civil import Dated, Refused, bounded, named_years, settle
from loader.extract.layout import Layout
from loader.extract.relative import anchored_dates, today_weekday
from loader.extract.written_dates import WrittenDate, find_dates
from mappings.article import DateOrigin

# What machines write, in full and so without a second date, weekday or calendar: nothing to be
# looked for in it.
_INSTANT = re.compile(
    r"((?:19|20)\d\d)-(\d\d)-(\d\d)(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?(?:Z|[+-]\d\d:?\d\d)?)?"
)
_LONGEST = 200  # characters of a date that somebody gives: two calendars, hour and zone are shorter
_NEAR = timedelta(days=2)  # a path is named after the day of loading or of writing


@dataclass(frozen=True, slots=True)
class Publication:
    """The date, or None, and one sentence for each date that was refused or that contradicts."""

    dated: Dated | None
    notes: tuple[str, ...] = ()


def date_article(
    layout: Layout,
    text: str,
    given: str | None,
    default: str | None,
    path: Dated | None,
    today: date,
) -> Publication:
    """Decide. A record's date wins over the text, the text over the option (`default`) and the
    path.

    In the text: dateline, date lines at the top, footer, byline, then words of the body that tie a
    date to the day of writing. A date without a year takes the year of the path where day and month
    agree.
    """
    notes: list[str] = []
    found = _from_text(layout, text, today, notes)
    if given:
        dated = read_given(given, today)
        if isinstance(dated, Dated):
            if found and _contradicts(found, dated):
                notes.append(
                    f"Given date {dated.text}, but the text says {found.text}: the given one holds."
                )
            return Publication(dated, tuple(notes))
        notes.append(f"The given date {given[:_LONGEST]!r} is not used: {dated.note}.")
    if found and path and found.published is None and path.published and path.precision == "day":
        month, day = int(found.text[2:4]), int(found.text[5:7])
        candidates = [
            d for d in (_day(path.published.year + y, month, day) for y in (-1, 0, 1)) if d
        ]
        near = [d for d in candidates if abs(d - path.published) <= _NEAR]
        if near:
            found = Dated(near[0], near[0].isoformat(), "day", found.origin)
    if found:
        if path and found.published and _contradicts(found, path):
            notes.append(
                f"The path says {path.text}, but the text says {found.text}: the text holds."
            )
        return Publication(found, tuple(notes))
    if default:
        dated = read_given(default, today)
        if isinstance(dated, Dated):
            return Publication(dated, tuple(notes))
        notes.append(f"The date {default[:_LONGEST]!r} is not used: {dated.note}.")
    return Publication(path, tuple(notes))


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
    if text.isdecimal() and len(text) == 4:
        return bounded(Dated(_day(int(text), 1, 1), "", "year", "given"), today)
    if len(text) == 7 and text[4] in "-/" and (text[:4] + text[5:]).isdecimal():
        first = _day(int(text[:4]), int(text[5:]), 1)
        return (
            bounded(Dated(first, "", "month", "given"), today)
            if first
            else Refused("there is no such month")
        )
    if (
        text.isdecimal()
        and len(text) == 8
        and (day := _day(int(text[:4]), int(text[4:6]), int(text[6:])))
    ):
        return bounded(Dated(day, "", "day", "given"), today)
    if (stamp := _INSTANT.fullmatch(text)) and (
        day := _day(int(stamp[1]), int(stamp[2]), int(stamp[3]))
    ):
        return bounded(Dated(day, "", "day", "given"), today)
    for written in find_dates(text):
        settled = settle(written, shift=0, origin="given", years=[], today=today)
        if isinstance(settled, Refused):
            return settled
        if settled and settled.published:
            return replace(settled, origin="given")
    return Refused("it is not a date in a form that is known")


def _candidates(layout: Layout, text: str) -> Iterator[tuple[WrittenDate, int, DateOrigin]]:
    for dateline in layout.datelines:
        if dateline.date:
            yield dateline.date, 0, "dateline"
    for written in layout.head_dates:
        yield written, 0, "byline"
    for credit in (*layout.footers, *layout.signatures):
        if credit.date:
            yield credit.date, 0, "footer"
    for credit in layout.bylines:
        if credit.date:
            yield credit.date, 0, "byline"
    for written in layout.tail_dates:
        yield written, 0, "footer"
    for anchored in anchored_dates(text):
        yield anchored.written, anchored.shift, "relative" if anchored.shift else "body"


def _from_text(layout: Layout, text: str, today: date, notes: list[str]) -> Dated | None:
    """The first date that holds; one without a year is kept while a later one may have it."""
    years: list[int] | None = None
    weekday: int | None = None
    open_date: Dated | None = None
    for written, shift, origin in _candidates(layout, text):
        if written.year is None and years is None:
            years, weekday = named_years(text, today), today_weekday(text)
        if (
            written.year is None
            and written.weekday is None
            and origin in ("dateline", "byline", "footer")
        ):
            # "القاهرة 31 ديسمبر (أ ش أ) … اليوم (الخميس)": the body's today is the dateline's day.
            written = replace(written, weekday=weekday)
        settled = settle(written, shift=shift, origin=origin, years=years or [], today=today)
        if isinstance(settled, Refused):
            notes.append(f"A date ({origin}) is not used: {settled.note}.")
        elif settled and settled.published is None:
            open_date = open_date or settled
        elif settled and (open_date is None or settled.text.endswith(open_date.text[2:])):
            return settled
    return open_date

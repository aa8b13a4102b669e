"""Civil dates as readers write them: YYYY, YYYY-MM, YYYY-MM-DD and the presets -> a range of days.

All dates are civil dates in the newsroom's time zone; `today` is passed in, nothing here reads a
clock.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, tzinfo
from typing import Literal

from mappings.article import Precision, period_end

PARTIAL_DATE = re.compile(r"([0-9]{4})(?:-([0-9]{2}))?(?:-([0-9]{2}))?")
INSTANT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T")
EARLIEST = date(1800, 1, 1)  # the loader refuses older dates, so nothing lies before
Interval = Literal["year", "month", "day"]

# Arabic-Indic and Persian digits, as an Arabic keyboard types them.
DIGITS = {ord(zero) + n: str(n) for zero in "\u0660\u06f0" for n in range(10)}


@dataclass(frozen=True, slots=True)
class Period:
    """A day, month or year: its first day and its precision."""

    start: date
    precision: Precision

    @property
    def end(self) -> date:
        """The last day of the period."""
        return period_end(self.start, self.precision)

    def __str__(self) -> str:
        return self.start.isoformat()[: {"year": 4, "month": 7, "day": 10}[self.precision]]


@dataclass(frozen=True, slots=True)
class DayRange:
    """Days from `first` to `last`, both included; None is open.

    Within the first day only what was published at `since` or later counts, within the last what
    was published at `until` or before, where these instants were given.
    """

    first: date | None = None
    last: date | None = None
    since: datetime | None = None
    until: datetime | None = None


InvalidDateReason = Literal["partial_date", "no_such_day", "instant", "beyond_calendar"]


class InvalidDate(ValueError):
    """Not a date as it is written here; `reason` is a code, the text one sentence."""

    def __init__(self, reason: InvalidDateReason, sentence: str) -> None:
        super().__init__(sentence)
        self.reason = reason


def parse_instant(text: str) -> datetime:
    """Read an instant with its offset (RFC 3339, a day before the T) as UTC. Raises InvalidDate."""
    # In an address a plus sign that nobody escaped arrives as a space.
    text = text.replace(" ", "+") if text.count(" ") == 1 and "T" in text else text
    try:
        instant = datetime.fromisoformat(text) if INSTANT.match(text) else None
    except ValueError:
        instant = None
    if instant is None or instant.tzinfo is None:
        raise InvalidDate("instant", "write an instant such as 2024-01-31T06:00:00Z")
    try:
        return instant.astimezone(UTC)
    except OverflowError:
        raise InvalidDate("beyond_calendar", "this instant lies outside the calendar") from None


def instant_text(instant: datetime) -> str:
    """An instant as it is written in addresses and feeds: UTC, `Z`."""
    return instant.astimezone(UTC).isoformat().replace("+00:00", "Z")


def parse_period(text: str) -> Period:
    """Read YYYY, YYYY-MM or YYYY-MM-DD (digits of any of the three systems). Raises InvalidDate."""
    found = PARTIAL_DATE.fullmatch(text.translate(DIGITS))
    if not found:
        raise InvalidDate("partial_date", "write a date as YYYY, YYYY-MM or YYYY-MM-DD")
    year, month, day = (int(part) if part else None for part in found.groups())
    try:
        start = date(year or 0, month or 1, day or 1)
    except ValueError:
        raise InvalidDate("no_such_day", "there is no such day in the calendar") from None
    if day:
        return Period(start, "day")
    return Period(start, "month" if month else "year")


def preset_range(preset: str, today: date) -> DayRange | None:
    """The days that `today`, `7d`, `30d` (today included) or `year` (a year back to the day) name;
    None for `none`.
    """
    if preset == "today":
        return DayRange(today, today)
    if preset in ("7d", "30d"):
        return DayRange(today - timedelta(days=int(preset[:-1]) - 1), today)
    if preset == "year":
        leap = (today.month, today.day) == (2, 29)
        back = (
            date(today.year - 1, 3, 1)
            if leap
            else today.replace(year=today.year - 1) + timedelta(days=1)
        )
        return DayRange(back, today)
    return None


def requested_range(
    from_: str | None, to: str | None, preset: str | None, today: date, zone: tzinfo = UTC
) -> DayRange | None:
    """The range that was asked for, or None when none was (`date=none` is no range). `zone` is the
    newsroom's: the day of an instant is its day there.
    """
    if preset is not None:
        return preset_range(preset, today)
    if from_ is None and to is None:
        return None
    first, since = _bound(from_, zone)
    last, until = _bound(to, zone)
    return DayRange(first.start if first else None, last.end if last else None, since, until)


def _bound(text: str | None, zone: tzinfo) -> tuple[Period | None, datetime | None]:
    """The period that a bound names, and its instant where it is one."""
    if text is None:
        return None, None
    if "T" not in text:
        return parse_period(text), None
    instant = parse_instant(text)
    return Period(instant.astimezone(zone).date(), "day"), instant


def drill_interval(days: DayRange | None, today: date) -> Interval:
    """The bucket of the date facet: years over three years, months over 92 days, else days.

    An open end reaches to tomorrow (nothing is dated later), an open beginning to the earliest date
    there may be.
    """
    first = (days and days.first) or EARLIEST
    last = (days and days.last) or today + timedelta(days=1)
    if (last.year - 3, last.month, last.day) >= (first.year, first.month, first.day):
        return "year"
    return "month" if (last - first).days >= 92 else "day"


def wider(days: DayRange, today: date) -> tuple[str, str] | None:
    """The next wider range as (`from`, `to`): days widen to their month, months to their year,
    years to everything.

    None means: no range at all.
    """
    first = days.first or EARLIEST
    last = days.last or today
    if (first.year, first.month) == (last.year, last.month) and days != month_of(first):
        return (f"{first.year:04}-{first.month:02}",) * 2
    if first.year == last.year and days != DayRange(
        date(first.year, 1, 1), date(first.year, 12, 31)
    ):
        return (f"{first.year:04}",) * 2
    return None


def month_of(day: date) -> DayRange:
    """The days of the month in which `day` lies."""
    return DayRange(day.replace(day=1), period_end(day.replace(day=1), "month"))


def periods(first: date, last: date, interval: Interval) -> list[str]:
    """Every year, month or day from the one of `first` to the one of `last`, in order and as they
    are written.
    """
    if interval == "year":
        return [f"{year:04}" for year in range(first.year, last.year + 1)]
    if interval == "day":
        return [
            date.fromordinal(day).isoformat()
            for day in range(first.toordinal(), last.toordinal() + 1)
        ]
    months = range(first.year * 12 + first.month - 1, last.year * 12 + last.month)
    return [f"{month // 12:04}-{month % 12 + 1:02}" for month in months]

"""Dates and times as records and wire formats write them -> the first that holds, as an instant."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta, timezone
from email.utils import parsedate_to_datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from loader.extract.civil import Dated
from loader.extract.date import read_given

# ISO 8601, extended and basic (NITF, IPTC): 2024-02-22T09:30:00.5+04:00, 20240222T093000+0400.
_ISO = re.compile(
    r"((?:1[89]|20)\d\d)(-?)(\d\d)\2(\d\d)"
    r"(?:[T ]{1,2}(\d\d):?(\d\d)(?::?(\d\d)(?:[.,](\d{1,9}))?)? ?(Z|UTC|GMT|[+-]\d\d:?\d\d)?)?",
    re.IGNORECASE,
)
_EPOCH = re.compile(r"([0-9]{10})(?:([0-9]{3})(?:[0-9]{3})?)?(?:\.[0-9]{1,9})?")
_MAIL = re.compile(r"(?:[A-Za-z]{3,9}, ?)?\d{1,2} [A-Za-z]{3,9} \d{2,4} \d{1,2}:\d\d.{0,20}")
_LONGEST = 60  # characters of an instant in any form


class Moment(NamedTuple):
    """When something happened: `published` for `extract`, and the instant where a time is known."""

    published: str
    instant: str | None = None

    def free_from(self, zone: ZoneInfo) -> str:
        """The instant from which on an embargo of this moment allows to publish."""
        midnight = datetime.fromisoformat(self.published[:10]).replace(tzinfo=zone)
        return self.instant or rfc_3339(midnight)


def read_moment(text: str, zone: ZoneInfo) -> Moment | None:
    """A date of ISO 8601, of mail and feeds, or seconds, milliseconds or microseconds since 1970;
    None for what people write.

    The day is the newsroom's (`zone`); a time without a zone is the newsroom's as well. Midnight
    sharp is how systems write a day without a time: that day, whatever its zone.
    """
    text = text.strip()
    if len(text) > _LONGEST:
        return None
    if epoch := _EPOCH.fullmatch(text):
        seconds = int(epoch[1]) + int(epoch[2] or 0) / 1000
        return _moment(datetime.fromtimestamp(seconds, UTC), zone)
    try:
        if iso := _ISO.fullmatch(text):
            return _of_iso(iso, zone)
        return _moment(parsedate_to_datetime(text), zone) if _MAIL.fullmatch(text) else None
    except (ValueError, OverflowError, TypeError):  # the thirtieth of February, a zone of 99 hours
        return None


def _of_iso(iso: re.Match[str], zone: ZoneInfo) -> Moment:
    day = date(int(iso[1]), int(iso[3]), int(iso[4]))
    if iso[5] is None:
        return Moment(day.isoformat())
    fraction = int((iso[8] or "0").ljust(6, "0")[:6])
    naive = datetime(  # noqa: DTZ001 - its zone is added below
        day.year, day.month, day.day, int(iso[5]), int(iso[6]), int(iso[7] or 0), fraction
    )
    offset = (iso[9] or "").upper()
    if not offset:
        return _moment(naive, zone)
    if offset[0] not in "+-":
        return _moment(naive.replace(tzinfo=UTC), zone)
    hours, minutes = int(offset[1:3]), int(offset[-2:])
    ahead = timedelta(hours=hours, minutes=minutes) * (-1 if offset[0] == "-" else 1)
    return _moment(naive.replace(tzinfo=timezone(ahead)), zone)


def _moment(instant: datetime, zone: ZoneInfo) -> Moment:
    if not (instant.hour or instant.minute or instant.second or instant.microsecond):
        return Moment(instant.date().isoformat())
    aware = instant if instant.tzinfo else instant.replace(tzinfo=zone)
    return Moment(aware.astimezone(zone).isoformat(), rfc_3339(aware))


def rfc_3339(instant: datetime) -> str:
    """The one form of instants: UTC, with milliseconds."""
    return instant.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def first_moment(dates: Iterable[str], zone: ZoneInfo) -> Moment | None:
    """The first of several dates that can be read and is not to come; where none is, the first as
    it stands. A day takes its time from a later date of that day.
    """
    dates = tuple(dates)
    today = datetime.now(zone).date()
    tomorrow = (today + timedelta(days=1)).isoformat()
    unread: Moment | None = None
    for text in dates:
        moment = read_moment(text, zone)
        if moment is not None and moment.published[:10] <= tomorrow:
            return moment if moment.instant else _timed(moment, dates, zone)
        read = None if moment else read_given(text[:_LONGEST], today)
        if isinstance(read, Dated) and read.published is not None:
            return Moment(text)
        unread = unread or Moment(text)
    return unread


def _timed(day: Moment, dates: Iterable[str], zone: ZoneInfo) -> Moment:
    for text in dates:
        moment = read_moment(text, zone)
        if moment and moment.instant and moment.published[:10] == day.published:
            return moment
    return day

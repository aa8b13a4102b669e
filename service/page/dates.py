"""The date facet as rows of a list: newest first, long empty stretches in one row, a bar for each
count.
"""

from __future__ import annotations

from dataclasses import dataclass

from service.answer import DateBucket, DateFacet
from service.locale.language import Language

# Rows shown before "more": a year of months, and no screen full of days.
FIRST_ROWS = 12
# So many empty periods in a row become one line; fewer are shown one by one, because the gap itself
# is news.
EMPTY_RUN = 3


@dataclass(frozen=True, slots=True)
class DateRow:
    """One period, or a stretch of empty ones (`url` None). `percent` is its share of the highest
    count, 0-100.
    """

    label: str
    count: int
    url: str | None
    percent: int = 0


def _row(bucket: DateBucket, highest: int, language: Language) -> DateRow:
    share = max(2, round(100 * bucket.count / highest)) if bucket.count else 0
    return DateRow(
        language.period(bucket.value), bucket.count, bucket.url if bucket.count else None, share
    )


def date_rows(facet: DateFacet, language: Language) -> tuple[list[DateRow], list[DateRow]]:
    """The rows to show at once and those behind "more"."""
    highest = max((bucket.count for bucket in facet.values), default=0)
    rows: list[DateRow] = []
    buckets = facet.values[::-1]  # they come oldest first
    position = 0
    while position < len(buckets):
        end = position
        while end < len(buckets) and not buckets[end].count:
            end += 1
        if end - position >= EMPTY_RUN:
            first, last = buckets[end - 1].value, buckets[position].value
            label = language.text(
                "filters.range", **{"from": language.period(first)}, to=language.period(last)
            )
            rows.append(DateRow(label, 0, None))
            position = end
        else:
            rows.append(_row(buckets[position], highest, language))
            position += 1
    return rows[:FIRST_ROWS], rows[FIRST_ROWS:]

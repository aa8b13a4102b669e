"""Dates as readers write them: periods, presets, the drill-down's interval and its next wider
range.
"""

from __future__ import annotations

from datetime import date

import pytest

from service.dates import (
    DayRange,
    drill_interval,
    parse_period,
    periods,
    preset_range,
    requested_range,
    wider,
)

TODAY = date(2024, 3, 1)


@pytest.mark.parametrize(
    ("text", "start", "end", "written"),
    [
        ("2024", date(2024, 1, 1), date(2024, 12, 31), "2024"),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29), "2024-02"),
        ("2023-02", date(2023, 2, 1), date(2023, 2, 28), "2023-02"),
        ("2024-02-29", date(2024, 2, 29), date(2024, 2, 29), "2024-02-29"),
        ("٢٠٢٤-٠٢", date(2024, 2, 1), date(2024, 2, 29), "2024-02"),
        ("۲۰۲۴", date(2024, 1, 1), date(2024, 12, 31), "2024"),
        ("9999", date(9999, 1, 1), date(9999, 12, 31), "9999"),
        ("0001", date(1, 1, 1), date(1, 12, 31), "0001"),
    ],
)
def test_periods_are_read(text: str, start: date, end: date, written: str) -> None:
    period = parse_period(text)
    assert (period.start, period.end, str(period)) == (start, end, written)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "24",
        "0000",
        "2024-13",
        "2024-02-30",
        "2023-02-29",
        "2024-2",
        "2024/02",
        "now",
        " 2024",
        "2024-02-01T00",
    ],
)
def test_other_words_are_no_dates(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        parse_period(text)


@pytest.mark.parametrize(
    ("preset", "today", "first"),
    [
        ("today", TODAY, TODAY),
        ("7d", TODAY, date(2024, 2, 24)),
        ("30d", TODAY, date(2024, 2, 1)),
        ("year", TODAY, date(2023, 3, 2)),
        ("year", date(2024, 2, 29), date(2023, 3, 1)),
        ("year", date(2025, 2, 28), date(2024, 2, 29)),
    ],
)
def test_presets_end_today(preset: str, today: date, first: date) -> None:
    assert preset_range(preset, today) == DayRange(first, today)


def test_no_range_and_open_ranges() -> None:
    assert requested_range(None, None, None, TODAY) is None
    assert requested_range(None, None, "none", TODAY) is None
    assert requested_range("2020", None, None, TODAY) == DayRange(date(2020, 1, 1), None)
    assert requested_range(None, "2020-02", None, TODAY) == DayRange(None, date(2020, 2, 29))


@pytest.mark.parametrize(
    ("first", "last", "interval"),
    [
        (None, None, "year"),
        (date(2021, 1, 1), date(2023, 12, 31), "month"),
        (date(2021, 1, 1), date(2024, 1, 1), "year"),
        (date(2024, 1, 1), date(2024, 4, 1), "day"),
        (date(2024, 1, 1), date(2024, 4, 2), "month"),
        (date(2024, 2, 1), None, "day"),
        (date(2022, 1, 1), None, "month"),
        (None, date(2024, 1, 1), "year"),
        (date(9998, 1, 1), date(9999, 12, 31), "month"),
    ],
)
def test_the_interval_follows_the_range(
    first: date | None, last: date | None, interval: str
) -> None:
    assert drill_interval(DayRange(first, last) if first or last else None, TODAY) == interval


@pytest.mark.parametrize(
    ("days", "up"),
    [
        (DayRange(date(2024, 2, 3), date(2024, 2, 9)), ("2024-02", "2024-02")),
        (DayRange(date(2024, 2, 1), date(2024, 2, 29)), ("2024", "2024")),
        (DayRange(date(2024, 2, 1), date(2024, 3, 3)), ("2024", "2024")),
        (DayRange(date(2024, 1, 1), date(2024, 12, 31)), None),
        (DayRange(date(2023, 5, 1), date(2024, 2, 1)), None),
        (DayRange(None, date(2024, 2, 1)), None),
    ],
)
def test_up_is_the_next_wider_range(days: DayRange, up: tuple[str, str] | None) -> None:
    assert wider(days, TODAY) == up


def test_periods_between_two_days() -> None:
    assert periods(date(2023, 11, 30), date(2024, 2, 1), "month") == [
        "2023-11",
        "2023-12",
        "2024-01",
        "2024-02",
    ]
    assert periods(date(9998, 3, 1), date(9999, 12, 31), "year") == ["9998", "9999"]
    assert len(periods(date(2024, 2, 1), date(2024, 2, 29), "day")) == 29

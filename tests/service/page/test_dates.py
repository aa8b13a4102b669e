"""The date facet as rows."""

from __future__ import annotations

from typing import Literal

import pytest

from service.answer import DateBucket, DateFacet
from service.locale.language import load_language
from service.page.dates import EMPTY_RUN, FIRST_ROWS, date_rows

ENGLISH = load_language("en")


def facet(counts: dict[str, int], interval: Literal["year", "month", "day"] = "year") -> DateFacet:
    buckets = tuple(DateBucket(value, count, f"/?from={value}") for value, count in counts.items())
    return DateFacet(interval, buckets, 0, 0, None)


def test_the_newest_period_comes_first_with_its_share_of_the_highest() -> None:
    rows, more = date_rows(facet({"2019": 50, "2020": 200}), ENGLISH)
    assert [(row.label, row.count, row.url, row.percent) for row in rows] == [
        ("2020", 200, "/?from=2020", 100),
        ("2019", 50, "/?from=2019", 25),
    ]
    assert more == []


def test_a_short_gap_is_shown_year_by_year_without_a_link() -> None:
    rows, _ = date_rows(facet({"2018": 1, "2019": 0, "2020": 1}), ENGLISH)
    assert [(row.label, row.url) for row in rows][1] == ("2019", None)


def test_a_long_gap_is_one_row() -> None:
    empty = {str(year): 0 for year in range(2001, 2001 + EMPTY_RUN)}
    rows, _ = date_rows(facet({"2000": 1} | empty | {"2004": 2}), ENGLISH)
    assert [(row.label, row.count) for row in rows] == [
        ("2004", 2),
        ("2001 to 2003", 0),
        ("2000", 1),
    ]


def test_a_rare_period_still_has_a_visible_bar() -> None:
    rows, _ = date_rows(facet({"2019": 1, "2020": 10_000}), ENGLISH)
    assert rows[1].percent == 2


@pytest.mark.parametrize(
    ("days", "shown", "behind"), [(FIRST_ROWS, FIRST_ROWS, 0), (31, FIRST_ROWS, 31 - FIRST_ROWS)]
)
def test_rows_beyond_the_first_stand_behind_more(days: int, shown: int, behind: int) -> None:
    rows, more = date_rows(
        facet({f"2020-12-{day:02}": 1 for day in range(1, days + 1)}, "day"), ENGLISH
    )
    assert (len(rows), len(more)) == (shown, behind)
    assert rows[0].label == f"{days} December 2020"


def test_nothing_dated_makes_no_rows() -> None:
    assert date_rows(facet({}), ENGLISH) == ([], [])

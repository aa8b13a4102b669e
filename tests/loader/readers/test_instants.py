"""Dates and times as machines write them."""

from __future__ import annotations

from zoneinfo import ZoneInfo

import pytest

from loader.readers.instants import Moment, read_moment

RIYADH = ZoneInfo("Asia/Riyadh")
LATE = Moment("2024-05-04T02:30:00+03:00", "2024-05-03T23:30:00.000Z")


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        pytest.param("2024-05-03T23:30:00Z", LATE, id="ISO"),
        pytest.param("20240503T233000Z", LATE, id="basic ISO"),
        pytest.param("20240504T023000+0300", LATE, id="basic ISO with a zone"),
        pytest.param("2024-05-04T02:30:00+03:00", LATE, id="another zone"),
        pytest.param("2024-05-04 02:30", LATE, id="the newsroom's time"),
        pytest.param("1714779000", LATE, id="seconds"),
        pytest.param("1714779000000", LATE, id="milliseconds"),
        pytest.param("1714779000000000", LATE, id="microseconds"),
        pytest.param("Fri, 03 May 2024 23:30:00 GMT", LATE, id="mail"),
        pytest.param("3 May 24 23:30:00 +0000", LATE, id="mail without a weekday"),
        pytest.param(
            "2024-05-03T23:30:00.636481Z",
            Moment("2024-05-04T02:30:00.636481+03:00", "2024-05-03T23:30:00.636Z"),
            id="a fraction",
        ),
        pytest.param("2024-05-03", Moment("2024-05-03"), id="a day"),
        pytest.param("20240503", Moment("2024-05-03"), id="a day in eight digits"),
        pytest.param("2024-05-03T00:00:00Z", Moment("2024-05-03"), id="midnight is a day"),
        pytest.param("2024-05-03T00:00:00-05:00", Moment("2024-05-03"), id="midnight elsewhere"),
        pytest.param("2024-02-30T10:00:00Z", None, id="no such day"),
        pytest.param("2024-05-03T25:00:00Z", None, id="no such hour"),
        pytest.param("2024-05-03T10:00:00+99:00", None, id="no such zone"),
        pytest.param("1402-08-18T10:00:00Z", None, id="another calendar"),
        pytest.param("3 مايو 2024", None, id="what people write"),
        pytest.param("9" * 100, None, id="a long number"),
        pytest.param("", None, id="nothing"),
    ],
)
def test_one_instant_is_one_day_in_the_newsroom(text: str, moment: Moment | None) -> None:
    assert read_moment(text, RIYADH) == moment

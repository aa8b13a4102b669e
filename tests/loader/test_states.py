"""Whether an article may be shown, by its sender's word and clock."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from loader.raw import Given
from loader.states import state_of, unusable

NOW = datetime(2024, 3, 10, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("status", "state"),
    [
        ("usable", "usable"),
        ("stat:usable", "usable"),
        ("stat:canceled", "canceled"),
        ("http://cv.iptc.org/newscodes/pubstatusg2/withheld", "withheld"),
        ("Killed", "canceled"),
        ("publish", "usable"),
        ("draft", "draft"),
        ("trash", "canceled"),
        ("perhaps", None),
    ],
)
def test_the_word_of_each_sender(status: str, state: str | None) -> None:
    assert state_of(status) == state


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        (Given(), None),
        (Given(status="usable"), None),
        (Given(status="stat:canceled"), "canceled"),
        (Given(status="perhaps"), "unknown-status"),
        (Given(embargo="2024-03-10T12:00:01.000Z"), "embargoed"),
        (Given(embargo="2024-03-10T12:00:00.000Z"), None),
        (Given(embargo="next week"), "embargoed"),
        (Given(status="usable", embargo="2030-01-01T00:00:00.000Z"), "embargoed"),
    ],
)
def test_what_may_not_be_shown_has_a_reason(given: Given, reason: str | None) -> None:
    withheld = unusable(given, NOW)
    assert (withheld[0] if withheld else None) == reason

"""The units of a query: what has to be found, and what of it can be found singly."""

from __future__ import annotations

import pytest

from service.query.question import findable_alone
from service.query.syntax import parse


@pytest.mark.parametrize(
    ("q", "count"),
    [
        ("", 0),
        ("المناخ", 1),
        ("قمة المناخ", 2),
        ("المناخ المناخ", 1),
        ("كوفيد-١٩", 2),  # Covid-19: a joined word is its pieces
        ("#قمة_المناخ", 2),
        ("كانون الأول", 1),  # December: a known name stays whole
        ("قمة -المناخ", 1),
        ("تونس أو عمان", 1),
        ("قمة تونس أو عمان", 2),
        ('"قمة المناخ"', 3),  # the phrase and its words
        ('"في المناخ"', 2),  # a stop word is not looked for singly
        ('"من هو"', 1),
        ('"المناخ"', 1),
        ('-"قمة المناخ"', 0),
        ("القاه*", 1),
    ],
)
def test_what_can_be_found_singly(q: str, count: int) -> None:
    assert findable_alone(parse(q)) == count

"""Whole articles are read in time, whatever stands in one of their lines."""

from __future__ import annotations

import random
from collections.abc import Iterator
from contextlib import suppress
from datetime import date
from functools import partial

import pytest

from loader.extract import Rejected, extract
from loader.raw import RawArticle
from mappings.agencies import load_registry
from tests.test_patterns import LINE, LONG, PAGE, lines_of_units, within

ARTICLE = [
    "القاهرة (رويترز) - افتتح الوزير الجسر",
    "وقال الوزير إن الجسر الجديد جاهز.",
    "المصدر: رويترز",
]


def articles(chance: random.Random, number: int, length: int) -> Iterator[str]:
    """Copy with such a line at its beginning, in it or at its end, alone or after a sentence."""
    for line in lines_of_units(chance, number, length):
        copy = list(ARTICLE)
        at = chance.randrange(len(copy) + 1)
        copy.insert(at, chance.choice(["", "قال المصدر. "]) + line)
        yield "\n".join(copy)


@pytest.mark.parametrize(
    ("length", "number", "bound"),
    [(LINE, 150, 0.2), pytest.param(LINE, 1_500, 0.2, marks=LONG), (PAGE, 10, 2.0)],
)
def test_whole_articles_are_read_in_time(length: int, number: int, bound: float) -> None:
    """The bounds allow for every pass over the lines; a line of 240 signs takes a millisecond."""
    registry = load_registry()

    def read(text: str) -> None:
        with suppress(Rejected):
            extract(RawArticle("archive", "a.txt", text), registry, today=date(2024, 6, 1))

    slow = [
        text[:300]
        for text in articles(random.Random(length + number), number, length)
        if not any(within(bound, partial(read, text)) for _ in range(2))
    ]
    assert slow == []

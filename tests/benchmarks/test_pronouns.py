"""The floors of what a noun finds of its forms with pronouns, and the other way round."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from elasticsearch import Elasticsearch

from benchmarks.finding.pronouns import Noun, count_words, measure, nouns

# Lexicon -> class of noun -> the least share of occurrences that is found, both ways.
FLOORS = {
    "seen": {"ta marbuta": 0.97, "hamza": 0.97, "others": 0.97},
    "unseen": {"ta marbuta": 0.84, "hamza": 0.93, "others": 0.89},
}


@pytest.fixture(scope="module")
def tested(shared: Path) -> list[Noun]:
    return nouns(count_words(shared / "corpora"))


@pytest.fixture(scope="module")
def shares(elasticsearch: Elasticsearch, tested: list[Noun]) -> dict[str, Any]:
    return measure(elasticsearch, tested)


@pytest.mark.slow
def test_there_are_nouns_of_each_class(tested: list[Noun]) -> None:
    assert min(Counter(noun.kind for noun in tested).values()) >= 30


@pytest.mark.slow
@pytest.mark.parametrize("lexicon", FLOORS)
def test_floors(shares: dict[str, Any], lexicon: str) -> None:
    for way, by_kind in shares[lexicon].items():
        for kind, floor in FLOORS[lexicon].items():
            assert by_kind[kind] >= floor, (way, kind)


@pytest.mark.slow
def test_stock_stemmers_find_less(shares: dict[str, Any]) -> None:
    for stock in ("light10", "snowball"):
        for way, by_kind in shares[stock].items():
            assert all(share < shares["seen"][way][kind] for kind, share in by_kind.items())

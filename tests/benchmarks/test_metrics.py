"""The measures themselves, against values worked out by hand."""

from __future__ import annotations

import math

import pytest

from benchmarks.relevance.judged import Judged
from benchmarks.relevance.metrics import mean, score


@pytest.mark.parametrize(
    ("relevant", "ranked", "ndcg", "mrr", "recall10"),
    [
        ({"a"}, ["a", "b"], 1.0, 1.0, 1.0),
        ({"a"}, ["b", "a"], 1 / math.log2(3), 0.5, 1.0),
        ({"a"}, [], 0.0, 0.0, 0.0),
        ({"a", "b"}, ["b", "x"], 1 / (1 + 1 / math.log2(3)), 1.0, 0.5),
        ({"a"}, [*"bcdefghijk", "a"], 0.0, 0.0, 0.0),
    ],
)
def test_score(
    relevant: set[str], ranked: list[str], ndcg: float, mrr: float, recall10: float
) -> None:
    scores = score(Judged("q", frozenset(relevant)), ranked)
    assert (scores.ndcg10, scores.mrr10, scores.recall10) == pytest.approx((ndcg, mrr, recall10))
    assert scores.empty == (not ranked)


def test_mean() -> None:
    one, other = score(Judged("q", frozenset("a")), ["a"]), score(Judged("q", frozenset("a")), [])
    assert mean([one, other]).as_dict() == {
        "ndcg10": 0.5,
        "mrr10": 0.5,
        "recall10": 0.5,
        "recall100": 0.5,
        "empty": 0.5,
    }

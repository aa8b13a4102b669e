"""The measures for editors' queries, against values worked out by hand."""

from __future__ import annotations

import math

import pytest

from benchmarks.relevance.graded import Graded, mean, score

SECOND = 1 / math.log2(3)  # the discount of the second place

# a and b are one story; a stands in two records.
QUERY = Graded(
    query="q",
    kind="person",
    grades={"a": 3, "b": 3, "c": 1, "d": 0},
    stories={"a": "s", "b": "s"},
    records={"a": 2},
)
IDEAL = 7 + 7 * SECOND + 7 / 2 + math.log2(5) ** -1
IDEAL_FOLDED = 7 + SECOND


@pytest.mark.parametrize(
    ("urls", "ndcg", "folded", "on_topic", "unjudged"),
    [
        (["a", "a", "b", "c"], 1.0, (7 + math.log2(5) ** -1) / IDEAL_FOLDED, 3 / 4, 0.0),
        (["a", "c"], (7 + SECOND) / IDEAL, 1.0, 1 / 2, 0.0),
        (["x", "a"], 7 * SECOND / IDEAL, 7 * SECOND / IDEAL_FOLDED, 1 / 2, 1 / 2),
        (["d"], 0.0, 0.0, 0.0, 0.0),
        ([], 0.0, 0.0, 0.0, 0.0),
        (["d"] * 10 + ["a"], 0.0, 0.0, 0.0, 0.0),
    ],
)
def test_score(
    urls: list[str], ndcg: float, folded: float, on_topic: float, unjudged: float
) -> None:
    scores = score(QUERY, urls)
    assert (scores.ndcg10, scores.ndcg10_folded) == pytest.approx((ndcg, folded))
    assert (scores.on_topic, scores.unjudged) == pytest.approx((on_topic, unjudged))


def test_mean() -> None:
    one, other = score(QUERY, ["a", "a", "b", "c"]), score(QUERY, [])
    assert mean([one, other]).ndcg10 == pytest.approx(0.5)

"""How good a ranking is: nDCG@10, MRR@10, recall at 10 and 100, and the share of empty answers."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, fields

from benchmarks.relevance.judged import Judged


@dataclass(frozen=True, slots=True)
class Scores:
    """Means over a set of queries, each from 0 to 1."""

    ndcg10: float
    mrr10: float
    recall10: float
    recall100: float
    empty: float

    def as_dict(self) -> dict[str, float]:
        """The scores by name, rounded to four places."""
        return {name: round(value, 4) for name, value in asdict(self).items()}


def score(judged: Judged, ranked: Sequence[str]) -> Scores:
    """The scores of one answer; `ranked` holds up to 100 ids, best first."""
    gains = [
        1 / math.log2(rank + 2) for rank, id_ in enumerate(ranked[:10]) if id_ in judged.relevant
    ]
    ideal = sum(1 / math.log2(rank + 2) for rank in range(min(10, len(judged.relevant))))
    first = next((rank for rank, id_ in enumerate(ranked[:10]) if id_ in judged.relevant), None)
    return Scores(
        ndcg10=sum(gains) / ideal,
        mrr10=0.0 if first is None else 1 / (first + 1),
        recall10=len(judged.relevant.intersection(ranked[:10])) / len(judged.relevant),
        recall100=len(judged.relevant.intersection(ranked[:100])) / len(judged.relevant),
        empty=float(not ranked),
    )


def mean(scores: Iterable[Scores]) -> Scores:
    """The mean of each score. Raises ZeroDivisionError without scores."""
    every = list(scores)
    return Scores(
        **{
            one.name: sum(getattr(s, one.name) for s in every) / len(every)
            for one in fields(Scores)
        }
    )

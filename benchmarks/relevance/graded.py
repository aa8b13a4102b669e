"""Queries as editors type them, each with articles graded 0 to 3 for it, and how good an answer is.

An article is told by its address, which is the same in every load; records that share one are
copies. The file holds one JSON object a line: `query`, `kind`, `grades` (address -> grade),
`stories` (address -> story) and `records` (address -> how many records have it).
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from itertools import chain, repeat
from pathlib import Path

TOP = 10
ON_TOPIC = 2  # the least grade of an article that is about what was asked


@dataclass(frozen=True, slots=True)
class Graded:
    """A query with its grades."""

    query: str
    kind: str
    grades: Mapping[str, int]
    stories: Mapping[str, str]
    records: Mapping[str, int]

    def story(self, url: str) -> str:
        """The story of an article, its own where none is known."""
        return self.stories.get(url, url)


@dataclass(frozen=True, slots=True)
class EditorScores:
    """How good the first ten are, each from 0 to 1.

    `ndcg10` counts copies as they come, the ideal likewise; in `ndcg10_folded` a copy of a story
    that stood above gains nothing. `on_topic`: share graded 2 or 3 of the articles shown.
    `unjudged`: share that nobody graded, which counts as 0; above .05 look at them before believing
    a difference of .01.
    """

    ndcg10: float
    ndcg10_folded: float
    on_topic: float
    unjudged: float

    def as_dict(self) -> dict[str, float]:
        """The scores by name, rounded to four places."""
        return {name: round(value, 4) for name, value in asdict(self).items()}


def read_graded(path: Path) -> list[Graded]:
    """The queries of a file."""
    records = map(json.loads, path.read_text(encoding="utf-8").splitlines())
    return [
        Graded(one["query"], one["kind"], one["grades"], one["stories"], one["records"])
        for one in records
    ]


def gain(grades: Iterable[int]) -> float:
    """Discounted cumulative gain of grades in order; a grade gains 2^grade - 1."""
    return math.fsum(
        (pow(2.0, grade) - 1) / math.log2(rank + 2) for rank, grade in enumerate(grades)
    )


def _best(grades: Iterable[int]) -> list[int]:
    return sorted(grades, reverse=True)[:TOP]


def score(one: Graded, urls: Sequence[str]) -> EditorScores:
    """The scores of an answer; `urls` are the addresses of its articles, best first."""
    shown = [one.grades.get(url) for url in urls[:TOP]]
    grades = [grade or 0 for grade in shown]
    copies = chain.from_iterable(
        repeat(grade, one.records.get(url, 1)) for url, grade in one.grades.items()
    )
    stories: dict[str, int] = {}
    for url, grade in one.grades.items():
        stories[one.story(url)] = max(grade, stories.get(one.story(url), 0))
    folded, seen = [], set()
    for url, grade in zip(urls, grades, strict=False):
        folded.append(0 if one.story(url) in seen else grade)
        seen.add(one.story(url))
    count = max(1, len(shown))
    return EditorScores(
        ndcg10=gain(grades) / gain(_best(copies)),
        ndcg10_folded=gain(folded) / gain(_best(stories.values())),
        on_topic=sum(grade >= ON_TOPIC for grade in grades) / count,
        unjudged=sum(grade is None for grade in shown) / count,
    )


def mean(scores: Sequence[EditorScores]) -> EditorScores:
    """The mean of each score. Raises ZeroDivisionError without scores."""
    return EditorScores(
        **{
            one.name: sum(getattr(s, one.name) for s in scores) / len(scores)
            for one in fields(EditorScores)
        }
    )

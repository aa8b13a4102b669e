"""Articles for measuring scale: headlines and sentences of ANT put together anew by a seeded
draw.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta

from mappings.article import Article

SENTENCES = 8  # of one article: the length of a wire story
SHORTEST = 20  # characters of a sentence
FIRST_DAY, DAYS = date(2010, 1, 1), 3_650


def recombined(articles: Sequence[Article], count: int, seed: int = 3) -> Iterator[Article]:
    """`count` articles; the same seed makes the same ones."""
    chance = random.Random(seed)
    sentences = [
        part for article in articles for part in article.body.split(".") if len(part) > SHORTEST
    ]
    titles = [article.title for article in articles]
    for number in range(count):
        yield replace(
            chance.choice(articles),
            id=f"s{number}",
            title=chance.choice(titles),
            body=".".join(chance.choice(sentences) for _ in range(SENTENCES)),
            published=FIRST_DAY + timedelta(days=chance.randrange(DAYS)),
            agencies=(f"agency{chance.randrange(50)}",),
        )

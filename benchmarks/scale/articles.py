"""Articles for measuring scale: those of ANT first, then headlines and sentences of theirs put
together anew.

Each article is made from its number alone, so that filling an index can be resumed anywhere.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import timedelta
from itertools import islice

from mappings.article import Article

SEED = 3
SENTENCES = 8  # of one article: the length of a wire story
SHORTEST = 20  # characters of a sentence
COPIES = 0.058  # of ANT's articles are copies of one that came before
DAYS = 3_650  # over which the dates of articles made anew are spread


class Recombined:
    """As many articles as are asked for, in one order; agencies stand in the proportions of ANT's
    outlets, copies in those of its stories.
    """

    def __init__(self, real: Sequence[Article]) -> None:
        self._real = real
        self._titles = [article.title for article in real]
        self._sentences = [
            part for article in real for part in article.body.split(".") if len(part) > SHORTEST
        ]

    def between(self, start: int, end: int) -> Iterator[Article]:
        """The articles from number `start` on, up to `end` (exclusive)."""
        yield from map(_credited, islice(self._real, start, end))
        for number in range(max(start, len(self._real)), end):
            yield self._made(number)

    def _made(self, number: int) -> Article:
        chance = random.Random(f"{SEED}-{number}")
        is_copy = number > len(self._real) and chance.random() < COPIES
        original = number - 1 if is_copy else number
        # A copy is made as its original was; only its id and its first sentence differ.
        content = random.Random(f"{SEED}-content-{original}")
        template = content.choice(self._real)
        sentences = [content.choice(self._sentences) for _ in range(SENTENCES)]
        if is_copy:
            sentences[0] = chance.choice(self._sentences)
        shift = timedelta(days=content.randrange(DAYS))
        published = template.published - shift if template.published else None
        return _credited(
            replace(
                template,
                id=f"s{number}",
                story_id=f"s{original}",
                title=content.choice(self._titles),
                body=".".join(sentences),
                published=published,
            )
        )


def _credited(article: Article) -> Article:
    """The article with its outlet as agency, and as a story of its own where it has none."""
    agency = (article.outlet or "none").lower()
    return replace(article, agencies=(agency,), story_id=article.story_id or article.id)

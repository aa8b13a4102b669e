"""What a load has met before."""

from __future__ import annotations

from base64 import b32encode
from datetime import UTC, datetime
from hashlib import blake2b
from random import Random

import pytest

from loader.index.seen import SeenArticles
from mappings.article import Article


def met(name: str, content: str = "first") -> Article:
    key = b32encode(blake2b(name.encode(), digest_size=10).digest()).decode().lower()
    content_hash = blake2b(content.encode(), digest_size=16).hexdigest()
    return Article(
        id=key,
        source="s",
        title=None,
        title_origin=None,
        body="",
        content_hash=content_hash,
        loaded_at=datetime(2026, 1, 1, tzinfo=UTC),
    )


def test_the_first_of_an_id_is_new_and_later_ones_are_compared_with_it() -> None:
    seen = SeenArticles()
    assert seen.meet([met("a"), met("b")]) == [None, None]
    assert seen.meet([met("a"), met("b", "second"), met("c")]) == [True, False, None]
    assert seen.meet([met("b", "second")]) == [False]


def test_within_one_batch() -> None:
    assert SeenArticles().meet([met("a"), met("a"), met("a", "second"), met("a")]) == [
        None,
        True,
        False,
        True,
    ]


def test_nothing_to_meet() -> None:
    seen = SeenArticles()
    assert seen.meet([]) == []
    assert seen.meet([met("a")]) == [None]


@pytest.mark.parametrize("size", [1, 7, 64])
def test_agrees_with_a_plain_dictionary_over_many_batches(size: int) -> None:
    chance = Random(size)
    articles = [met(str(chance.randrange(700)), str(chance.randrange(2))) for _ in range(1_500)]
    seen, plain = SeenArticles(), dict[str, str]()
    for start in range(0, len(articles), size):
        batch = articles[start : start + size]
        expected = []
        for article in batch:
            known = plain.get(article.id)
            expected.append(None if known is None else known == article.content_hash)
            plain.setdefault(article.id, article.content_hash)
        assert seen.meet(batch) == expected

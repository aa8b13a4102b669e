"""Invented articles, and an index into which they get as the loader puts them there: for the tests
of stories.
"""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime
from typing import Any

from elasticsearch import Elasticsearch

from loader.stories.assign import Stories, Story
from mappings.article import Article, Field, Precision

# Words of which texts are put together; none of them means anything beside the next.
WORDS = """
مدينة قرية جبل نهر بحر مطار ميناء مدرسة جامعة مستشفى وزير رئيس مهندس طبيب معلم لاعب فريق بطولة
مباراة هدف كتاب رواية معرض متحف فيلم مسرح أغنية لوحة علماء مختبر قمر كوكب صاروخ مركبة رحلة قطار
سفينة جسر طريق سد محطة كهرباء ماء قمح زيت ذهب سوق مصرف عملة تجارة اتفاق قمة وفد زيارة بيان خطاب
انتخابات برلمان قانون محكمة حكم مطر ثلج عاصفة زلزال إعصار صيف شتاء
"""
VOCABULARY = WORDS.split()
NEW_YEAR = date(2021, 1, 1)


def text(seed: object, length: int = 60) -> str:
    """A text of its own; equal seeds, equal texts."""
    chance = random.Random(repr(seed))
    return " ".join(chance.choice(VOCABULARY) for _ in range(length))


def edited(body: str, share: float, seed: object = 0) -> str:
    """`body` with a share of its words, all in one stretch, replaced by others."""
    words = body.split()
    count = round(len(words) * share)
    start = random.Random(repr(seed)).randrange(len(words) - count + 1)
    return " ".join([*words[:start], *text((body, seed), count).split(), *words[start + count :]])


def article(
    id_: str, body: str, day: date | None = NEW_YEAR, precision: Precision = "day"
) -> Article:
    return Article(
        id=id_,
        source="test",
        title=None,
        title_origin=None,
        body=body,
        content_hash="",
        loaded_at=datetime(2024, 1, 1, tzinfo=UTC),
        published=day,
        precision=precision if day else None,
    )


class Archive:
    """An index and the way articles get into it, as the loader does it: assign, then write, refresh
    now and then.
    """

    def __init__(self, client: Elasticsearch, index: str) -> None:
        self.client = client
        self.index = index

    def clear(self) -> None:
        self.client.indices.refresh(index=self.index)
        self.client.delete_by_query(index=self.index, query={"match_all": {}}, refresh=True)

    def load(self, articles: Iterable[Article], *, batch: int = 4, remembered: int = 8) -> None:
        stories = Stories(self.client, self.index, remembered=remembered)
        waiting = list(articles)
        for start in range(0, len(waiting), batch):
            part = waiting[start : start + batch]
            self.write(part, stories.assign(part))
        stories.finish()

    def write(self, articles: Sequence[Article], stories: Sequence[Story]) -> None:
        operations: list[dict[str, Any]] = []
        for one, story in zip(articles, stories, strict=True):
            known = {
                name: value
                for name, value in one.to_source().items()
                if name in ("published", "published_end")
            }
            source = {
                Field.ID: one.id,
                Field.STORY_ID: story.id,
                Field.STORY_BANDS: list(story.bands),
                **known,
            }
            operations += [{"index": {"_id": one.id}}, source]
        answer = self.client.bulk(index=self.index, operations=operations)
        assert not answer["errors"]

    def stories(self) -> dict[str, str]:
        """Article id -> story, for all articles."""
        self.client.indices.refresh(index=self.index)
        hits = self.client.search(index=self.index, size=10_000, source_includes=[Field.STORY_ID])[
            "hits"
        ]["hits"]
        return {hit["_id"]: hit["_source"][Field.STORY_ID] for hit in hits}

    def groups(self) -> set[frozenset[str]]:
        return grouped(self.stories())


def grouped(stories: dict[str, str]) -> set[frozenset[str]]:
    found: defaultdict[str, set[str]] = defaultdict(set)
    for id_, story in stories.items():
        found[story].add(id_)
    return {frozenset(group) for group in found.values()}


def groups_of(*groups: str) -> set[frozenset[str]]:
    """`"ab", "c"` -> {a, b} and {c}."""
    return {frozenset(group) for group in groups}

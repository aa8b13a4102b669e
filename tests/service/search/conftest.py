"""A dozen articles, loaded as the loader does it, with copies of one story: what a small newsroom
begins with.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

import pytest
from elasticsearch import Elasticsearch
from fastapi.testclient import TestClient

from loader.index.completions import Completions
from loader.stories.assign import Stories
from mappings.article import Article, Field
from mappings.index import index_body
from service.app import create_app
from service.settings import ServiceSettings

TELESCOPE = (
    "انطلق التلسكوب الفضائي الجديد السبت من قاعدة كورو على متن صاروخ ضخم في رحلة تستغرق شهرا إلى "
    "نقطة بعيدة عن الأرض. "
    "وقال رئيس الوكالة إن التلسكوب هو أكبر مرصد يرسل إلى الفضاء حتى اليوم. ويأمل العلماء في رصد "
    "ضوء المجرات الأولى."
)
# (id, title, body, day of December 2021)
ARTICLES: tuple[tuple[str, str | None, str, int | None], ...] = (
    ("telescope-1", "التلسكوب الفضائي ينطلق من كورو", TELESCOPE, 25),
    ("telescope-2", "انطلاق أكبر مرصد إلى الفضاء", "كورو (وكالات) - " + TELESCOPE, 25),
    ("telescope-3", "مرصد جديد يغادر الأرض", TELESCOPE + " وتابع الإطلاق مئات الصحافيين.", 26),
    ("mirror", "مرآة التلسكوب الفضائي تنفتح بنجاح", "فتح أكبر مرصد في الفضاء مرآته لضوء "
                                                    "المجرات الأولى.", 30),
    ("galaxies", "علماء الفضاء ينتظرون صور المجرات", "يأمل العلماء في رصد ضوء المجرات من نقطة "
                                                     "بعيدة عن الأرض.", 28),
    ("cup", "كأس العالم تبدأ في الدوحة", "تفتتح بطولة كأس العالم لكرة القدم بمباراة "
                                         "بين منتخبين.", 20),
    ("cup-final", "نهائي كأس العالم في لوسيل", "يلتقي المنتخبان في نهائي كأس العالم لكرة القدم "
                                               "في ملعب لوسيل.", 18),
    ("president", "الرئيس يستقبل سفراء الأمم المتحدة", "استقبل الرئيس سفراء الأمم المتحدة وبحث "
                                                       "ملف المياه.", 3),
    ("president-2", "الرئيس الجديد يؤدي اليمين", "أدى الرئيس الجديد اليمين في العاصمة بيشكيك "
                                                 "بحضور الوزراء.", 4),
    ("wheat", "أسعار القمح ترتفع في الأمم المستوردة", "ارتفعت أسعار القمح بعد جفاف، وحذرت الأمم "
                                                      "المتحدة من أزمة.", 7),
    ("undated", None, "تشاندرايان مركبة هندية تدور حول القمر وترسل بيانات إلى بنغالور.", None),
    ("kyrgyz", "قرغيزستان تستضيف قمة المياه", "تستضيف قرغيزستان قمة المياه بمشاركة وزراء من "
                                              "دول الجوار.", 9),
    ("withdrawn", "التلسكوب الفضائي خبر مسحوب", TELESCOPE, 25),
)  # fmt: skip


def articles() -> list[Article]:
    return [
        Article(
            id=id_,
            source="finding",
            title=title,
            title_origin="given" if title else None,
            body=body,
            content_hash="",
            loaded_at=datetime(2022, 1, 1, tzinfo=UTC),
            published=date(2021, 12, day) if day else None,
            precision="day" if day else None,
            status="withdrawn" if id_ == "withdrawn" else "published",
        )
        for id_, title, body, day in ARTICLES
    ]


@pytest.fixture(scope="package")
def finding_settings(
    elasticsearch: Elasticsearch, elasticsearch_url: str, index_prefix: str
) -> ServiceSettings:
    """Settings of a service over the dozen."""
    alias = f"{index_prefix}-finding"
    index = f"{alias}-1"
    elasticsearch.indices.create(index=index, aliases={alias: {}}, **index_body())
    stories, completions = Stories(elasticsearch, index), Completions(elasticsearch, index)
    batch = articles()
    operations: list[dict[str, Any]] = []
    for article, story, inputs in zip(
        batch, stories.assign(batch), completions.inputs(batch), strict=True
    ):
        grouping = {
            Field.STORY_ID: story.id,
            Field.STORY_BANDS: list(story.bands),
            Field.COMPLETE: inputs,
        }
        source = article.to_source() | {name: value for name, value in grouping.items() if value}
        operations += [{"index": {"_id": article.id}}, source]
    assert not elasticsearch.bulk(index=index, operations=operations)["errors"]
    stories.finish()
    return ServiceSettings(elasticsearch_url=elasticsearch_url, alias=alias)


@pytest.fixture(scope="package")
def dozen(finding_settings: ServiceSettings) -> Iterator[TestClient]:
    """A client of that service; failures come as answers."""
    with TestClient(create_app(finding_settings), raise_server_exceptions=False) as client:
        yield client

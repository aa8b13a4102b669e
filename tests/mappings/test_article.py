"""An article is stored and read back as it was."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from mappings.article import Article

FULL = Article(
    id="id",
    source="source",
    title="title",
    title_origin="line",
    body="body",
    content_hash="hash",
    loaded_at=datetime(2024, 1, 31, 6, 0, 0, 123456, tzinfo=UTC),
    outlet="outlet",
    agencies=("spa", "afp"),
    agency_origin="footer",
    credit="credit",
    cited_agencies=("tass",),
    published=date(2024, 1, 1),
    published_text="published text",
    precision="month",
    date_origin="dateline",
    published_at=datetime(2024, 1, 31, 5, 12, tzinfo=UTC),
    updated_at=datetime(2024, 1, 31, 7, tzinfo=UTC),
    guid="urn:newsml:agency:1",
    version="2",
    url="https://example.org/",
    author="author",
    section="section",
    story_id="story",
    status="withdrawn",
)
BARE = Article(
    id="id",
    source="source",
    title=None,
    title_origin=None,
    body="body",
    content_hash="hash",
    loaded_at=datetime(2024, 1, 31, tzinfo=UTC),
)
LEAD = replace(BARE, title="first sentence", title_origin="lead")


@pytest.mark.parametrize("article", [FULL, BARE, LEAD], ids=["full", "bare", "lead"])
def test_read_back(article: Article) -> None:
    assert Article.from_source(article.to_source()) == article


def test_the_body_may_be_left_out() -> None:
    source = FULL.to_source()
    del source["body"]
    assert Article.from_source(source).body == ""

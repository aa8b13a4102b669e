"""An article as schema.org NewsArticle."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest

from mappings.article import Article
from service.answer import AgencyLabel
from service.formats.linked_data import HEADLINE_LENGTH, news_article

ADDRESS = "https://naba.example/articles/a1"
WAM = AgencyLabel("wam", "وام")
AFP = AgencyLabel("afp", "فرانس برس")


def linked(agencies: list[AgencyLabel] | None = None, **changes: Any) -> dict[str, Any]:
    fields: dict[str, Any] = {
        "id": "a1",
        "source": "samples",
        "title": "افتتاح معرض الكتاب",  # the book fair opens
        "title_origin": "line",
        "body": "نص",  # text
        "content_hash": "",
        "loaded_at": datetime(2024, 1, 1, tzinfo=UTC),
    }
    return news_article(Article(**fields | changes), agencies or [], ADDRESS)


def test_an_article_of_which_little_is_known_claims_little() -> None:
    assert linked(title=None, title_origin=None) == {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "@id": ADDRESS,
        "mainEntityOfPage": ADDRESS,
        "identifier": "a1",
        "inLanguage": "ar",
        "articleBody": "نص",
    }


@pytest.mark.parametrize(
    ("precision", "expected"), [("day", "2020-12-01"), ("month", None), ("year", None)]
)
def test_a_date_of_publication_only_when_the_day_is_known(
    precision: str, expected: str | None
) -> None:
    assert linked(published=date(2020, 12, 1), precision=precision).get("datePublished") == expected


def test_agencies_supply_the_copy_and_the_outlet_publishes_it() -> None:
    data = linked(
        [WAM, AFP], outlet="الخليج", credit="وام - فرانس برس", author="ليلى حسن"
    )  # outlet, credit, author
    assert [organization["name"] for organization in data["sourceOrganization"]] == [
        "وام",
        "فرانس برس",
    ]
    assert data["publisher"]["name"] == "الخليج"
    assert data["author"] == {"@type": "Person", "name": "ليلى حسن"}
    assert data["creditText"] == "وام - فرانس برس"


def test_without_a_named_author_the_agency_is_the_author() -> None:
    assert linked([WAM])["author"] == {"@type": "NewsMediaOrganization", "name": "وام"}
    assert linked([WAM])["sourceOrganization"] == {"@type": "NewsMediaOrganization", "name": "وام"}


def test_a_long_headline_ends_at_a_word() -> None:
    headline = linked(title="كلمة " * 60)["headline"]
    assert len(headline) <= HEADLINE_LENGTH + 2
    assert headline.endswith("كلمة …")


@pytest.mark.parametrize(
    ("url", "kept"), [("https://a.example/1", True), ("javascript:alert(1)", False)]
)
def test_only_a_web_address_is_the_address_of_the_original(url: str, kept: bool) -> None:
    assert ("url" in linked(url=url)) is kept

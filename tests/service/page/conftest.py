"""Results made by hand, as the index would answer them, for the tests of templates and links."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from mappings.article import Article
from service.answer import (
    AgencyLabel,
    Copies,
    DateBucket,
    DateFacet,
    Facet,
    Facets,
    FacetValue,
    Highlight,
    Hit,
    Links,
    QueryEcho,
    SearchResponse,
    Total,
)

LOADED = datetime(2024, 5, 2, 7, 30, tzinfo=UTC)


def _article(**changes: Any) -> Article:
    article = Article(
        id="c0ffee",
        source="samples",
        title="افتتاح معرض الكتاب في الشارقة بمشاركة ألفي دار نشر",  # a book fair opens in Sharjah
        title_origin="line",
        body="افتُتح معرض الكتاب أمس.\nيستمر المعرض عشرة أيام.",  # two paragraphs
        content_hash="0",
        loaded_at=LOADED,
        agencies=("wam",),
        agency_origin="footer",
        published=date(2020, 12, 30),
        precision="day",
        date_origin="dateline",
    )
    return replace(article, **changes)


def _hit(article: Article, **changes: Any) -> Hit:
    labels = {"wam": "وام", "afp": "فرانس برس"}
    agencies = tuple(AgencyLabel(agency, labels.get(agency, agency)) for agency in article.agencies)
    return replace(
        Hit(article, agencies, 1.0, Highlight(body=("افتُتح معرض الكتاب أمس.",))), **changes
    )


@pytest.fixture(scope="session")
def article() -> Callable[..., Article]:
    """Makes an article; every field can be given."""
    return _article


@pytest.fixture(scope="session")
def hit() -> Callable[..., Hit]:
    """Makes a hit of an article."""
    return _hit


@pytest.fixture(scope="session")
def result() -> Callable[..., SearchResponse]:
    """Makes a result with one hit; every part can be given."""

    def make(**changes: Any) -> SearchResponse:
        made = SearchResponse(
            query=QueryEcho("", "all", False, None),
            total=Total(1, 1, True),
            took_ms=3,
            hits=(_hit(_article(), copies=Copies(2, "/?story=5")),),
            facets=Facets(
                Facet((FacetValue("wam", "وام", 1, None, "/?agency=wam"),), missing=0, other=0),
                Facet((), missing=1, other=0),
                DateFacet(
                    "year",
                    (DateBucket("2020", 1, "/?from=2020&to=2020"),),
                    missing=0,
                    coarser=0,
                    up=None,
                ),
            ),
            links=Links("/", None, None, "/", "/feed.atom", "/v1/export.csv"),
        )
        return replace(made, **changes)

    return make

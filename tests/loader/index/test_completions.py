"""Which word groups of headlines are offered while typing, and how they are counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

import pytest
from elasticsearch import Elasticsearch
from hypothesis import given
from hypothesis import strategies as st

from loader.index.completions import FEW_HEADLINES, FREQUENT, STEPS, Completions, groups
from mappings.article import Article, Field
from mappings.index import index_body


def article(number: int, title: str | None) -> Article:
    return Article(
        id=f"t{number}",
        source="test",
        title=title,
        title_origin="given" if title else None,
        body="نص",
        content_hash="",
        loaded_at=datetime(2024, 1, 1, tzinfo=UTC),
    )


def written(title: str) -> set[str]:
    return {group.written for group in groups(title)}


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("", set()),
        ("كأس العالم", {"كأس", "العالم", "كأس العالم"}),
        # A group neither begins nor ends with a particle, but may hold one.
        ("رحلة إلى القمر", {"رحلة", "القمر", "رحلة إلى القمر"}),
        ("في المدينة", {"المدينة"}),
        # Quotes, colons and dashes end a phrase.
        ("المسبار «أمل»: صور", {"المسبار", "أمل", "صور"}),
        ("الجزائر - وهران", {"الجزائر", "وهران"}),
        # A number alone is nothing to complete, after a word it is.
        ("مونديال 2022", {"مونديال", "مونديال 2022"}),
        ("2022", set()),
        # Marks and tatweel are not shown, the letters are as written.
        ("القُـدْس القديمة", {"القدس", "القديمة", "القدس القديمة"}),
        ("أ ب", set()),
    ],
)
def test_groups_of_a_headline(title: str, expected: set[str]) -> None:
    assert written(title) == expected


@given(st.text(max_size=400))
def test_groups_of_any_text_are_short_and_clean(title: str) -> None:
    for group in groups(title):
        assert 1 <= len(group.written.split(" ")) <= 3
        assert group.written == group.written.strip()
        assert group.written.encode("utf-8", "replace")


@pytest.fixture(scope="module")
def index(elasticsearch: Elasticsearch, index_prefix: str) -> str:
    name = f"{index_prefix}-completions"
    elasticsearch.indices.create(index=name, **index_body())
    return name


@pytest.fixture
def empty(elasticsearch: Elasticsearch, index: str) -> str:
    elasticsearch.indices.refresh(index=index)
    elasticsearch.delete_by_query(index=index, query={"match_all": {}}, refresh=True)
    return index


def load(
    client: Elasticsearch, index: str, titles: Sequence[str | None], batch: int = 100
) -> Counter[str]:
    """Load headlines as the loader does; the highest weight of each group offered."""
    completions = Completions(client, index)
    weights: Counter[str] = Counter()
    first = client.count(index=index)["count"]
    articles = [article(first + number, title) for number, title in enumerate(titles)]
    for start in range(0, len(articles), batch):
        part = articles[start : start + batch]
        operations: list[dict[str, Any]] = []
        for one, inputs in zip(part, completions.inputs(part), strict=True):
            for offered in inputs:
                [text] = offered["input"]
                weights[text] = max(weights[text], offered["weight"])
            source = one.to_source() | ({Field.COMPLETE: inputs} if inputs else {})
            operations += [{"index": {"_id": one.id}}, source]
        assert not client.bulk(index=index, operations=operations)["errors"]
    client.indices.refresh(index=index)
    return weights


# Headlines that have nothing in common with those under test.
FILLER = [f"ملء{number} فراغ{number}" for number in range(FEW_HEADLINES)]


def test_a_small_collection_offers_all_it_has(elasticsearch: Elasticsearch, empty: str) -> None:
    weights = load(elasticsearch, empty, ["رحلة إلى القمر", None, "كأس العالم"])
    assert weights == {
        "رحلة": 1,
        "القمر": 1,
        "رحلة إلى القمر": 1,
        "كأس": 1,
        "العالم": 1,
        "كأس العالم": 1,
    }


def test_a_large_one_offers_what_recurs(elasticsearch: Elasticsearch, empty: str) -> None:
    rare, frequent = ["جسر معلق"] * (FREQUENT - 1), ["كأس العالم"] * 5
    weights = load(elasticsearch, empty, [*FILLER, *rare, *frequent])
    assert weights["كأس العالم"] == 5
    assert "جسر معلق" not in weights


def test_a_later_load_goes_on_counting(elasticsearch: Elasticsearch, empty: str) -> None:
    load(
        elasticsearch, empty, [*FILLER, *["قمة المناخ"] * 5]
    )  # words of no other test: deleted ones still count
    weights = load(elasticsearch, empty, ["اختتام قمة المناخ"])
    assert weights["قمة المناخ"] == 6
    assert "اختتام" not in weights


def test_spellings_count_together_and_the_usual_one_is_offered(
    elasticsearch: Elasticsearch, empty: str
) -> None:
    weights = load(elasticsearch, empty, [*FILLER, *["الأمم المتحدة"] * 9, "الامم المتحدة"])
    assert weights["الأمم المتحدة"] == 8
    assert weights["الامم المتحدة"] == 0


def test_a_group_counts_once_a_headline(elasticsearch: Elasticsearch, empty: str) -> None:
    weights = load(elasticsearch, empty, [*FILLER, *["سلام سلام سلام"] * 3])
    assert weights["سلام"] == 3


def test_weights_come_in_few_steps(elasticsearch: Elasticsearch, empty: str) -> None:
    """So that the completion field holds a frequent group some dozens of times, not once an
    article.
    """
    weights = load(elasticsearch, empty, [*FILLER, *["كأس العالم"] * 1_000], batch=500)
    assert 760 <= weights["كأس العالم"] <= 1_000
    assert sum(step <= 100_000 for step in STEPS) < 45


@pytest.mark.parametrize(
    "title", ["\ud800 كأس", "\x00\x01", "ك" * 5_000, "! " * 200, "\u200f\u064e"]
)
def test_odd_headlines_do_no_harm(elasticsearch: Elasticsearch, empty: str, title: str) -> None:
    inputs = Completions(elasticsearch, empty).inputs([article(1, title), article(2, "كأس العالم")])
    assert [offered["input"] for offered in inputs[1]] == [["كأس"], ["كأس العالم"], ["العالم"]]

"""An agency's name as a query finds what the agency is credited for; no text of the library names
one.
"""

from __future__ import annotations

from typing import Any

import pytest
from fastapi.testclient import TestClient

from mappings.article import Article


def ask(api: TestClient, **params: str) -> dict[str, Any]:
    answer = api.get("/v1/search", params={"size": "0"} | params)
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


def credited(articles: list[Article], agency: str, word: str = "") -> int:
    shown = (
        article for article in articles if article.status == "published" and word in article.body
    )
    return sum(agency in article.agencies for article in shown)


@pytest.mark.parametrize(
    ("q", "agency", "word"),
    [
        ("رويترز", "reuters", ""),
        ("وكالة رويترز", "reuters", ""),
        ("Reuters", "reuters", ""),
        ("وكالة الأنباء السعودية", "spa", ""),
        ("رويترز القمح", "reuters", "القمح"),
        ("القمح رويترز", "reuters", "القمح"),
        ("رويترز -القاهرة القمح", "reuters", "القمح"),
    ],
)
def test_it_finds_the_credited_articles(
    api: TestClient, articles: list[Article], q: str, agency: str, word: str
) -> None:
    found = ask(api, q=q)
    outside = "القاهرة" if "-" in q else "\n"
    expected = [
        a for a in articles if a.status == "published" and agency in a.agencies and word in a.body
    ]
    assert found["total"]["articles"] == sum(outside not in a.body for a in expected) > 0
    assert found["query"]["match"] == "all"
    assert not found["query"]["relaxed"]
    assert found["query"]["corrected"] is None
    assert found["query"]["interpreted"]["names"][0]["agency"] == agency


@pytest.mark.parametrize(
    "params",
    [
        {"q": '"رويترز"'},
        {"q": "title:رويترز"},
        {"q": "رويترز", "in": "body"},
        {"q": "رويترز", "in": "title"},
        {"q": "رويترز", "match": "exact"},
    ],
)
def test_where_the_text_is_meant_the_text_alone_counts(
    api: TestClient, params: dict[str, str]
) -> None:
    assert ask(api, **params)["total"]["articles"] == 0


def test_an_exclusion_is_of_the_text_and_of_the_credit_where_that_is_named(
    api: TestClient, articles: list[Article]
) -> None:
    everything = ask(api)["total"]["articles"]
    assert ask(api, q="-رويترز")["total"]["articles"] == everything
    assert ask(api, q="-agency:reuters")["total"]["articles"] == everything - credited(
        articles, "reuters"
    )


def test_either_of_two(api: TestClient, articles: list[Article]) -> None:
    shown = [article for article in articles if article.status == "published"]
    either = sum(bool({"reuters", "spa"} & set(article.agencies)) for article in shown)
    assert ask(api, q="رويترز أو واس")["total"]["articles"] == either
    assert ask(api, q="رويترز واس", match="any")["total"]["articles"] == either


def test_all_pages_hold_all_of_them(api: TestClient, articles: list[Article]) -> None:
    """The first order and the full one find the same, with copies folded or not. `all` is asked
    for, since a short list of `auto` is filled up with hits that are in no total.
    """
    for group in ("false", "true"):
        found = ask(api, q="رويترز القمح", size="100", group=group, match="all")
        stories = {
            a.story_id
            for a in articles
            if a.status == "published" and "reuters" in a.agencies and "القمح" in a.body
        }
        unit = "stories" if group == "true" else "articles"
        assert len(found["hits"]) == found["total"][unit]
        assert found["total"]["stories"] == len(stories)
    rows = api.get(
        "/v1/export.jsonl", params={"q": "رويترز القمح", "sort": "relevance"}
    ).text.splitlines()
    assert len(rows) == credited(articles, "reuters", "القمح")


def test_the_other_words_decide_the_order_among_credited_articles(api: TestClient) -> None:
    found = ask(api, q="رويترز القمح القاهرة", match="any", size="1")
    [first] = found["hits"]
    assert first["agencies"][:1] == ["reuters"]
    assert "القاهرة" in first["title"]
    assert "القمح" in first["title"]

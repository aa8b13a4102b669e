"""Suggestions while typing over a dozen articles."""

from __future__ import annotations

import pytest
from fastapi.testclient import TestClient

HOSTILE = [
    "",
    " ",
    "ا",
    "!",
    '"',
    "*",
    "\u0640\u0640",
    "\u064e",
    "\x00\x01",
    "\u200f\u202e",
    "\ue000كأس\ue001",
    "/(a+)+$/ AND title:*",
    "من",
    "ك" * 512,
    "كأس " * 128,
    "😀",
    "\U000e0041",
    "٢٠٢٢",
    "ﻛﺄﺱ",
]


def suggestions(client: TestClient, q: str, **params: str) -> list[str]:
    answer = client.get("/v1/suggest", params={"q": q, **params})
    assert answer.status_code == 200, answer.text
    return [suggestion["text"] for suggestion in answer.json()["suggestions"]]


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("كأس", "كأس العالم"),
        ("كأس ", "كأس العالم"),
        ("كأس الع", "كأس العالم"),
        ("كاس الع", "كأس العالم"),  # without hamza
        ("كَأْس الـع", "كأس العالم"),  # with marks and tatweel
        ("الامم المتحده", "الأمم المتحدة"),  # ta marbuta as ha: offered in the usual spelling
        ("hgvzd", "الرئيس"),  # Latin keys
        ("HGVZD", "الرئيس"),  # with the lock key
        (";Hs hguh", "كأس العالم"),  # with the shift key for the hamza
        ("الرءيس", "الرئيس"),
        ("التلسكوب الفضاءي", "التلسكوب الفضائي"),
        ("التلثكوب", "التلسكوب"),  # one letter wrong
        ("نهائي كأس الع", "نهائي كأس العالم"),
        ("قمة المي", "قمة المياه"),
        ("لوسيل نهائي كأس الع", "لوسيل نهائي كأس العالم"),  # only the last words are a known group
    ],
)
def test_what_is_offered_first_or_nearly_so(dozen: TestClient, typed: str, expected: str) -> None:
    assert expected in suggestions(dozen, typed)[:3]


def test_what_was_typed_is_not_offered(dozen: TestClient) -> None:
    assert "كأس العالم" not in suggestions(dozen, "كأس العالم")
    assert "كأس العالم" in suggestions(dozen, "كاس العالم")


def test_the_frequent_comes_first(dozen: TestClient) -> None:
    answer = dozen.get("/v1/suggest", params={"q": "كأ"}).json()
    counts = [suggestion["count"] for suggestion in answer["suggestions"]]
    assert counts == sorted(counts, reverse=True)
    assert counts[0] > 1


def test_a_suggestion_never_finds_nothing(dozen: TestClient) -> None:
    """Parts that are completed apart are offered only where an article has both."""
    for typed in ("الرئيس الج", "أسعار التل", "الدوحة كأ", "القمح الفض", "علماء الفضاء ينتظرون ص"):
        for offered in suggestions(dozen, typed):
            found = dozen.get("/v1/search", params={"q": offered, "match": "all"}).json()
            assert found["total"]["articles"], (typed, offered)
            assert not found["query"]["relaxed"]


def test_a_withdrawn_article_suggests_nothing(dozen: TestClient) -> None:
    assert suggestions(dozen, "مسحو") == []


def test_the_number_asked_for(dozen: TestClient) -> None:
    assert len(suggestions(dozen, "ا", size="3")) == 3


@pytest.mark.parametrize("q", HOSTILE)
def test_odd_text_gets_an_answer(dozen: TestClient, q: str) -> None:
    assert isinstance(suggestions(dozen, q), list)


@pytest.mark.parametrize(
    "params", [{"q": "ك" * 513}, {"q": "ك", "size": "0"}, {"q": "ك", "size": "21"}, {"x": "1"}]
)
def test_what_cannot_be_asked_is_a_problem_that_names_it(
    dozen: TestClient, params: dict[str, str]
) -> None:
    answer = dozen.get("/v1/suggest", params=params)
    assert answer.status_code == 422
    assert answer.headers["content-type"].startswith("application/problem+json")


def test_a_lone_surrogate_in_the_address_is_no_error(dozen: TestClient) -> None:
    assert dozen.get("/v1/suggest?q=%ED%A0%80").status_code == 200

"""Did you mean over a dozen articles: what is offered, and what is left alone."""

from __future__ import annotations

from typing import Any

import pytest
from fastapi.testclient import TestClient

from service.answer import Highlight
from service.search.did_you_mean import may_be_misspelt


def search(client: TestClient, q: str, **params: str) -> dict[str, Any]:
    answer = client.get("/v1/search", params={"q": q, **params})
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("التلسكووب", "التلسكوب"),  # a letter too many
        ("التلكسوب", "التلسكوب"),  # two letters swapped
        ("المجرت", "المجرات"),  # a letter missing
        ("كأس العالن", "كأس العالم"),  # a letter wrong
        ("كاس العالن", "كأس العالم"),  # the other word in its usual form
        (
            "الامم المتحدهة",
            "الأمم المتحدة",
        ),  # shown as articles write it, with hamza and ta marbuta
        ('"الأمم المتحدن"', '"الأمم المتحدة"'),  # in quotes
        ("الرئيسس -القمح", "الرئيس -القمح"),  # signs stay
        ("التلسكوب الفضاأي", "التلسكوب الفضائي"),  # hamza on the wrong seat, the second word only
        ("تشندرايان", "تشاندرايان"),  # a word that only a body has
        ("hgvzds", "الرئيس"),  # Latin keys
        ("hgjgs;,f hgtqhzd", "التلسكوب الفضائي"),  # with a sign that is a letter on those keys
        ("بيشكك", "بيشكيك"),
    ],
)
def test_what_is_offered(dozen: TestClient, typed: str, meant: str) -> None:
    assert search(dozen, typed)["query"]["corrected"] == meant


@pytest.mark.parametrize("q", ["-الرئيس", "-الرئي*", "-«الرئيس»"])
def test_nothing_is_offered_to_who_only_leaves_out(dozen: TestClient, q: str) -> None:
    """In another keyboard's letters the words would leave out nothing, and so find everything."""
    found = search(dozen, q, **{"from": "1900", "to": "1900"})
    assert (found["total"]["articles"], found["query"]["corrected"]) == (0, None)


def test_what_is_offered_finds_something(dozen: TestClient) -> None:
    for typed in ("التلسكووب", "كاس العالن", "hgvzds"):
        offered = search(dozen, typed)["query"]["corrected"]
        assert search(dozen, offered, match="all")["total"]["articles"]


@pytest.mark.parametrize(
    "q",
    [
        "التلسكوب",
        "كاس العالم",  # without hamza, found all the same
        "علماء المجرات",
        "قيرغيزستان",  # a known spelling of a name: found through it
        "وقرغيزستان",  # and Kyrgyzstan: with a particle
        "شينخوا",  # the name of an agency
        "الرؤساء",  # a broken plural
        "2021",
        "NATO",
        "xyzzy",
        "من هو",
        "خرطوم",  # a word that no article has, nor one like it
        "السعودية",  # words that no article has, though it has some like them: Saudi,
        "السعودیة",  # the same on Persian keys,
        "المدارس",  # schools,
        '"مجلس الأمن"',  # the Security Council
        "الرئيس -القمح",
        "",
        "!!!",
        "title:كأس",
    ],
)
def test_what_is_left_alone(dozen: TestClient, q: str) -> None:
    assert search(dozen, q)["query"]["corrected"] is None


@pytest.mark.parametrize("params", [{"size": "0"}, {"fields": "id"}])
def test_without_highlights_nothing_is_concluded_from_them(
    dozen: TestClient, params: dict[str, str]
) -> None:
    found = search(dozen, "في OR القمح OR المجرات OR الأمم", **params)
    assert found["total"]["articles"] > 2
    assert found["query"]["corrected"] is None


def test_every_title_is_left_alone(dozen: TestClient) -> None:
    hits = search(dozen, "", size="100")["hits"]
    titles = [hit["title"] for hit in hits if hit["title"]]
    assert len(titles) == 11
    assert [title for title in titles if search(dozen, title)["query"]["corrected"]] == []


@pytest.mark.parametrize(
    ("hits", "highlights", "asked"),
    [
        (0, [], True),
        (
            1,
            [Highlight("<mark>كأس</mark> <mark>العالم</mark> تبدأ", ())],
            False,
        ),  # the beginning of a headline
        (
            1,
            [Highlight("كرة القدم", ("<mark>كأس</mark> <mark>العالم</mark>",))],
            True,
        ),  # in a body only
        (1, [Highlight(None, ())], True),
        (9, [Highlight("<mark>كأس</mark> <mark>العالم</mark>", ())], False),
        (9, [Highlight("<mark>كأس</mark> آسيا", ())], True),  # a word that is in none of the hits
        (9, [Highlight("آسيا", ())], False),  # nothing is marked, which tells nothing
    ],
)
def test_when_it_is_worth_asking(hits: int, highlights: list[Highlight], asked: bool) -> None:
    assert may_be_misspelt(("كاس", "العالم"), hits, highlights) == asked


def test_later_pages_ask_nothing(dozen: TestClient) -> None:
    assert search(dozen, "التلسكووب", page="2")["query"]["corrected"] is None


@pytest.mark.parametrize(
    "q",
    [
        "ا",
        "ا" * 512,
        "كأسس " * 102,
        "\x00\x01",
        "\u0640",
        "\ue000\ue001",
        '"',
        "«كأسس",
        "-",
        "OR أو",
        "ﻛﺄﺳﺲ",
        "😀😀",
        "a.b,c;d[e]'f/g",
    ],
)
def test_odd_queries_get_an_answer(dozen: TestClient, q: str) -> None:
    search(dozen, q)

"""Chosen filters, choices and pages as links."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from service.answer import Facet, FacetValue, Links, SearchResponse, Total
from service.locale.language import load_language
from service.page.choices import (
    Choice,
    chosen_filters,
    date_presets,
    match_choices,
    pager,
    sort_choices,
)
from service.params import PageParams

ARABIC = load_language("ar")
MakeResult = Callable[..., SearchResponse]


def ask(**values: Any) -> PageParams:
    return PageParams.model_validate(values)


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({}, []),
        ({"agency": ["wam"]}, [Choice("وام", "/")]),
        (
            {"agency": ["wam", "none"]},
            [Choice("وام", "/?agency=none"), Choice("وكالة غير معروفة", "/?agency=wam")],
        ),
        ({"not_agency": ["wam"]}, [Choice("بلا وام", "/")]),
        ({"cited_agency": ["zzz"]}, [Choice("نقلًا عن zzz", "/")]),
        ({"from": "2020", "to": "2020"}, [Choice("2020", "/")]),
        (
            {"from": "2020-12", "to": "2021-01-05"},
            [Choice("من ديسمبر/كانون الأول 2020 إلى 5 يناير/كانون الثاني 2021", "/")],
        ),
        ({"from": "2020"}, [Choice("منذ 2020", "/")]),
        ({"to": "2020"}, [Choice("حتى 2020", "/")]),
        ({"date": "30d"}, [Choice("آخر 30 يومًا", "/")]),
        ({"q": "قمح", "in": "title", "page": 4}, [Choice("في العنوان", "/?q=%D9%82%D9%85%D8%AD")]),
        ({"story": "s1"}, [Choice("نسخ خبر واحد", "/")]),
    ],
)
def test_every_filter_is_named_and_can_be_taken_away(
    values: dict[str, Any], expected: list[Choice], result: MakeResult
) -> None:
    assert chosen_filters(ask(**values), result(), ARABIC) == expected


def test_an_excluded_agency_is_named_by_its_label(result: MakeResult) -> None:
    facet = Facet((FacetValue("afp", "فرانس برس", 3, "excluded", "/"),), 0, 0)
    facets = replace(result().facets, agency=facet)
    chips = chosen_filters(ask(not_agency=["afp"]), result(facets=facets), ARABIC)
    assert chips == [Choice("بلا فرانس برس", "/")]


def test_relevance_is_offered_only_for_words() -> None:
    assert [choice.label for choice in sort_choices(ask(), ARABIC)] == ["الأحدث", "الأقدم"]
    with_words = sort_choices(ask(q="a", sort="oldest"), ARABIC)
    assert [(choice.url, choice.current) for choice in with_words] == [
        ("/?q=a", False),
        ("/?q=a&sort=newest", False),
        ("/?q=a&sort=oldest", True),
    ]


@pytest.mark.parametrize("sort", [None, "relevance"])
def test_what_only_leaves_out_stands_newest_first(sort: str | None) -> None:
    orders = [
        (choice.label, choice.current)
        for choice in sort_choices(ask(q="-القمح", sort=sort), ARABIC)
    ]
    assert orders == [("الأحدث", True), ("الأقدم", False)]


def test_the_order_of_loading_is_named_when_it_holds() -> None:
    assert sort_choices(ask(sort="loaded"), ARABIC)[-1] == Choice(
        "بترتيب التحميل", "/?sort=loaded", current=True
    )


@pytest.mark.parametrize("sort", [None, "newest"])
def test_one_order_is_always_current(sort: str | None) -> None:
    assert [choice.current for choice in sort_choices(ask(sort=sort), ARABIC)] == [True, False]


def test_matching_starts_on_the_first_page_again() -> None:
    assert match_choices(ask(q="a", page=5), ARABIC)[2] == Choice("أي كلمة", "/?q=a&match=any")


def test_a_preset_takes_the_place_of_a_range_and_is_taken_back() -> None:
    presets = date_presets(ask(**{"from": "2020"}), ARABIC)
    assert presets[1].url == "/?date=7d"
    assert date_presets(ask(date="7d"), ARABIC)[1] == Choice("آخر 7 أيام", "/", current=True)


def pages(params: PageParams, result: SearchResponse) -> list[int | None]:
    made = pager(params, result)
    return [] if made is None else [entry[0] if entry else None for entry in made.pages]


@pytest.mark.parametrize(
    ("page", "total", "following", "expected"),
    [
        (1, 7, False, []),
        (1, 11, True, [1, 2]),
        (2, 11, False, [1, 2]),
        (5, 95, True, [1, None, 3, 4, 5, 6, 7, None, 10]),
        (1, 31_525, True, [1, 2, 3, None, 1000]),  # the window of 10,000
        (1000, 31_525, False, [1, None, 998, 999, 1000]),
    ],
)
def test_pages_around_the_current_one(
    page: int, total: int, following: bool, expected: list[int | None], result: MakeResult
) -> None:
    links = Links(
        "/", "/next" if following else None, "/before" if page > 1 else None, "/", "/f", "/c"
    )
    assert pages(ask(page=page), result(total=Total(total, total, True), links=links)) == expected


def test_folded_copies_are_paged_by_story_and_an_estimate_names_no_last_page(
    result: MakeResult,
) -> None:
    links = Links("/", "/next", None, "/", "/f", "/c")
    assert pages(ask(), result(total=Total(95, 21, True), links=links)) == [1, 2, 3]
    assert pages(ask(), result(total=Total(95, 91, False), links=links)) == [1, 2, 3]
    assert pages(ask(group=False), result(total=Total(95, 21, True), links=links)) == [
        1,
        2,
        3,
        None,
        10,
    ]


@pytest.mark.parametrize("page", [1, 9])
def test_beyond_the_end_the_current_page_is_still_named(page: int, result: MakeResult) -> None:
    made = pager(ask(page=page), result(total=Total(3, 3, True)))
    assert made is None if page == 1 else made and made.pages[-1] == (9, "/?page=9", True)

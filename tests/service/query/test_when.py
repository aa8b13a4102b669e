"""Words that say when: which are, the days that they mean, and that they rank and are not asked
for.
"""

from __future__ import annotations

from datetime import date

import pytest

from mappings.agencies import load_registry
from service.dates import DayRange
from service.params import Match, SearchParams
from service.query.clauses import matching_query
from service.query.question import Question, understand
from service.query.syntax import parse
from service.query.when import MOST_RANGES, days_of, meaning_of

REGISTRY = load_registry()
TODAY = date(2024, 3, 13)  # a Wednesday


def understood(q: str, match: Match = "auto") -> Question:
    return understand(parse(q), SearchParams(q=q, match=match), REGISTRY, TODAY)


@pytest.mark.parametrize(
    ("q", "asked", "when"),
    [
        ("عاجل زلزال", ["زلزال"], ["عاجل"]),
        ("أسعار القمح اليوم", ["أسعار", "القمح"], ["اليوم"]),
        ("معرض الكتاب هذا الأسبوع", ["معرض", "الكتاب"], ["هذا الأسبوع"]),
        ("مباراة يوم الجمعة", ["مباراة"], ["يوم الجمعة"]),
        ("فيضانات كانون الثاني", ["فيضانات"], ["كانون الثاني"]),
        ("فيضانات شباط 2021", ["فيضانات"], ["شباط", "2021"]),
        ("حريق ٢٠٢١", ["حريق"], ["٢٠٢١"]),
        # A name stays one.
        ("اليوم السابع", ["اليوم السابع"], []),
        ("روسيا اليوم", ["روسيا اليوم"], []),
        ("الجمعة السوداء", ["الجمعة السوداء"], []),
        ("ثورة 25 يناير", ["ثورة", "25 يناير"], []),
        # Words that say nothing else are searched for.
        ("اليوم", ["اليوم"], []),
        ("عاجل اليوم 2021", ["عاجل", "اليوم", "2021"], []),
        # As are quoted ones, and those of a field.
        ('"زلزال اليوم"', [], []),
        ("زلزال title:اليوم", ["زلزال", "اليوم"], []),
        ("أسعار 3000", ["أسعار", "3000"], []),
    ],
)
def test_what_says_when(q: str, asked: list[str], when: list[str]) -> None:
    question = understood(q)
    assert [unit.text for unit in question.units] == asked
    assert [unit.text for unit in question.when] == when


@pytest.mark.parametrize("match", ["all", "exact"])
def test_who_asks_for_all_words_asks_for_these_too(match: Match) -> None:
    question = understood("عاجل زلزال", match)
    assert [unit.text for unit in question.units] == ["عاجل", "زلزال"]
    assert question.when == ()


def test_they_are_no_content_words() -> None:
    assert understood("زلزال قوي تونس اليوم").match == "all"


@pytest.mark.parametrize(
    ("words", "first", "last"),
    [
        ("اليوم", date(2024, 3, 13), date(2024, 3, 13)),
        ("أمس", date(2024, 3, 12), date(2024, 3, 12)),
        ("عاجل", date(2024, 3, 12), date(2024, 3, 13)),
        ("الأربعاء", date(2024, 3, 13), date(2024, 3, 13)),
        ("يوم الخميس", date(2024, 3, 7), date(2024, 3, 7)),
        ("الأسبوع الماضي", date(2024, 2, 29), date(2024, 3, 6)),
        ("الشهر الماضي", date(2024, 2, 1), date(2024, 2, 29)),
        ("العام الماضي", date(2023, 1, 1), date(2023, 12, 31)),
        ("2021", date(2021, 1, 1), date(2021, 12, 31)),
        ("فبراير 2020", date(2020, 2, 1), date(2020, 2, 29)),
    ],
)
def test_the_days_that_they_mean(words: str, first: date, last: date) -> None:
    assert understood(f"زلزال {words}").days == (DayRange(first, last),)


def test_a_month_without_its_year_is_that_of_any_recent_one() -> None:
    days = days_of(["2"], TODAY)
    assert days[0] == DayRange(date(2024, 2, 1), date(2024, 2, 29))
    assert len(days) == 10


def test_a_month_with_two_names_is_one() -> None:
    assert understood("زلزال شباط فبراير 2020").days == days_of(["2", "2020"], TODAY)


def test_months_of_many_years_stay_few_ranges() -> None:
    months = [str(month) for month in range(1, 13)]
    years = [str(year) for year in range(1980, 2030)]
    assert len(days_of([*months, *years], TODAY)) == MOST_RANGES


def test_tomorrow_is_no_day_of_publication() -> None:
    assert understood("مباراة غدا").days == ()


@pytest.mark.parametrize("words", [("وزير",), ("3000",), ("اليوم", "السابع"), ("1899",)])
def test_what_says_nothing_of_the_kind(words: tuple[str, ...]) -> None:
    assert meaning_of(words) is None


def test_they_only_rank() -> None:
    query = matching_query(understood("زلزال فبراير 2021"))["bool"]
    assert str(query["must"]).count("فبراير") == 0
    assert "2021-02-01" in str(query["should"])

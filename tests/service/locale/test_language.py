"""Texts, plural forms and dates of the page in both languages."""

from __future__ import annotations

import re
import string
from datetime import date
from importlib import resources
from typing import get_args

import pytest

from mappings.article import AgencyOrigin, DateOrigin, Precision
from service.locale.language import Language, LanguageCode, arabic_plural, load_language

CODES: tuple[LanguageCode, ...] = get_args(LanguageCode)


@pytest.mark.parametrize(
    ("n", "expected"),
    [
        (0, "لا نتائج"),
        (1, "نتيجة واحدة"),
        (2, "نتيجتان"),
        (3, "3 نتائج"),
        (10, "10 نتائج"),
        (11, "11 نتيجة"),
        (99, "99 نتيجة"),
        (100, "100 نتيجة"),
        (102, "102 نتيجة"),
        (103, "103 نتائج"),
        (110, "110 نتائج"),
        (111, "111 نتيجة"),
        (31_525, "31,525 نتيجة"),
    ],
)
def test_arabic_counts_take_the_form_of_their_number(n: int, expected: str) -> None:
    assert load_language("ar").count("results", n) == expected


@pytest.mark.parametrize(
    ("n", "expected"),
    [
        (1, "خبر واحد"),
        (2, "خبران"),
        (5, "5 أخبار"),
        (12, "12 خبرًا"),
        (100, "100 خبر"),
        (1_002, "1,002 خبر"),
    ],
)
def test_counted_articles_are_in_the_accusative_from_eleven(n: int, expected: str) -> None:
    assert load_language("ar").count("articles", n) == expected


@pytest.mark.parametrize(
    ("n", "expected"), [(0, "0 results"), (1, "1 result"), (1_000, "1,000 results")]
)
def test_english_counts(n: int, expected: str) -> None:
    assert load_language("en").count("results", n) == expected


def test_every_arabic_plural_category_is_reached() -> None:
    assert {arabic_plural(n) for n in range(200)} == {"zero", "one", "two", "few", "many", "other"}


@pytest.mark.parametrize(
    ("value", "precision", "expected"),
    [
        (date(2020, 12, 30), "day", "30 ديسمبر/كانون الأول 2020"),
        (date(2020, 7, 1), "month", "يوليو/تموز 2020"),
        (date(2020, 1, 1), "year", "2020"),
    ],
)
def test_a_date_is_written_as_precisely_as_it_is_known(
    value: date, precision: Precision, expected: str
) -> None:
    assert load_language("ar").short_date(value, precision) == expected


@pytest.mark.parametrize(
    ("precision", "expected"),
    [("day", "الأربعاء 30 ديسمبر/كانون الأول 2020"), ("month", "ديسمبر/كانون الأول 2020")],
)
def test_only_a_known_day_has_a_weekday(precision: Precision, expected: str) -> None:
    assert load_language("ar").full_date(date(2020, 12, 30), precision) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("--07-16", "16 يوليو/تموز (السنة غير معروفة)"),
        ("--13-01", None),
        ("2020-07-16", None),
        ("--x-y", None),
        ("", None),
    ],
)
def test_a_day_without_its_year_says_so(text: str, expected: str | None) -> None:
    assert load_language("ar").yearless_date(text) == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("2020", "2020"),
        ("2020-12", "December 2020"),
        ("2020-12-30", "30 December 2020"),
        ("2020-13", "2020-13"),
        ("soon", "soon"),
    ],
)
def test_a_period_in_words(value: str, expected: str) -> None:
    assert load_language("en").period(value) == expected


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def test_both_languages_have_the_same_texts_with_the_same_placeholders() -> None:
    arabic, english = load_language("ar"), load_language("en")
    assert {key: placeholders(text) for key, text in arabic.texts.items()} == {
        key: placeholders(text) for key, text in english.texts.items()
    }
    assert arabic.plurals.keys() == english.plurals.keys()


@pytest.mark.parametrize("code", CODES)
def test_every_plural_category_of_a_language_is_written(code: LanguageCode) -> None:
    categories = {"ar": {"zero", "one", "two", "few", "many", "other"}, "en": {"one", "other"}}[
        code
    ]
    assert all(set(forms) == categories for forms in load_language(code).plurals.values())


@pytest.mark.parametrize("code", CODES)
def test_every_text_that_a_template_or_view_names_exists(code: LanguageCode) -> None:
    language = load_language(code)
    folder = resources.files("service")
    sources = [
        entry.read_text("utf-8")
        for place in ("templates", "page")
        for entry in folder.joinpath(place).iterdir()
        if entry.name.endswith((".html", ".py"))
    ]
    named = {
        key
        for source in sources
        for key in re.findall(r'(?:\bt|\.text)\(\s*"([a-z_]+\.[a-z0-9_]+)"', source)
    }
    counted = {key for source in sources for key in re.findall(r'\bcount\("([a-z_]+)"', source)}
    assert len(named) > 40
    # Keys whose last part is put together end in an underscore here.
    whole = {key for key in named if not key.endswith("_")}
    assert whole <= language.texts.keys()
    assert all(any(key.startswith(part) for key in language.texts) for part in named - whole)
    assert counted <= language.plurals.keys()


def test_every_text_is_shown_somewhere() -> None:
    folder = resources.files("service")
    places = [
        entry for place in ("templates", "page") for entry in folder.joinpath(place).iterdir()
    ]
    sources = [
        entry.read_text("utf-8") for entry in places if entry.name.endswith((".html", ".py"))
    ]
    sources.append(folder.joinpath("formats/atom.py").read_text("utf-8"))
    source = "\n".join([*sources, folder.joinpath("formats/opensearch.py").read_text("utf-8")])
    # Put together from a table or the beginning of a key and what an article or a request brings.
    computed = re.compile(
        r"(agency_origin|date_origin|error|sort|match|in|preset|group|date)\..*|search\.help_.*|article\..*"
        r"|story\.first_.*|filters\.(coarser_.*|in_.*|selected|excluded)"
    )
    language = load_language("ar")
    assert [
        key for key in language.texts if f'"{key}"' not in source and not computed.fullmatch(key)
    ] == []
    assert [key for key in language.plurals if f'"{key}"' not in source] == []


@pytest.mark.parametrize("code", CODES)
def test_every_origin_has_words(code: LanguageCode) -> None:
    texts = load_language(code).texts
    origins = {f"agency_origin.{origin}" for origin in get_args(AgencyOrigin)}
    assert origins | {f"date_origin.{origin}" for origin in get_args(DateOrigin)} <= texts.keys()


def invisible(text: str) -> list[str]:
    return [
        character
        for character in text
        if ord(character) in {0x640, *range(0x200B, 0x2010), *range(0x202A, 0x202F)}
    ]


def test_arabic_texts_are_written_with_arabic_punctuation_and_nothing_invisible() -> None:
    language: Language = load_language("ar")
    texts = [
        *language.texts.values(),
        *(form for forms in language.plurals.values() for form in forms.values()),
    ]
    assert [text for text in texts if invisible(text)] == []
    # A Latin comma or question mark beside an Arabic letter is a slip.
    assert [text for text in texts if re.search(r"[\u0621-\u064a] ?[,;?]", text)] == []
